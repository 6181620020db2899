import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Kueue } from './kueue';
import { saveTape } from './save-tape';
import type { KubernetesObject } from '../../../src/port/cluster-port';
import type { Cluster } from '../../../src/runtime/cluster';
import { connect } from '../../../src/runtime/connection/connect';
import type { RunOptions } from '../../../src/runtime/run-options';
import type { JobVerdict } from '../../../src/verdict/job-verdict';
import { list, tryGet, until, type KubeObject, type TestCluster } from '../api';
import { pathOf } from '../harness/objects';
import { MemoryTape } from '../memory-tape';

/** A Job of a queue. */
export interface QueuedJob {
  readonly name: string;
  /** What a tape of it shows; only those with such words are kept. */
  readonly what?: string;
  /** What its container does, in sh. @default 'echo done' */
  readonly script?: string;
  /** What each pod asks for, in thousandths of a processor; small, so that only the queue is ever short of it. @default 10 */
  readonly milliCpu?: number;
  /** @default 'team' */
  readonly queue?: string;
  readonly priority?: string;
  readonly minParallelism?: number;
  /** What each pod asks for besides. */
  readonly resources?: Readonly<Record<string, string>>;
  readonly spec?: object;
}

/** A run of our own `run` that goes on while a test does something else. */
export interface Going {
  /** Waits for the first message or hint of a verdict that holds these words. */
  untilSaid(words: string): Promise<JobVerdict>;
  /** How it ended. */
  readonly end: Promise<JobVerdict>;
  /** Ends the caller's patience. */
  interrupt(): void;
}

/** A namespace with queues of its own, and our own client in it. */
export interface Scene {
  readonly namespace: string;
  readonly client: Cluster;
  /** Our client as the owner of a token. */
  clientOf(token: string): Promise<Cluster>;
  job(job: QueuedJob): KubernetesObject;
  run(job: QueuedJob, options?: RunOptions): Going;
  /** Waits for a pod that runs, and returns its uid. */
  untilRunning(job: string): Promise<string>;
  /** The uids of its pods that nobody has stopped: they run, or have done their work. */
  untouchedPods(job: string): Promise<readonly string[]>;
  live(job: string): Promise<KubeObject | undefined>;
  close(): Promise<void>;
}

/** Opens a scene whose queue `team` has so many thousandths of a processor. */
export async function openScene(cluster: TestCluster, kueue: Kueue, milliCpu: number): Promise<Scene> {
  const namespace = await kueue.openQueue(`${milliCpu}m`);
  const client = await connect({ kubeconfig: cluster.kubeconfig, namespace });
  const clients = [client];
  const going: Going[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-queue-'));
  const { api } = cluster;
  // Where no webhook suspends what is created, it would start, be stopped, and start again.
  const spec = kueue.hasWebhooks ? {} : { suspend: true };
  const job = (queued: QueuedJob): KubernetesObject => manifestOf(queued, spec);
  const podsOf = (name: string): Promise<KubeObject[]> =>
    list(api, `/api/v1/namespaces/${namespace}/pods?labelSelector=batch.kubernetes.io%2Fjob-name%3D${name}`);
  return {
    namespace,
    client,
    clientOf: async (token) => {
      const user = await connect({ kubeconfig: kubeconfigWith(cluster.kubeconfig, token, join(folder, 'kubeconfig')), namespace });
      clients.push(user);
      return user;
    },
    job,
    run: (queued, options) => {
      const begun = begin(client, job(queued), queued.what, options);
      going.push(begun);
      return begun;
    },
    untilRunning: (name) => until(`a running pod of ${name}`, async () => {
      return (await podsOf(name)).find(({ status }) => status?.phase === 'Running')?.metadata.uid;
    }),
    untouchedPods: async (name) => (await podsOf(name))
      .filter(({ metadata, status }) => metadata.deletionTimestamp === undefined && ['Running', 'Succeeded'].includes(String(status?.phase)))
      .map(({ metadata }) => metadata.uid),
    live: (name) => tryGet(api, `/apis/batch/v1/namespaces/${namespace}/jobs/${name}`),
    close: async () => {
      // Those of a test that failed in between go on otherwise.
      for (const run of going) run.interrupt();
      await Promise.allSettled(going.map(({ end }) => end));
      await Promise.all(clients.map((each) => each.close()));
      rmSync(folder, { recursive: true });
      await kueue.closeQueue(namespace);
    },
  };
}

/** Writes a kubeconfig whose user is the owner of a token, and returns its path. */
function kubeconfigWith(kubeconfig: string, token: string, file: string): string {
  const config = parse(readFileSync(kubeconfig, 'utf8')) as { contexts: Array<{ name: string; context: object }> };
  const contexts = config.contexts.map((entry) => ({ ...entry, context: { ...entry.context, user: 'token' } }));
  writeFileSync(file, stringify({ ...config, contexts, users: [{ name: 'token', user: { token } }] }), { mode: 0o600 });
  return file;
}

/** The Workloads of a namespace. */
export function workloadsOf({ api }: TestCluster, { namespace }: Scene): Promise<KubeObject[]> {
  return list(api, pathOf('Workload', namespace));
}

function manifestOf(job: QueuedJob, more: object): KubernetesObject {
  const { name, script = 'echo done', milliCpu = 10, queue = 'team', priority, minParallelism, resources: others = {}, spec = {} } = job;
  const container = { name: 'main', image: 'busybox:1.36', imagePullPolicy: 'IfNotPresent', command: ['sh', '-c', script] };
  const resources = { requests: { cpu: `${milliCpu}m`, memory: '8Mi', ...others }, limits: others };
  const template = { spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 1, containers: [{ ...container, resources }] } };
  const labels = { 'kueue.x-k8s.io/queue-name': queue, ...(priority === undefined ? {} : { 'kueue.x-k8s.io/priority-class': priority }) };
  const annotations = minParallelism === undefined ? {} : { 'kueue.x-k8s.io/job-min-parallelism': String(minParallelism) };
  const metadata = { name, labels, annotations };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { backoffLimit: 0, ...more, ...spec, template } };
}

function begin(client: Cluster, manifest: KubernetesObject, what: string | undefined, options: RunOptions = {}): Going {
  const said: JobVerdict[] = [];
  const tape = new MemoryTape();
  const controller = new AbortController();
  const running = client.run(manifest, {
    ...options,
    signal: controller.signal,
    record: tape,
    onProgress: (progress) => { if (progress.type === 'changed' || progress.type === 'ended') said.push(progress.verdict); },
  });
  const end = running.then(({ jobs: [verdict] }) => {
    if (verdict === undefined) throw new Error('the result has no verdict');
    if (what !== undefined) saveTape(manifest, what, tape.observations, verdict);
    return verdict;
  });
  return {
    end,
    interrupt: () => controller.abort(),
    untilSaid: (words) => until(`"${words}" is said of ${manifest.metadata?.name}`,
      async () => said.find(({ message, hint }) => `${message} ${hint}`.includes(words))),
  };
}
