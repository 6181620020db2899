import { createNamespace, createUser, deleteNamespace, kubectl, list, testCluster, until, untilJobCondition } from './api';
import { openKubeApi } from './kube-api';

const cluster = testCluster();
const { api } = cluster;
let namespace = '';

beforeAll(async () => { namespace = await createNamespace(cluster, 'harness'); });
afterAll(async () => deleteNamespace(cluster, namespace));

const jobsPath = (): string => `/apis/batch/v1/namespaces/${namespace}/jobs`;

test('every node is Ready and takes pods', async () => {
  const nodes = await list(api, '/api/v1/nodes');
  expect(nodes.length).toBeGreaterThan(0);
  for (const { spec, status } of nodes) {
    expect(status.conditions).toContainEqual(expect.objectContaining({ type: 'Ready', status: 'True' }));
    expect(spec.taints ?? []).toEqual([]);
  }
});

test('the pod of a Job runs to Complete, and its log is there', async () => {
  await api.mustRequest('POST', jobsPath(), job('completes', { image: 'busybox:1.36', command: ['sh', '-c', 'echo Running job'] }));
  const { status } = await untilJobCondition(api, namespace, 'completes', 'Complete');
  expect(status.succeeded).toBe(1);
  const [pod] = await podsOf('completes');
  const log = await api.mustRequest('GET', `/api/v1/namespaces/${namespace}/pods/${pod?.metadata.name}/log`);
  expect(log.body).toBe('Running job\n');
});

test('an image that no registry has shows ErrImagePull', async () => {
  await api.mustRequest('POST', jobsPath(), job('no-image', { image: 'registry.example/absent:1', command: ['true'] }));
  const waiting = await until('a reason why the container waits', async () => {
    const [pod] = await podsOf('no-image');
    const state = pod?.status?.containerStatuses?.[0]?.state?.waiting as { reason: string; message: string } | undefined;
    return state?.reason === 'ErrImagePull' ? state : undefined;
  });
  expect(waiting.message).toContain('registry.example/absent:1');
});

test('pods reach each other: one pushes to the Redis of another', async () => {
  await api.mustRequest('POST', `/api/v1/namespaces/${namespace}/pods`, {
    metadata: { name: 'redis' },
    spec: {
      terminationGracePeriodSeconds: 0,
      containers: [{ name: 'main', image: 'redis:7', imagePullPolicy: 'IfNotPresent', command: ['redis-server', '--protected-mode', 'no'] }],
    },
  });
  const address = await until('the address of Redis', async () => {
    const [pod] = (await list(api, `/api/v1/namespaces/${namespace}/pods?fieldSelector=metadata.name%3Dredis`));
    return pod?.status?.phase === 'Running' ? (pod.status.podIP as string) : undefined;
  });
  const command = ['sh', '-c', `until redis-cli -h ${address} ping; do sleep 0.2; done; redis-cli -h ${address} rpush queue apple banana`];
  await api.mustRequest('POST', jobsPath(), job('pushes', { image: 'redis:7', command }));
  await untilJobCondition(api, namespace, 'pushes', 'Complete');
  const [pod] = await podsOf('pushes');
  const log = await api.mustRequest('GET', `/api/v1/namespaces/${namespace}/pods/${pod?.metadata.name}/log`);
  expect(log.body).toMatch(/PONG\n2\n$/);
});

test('the API server validates without creating: 422 with its causes', async () => {
  const { status, body } = await api.request('POST', `${jobsPath()}?dryRun=All&fieldValidation=Strict`, {
    ...job('refused', { image: 'busybox:1.36' }), spec: { parallelism: -1, template: job('', { image: 'busybox:1.36' }).spec.template },
  });
  expect(status).toBe(422);
  expect((body as { details: { causes: unknown } }).details.causes).toEqual([
    expect.objectContaining({ reason: 'FieldValueInvalid', field: 'spec.parallelism' }),
  ]);
});

test('a user with a Role may do what it says and nothing else', async () => {
  const token = await createUser(cluster, namespace, 'reader', [{ apiGroups: ['batch'], resources: ['jobs'], verbs: ['list'] }]);
  const reader = openKubeApi(cluster.kubeconfig, token);
  expect((await reader.request('GET', jobsPath())).status).toBe(200);
  expect((await reader.request('POST', jobsPath(), job('forbidden', { image: 'busybox:1.36' }))).status).toBe(403);
});

test('kubectl speaks to the cluster', async () => {
  const { status, stdout } = await kubectl(cluster, ['get', 'namespace', namespace, '--output', 'name']);
  expect({ status, stdout }).toEqual({ status: 0, stdout: `namespace/${namespace}\n` });
});

function job(name: string, container: object): { metadata: object; spec: { template: object } } {
  const containers = [{ name: 'main', imagePullPolicy: 'IfNotPresent', ...container }];
  return { metadata: { name }, spec: { template: { spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 0, containers } } } };
}

function podsOf(name: string): ReturnType<typeof list> {
  return list(api, `/api/v1/namespaces/${namespace}/pods?labelSelector=batch.kubernetes.io/job-name%3D${name}`);
}
