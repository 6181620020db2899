import { Cluster } from './cluster';
import { createLocalCluster, type LocalClusterOptions } from '../local/local-cluster';

export type { LocalClusterOptions };

/** A cluster in this process: the embedded engine, with containers as processes of this machine. Images are not used. */
export async function localCluster(options: LocalClusterOptions = {}): Promise<Cluster> {
  return new Cluster(await createLocalCluster(options));
}
