/** The reason why there is no cluster, in words for the person who asked for one. */
export class ClusterUnavailableError extends Error {
  static {
    this.prototype.name = 'ClusterUnavailableError';
  }
}
