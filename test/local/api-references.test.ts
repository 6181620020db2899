/** What the API server and the kubelet say to what refers to something that is not there: namespaces, service accounts, commands. */
import { openServedEngine, type ServedEngine } from './served-engine';
import type { KubernetesObject } from '../../src/port/cluster-port';
import { ScriptedExecutor } from '../fakes/scripted-executor';

let served: ServedEngine;

beforeEach(async () => {
  served = await openServedEngine();
});

afterEach(async () => served.close());

const call: ServedEngine['call'] = async (...words) => served.call(...words);
const jobsOf = (namespace: string): string => `/apis/batch/v1/namespaces/${namespace}/jobs`;
const core = (namespace: string, plural: string): string => `/api/v1/namespaces/${namespace}/${plural}`;
const job = (name: string, pod: object = {}, container: object = { command: ['true'] }): KubernetesObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name },
  spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox', ...container }], ...pod } } },
});
const namesIn = async (path: string): Promise<unknown[]> => ((await call('GET', path)).body.items ?? []).map(({ metadata }) => metadata?.name);
const eventsIn = async (namespace: string): Promise<string[]> => ((await call('GET', core(namespace, 'events'))).body.items ?? [])
  .map(({ reason, message, count }) => `${String(reason)} × ${String(count)}: ${String(message)}`);

test('it has the namespaces of every cluster', async () => {
  expect(await namesIn('/api/v1/namespaces')).toEqual(['default', 'kube-node-lease', 'kube-public', 'kube-system']);
});

// The answers in the words of a real 1.37.2.
test.each<[sentence: string, path: string, body: object]>([
  ['a Job', jobsOf('nope'), job('one')],
  ['a Job that is refused for another reason too', jobsOf('nope'), job('one', { restartPolicy: 'Always' })],
  ['a dry run of a Job', `${jobsOf('nope')}?dryRun=All`, job('one')],
  ['a config map', core('nope', 'configmaps'), { metadata: { name: 'one' } }],
  ['a service account', core('nope', 'serviceaccounts'), { metadata: { name: 'one' } }],
  ['a pod', core('nope', 'pods'), { metadata: { name: 'one' }, spec: { containers: [{ name: 'main', image: 'busybox', command: ['true'] }] } }],
])('%s in a namespace that does not exist is refused', async (_, path, body) => {
  const { code, body: status } = await call('POST', path, body);
  expect([code, status]).toEqual([404, {
    kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: 'namespaces "nope" not found', reason: 'NotFound', details: { name: 'nope', kind: 'namespaces' }, code: 404,
  }]);
});

test('server-side apply into a namespace that does not exist is refused; a list of it is empty', async () => {
  const apply = { 'content-type': 'application/apply-patch+yaml' };
  expect((await call('PATCH', `${jobsOf('nope')}/one?fieldManager=me`, job('one'), apply)).body.message).toBe('namespaces "nope" not found');
  expect((await call('GET', jobsOf('nope'))).body.items).toEqual([]);
  expect((await call('GET', `${jobsOf('nope')}/one`)).body).toMatchObject({ message: 'jobs.batch "one" not found', details: { name: 'one', group: 'batch', kind: 'jobs' } });
});

test('a namespace is made, is used, and cannot be made twice', async () => {
  const made = await call('POST', '/api/v1/namespaces', { metadata: { name: 'team' } });
  expect(made.body).toEqual({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: expect.objectContaining({ name: 'team', labels: { 'kubernetes.io/metadata.name': 'team' } }),
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  });
  expect(made.body.metadata).not.toHaveProperty('namespace');
  expect((await call('POST', '/api/v1/namespaces', { metadata: { name: 'team' } })).body).toMatchObject({ code: 409, message: 'namespaces "team" already exists' });
  expect((await call('POST', jobsOf('team'), job('one'))).code).toBe(201);
  expect(await namesIn(core('team', 'serviceaccounts'))).toEqual(['default']);
});

test('a namespace that is deleted takes no more, ends what runs in it, and goes', async () => {
  await served.close();
  // Its container ignores SIGTERM, so that the namespace has to wait for it.
  served = await openServedEngine(new ScriptedExecutor({ SIGKILL: 137 }));
  await call('POST', '/api/v1/namespaces', { metadata: { name: 'team' } });
  await call('POST', jobsOf('team'), job('one'));
  await served.clock.advance(1);
  expect(served.executor.containers).toHaveLength(1);
  const deleted = await call('DELETE', '/api/v1/namespaces/team');
  expect([deleted.code, deleted.body.status]).toEqual([200, { phase: 'Terminating' }]);
  expect((await call('POST', core('team', 'configmaps'), { metadata: { name: 'late' } })).body).toMatchObject({
    code: 403,
    reason: 'Forbidden',
    message: 'configmaps "late" is forbidden: unable to create new content in namespace team because it is being terminated',
    details: { name: 'late', kind: 'configmaps' },
  });
  expect(await namesIn(core('team', 'serviceaccounts'))).toEqual([]);
  await served.clock.advance(60);
  expect(served.executor.containers[0]?.signals).toEqual(['SIGTERM', 'SIGKILL']);
  expect((await call('GET', '/api/v1/namespaces/team')).code).toBe(404);
  expect(await namesIn('/apis/batch/v1/jobs')).toEqual([]);
  expect(await namesIn(core('team', 'events'))).toEqual([]);
});

test('an empty namespace goes at once; some can never go', async () => {
  await call('POST', '/api/v1/namespaces', { metadata: { name: 'team' } });
  await call('DELETE', '/api/v1/namespaces/team');
  expect((await call('GET', '/api/v1/namespaces/team')).code).toBe(404);
  for (const name of ['default', 'kube-public', 'kube-system']) {
    expect((await call('DELETE', `/api/v1/namespaces/${name}`)).body).toMatchObject({
      code: 403, message: `namespaces "${name}" is forbidden: this namespace may not be deleted`, details: { name, kind: 'namespaces' },
    });
  }
});

test('what a client writes into a namespace leaves what holds it', async () => {
  const made = await call('POST', '/api/v1/namespaces', { metadata: { name: 'team' } });
  const changed = { ...made.body, metadata: { ...made.body.metadata, labels: { a: 'b' } }, spec: {}, status: {} };
  expect((await call('PUT', '/api/v1/namespaces/team', changed)).body).toMatchObject({
    metadata: { labels: { a: 'b' } }, spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' },
  });
});

test('a pod of a service account that does not exist is refused', async () => {
  const pod = { metadata: { name: 'p' }, spec: { serviceAccountName: 'gone', containers: [{ name: 'main', image: 'busybox', command: ['true'] }] } };
  expect((await call('POST', core('default', 'pods'), pod)).body).toMatchObject({
    code: 403,
    reason: 'Forbidden',
    message: 'pods "p" is forbidden: error looking up service account default/gone: serviceaccount "gone" not found',
    details: { name: 'p', kind: 'pods' },
  });
});

test('a Job of a service account that does not exist waits for it, and says so', async () => {
  expect((await call('POST', jobsOf('default'), job('one', { serviceAccountName: 'robot' }))).code).toBe(201);
  await served.clock.advance(30);
  expect(await namesIn(core('default', 'pods'))).toEqual([]);
  const [event = '', ...others] = await eventsIn('default');
  expect(event).toMatch(/^FailedCreate × \d+: Error creating: pods "one-" is forbidden: error looking up service account default\/robot: serviceaccount "robot" not found$/);
  expect(others).toEqual([]);
  await call('POST', core('default', 'serviceaccounts'), { metadata: { name: 'robot' } });
  await served.clock.advance(120);
  expect(await namesIn(core('default', 'pods'))).toHaveLength(1);
});

test('the service account default is made again when it is deleted', async () => {
  const before = (await call('GET', core('default', 'serviceaccounts/default'))).body.metadata?.uid;
  await call('DELETE', core('default', 'serviceaccounts/default'));
  const after = (await call('GET', core('default', 'serviceaccounts/default'))).body.metadata?.uid;
  expect(after).toBeDefined();
  expect(after).not.toBe(before);
});

test('a Job without a command is made with a warning, and its container cannot be created', async () => {
  const made = await call('POST', jobsOf('default'), job('one', {}, {}));
  const why = 'the local engine does not use images, and only busybox knows what to run';
  expect([made.code, made.headers.get('warning')]).toEqual([201, expect.stringContaining(`spec.template.spec.containers[0].command: Required value: ${why}`)]);
  await served.clock.advance(5);
  expect((await call('GET', core('default', 'pods'))).body.items).toMatchObject([{
    status: {
      phase: 'Pending',
      containerStatuses: [{ state: { waiting: { reason: 'CreateContainerError', message: expect.stringContaining(`no command specified: ${why}`) } } }],
    },
  }]);
  expect(served.executor.containers).toEqual([]);
});

test('a pod without a command is warned of too', async () => {
  const pod = { metadata: { name: 'p' }, spec: { containers: [{ name: 'main', image: 'busybox', args: ['true'] }] } };
  const made = await call('POST', core('default', 'pods'), pod);
  expect([made.code, made.headers.get('warning')]).toEqual([201, expect.stringContaining('spec.containers[0].command: Required value')]);
});
