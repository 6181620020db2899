/** Several manifests, one of which cannot be: what is written, and what the caller is told. */
import { FakeApiServer } from './fake-api-server';
import { FakeCluster } from './fake-cluster';
import { jobManifest, withCondition } from './objects';
import { ClusterError, type KubernetesObject } from '../../src/port/cluster-port';
import { ManifestsRefusedError, PartlyAppliedError } from '../../src/runtime/apply-errors';
import { Cluster } from '../../src/runtime/cluster';
import { KubernetesCluster } from '../../src/runtime/connection/kubernetes-cluster';

const configMap: KubernetesObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } };
const namespace: KubernetesObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'media' } };
const binding: KubernetesObject = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: { name: 'b' } };

const invalid = new ClusterError('INVALID', 'ConfigMap "c" is invalid', { status: 422, reason: 'Invalid' });
const undecodable = new ClusterError('API', 'strict decoding error: unknown field "dataa"', { status: 400, reason: 'BadRequest' });
const noDryRun = new ClusterError('API', 'admission webhook "a.b" does not support dry run', { status: 400, reason: 'BadRequest' });
const conflict = new ClusterError('CONFLICT', 'conflict with "helm"', { status: 409, reason: 'Conflict' });
const absent = new ClusterError('NOT_FOUND', 'namespaces "media" not found', { status: 404, reason: 'NotFound' });
const noRight = new ClusterError('FORBIDDEN', 'configmaps "c" is forbidden: User "x" cannot patch resource "configmaps"', { status: 403 });
const quota = new ClusterError('FORBIDDEN', 'configmaps "c" is forbidden: exceeded quota: count', { status: 403 });
const unreachable = new ClusterError('UNREACHABLE', 'connection refused');

let fake: FakeCluster;
let cluster: Cluster;
beforeEach(() => {
  fake = new FakeCluster();
  cluster = new Cluster(fake);
  fake.onApply = (object) => { if (object.kind === 'Job') fake.put(withCondition(object, 'Complete', 'CompletionsReached')); };
});

const calls = { apply: (objects: object[]) => cluster.apply(objects), run: (objects: object[]) => cluster.run(objects) };
const ways = ['apply', 'run'] as const;

function refuse(call: string, error: Error): void {
  fake.refuse = (made) => (made === call ? error : undefined);
}

function writes(): string[] {
  return fake.calls.filter((call) => /^(apply|create)/.test(call));
}

async function failure(call: Promise<unknown>): Promise<unknown> {
  return call.then(() => undefined, (error: unknown) => error);
}

describe.each(ways)('%s', (way) => {
  test('a Job that the rules refuse: the cluster is not asked at all', async () => {
    const bad = jobManifest('two', { completions: -1 });
    const error = await failure(calls[way]([jobManifest('one'), bad]));
    expect(error).toBeInstanceOf(ManifestsRefusedError);
    expect(error).toMatchObject({
      code: 'INVALID',
      message: 'Nothing was applied, because this is refused:\n  Job two: spec.completions: Invalid value: -1: must be greater than or equal to 0',
      refusals: [{ object: bad }],
      findings: [{ field: 'spec.completions' }],
    });
    expect((error as ManifestsRefusedError).refusals[0]?.object).toBe(bad);
    expect(fake.calls).toEqual([]);
  });

  test.each<[string, Error]>([
    ['it is invalid', invalid], ['it cannot be decoded', undecodable], ['others own its fields', conflict], ['its namespace is not there', absent],
    ['a right is missing', noRight],
  ])('nothing is written when the dry run of another kind says that %s', async (_, error) => {
    refuse('try to apply ConfigMap', error);
    expect(await failure(calls[way]([jobManifest('one'), configMap]))).toMatchObject({ refusals: [{ object: configMap, error }] });
    expect(writes()).toEqual([]);
  });

  test('all refusals are told at once', async () => {
    fake.refuse = (call) => (call.startsWith('try') ? invalid : undefined);
    expect(await failure(calls[way]([jobManifest('one'), configMap]))).toMatchObject({ refusals: [{ object: { kind: 'Job' } }, { object: { kind: 'ConfigMap' } }] });
  });

  test.each<[string, Error, KubernetesObject[]]>([
    ['a namespace of the same call', absent, [namespace]], ['rights of the same call', noRight, [binding]], ['a quota', quota, []],
    ['a webhook without dry runs', noDryRun, []],
  ])('what %s may change is left to the write', async (_, error, more) => {
    // The local engine leaves rights out: they mean nothing to processes.
    fake.capabilities = { outlivesProcess: true, runsImages: true };
    refuse('try to apply ConfigMap', error);
    await calls[way]([...more, jobManifest('one'), configMap]);
    expect(writes()).toContain('apply ConfigMap');
  });

  test('a cluster that is away is that error, and nothing is written', async () => {
    refuse('try to apply ConfigMap', unreachable);
    expect(await failure(calls[way]([jobManifest('one'), configMap]))).toBe(unreachable);
    expect(writes()).toEqual([]);
  });

  test('a single object needs no dry run', async () => {
    await calls[way]([jobManifest('one')]);
    expect(fake.calls.filter((call) => call.startsWith('try'))).toEqual([]);
  });

  test('a write that fails behind others says what was written, and what was not', async () => {
    const objects = [configMap, jobManifest('one'), jobManifest('two'), jobManifest('three')];
    fake.refuse = (call) => (call === 'apply Job' && writes().length === 3 ? unreachable : undefined);
    const error = await failure(calls[way](objects));
    expect(error).toBeInstanceOf(PartlyAppliedError);
    expect(error).toMatchObject({
      code: 'UNREACHABLE',
      message: expect.stringMatching(/^connection refused \(applied before: ConfigMap default\/c, Job default\/one; not applied: Job \S*two, Job \S*three\)$/),
      cause: unreachable,
      applied: [{ object: { kind: 'ConfigMap' } }, { object: { metadata: { name: 'one' } } }],
      notApplied: [{ metadata: { name: 'two' } }, { metadata: { name: 'three' } }],
    });
  });
});

test('a CronJob that runs once is tried as the Job that it is sent as', async () => {
  const cronJob = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'c' }, spec: { schedule: '@daily', jobTemplate: { spec: jobManifest('x').spec } } };
  await cluster.run([cronJob, configMap], { once: true });
  expect(fake.calls.filter((call) => /apply/.test(call))).toEqual(['try to apply Job', 'try to apply ConfigMap', 'apply ConfigMap', 'apply Job']);
});

describe('the version of a real cluster', () => {
  const server = new FakeApiServer();
  let real: Cluster;
  beforeAll(() => server.start());
  afterAll(() => server.stop());
  beforeEach(() => {
    server.requests.length = 0;
    real = new Cluster(new KubernetesCluster(server.identity(), { backoff: { first: 1, longest: 2 } }));
  });
  afterEach(() => real.close());

  const paths = (): string[] => server.requests.map(({ method, path, query }) => `${method} ${path}${query.get('dryRun') === 'All' ? ' (dry run)' : ''}`);
  const jobs = '/apis/batch/v1/namespaces/default/jobs';

  test('is not asked for when nothing is wrong', async () => {
    await real.apply([jobManifest('one'), jobManifest('two')]);
    expect(paths()).toEqual([
      `PATCH ${jobs}/one (dry run)`, `PATCH ${jobs}/two (dry run)`, `GET ${jobs}/one`, `PATCH ${jobs}/one`, `GET ${jobs}/two`, `PATCH ${jobs}/two`,
    ]);
  });

  test('decides what is wrong', async () => {
    server.fail('/version', { type: 'answer', status: 200, body: { gitVersion: 'v1.36.3' } });
    expect(await failure(real.apply([jobManifest('one'), jobManifest('two', { completions: -1 })]))).toBeInstanceOf(ManifestsRefusedError);
    expect(paths()).toEqual(['GET /version']);
  });

  test.each([['is newer than the rules', 'v1.99.0'], ['is no version', 'unknown']])('that %s leaves it to the server', async (_, gitVersion) => {
    server.fail('/version', { type: 'answer', status: 200, body: { gitVersion } });
    await real.apply([jobManifest('one'), jobManifest('two', { completions: -1 })]);
    expect(paths().slice(0, 3)).toEqual(['GET /version', `PATCH ${jobs}/one (dry run)`, `PATCH ${jobs}/two (dry run)`]);
  });

  test('a kind that was not there is looked up again: its definition may have been applied since', async () => {
    const custom = { apiVersion: 'example.com/v1', kind: 'Queue', metadata: { name: 'q' } };
    const find = (): Promise<unknown> => failure(real.port.apply(custom));
    expect(await find()).toMatchObject({ message: 'Cannot find a kind Queue of example.com/v1 in this cluster' });
    server.kinds['/apis/example.com/v1'] = [{ name: 'queues', kind: 'Queue', namespaced: true }];
    expect(await find()).toMatchObject({ message: expect.stringContaining('Cannot apply queues "q"') });
  });
});
