import type { RandomScenario } from './random-scenarios';
import type { JobStatus } from '../../../src/api/kubernetes';
import type { JobScript, PodRun } from '../../../src/testing/pod-script';
import { list, until } from '../api';
import type { KubeApi } from '../kube-api';

/** What came of a scenario: the same on the real controllers and in a simulation. */
export interface Outcome {
  readonly condition: string | null;
  readonly reason: string | null;
  readonly succeeded: number;
  readonly failed: number;
  readonly completedIndexes: string;
  readonly failedIndexes: string;
  readonly pods: number;
}

/** A pod as the player knows it. */
interface PlayedPod {
  readonly run: PodRun;
  /** Milliseconds of the wall clock. */
  readonly startedAt: number;
  hasEnded: boolean;
}

/** What the player looks at in the metadata of a pod. */
interface PodMetadata {
  readonly name: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly creationTimestamp: string;
  readonly deletionTimestamp?: string;
}

/** The node that the pods are bound to; nobody runs there, and the player writes what a kubelet would. */
const playedNode = 'played';
const indexAnnotation = 'batch.kubernetes.io/job-completion-index';
const mergePatch = { 'content-type': 'application/merge-patch+json' };

/** Makes the node, and returns what takes it away again, with the pods that are still on it. */
export async function makePlayedNode(api: KubeApi): Promise<() => Promise<void>> {
  const spec = { unschedulable: true };
  await api.request('POST', '/api/v1/nodes', { apiVersion: 'v1', kind: 'Node', metadata: { name: playedNode }, spec });
  return async () => void await api.mustRequest('DELETE', `/api/v1/nodes/${playedNode}`);
}

/** Plays a scenario on the real controllers: creates its Job, and ends its pods as the script says. */
export async function playScenario(api: KubeApi, namespace: string, { name, manifest, script }: RandomScenario): Promise<Outcome> {
  const job = structuredClone(manifest) as { spec: { template: { spec: { nodeName?: string } } } };
  job.spec.template.spec.nodeName = playedNode;
  const jobs = `/apis/batch/v1/namespaces/${namespace}/jobs`;
  await api.mustRequest('POST', jobs, job);
  const played = new Map<string, PlayedPod>();
  return until(`the end of ${name}`, async () => {
    await playPods(api, namespace, name, script, played);
    const { body } = await api.mustRequest('GET', `${jobs}/${name}`);
    return outcomeOf((body as { readonly status: JobStatus }).status, played.size);
  }, 150_000);
}

function outcomeOf(status: JobStatus, pods: number): Outcome | undefined {
  const { conditions = [], succeeded = 0, failed = 0, completedIndexes = '', failedIndexes = '' } = status;
  const end = conditions.find(({ type, status: value }) => (type === 'Complete' || type === 'Failed') && value === 'True');
  if (end === undefined) return undefined;
  return { condition: end.type, reason: end.reason ?? null, succeeded, failed, completedIndexes, failedIndexes, pods };
}

/** Starts the pods that are new, and ends those whose time has come and those that are to stop. */
async function playPods(api: KubeApi, namespace: string, job: string, script: JobScript, played: Map<string, PlayedPod>): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}/pods`;
  const pods = (await list(api, `${path}?labelSelector=batch.kubernetes.io/job-name=${job}`)).map(({ metadata }) => metadata as unknown as PodMetadata);
  const oldestFirst = pods.sort((one, other) => one.creationTimestamp.localeCompare(other.creationTimestamp));
  for (const { name, annotations = {}, deletionTimestamp } of oldestFirst) {
    const write = (status: object): Promise<unknown> => api.request('PATCH', `${path}/${name}/status`, { status }, mergePatch);
    let pod = played.get(name);
    if (pod === undefined) {
      played.set(name, pod = { run: runOf(name, annotations[indexAnnotation], script, played), startedAt: Date.now(), hasEnded: false });
      await write(running());
    }
    const isStopped = deletionTimestamp !== undefined;
    if (pod.hasEnded || (!isStopped && Date.now() - pod.startedAt < (pod.run.after ?? 0) * 1000)) continue;
    pod.hasEnded = true;
    await write(terminated(isStopped ? 143 : pod.run.exit ?? 0));
    if (isStopped) await api.request('DELETE', `${path}/${name}?gracePeriodSeconds=0`);
  }
}

/** The run of a new pod: pods of an Indexed Job count by index, which stands in their names before the random end; others all together. */
function runOf(
  name: string, index: string | undefined, { byIndex, byOrder = [] }: JobScript, played: ReadonlyMap<string, PlayedPod>,
): PodRun {
  const withoutEnd = (text: string): string => text.slice(0, text.lastIndexOf('-'));
  const place = [...played.keys()].filter((other) => withoutEnd(other) === withoutEnd(name)).length;
  const runs = index === undefined ? byOrder : byIndex?.[index] ?? [];
  return runs[Math.min(place, runs.length - 1)] ?? {};
}

function running(): object {
  const startedAt = new Date().toISOString();
  return { phase: 'Running', startTime: startedAt, conditions: [{ type: 'Ready', status: 'True' }], containerStatuses: [container({ running: { startedAt } }, true)] };
}

function terminated(exitCode: number): object {
  const finishedAt = new Date().toISOString();
  const state = { terminated: { exitCode, reason: exitCode === 0 ? 'Completed' : 'Error', startedAt: finishedAt, finishedAt } };
  return { phase: exitCode === 0 ? 'Succeeded' : 'Failed', conditions: [{ type: 'Ready', status: 'False' }], containerStatuses: [container(state, false)] };
}

function container(state: object, ready: boolean): object {
  return { name: 'main', image: 'x', imageID: '', ready, restartCount: 0, state };
}
