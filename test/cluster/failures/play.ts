import type { JobVerdict } from '../../../src/verdict/job-verdict';
import { judge } from '../../../src/verdict/judge';
import { createNamespace, deleteNamespace, until, type TestCluster } from '../api';
import type { FailureCase, Interference, NamedObject } from './cases';
import { recordNamespace, type RecordedAction, type Recorder } from './recorder';

/**
 * Makes a failure happen in a namespace of its own, and returns what `judge` says of what was seen: as soon as it is what is expected, or
 * after `timeoutMs`.
 */
export async function play(cluster: TestCluster, failure: FailureCase, timeoutMs = 60_000): Promise<JobVerdict> {
  const namespace = await createNamespace(cluster, 'failure');
  for (const object of failure.before ?? []) await cluster.api.mustRequest('POST', creation(namespace, object).path, object);
  const recorder = await recordNamespace(cluster.api, namespace);
  try {
    await recorder.act(creation(namespace, failure.job));
    if (failure.whenRunning !== undefined) await interfere(recorder, namespace, failure.whenRunning);
    const lasts = failure.verdict === 'Running' || failure.verdict === 'Suspended';
    const asExpected = ({ verdict, diagnosis, over }: JobVerdict): boolean =>
      verdict === failure.verdict && diagnosis === failure.diagnosis && (lasts || over);
    await until(failure.name, async () => asExpected(judge(recorder.observations)) || undefined, timeoutMs).catch(() => undefined);
    return judge(recorder.observations);
  } finally {
    recorder.stop();
    if (failure.whenRunning !== 'delete-namespace') await deleteNamespace(cluster, namespace);
  }
}

async function interfere(recorder: Recorder, namespace: string, interference: Interference): Promise<void> {
  const pod = await until('a running pod', async () => runningPod(recorder));
  const job = { kind: 'Job', name: 'task', path: `/apis/batch/v1/namespaces/${namespace}/jobs/task` };
  const podPath = `/api/v1/namespaces/${namespace}/pods/${pod}`;
  const actions: Readonly<Record<Interference, RecordedAction>> = {
    'delete-job': { ...job, do: 'delete', body: { propagationPolicy: 'Background' } },
    'suspend-job': { ...job, do: 'patch', body: { spec: { suspend: true } } },
    'delete-pod': { do: 'delete', kind: 'Pod', name: pod, path: podPath },
    'evict-pod': { do: 'evict', kind: 'Pod', name: pod, path: `${podPath}/eviction`, body: eviction(namespace, pod) },
    'delete-namespace': { do: 'delete', kind: 'Namespace', name: namespace, path: `/api/v1/namespaces/${namespace}` },
  };
  await recorder.act(actions[interference]);
}

function eviction(namespace: string, name: string): object {
  return { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
}

function runningPod({ observations }: Recorder): string | undefined {
  for (const { watch, object } of observations) {
    const { metadata, status } = (object ?? {}) as { metadata?: { name: string }; status?: { phase?: string } };
    if (watch === 'pods' && status?.phase === 'Running') return metadata?.name;
  }
  return undefined;
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
