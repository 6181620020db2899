/**
 * The address of an API server as a kubeconfig names it, without slashes at its end; undefined for what is none.
 *
 * A host alone, or `host:port`, is read as kubectl reads it: with https:// where the kubeconfig says something about certificates, else
 * with http://.
 *
 * @source staging/src/k8s.io/client-go/rest/url_utils.go DefaultServerURL (v1.37)
 */
export function serverAddress(server: string, hasCertificates: boolean): string | undefined {
  const isWhole = /^[a-z][a-z0-9+.-]*:\/\/[^/]/i.test(server);
  const address = isWhole ? server : `${hasCertificates ? 'https' : 'http'}://${server}`;
  if (!isAddress(address, ['http:', 'https:'])) return undefined;
  // A path goes with a whole address only.
  return isWhole || new URL(address).pathname === '/' ? address.replace(/\/+$/, '') : undefined;
}

/** Whether a text is the address of something that speaks one of the protocols, as `https:`. */
export function isAddress(text: string, protocols: readonly string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol) && new URL(text).hostname !== '';
}
