import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNamespace, deleteNamespace, kubectl, list, type TestCluster, until } from './api';
import { connect } from '../../src/runtime/connection/connect';
import { runInProcess, writeManifests } from '../end-to-end/local-stage';
import type { Stage } from '../end-to-end/stage';
import { startProgram } from '../program/start-program';

/** The real cluster, with a namespace of its own. */
export async function openKubernetesStage(cluster: TestCluster): Promise<Stage> {
  const namespace = await createNamespace(cluster, 'end-to-end');
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-end-to-end-'));
  const connected = await connect({ kubeconfig: cluster.kubeconfig, namespace });
  return {
    type: 'kubernetes',
    cluster: connected,
    sleep: String,
    fillQueue: async (items) => {
      const address = await startRedis(cluster, namespace);
      await fill(cluster, namespace, items);
      return { pop: `redis-cli -h ${address} --raw lpop queue`, image: 'redis:7' };
    },
    runCommandLine: async (manifests, args = []) => {
      return runInProcess(['run', writeManifests(folder, manifests), '--kubeconfig', cluster.kubeconfig, '--namespace', namespace, ...args], {});
    },
    startCommandLine: (manifests) => startProgram(['run', writeManifests(folder, manifests), '--kubeconfig', cluster.kubeconfig, '--namespace', namespace]),
    close: async () => {
      await connected.close();
      await deleteNamespace(cluster, namespace);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A Redis of the namespace's own; returns its address. */
async function startRedis({ api }: TestCluster, namespace: string): Promise<string> {
  await api.mustRequest('POST', `/api/v1/namespaces/${namespace}/pods`, {
    metadata: { name: 'redis' },
    spec: {
      terminationGracePeriodSeconds: 0,
      containers: [{ name: 'main', image: 'redis:7', imagePullPolicy: 'IfNotPresent', command: ['redis-server', '--protected-mode', 'no'] }],
    },
  });
  return until('the address of Redis', async () => {
    const [pod] = await list(api, `/api/v1/namespaces/${namespace}/pods?fieldSelector=metadata.name%3Dredis`);
    return pod?.status?.phase === 'Running' ? (pod.status.podIP as string) : undefined;
  });
}

async function fill(cluster: TestCluster, namespace: string, items: readonly string[]): Promise<void> {
  const redis = (...words: readonly string[]): ReturnType<typeof kubectl> =>
    kubectl(cluster, ['exec', 'redis', '--namespace', namespace, '--', 'redis-cli', ...words]);
  await until('an answer of Redis', async () => ((await redis('ping')).status === 0 ? true : undefined));
  const { status, stderr } = await redis('rpush', 'queue', ...items);
  if (status !== 0) throw new Error(`Cannot fill the queue: ${stderr}`);
}
