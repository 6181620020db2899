/** What `retry --failed` counts on: the Job controller keeps a variable, a label and an annotation of the index that are there already. */
import { createNamespace, deleteNamespace, type KubeObject, list, testCluster, until } from './api';
import type { KubernetesObject } from '../../src/port/cluster-port';
import { indexJob } from '../../src/runtime/index-job';
import { shellJob } from '../end-to-end/stage';

const cluster = testCluster();
let namespace = '';

beforeAll(async () => { namespace = await createNamespace(cluster, 'retry'); });
afterAll(() => deleteNamespace(cluster, namespace));

async function podOf(job: KubernetesObject): Promise<KubeObject> {
  await cluster.api.mustRequest('POST', `/apis/batch/v1/namespaces/${namespace}/jobs`, job);
  return until('its pod', async () => {
    const [pod] = await list(cluster.api, `/api/v1/namespaces/${namespace}/pods?labelSelector=job-name%3D${job.metadata?.name}`);
    return pod;
  });
}

async function jobOf(name: string): Promise<KubernetesObject> {
  return (await cluster.api.mustRequest('GET', `/apis/batch/v1/namespaces/${namespace}/jobs/${name}`)).body as KubernetesObject;
}

const variablesOf = ({ spec }: KubeObject): unknown => (spec as { containers: Array<{ env: unknown }> }).containers[0]?.env;

test('the variable of the index that a template has is kept, also for a pod that has an index', async () => {
  const env = [{ name: 'JOB_COMPLETION_INDEX', value: '7' }];
  const pod = await podOf(shellJob('preset', 'true', { completionMode: 'Indexed', completions: 1 }, {}, { env }));
  expect(variablesOf(pod)).toEqual(env);
});

test('the Job of one index makes a pod that looks as that of the index did', async () => {
  const indexed = await podOf(shellJob('whole', 'true', { completionMode: 'Indexed', completions: 1, backoffLimitPerIndex: 2 }));
  const whole = await jobOf('whole');
  const again = await podOf(indexJob(whole, 0));
  const mark = 'batch.kubernetes.io/job-completion-index';
  expect(again).toMatchObject({
    metadata: { labels: { [mark]: '0', 'cdk8s-jobs/retry-of': 'whole' }, annotations: { [mark]: '0' } },
    spec: { hostname: (indexed.spec as { hostname: string }).hostname },
  });
  expect(variablesOf(again)).toEqual([{ name: 'JOB_COMPLETION_INDEX', value: '0' }]);
  expect(await jobOf('whole-index-0')).toMatchObject({
    metadata: { ownerReferences: [{ uid: whole.metadata?.uid }] }, spec: { completionMode: 'NonIndexed', backoffLimit: 2 },
  });
});
