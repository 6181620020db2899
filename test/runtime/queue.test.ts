/** Jobs of a queue: the fake cluster does what Kueue 0.17 did with them on a live one. */
import { FakeCluster } from './fake-cluster';
import { ManualTimers, settled } from './manual-timers';
import { jobManifest, withCondition } from './objects';
import { RunView } from '../../src/cli/run/run-view';
import { Output } from '../../src/cli/terminal/output';
import { ClusterError, type KubernetesObject } from '../../src/port/cluster-port';
import { jobs } from '../../src/port/resources';
import { applyObject } from '../../src/runtime/apply-object';
import { Cluster } from '../../src/runtime/cluster';
import { runJobs } from '../../src/runtime/run';
import type { Progress, RunOptions, RunResult } from '../../src/runtime/run-options';

const labels = { 'kueue.x-k8s.io/queue-name': 'team' };
const short = 'couldn\'t assign flavors to pod set main: insufficient unused quota for cpu in flavor default, 100m more needed';
const forbidden = (what: string) => new ClusterError('FORBIDDEN', `workloads.kueue.x-k8s.io is forbidden: User "x" cannot ${what} resource "workloads"`, { status: 403 });

let cluster: FakeCluster;
let timers: ManualTimers;
let result: RunResult | undefined;
let stderr: string[];

beforeEach(() => {
  cluster = new FakeCluster();
  timers = new ManualTimers();
  result = undefined;
  stderr = [];
});

const queuedJob = (name = 'demo', spec: object = {}): KubernetesObject =>
  ({ ...jobManifest(name, { suspend: true, ...spec }), metadata: { name, labels } });
const stored = (name = 'demo'): Promise<KubernetesObject> => cluster.get({ resource: jobs, name });
const specOf = async (name = 'demo'): Promise<object> => (await stored(name)).spec as object;

async function start(job: KubernetesObject, options: RunOptions = {}): Promise<void> {
  const view = new RunView(new Output({ write: () => undefined }, { write: (text) => stderr.push(String(text)) }, {}), 'text', 'none');
  const onProgress = (progress: Progress): void => view.progress(progress);
  void runJobs(cluster, job, { timers, onProgress, ...options }).then((ended) => { result = ended; });
  await settled();
}

async function put(object: KubernetesObject): Promise<void> {
  cluster.put(object);
  await settled();
}

async function putWorkload(condition: object, spec: object = {}, version = 'v1beta2'): Promise<void> {
  const owner = { kind: 'Job', name: 'demo', uid: (await stored()).metadata?.uid ?? '' };
  await put({
    apiVersion: `kueue.x-k8s.io/${version}`, kind: 'Workload', metadata: { name: 'job-demo-0a1b2', ownerReferences: [owner] }, spec, status: { conditions: [condition] },
  });
}

const notReserved = (reason: string, message: string) => ({ type: 'QuotaReserved', status: 'False', reason, message });

async function admit(): Promise<void> {
  const job = await stored();
  await put({ ...job, spec: { ...job.spec as object, suspend: false } });
}

test('a Job of a queue is waited for although it is suspended, and the reason is told', async () => {
  await start(queuedJob());
  await putWorkload(notReserved('Pending', short));
  await timers.pass(600_000);
  expect(result).toBeUndefined();
  await admit();
  await put(withCondition(await stored(), 'Complete', 'CompletionsReached'));
  expect(result).toMatchObject({ ok: true, jobs: [{ verdict: 'Complete', queue: { name: 'team' } }] });
  const said = stderr.join('').split('\n').map((line) => line.replace(/^demo +/, '').replace(/in [\d.]+s/, 'in a time'));
  expect(said).toEqual(['created, suspended', 'Job demo: Queued: waits in queue team', `Job demo: Queued: waits in queue team: ${short}`, 'admitted by queue team', 'Complete 1/1 in a time (ran 5s)', '']);
});

test.each<[string, KubernetesObject]>([
  ['another controller manages', { ...jobManifest('demo', { suspend: true, managedBy: 'example.com/hub' }) }],
  ['has an owner that runs it', { ...jobManifest('demo', { suspend: true }), metadata: { name: 'demo', ownerReferences: [{ kind: 'JobSet', name: 'train', uid: 'u', controller: true }] } }],
  ['has a scheduling gate', jobManifest('demo', { suspend: true, template: { spec: { restartPolicy: 'Never', schedulingGates: [{ name: 'example.com/wait' }], containers: [{ name: 'main', image: 'busybox' }] } } })],
])('a suspended Job that %s is waited for', async (_sentence, job) => {
  await start(job);
  const there = await stored();
  await put({ ...there, status: { conditions: [{ type: 'Suspended', status: 'True', reason: 'JobSuspended', message: 'Job suspended' }] } });
  await timers.pass(600_000);
  expect(result).toBeUndefined();
});

test('a Job that a webhook suspended on its way in is waited for, and Workloads once Kueue says that it made one', async () => {
  cluster.onApply = (job) => void cluster.put({ ...job, spec: { ...job.spec as object, suspend: true } });
  const apply = cluster.apply.bind(cluster);
  cluster.apply = async (object, options) => {
    const answer = await apply(object, options);
    return options?.dryRun === true ? answer : { ...answer, object: await stored() };
  };
  await start(jobManifest('demo'));
  const { uid } = (await stored()).metadata ?? {};
  await put({ apiVersion: 'v1', kind: 'Event', metadata: { name: 'e' }, involvedObject: { apiVersion: 'batch/v1', kind: 'Job', uid }, reason: 'CreatedWorkload', message: 'Created Workload: default/job-demo-0a1b2' });
  expect(result).toBeUndefined();
  expect(cluster.openStreams('workloads')).toBe(1);
});

test.each([
  ['Pending', 'insufficient quota for cpu in flavor default, request (400m) > maximum capacity (300m)', 'ExceedsQuota', 11],
  ['Inadmissible', 'LocalQueue team doesn\'t exist', 'QueueMissing', 31],
])('what cannot heal ends the wait: %s, %s', async (reason, message, diagnosis, seconds) => {
  await start(queuedJob());
  await putWorkload(notReserved(reason, message));
  await timers.pass((seconds - 2) * 1000);
  expect(result).toBeUndefined();
  await timers.pass(2000);
  expect(result).toMatchObject({ ok: false, jobs: [{ verdict: 'Suspended', stuck: true, diagnosis }] });
});

test('without the right to read Workloads a Job of a queue is waited for all the same', async () => {
  cluster.refuse = (call) => (call === 'list workloads' ? forbidden('list') : undefined);
  await start(queuedJob());
  expect(stderr.join('')).toContain('continuing without workloads');
  await admit();
  await put(withCondition(await stored(), 'Complete', 'CompletionsReached'));
  expect(result?.ok).toBe(true);
});

test('a Kueue that knows only the older API is asked in that', async () => {
  let asked = 0;
  cluster.refuse = (call) => (call === 'list workloads' && (asked += 1) === 1 ? new ClusterError('NOT_FOUND', 'the server could not find the requested resource', { status: 404 }) : undefined);
  await start(queuedJob());
  await putWorkload(notReserved('Pending', short), {}, 'v1beta1');
  expect(stderr.join('')).toContain(short);
});

test('suspend deactivates the Workload, resume activates it; the Job itself is left alone', async () => {
  cluster.put(queuedJob('demo', { suspend: false }));
  await putWorkload({ type: 'Admitted', status: 'True' });
  const client = new Cluster(cluster);
  const active = async (): Promise<unknown> => ((await cluster.list({ apiVersion: '', kind: '', plural: 'workloads', namespaced: true })).items[0]?.spec as { active?: boolean }).active;
  await client.suspend('demo');
  expect(await active()).toBe(false);
  await client.resume('demo');
  expect(await active()).toBe(true);
  expect(await specOf()).toMatchObject({ suspend: false });
  expect(cluster.calls).not.toContain('patch jobs');
});

test('resume does not claim to start a Job that waits for its turn', async () => {
  cluster.put(queuedJob());
  await putWorkload(notReserved('Pending', short));
  await expect(new Cluster(cluster).resume('demo')).rejects.toThrow('Cannot resume Job demo: it waits in queue team, which decides when it runs');
});

test('suspend says when it may not do what works in a queue', async () => {
  cluster.put(queuedJob('demo', { suspend: false }));
  cluster.refuse = (call) => (call.endsWith('workloads') ? forbidden('list') : undefined);
  await expect(new Cluster(cluster).suspend('demo')).rejects.toThrow('Cannot suspend Job demo: queue team decides when it runs, and we may not change its Workload');
});

test('where Kueue has made no Workload, suspend and resume are those of the Job', async () => {
  cluster.put(queuedJob('demo', { suspend: false }));
  expect(await new Cluster(cluster).suspend('demo')).toMatchObject({ spec: { suspend: true } });
  expect(await new Cluster(cluster).resume('demo')).toMatchObject({ spec: { suspend: false } });
});

test('an interrupted run with --on-interrupt=suspend has its Workload deactivated', async () => {
  const controller = new AbortController();
  await start(queuedJob(), { signal: controller.signal, onInterrupt: 'suspend' });
  await putWorkload({ type: 'Admitted', status: 'True' });
  await admit();
  controller.abort();
  await timers.pass(1000);
  expect(result).toMatchObject({ interrupted: 'suspend' });
  expect(cluster.calls.filter((call) => call.startsWith('patch'))).toEqual(['patch workloads']);
});

test.each<[string, object, object, object, object]>([
  // sentence, live spec, live metadata, manifest, what is sent
  ['waits: it stays suspended', { suspend: true }, {}, {}, { suspend: true }],
  ['runs: suspend is Kueue\'s', { suspend: false }, {}, { suspend: true }, { suspend: undefined }],
  ['runs with fewer pods: parallelism is Kueue\'s too', { suspend: false, parallelism: 3 },
    { managedFields: [{ manager: 'kueue', fieldsV1: { 'f:spec': { 'f:parallelism': {}, 'f:suspend': {} } } }] }, { parallelism: 5 }, { suspend: undefined, parallelism: undefined }],
  ['runs with all its pods: parallelism is sent', { suspend: false, parallelism: 5 }, {}, { parallelism: 5 }, { parallelism: 5, suspend: undefined }],
])('an apply leaves out what Kueue decides of a Job that %s', async (_sentence, live, metadata, manifest, sent) => {
  cluster.put({ ...jobManifest('demo', live), metadata: { name: 'demo', labels, ...metadata } });
  const applied: object[] = [];
  const apply = cluster.apply.bind(cluster);
  cluster.apply = (object, options) => {
    applied.push(object.spec as object);
    return apply(object, options);
  };
  await applyObject(cluster, { ...jobManifest('demo', manifest), metadata: { name: 'demo', labels } });
  expect(applied).toHaveLength(1);
  for (const [field, value] of Object.entries(sent)) expect((applied[0] as Record<string, unknown>)[field]).toEqual(value);
});

test('retry takes nothing along that Kueue wrote for the old Job, and lets the new one wait for its turn', async () => {
  const kueue = 'kueue.x-k8s.io';
  const template = {
    metadata: {
      labels: { app: 'etl', [`${kueue}/podset`]: 'main', [`${kueue}/cluster-queue-name`]: 'all', [`${kueue}/local-queue-name`]: 'team' },
      annotations: { [`${kueue}/workload`]: 'job-demo-0a1b2', [`${kueue}/podset-required-topology`]: 'rack' },
    },
    spec: { restartPolicy: 'Never', nodeSelector: { 'disk': 'ssd', 'node.example.com/type': 'spot' }, containers: [{ name: 'main', image: 'busybox' }] },
  };
  const fieldsV1 = { 'f:spec': { 'f:parallelism': {}, 'f:template': { 'f:spec': { 'f:nodeSelector': { 'f:node.example.com/type': {} } } } } };
  const job = withCondition(jobManifest('demo', { template, parallelism: 3, suspend: false }), 'Failed', 'BackoffLimitExceeded');
  cluster.put({ ...job, metadata: { name: 'demo', labels, managedFields: [{ manager: 'kueue', fieldsV1 }] } });
  await putWorkload({ type: 'Finished', status: 'True' }, { podSets: [{ name: 'main', count: 5 }] });
  await new Cluster(cluster).retry('demo', { timers });
  expect(await stored()).toMatchObject({ metadata: { labels } });
  expect(await specOf()).toEqual({
    completions: 1,
    parallelism: 5,
    suspend: true,
    template: {
      metadata: { labels: { app: 'etl' }, annotations: { [`${kueue}/podset-required-topology`]: 'rack' } },
      spec: { restartPolicy: 'Never', nodeSelector: { disk: 'ssd' }, containers: [{ name: 'main', image: 'busybox' }] },
    },
  });
});

test('of the indexes that are retried none is held back: the queue decides how many run', async () => {
  const job = withCondition(jobManifest('demo', { completionMode: 'Indexed', completions: 3 }), 'Failed', 'FailedIndexes');
  cluster.put({ ...job, metadata: { name: 'demo', labels } });
  const retrying = new Cluster(cluster).retry('demo', { failed: true, timers });
  await timers.pass(0);
  for (const index of [0, 1, 2]) cluster.put(withCondition(await stored(`demo-index-${index}`), 'Complete', 'CompletionsReached'));
  await timers.pass(2000);
  expect(await retrying).toMatchObject({ ok: true });
  expect(cluster.calls).not.toContain('patch jobs');
});
