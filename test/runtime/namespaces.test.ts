/** What is applied where, and in which order, over real sockets. */
import { FakeApiServer, type Fault } from './fake-api-server';
import { jobManifest, podOf, withCondition } from './objects';
import type { KubernetesObject } from '../../src/port/cluster-port';
import { KubernetesCluster } from '../../src/runtime/connection/kubernetes-cluster';
import { runJobs } from '../../src/runtime/run';

const server = new FakeApiServer();
let cluster: KubernetesCluster;

beforeAll(() => server.start());
afterAll(() => server.stop());
beforeEach(() => {
  server.requests.length = 0;
  cluster = new KubernetesCluster(server.identity(), { backoff: { first: 1, longest: 5 } });
});
afterEach(() => cluster.close());

function inNamespace(object: KubernetesObject, namespace: string): KubernetesObject {
  return { ...object, metadata: { ...object.metadata, namespace } };
}

test('two Jobs of one name in two namespaces have a verdict each', async () => {
  server.cluster.onApply = (job) => {
    const isGood = job.metadata?.namespace === 'media';
    server.cluster.put(inNamespace(podOf(job, 'demo-1'), job.metadata?.namespace ?? ''));
    server.cluster.put(isGood ? withCondition(job, 'Complete', 'CompletionsReached') : withCondition(job, 'Failed', 'BackoffLimitExceeded'));
  };
  const result = await runJobs(cluster, [inNamespace(jobManifest('demo'), 'media'), jobManifest('demo')], { timeoutSeconds: 20 });
  expect(result.jobs.map(({ name, namespace, verdict }) => [namespace, name, verdict])).toEqual([['media', 'demo', 'Complete'], ['default', 'demo', 'Failed']]);
});

test('what Jobs need is applied first; kinds that are not known here are looked up', async () => {
  server.cluster.onApply = (object) => { if (object.kind === 'Job') server.cluster.put(withCondition(object, 'Complete', 'CompletionsReached')); };
  server.kinds['/api/v1'] = [{ name: 'services', kind: 'Service', namespaced: true }, { name: 'services/status', kind: 'Service', namespaced: true }];
  const service: Fault = { type: 'answer', status: 201, body: { apiVersion: 'v1', kind: 'Service', metadata: { name: 'queue', resourceVersion: '1' } } };
  server.fail('/services/queue', service);
  server.fail('/services/queue', service);
  const named = (kind: string, name: string): KubernetesObject => ({ apiVersion: 'v1', kind, metadata: { name } });
  const objects = [jobManifest('needy'), named('Service', 'queue'), named('ServiceAccount', 'runner'), named('Secret', 's'), named('ConfigMap', 'c'), named('Namespace', 'media')];
  const result = await runJobs(cluster, objects, { timeoutSeconds: 20 });
  expect(result.ok).toBe(true);
  expect(server.requests.filter(({ method, query }) => method === 'PATCH' && query.get('dryRun') === null).map(({ path }) => path)).toEqual([
    '/api/v1/namespaces/media', '/api/v1/namespaces/default/serviceaccounts/runner', '/api/v1/namespaces/default/secrets/s',
    '/api/v1/namespaces/default/configmaps/c', '/api/v1/namespaces/default/services/queue', '/apis/batch/v1/namespaces/default/jobs/needy',
  ]);
});
