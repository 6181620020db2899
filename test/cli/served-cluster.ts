import { makeFolder } from './temporary-folder';
import { serveCluster } from '../../src/local/api-server';
import { createLocalCluster } from '../../src/local/local-cluster';
import type { ClusterPort } from '../../src/port/cluster-port';
import { defaultVersion } from '../../src/rules/rule/versions';
import { writeKubeconfig } from '../end-to-end/served-stage';
import { ManualClock } from '../fakes/alarm-clock';
import { ScriptedExecutor } from '../fakes/scripted-executor';

/** A local cluster behind its API server, whose time and containers a test holds in its hands, and a folder with its kubeconfig. */
export interface ServedCluster {
  readonly cluster: ClusterPort;
  readonly clock: ManualClock;
  readonly executor: ScriptedExecutor;
  readonly folder: string;
  readonly kubeconfig: string;
  close(): Promise<void>;
}

/**
 * Starts one.
 *
 * @param files what is in the folder.
 * @param secondsBehind how far its clock is behind that of the machine.
 */
export async function openServedCluster(files: Readonly<Record<string, string>> = {}, secondsBehind = 0): Promise<ServedCluster> {
  const folder = makeFolder(files);
  const clock = new ManualClock(Date.now() - secondsBehind * 1000);
  const executor = new ScriptedExecutor();
  const cluster = await createLocalCluster({ clock, executor, seed: 1 });
  const server = await serveCluster(cluster, { secret: 's3cret', version: defaultVersion, clock });
  return {
    cluster,
    clock,
    executor,
    folder: folder.path,
    kubeconfig: writeKubeconfig(folder.path, server.url),
    close: async () => {
      await server.close();
      await cluster.close();
      folder.remove();
    },
  };
}
