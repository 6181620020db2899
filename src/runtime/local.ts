import { Cluster } from './cluster';
import { createLocalCluster } from '../local/local-cluster';
import type { LocalClusterOptions } from '../local/local-cluster-options';

export type { LocalClusterOptions };

/** A cluster in this process: the embedded engine, with containers as processes of this machine. Images are not used. */
export async function localCluster(options: LocalClusterOptions = {}): Promise<Cluster> {
  return new Cluster(await createLocalCluster(options));
}
