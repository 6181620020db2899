import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastClock, stageParts, writeManifests } from './local-stage';
import type { Stage } from './stage';
import { serveCluster } from '../../src/local/api-server';
import { createServedCluster } from '../../src/local/local-cluster';
import { defaultVersion } from '../../src/rules/rule/versions';
import { Cluster } from '../../src/runtime/cluster';
import { KubernetesCluster } from '../../src/runtime/connection/kubernetes-cluster';
import { runProgram } from '../program/run-program';
import { startProgram } from '../program/start-program';

/** The local engine behind its API server, spoken to over sockets as a real cluster is. */
export async function openServedStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-end-to-end-'));
  const clock = fastClock();
  const local = await createServedCluster({ clock });
  const server = await serveCluster(local, { secret: 'end-to-end', version: defaultVersion, clock });
  const port = new KubernetesCluster({
    context: 'served', namespace: 'default', server: server.url, credentials: async () => ({ headers: {}, tls: {} }),
  });
  const cluster = new Cluster(port);
  return {
    ...stageParts(folder, cluster),
    runCommandLine: async (manifests, args = []) => {
      const kubeconfig = writeKubeconfig(folder, server.url);
      return runProgram(['run', writeManifests(folder, manifests), '--kubeconfig', kubeconfig, ...args]);
    },
    startCommandLine: (manifests) => startProgram(['run', writeManifests(folder, manifests), '--kubeconfig', writeKubeconfig(folder, server.url)]),
    close: async () => {
      await cluster.close();
      await server.close();
      await local.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Writes a kubeconfig for a server without credentials into a folder, and returns its path. */
export function writeKubeconfig(folder: string, server: string): string {
  const name = 'served';
  const path = join(folder, 'kubeconfig');
  writeFileSync(path, JSON.stringify({
    'apiVersion': 'v1',
    'kind': 'Config',
    'current-context': name,
    'clusters': [{ name, cluster: { server } }],
    'contexts': [{ name, context: { cluster: name, user: name } }],
    'users': [{ name, user: {} }],
  }));
  return path;
}
