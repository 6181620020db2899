import { FakeCluster } from './fake-cluster';
import { settled } from './manual-timers';
import { jobManifest, podOf, withCondition } from './objects';
import { ClusterError, type KubernetesObject } from '../../src/port/cluster-port';
import { Cluster } from '../../src/runtime/cluster';
import { toObjects } from '../../src/runtime/manifests';

const cronJob: KubernetesObject = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'nightly' },
  spec: {
    schedule: '@daily',
    jobTemplate: {
      metadata: { labels: { team: 'media' }, annotations: { note: 'kept' } },
      spec: {
        template: {
          spec: {
            restartPolicy: 'Never',
            containers: [
              { name: 'main', image: 'report:1', args: ['--all'], env: [{ name: 'MODE', value: 'slow' }, { name: 'KEEP', value: '1' }] },
              { name: 'side', image: 'side:1' },
            ],
          },
        },
      },
    },
  },
};

let fake: FakeCluster;
let cluster: Cluster;

beforeEach(() => {
  fake = new FakeCluster();
  cluster = new Cluster(fake);
});

test('a Job that is triggered is what kubectl create job --from makes', async () => {
  const { metadata } = fake.put(cronJob);
  const job = await cluster.trigger('nightly', { name: 'by-hand' });
  expect(job).toMatchObject({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: 'by-hand',
      labels: { team: 'media' },
      annotations: { 'cronjob.kubernetes.io/instantiate': 'manual', 'note': 'kept' },
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name: 'nightly', uid: metadata?.uid, controller: true }],
    },
  });
  expect(job.metadata?.ownerReferences?.[0]).not.toHaveProperty('blockOwnerDeletion');
  expect(job.spec).toEqual((cronJob.spec as { jobTemplate: { spec: object } }).jobTemplate.spec);
});

test('a triggered Job may differ: arguments and image of the first container, variables of all', async () => {
  fake.put(cronJob);
  const job = await cluster.trigger('nightly', { args: ['--one'], image: 'report:2', env: { MODE: 'fast' } });
  expect(job.metadata?.name).toMatch(/^nightly-manual-[0-9a-f]{5}$/);
  expect((job.spec as { template: { spec: { containers: unknown } } }).template.spec.containers).toEqual([
    { name: 'main', image: 'report:2', args: ['--one'], env: [{ name: 'KEEP', value: '1' }, { name: 'MODE', value: 'fast' }] },
    { name: 'side', image: 'side:1', env: [{ name: 'MODE', value: 'fast' }] },
  ]);
});

test('the name of a triggered Job fits, however long the CronJob\'s is', async () => {
  fake.put({ ...cronJob, metadata: { name: 'n'.repeat(63) } });
  expect((await cluster.trigger('n'.repeat(63))).metadata?.name).toHaveLength(63);
});

test('suspend and resume', async () => {
  fake.put(jobManifest('demo'));
  expect(await cluster.suspend('demo')).toMatchObject({ spec: { suspend: true } });
  expect(await cluster.resume('demo')).toMatchObject({ spec: { suspend: false } });
});

test.each(['Background', 'Foreground', 'Orphan'] as const)('delete never leaves the pods to the server\'s default: %s', async (cascade) => {
  fake.put(jobManifest('demo'));
  await cluster.delete('demo', { cascade });
  expect(fake.calls).toContain(`delete jobs ${cascade}`);
  await expect(cluster.get('demo')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('delete spares a new Job that has taken the name', async () => {
  fake.put(jobManifest('demo'));
  await expect(cluster.delete('demo', { uid: 'of-the-old-one' })).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await cluster.get('demo')).toMatchObject({ kind: 'Job' });
});

test('retry makes the Job again, without what the API server derived from the old one', async () => {
  const labels = { 'batch.kubernetes.io/controller-uid': 'old', 'job-name': 'demo', 'mine': '1' };
  const spec = {
    backoffLimit: 0,
    selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': 'old' } },
    template: { metadata: { labels }, spec: { restartPolicy: 'Never', containers: [] } },
  };
  const old = fake.put(withCondition({ ...jobManifest('demo'), metadata: { name: 'demo', uid: 'old', labels }, spec }, 'Failed'));
  const again = await cluster.retry('demo');
  expect(again.metadata).toMatchObject({ name: 'demo', labels: { mine: '1' } });
  expect(again.metadata?.uid).not.toBe(old.metadata?.uid);
  expect(again.spec).toEqual({ backoffLimit: 0, template: { metadata: { labels: { mine: '1' } }, spec: { restartPolicy: 'Never', containers: [] } } });
});

test('retry under another name keeps the old Job', async () => {
  fake.put(withCondition(jobManifest('demo'), 'Failed'));
  await cluster.retry('demo', { name: 'demo-2' });
  expect(await cluster.get('demo')).toMatchObject({ kind: 'Job' });
  expect(await cluster.get('demo-2')).not.toHaveProperty('status');
});

test('a Job that still runs is not retried', async () => {
  fake.put(jobManifest('demo'));
  await expect(cluster.retry('demo')).rejects.toMatchObject({ code: 'USAGE' });
});

test('wait for a Job that is not there does not wait', async () => {
  const { ok, jobs } = await cluster.wait('nobody');
  expect({ ok, jobs }).toMatchObject({ ok: false, jobs: [{ verdict: 'Deleted', name: 'nobody' }] });
});

test.each(['UNREACHABLE', 'UNAVAILABLE', 'UNAUTHENTICATED'] as const)('wait on a cluster that never answered is an error: %s', async (code) => {
  fake.refuse = () => new ClusterError(code, 'no answer');
  await expect(cluster.wait(['one', 'two'])).rejects.toMatchObject({ code });
});

test('wait goes on while a cluster that has answered is away', async () => {
  const job = fake.put(jobManifest('demo'));
  const waiting = cluster.wait('demo', { backoff: { first: 1, longest: 2 } });
  await settled();
  let refused = 0;
  fake.refuse = (call) => (/jobs$/.test(call) && (refused += 1) <= 5 ? new ClusterError('UNREACHABLE', 'connection refused') : undefined);
  fake.cut('jobs', new ClusterError('UNREACHABLE', 'reset'));
  fake.put(withCondition(job, 'Complete', 'CompletionsReached'));
  expect(await waiting).toMatchObject({ ok: true });
  expect(refused).toBeGreaterThan(5);
});

test('wait for several Jobs opens three watches for all of them', async () => {
  const names = Array.from({ length: 30 }, (_, index) => `job-${index}`);
  for (const name of names) fake.put(jobManifest(name));
  const waiting = cluster.wait(names);
  await settled();
  expect(fake.calls.filter((call) => call.startsWith('watch')).sort()).toEqual(['watch events', 'watch jobs', 'watch pods']);
  for (const name of names) fake.put(withCondition(jobManifest(name), 'Complete'));
  expect((await waiting).jobs.map(({ name, verdict }) => [name, verdict])).toEqual(names.map((name) => [name, 'Complete']));
});

test('apply puts what others need first', async () => {
  const applied = await cluster.apply([
    jobManifest('demo'), { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } }, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' } },
  ]);
  expect(applied.map(({ object: { kind }, result }) => [kind, result])).toEqual([['Secret', 'created'], ['ConfigMap', 'created'], ['Job', 'created']]);
});

test.each<[string, () => object | string, number]>([
  ['an object', () => jobManifest('a'), 1],
  ['a list', () => [jobManifest('a'), [jobManifest('b')]], 2],
  ['a chart', () => ({ toJson: () => [jobManifest('a'), jobManifest('b')] }), 2],
  ['an app', () => ({ charts: [{ toJson: () => [jobManifest('a')] }, { toJson: () => [jobManifest('b')] }] }), 2],
  ['a List', () => ({ apiVersion: 'v1', kind: 'List', items: [jobManifest('a'), jobManifest('b')] }), 2],
  ['YAML', () => 'apiVersion: batch/v1\nkind: Job\n---\napiVersion: batch/v1\nkind: Job\n', 2],
])('manifests are given as %s', (_, input, count) => {
  expect(toObjects(input()).map(({ kind }) => kind)).toEqual(Array.from({ length: count }, () => 'Job'));
});

test.each(['suspend', 'resume'] as const)('%s leaves a Job alone that is over or goes away', async (verb) => {
  const job = fake.put(withCondition(jobManifest('demo'), 'Complete', 'CompletionsReached'));
  await expect(cluster[verb]('demo')).rejects.toMatchObject({ code: 'USAGE', message: `Cannot ${verb} Job demo: it is over (Complete)` });
  fake.put({ ...job, status: {}, metadata: { ...job.metadata, deletionTimestamp: '2026-11-24T00:00:00Z' } });
  await expect(cluster[verb]('demo')).rejects.toMatchObject({ code: 'USAGE', message: `Cannot ${verb} Job demo: it is being deleted` });
  expect((await cluster.get('demo')).spec).not.toHaveProperty('suspend');
});

test('the output of a container that no pod has is refused with those that there are', async () => {
  fake.put(jobManifest('demo'));
  const read = (container: string, follow = false): Promise<void> => cluster.logs('demo', { container, follow, onLine: () => undefined });
  await expect(read('nope')).rejects.toMatchObject({
    code: 'USAGE', message: 'Cannot read the output of container nope: Job demo has none of that name', hint: 'there is main',
  });
  await read('main');
});

describe('before the first pod nobody knows its containers', () => {
  const follow = (container: string, signal = new AbortController().signal): Promise<void> => (
    cluster.logs('demo', { container, follow: true, signal, onLine: () => undefined })
  );
  const refusal = { code: 'USAGE', message: 'Cannot read the output of container nope: Job demo has none of that name' };
  const putPod = (job: KubernetesObject): unknown => fake.put({ ...podOf(job, 'demo-1'), spec: { containers: [{ name: 'main' }, { name: 'injected' }] } });

  test('following one that a webhook may add waits for the pod', async () => {
    const job = fake.put(jobManifest('demo'));
    const reading = follow('injected');
    await settled();
    putPod(job);
    await settled();
    expect(fake.openStreams('pods')).toBe(1);
    fake.put(withCondition(job, 'Complete', 'CompletionsReached'));
    await reading;
  });

  test('one that the first pod does not have is refused then, with what that has', async () => {
    const job = fake.put(jobManifest('demo'));
    const reading = follow('nope').catch((error: unknown) => error);
    await settled();
    putPod(job);
    expect(await reading).toMatchObject({ ...refusal, hint: 'there is main, injected' });
  });

  test('where the Job ends without a pod it is refused at the end', async () => {
    const job = fake.put(jobManifest('demo'));
    const reading = follow('nope').catch((error: unknown) => error);
    await settled();
    fake.put(withCondition(job, 'Complete', 'CompletionsReached'));
    expect(await reading).toMatchObject({ ...refusal, hint: 'there is main' });
  });

  test('who stops waiting is told nothing', async () => {
    fake.put(jobManifest('demo'));
    const stop = new AbortController();
    const reading = follow('nope', stop.signal);
    await settled();
    stop.abort();
    await reading;
  });
});

test('a CronJob is read, suspended, resumed and deleted as a Job is, by its kind', async () => {
  fake.put(cronJob);
  fake.put(jobManifest('nightly'));
  const kind = 'CronJob';
  expect(await cluster.suspend('nightly', { kind })).toMatchObject({ kind, spec: { suspend: true } });
  expect(await cluster.resume('nightly', { kind })).toMatchObject({ kind, spec: { suspend: false } });
  await cluster.delete('nightly', { kind });
  await expect(cluster.get('nightly', { kind })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await cluster.get('nightly')).toMatchObject({ kind: 'Job' });
});
