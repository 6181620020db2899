import type { JobVerdict } from '../../../src/verdict/job-verdict';
import { judge } from '../../../src/verdict/judge';
import { createNamespace, deleteNamespace, type KubeApi, list, until, type TestCluster } from '../api';
import type { FailureCase, Interference, NamedObject } from './cases';
import { recordNamespace, type RecordedAction, type Recorder } from './recorder';

/**
 * Makes a failure happen in a namespace of its own, and returns what `judge` says of what was seen: as soon as it is what is expected, or
 * after `timeoutMs`.
 */
export async function play(cluster: TestCluster, failure: FailureCase, timeoutMs = 60_000): Promise<JobVerdict> {
  const namespace = await setStage(cluster, failure);
  const recorder = await recordNamespace(cluster.api, namespace);
  try {
    await recorder.act(creation(namespace, failure.job));
    if (failure.whenRunning !== undefined) await interfere(cluster.api, namespace, failure.whenRunning, recorder.act);
    const lasts = failure.verdict === 'Running' || failure.verdict === 'Suspended';
    const asExpected = ({ verdict, diagnosis, over }: JobVerdict): boolean =>
      verdict === failure.verdict && diagnosis === failure.diagnosis && (lasts || over);
    await until(failure.name, async () => asExpected(judge(recorder.observations)) || undefined, timeoutMs).catch(() => undefined);
    return judge(recorder.observations);
  } finally {
    recorder.stop();
    await clearStage(cluster, failure, namespace);
  }
}

/** What somebody else does to a Job once a pod of it runs. */
export async function interfere(api: KubeApi, namespace: string, interference: Interference, act: Recorder['act']): Promise<void> {
  const pod = await until('a running pod', () => runningPod(api, namespace));
  const job = { kind: 'Job', name: 'task', path: `/apis/batch/v1/namespaces/${namespace}/jobs/task` };
  const podPath = `/api/v1/namespaces/${namespace}/pods/${pod}`;
  const actions: Readonly<Record<Interference, RecordedAction>> = {
    'delete-job': { ...job, do: 'delete', body: { propagationPolicy: 'Background' } },
    'suspend-job': { ...job, do: 'patch', body: { spec: { suspend: true } } },
    'delete-pod': { do: 'delete', kind: 'Pod', name: pod, path: podPath },
    'evict-pod': { do: 'evict', kind: 'Pod', name: pod, path: `${podPath}/eviction`, body: eviction(namespace, pod) },
    'delete-namespace': { do: 'delete', kind: 'Namespace', name: namespace, path: `/api/v1/namespaces/${namespace}` },
  };
  await act(actions[interference]);
}

/** What a case needs, in a namespace of its own; returns its name. */
export async function setStage(cluster: TestCluster, { before = [] }: FailureCase): Promise<string> {
  const namespace = await createNamespace(cluster, 'failure');
  for (const object of before) await cluster.api.mustRequest('POST', creation(namespace, object).path, object);
  return namespace;
}

/** Ends what `setStage` began. */
export async function clearStage(cluster: TestCluster, { whenRunning }: FailureCase, namespace: string): Promise<void> {
  if (whenRunning !== 'delete-namespace') await deleteNamespace(cluster, namespace);
}

function eviction(namespace: string, name: string): object {
  return { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
}

async function runningPod(api: KubeApi, namespace: string): Promise<string | undefined> {
  const pods = await list(api, `/api/v1/namespaces/${namespace}/pods`);
  return pods.find(({ status }) => status?.phase === 'Running')?.metadata.name;
}

const plurals: Readonly<Record<string, string>> = {
  Job: 'jobs',
  ConfigMap: 'configmaps',
  ResourceQuota: 'resourcequotas',
  LimitRange: 'limitranges',
  PersistentVolumeClaim: 'persistentvolumeclaims',
};

function creation(namespace: string, object: NamedObject): RecordedAction {
  const root = object.apiVersion === 'v1' ? '/api/v1' : `/apis/${object.apiVersion}`;
  const path = `${root}/namespaces/${namespace}/${plurals[object.kind]}?fieldValidation=Strict`;
  return { do: 'create', kind: object.kind, name: object.metadata.name, path, body: object };
}
