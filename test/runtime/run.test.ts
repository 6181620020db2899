import { FakeCluster } from './fake-cluster';
import { ManualTimers, settled } from './manual-timers';
import { container, jobManifest, podOf, running, terminated, withCondition } from './objects';
import { RunView } from '../../src/cli/run/run-view';
import { Output } from '../../src/cli/terminal/output';
import { ClusterError, type KubernetesObject, type Selection } from '../../src/port/cluster-port';
import { jobs } from '../../src/port/resources';
import { runJobs } from '../../src/runtime/run';
import type { Progress, RunOptions, RunResult } from '../../src/runtime/run-options';

/** A run on a fake cluster, with what it printed and told. The file is long because a run can go in so many ways. */
class Run {
  public readonly cluster = new FakeCluster();
  public readonly timers = new ManualTimers();
  public readonly lines: string[] = [];
  public readonly progress: Progress[] = [];
  public result: RunResult | undefined;
  public error: unknown;

  public async start(input: object, options: RunOptions = {}): Promise<void> {
    const all: RunOptions = {
      timers: this.timers,
      onLog: (line) => void this.lines.push(`${line.source.pod}: ${line.text}`),
      onProgress: (progress) => void this.progress.push(progress),
      ...options,
    };
    runJobs(this.cluster, input, all).then((result) => { this.result = result; }, (error: unknown) => { this.error = error; });
    await settled();
  }

  public async put(object: KubernetesObject): Promise<KubernetesObject> {
    const stored = this.cluster.put(object);
    await settled();
    return stored;
  }

  public async job(name = 'demo'): Promise<KubernetesObject> {
    const { items } = await this.cluster.list({ apiVersion: 'batch/v1', kind: 'Job', plural: 'jobs', namespaced: true }, { fieldSelector: `metadata.name=${name}` });
    return items[0] as KubernetesObject;
  }

  /** A Job without asking for a list. */
  public stored(name: string): Promise<KubernetesObject> {
    return this.cluster.get({ resource: jobs, name });
  }

  public get verdicts(): unknown[] {
    return this.result?.jobs.map(({ verdict, reason }) => [verdict, reason]) ?? [];
  }
}

test('a Job that completes: its output, and ok', async () => {
  const run = new Run();
  await run.start(jobManifest('demo'));
  const job = await run.job();
  await run.put(podOf(job, 'demo-1', { phase: 'Running', containerStatuses: [container(running)] }));
  run.cluster.write('demo-1', 'main', '2026-11-24T00:00:01.5Z Running job\n');
  run.cluster.endLog('demo-1', 'main');
  await run.put(podOf(job, 'demo-1', { phase: 'Succeeded', containerStatuses: [container(terminated(0))] }));
  await run.put(withCondition(job, 'Complete', 'CompletionsReached'));
  await run.timers.pass(1000);
  expect(run.result).toMatchObject({ ok: true, jobs: [{ verdict: 'Complete', exitCode: 0, name: 'demo' }] });
  expect(run.lines).toEqual(['demo-1: Running job']);
});

test('output that may not be read is told once, and the verdict comes all the same', async () => {
  const run = new Run();
  run.cluster.logs = async function* refuse(): AsyncIterable<Uint8Array> {
    yield* [];
    throw new ClusterError('FORBIDDEN', 'may not get pods/log', { status: 403, reason: 'Forbidden' });
  };
  await run.start(jobManifest('demo'));
  const job = await run.job();
  for (const pod of ['demo-1', 'demo-2']) await run.put(podOf(job, pod, { phase: 'Succeeded', containerStatuses: [container(terminated(0))] }));
  await run.put(withCondition(job, 'Complete', 'CompletionsReached'));
  await run.timers.pass(1000);
  expect(run.result).toMatchObject({ ok: true });
  expect(run.progress.filter(({ type }) => type === 'unwatched')).toMatchObject([
    { resource: 'the output of its pods', error: { code: 'FORBIDDEN' } },
  ]);
});

test('a Job that fails', async () => {
  const run = new Run();
  await run.start(jobManifest('demo'));
  const job = await run.job();
  await run.put(podOf(job, 'demo-1', { phase: 'Failed', containerStatuses: [container(terminated(3))] }));
  await run.put(withCondition(job, 'Failed', 'BackoffLimitExceeded', 'Job has reached the specified backoff limit'));
  await run.timers.pass(20_000);
  expect(run.result).toMatchObject({ ok: false, jobs: [{ verdict: 'Failed', reason: 'BackoffLimitExceeded', diagnosis: 'NonZeroExit', exitCode: 3 }] });
});

test('the back-off that runs is told with the failure that began it', async () => {
  const run = new Run();
  await run.start(jobManifest('demo', { backoffLimit: 6 }));
  const job = await run.job();
  for (const pod of ['demo-1', 'demo-2']) {
    await run.put(podOf(job, pod, { phase: 'Running', containerStatuses: [container(running)] }));
    await run.timers.pass(1000);
    await run.put(podOf(job, pod, { phase: 'Failed', containerStatuses: [container(terminated(3))] }));
    await run.timers.pass(4000);
  }
  expect(run.progress.flatMap((progress) => (progress.type === 'changed' && progress.nextAttempt !== undefined ? [progress.nextAttempt] : []))).toEqual([
    { inSeconds: 10, index: null }, { inSeconds: 20, index: null },
  ]);
  await run.put(withCondition(job, 'Failed', 'BackoffLimitExceeded'));
  await run.timers.pass(20_000);
});

test('a Job that was over before the watch began', async () => {
  const run = new Run();
  run.cluster.onApply = (job) => void run.cluster.put(withCondition(job, 'Complete', 'CompletionsReached'));
  await run.start(jobManifest('demo'));
  await run.timers.pass(20_000);
  expect(run.verdicts).toEqual([['Complete', 'CompletionsReached']]);
});

test.each([['one Job', ['demo']], ['two Jobs', ['demo', 'other']]])('ttl 0 takes the Job away before the watch began: %s', async (_, names) => {
  const run = new Run();
  run.cluster.onApply = (job) => {
    run.cluster.put(withCondition(job, 'Complete', 'CompletionsReached'));
    run.cluster.remove(job);
  };
  await run.start(names.map((name) => jobManifest(name, { ttlSecondsAfterFinished: 0 })));
  await run.timers.pass(20_000);
  expect(run.result?.jobs.map(({ verdict, gone }) => [verdict, gone])).toEqual(names.map(() => ['Complete', 'ttl']));
});

test('an earlier Job of the same name that failed is not taken for ours', async () => {
  const run = new Run();
  run.cluster.remove(run.cluster.put(withCondition(jobManifest('demo'), 'Failed')));
  await run.start(jobManifest('demo'));
  await run.put(withCondition(await run.job(), 'Complete'));
  await run.timers.pass(20_000);
  expect(run.result?.ok).toBe(true);
});

test('a Job that is deleted', async () => {
  const run = new Run();
  await run.start(jobManifest('demo'));
  run.cluster.remove(await run.job());
  await run.timers.pass(20_000);
  expect(run.result).toMatchObject({ ok: false, jobs: [{ verdict: 'Deleted', diagnosis: 'Deleted' }] });
});

test('a Job that was deleted while the watch was away', async () => {
  const run = new Run();
  await run.start(jobManifest('demo'));
  run.cluster.refuse = (call) => (call === 'watch jobs' ? new ClusterError('UNREACHABLE', 'connection refused') : undefined);
  run.cluster.cut('jobs', new ClusterError('UNREACHABLE', 'reset'));
  await settled();
  run.cluster.remove(await run.job());
  run.cluster.compact();
  run.cluster.refuse = () => undefined;
  await run.timers.pass(30_000);
  expect(run.verdicts).toEqual([['Deleted', null]]);
});

test('a Job whose name is taken by a new one', async () => {
  const run = new Run();
  await run.start(jobManifest('demo'));
  await run.timers.pass(1000);
  const job = await run.job();
  run.cluster.remove(job);
  await run.put({ ...job, metadata: { ...job.metadata, uid: 'uid-new' } });
  await run.timers.pass(60_000);
  expect(run.result?.jobs).toMatchObject([{ verdict: 'Deleted', gone: 'replaced' }]);
});

test('a Job that was applied suspended is not waited for', async () => {
  const run = new Run();
  await run.start(jobManifest('demo', { suspend: true }));
  const job = await run.job();
  await run.put({ ...job, status: { conditions: [{ type: 'Suspended', status: 'True', reason: 'JobSuspended', message: 'Job suspended' }] } });
  expect(run.verdicts).toEqual([['Suspended', null]]);
});

test('a refused Job is a verdict and does not stop the others', async () => {
  const run = new Run();
  run.cluster.refuse = (call) => (call === 'apply Job' && run.cluster.calls.filter((made) => made === call).length === 1
    ? new ClusterError('INVALID', 'Job.batch "bad" is invalid', { status: 422, reason: 'Invalid' })
    : undefined);
  run.cluster.onApply = (job) => void run.cluster.put(withCondition(job, 'Complete', 'CompletionsReached'));
  await run.start([jobManifest('bad'), jobManifest('good')]);
  await run.timers.pass(20_000);
  expect(run.result).toMatchObject({ ok: false, jobs: [{ verdict: 'Refused', reason: 'Invalid' }, { verdict: 'Complete' }] });
});

test('a missing right is an error and no verdict', async () => {
  const run = new Run();
  run.cluster.refuse = () => new ClusterError('FORBIDDEN', 'jobs.batch is forbidden: User "x" cannot patch resource "jobs"', { status: 403, reason: 'Forbidden' });
  await run.start(jobManifest('demo'));
  expect(run.error).toMatchObject({ code: 'FORBIDDEN' });
});

test('the time is up: what is known is said', async () => {
  const run = new Run();
  await run.start(jobManifest('demo'), { timeoutSeconds: 5 });
  await run.timers.pass(4999);
  expect(run.result).toBeUndefined();
  await run.timers.pass(20_000);
  expect(run.result?.jobs).toMatchObject([{ verdict: 'Running', timedOutAfter: 5 }]);
});

test.each([
  ['detach', []],
  ['suspend', ['patch jobs']],
  ['delete', ['delete jobs Background']],
] as const)('an interrupted run: %s', async (onInterrupt, calls) => {
  const run = new Run();
  const controller = new AbortController();
  await run.start(jobManifest('demo'), { signal: controller.signal, onInterrupt });
  const before = run.cluster.calls.length;
  controller.abort();
  await run.timers.pass(1000);
  expect(run.result).toMatchObject({ interrupted: onInterrupt, jobs: [{ verdict: 'Running' }] });
  expect(run.cluster.calls.slice(before).filter((call) => /^(patch|delete)/.test(call))).toEqual(calls);
});

test('an image that cannot be pulled ends the run after its grace, not before', async () => {
  const run = new Run();
  await run.start(jobManifest('demo'));
  const waiting = { waiting: { reason: 'ErrImagePull', message: 'docker.io/library/nope:1: not found' } };
  await run.put(podOf(await run.job(), 'demo-1', { phase: 'Pending', containerStatuses: [{ name: 'main', restartCount: 0, state: waiting }] }));
  await run.timers.pass(10_000);
  expect(run.result).toBeUndefined();
  await run.timers.pass(60_000);
  expect(run.result?.jobs).toMatchObject([{ verdict: 'Running', diagnosis: 'ImagePullBackOff', stuck: true }]);
});

test('a decided Job whose pods never end is not waited for for ever', async () => {
  const run = new Run();
  await run.start(jobManifest('demo'));
  await run.put(withCondition(await run.job(), 'SuccessCriteriaMet', 'CompletionsReached'));
  await run.timers.pass(10_000);
  expect(run.result).toBeUndefined();
  await run.timers.pass(60_000);
  expect(run.verdicts).toEqual([['Complete', 'CompletionsReached']]);
});

test('its pods have their time from the decision on, not from the failure that led to it', async () => {
  const run = new Run();
  await run.start(jobManifest('demo'));
  const job = await run.job();
  await run.put(podOf(job, 'demo-1', { phase: 'Failed', containerStatuses: [container(terminated(3))] }));
  await run.timers.pass(600_000);
  await run.put(withCondition(job, 'FailureTarget', 'BackoffLimitExceeded'));
  await run.timers.pass(10_000);
  expect(run.result).toBeUndefined();
  await run.timers.pass(10_000);
  expect(run.result?.jobs).toMatchObject([{ verdict: 'Failed', reason: 'BackoffLimitExceeded', exitCode: 3 }]);
});

test('pods and Events that may not be watched are done without', async () => {
  const run = new Run();
  run.cluster.refuse = (call) => (/^list (pods|events)$/.test(call) ? new ClusterError('FORBIDDEN', 'forbidden', { status: 403 }) : undefined);
  await run.start(jobManifest('demo'));
  await run.put(withCondition(await run.job(), 'Complete'));
  await run.timers.pass(20_000);
  expect(run.result?.ok).toBe(true);
  expect(run.progress.filter(({ type }) => type === 'unwatched')).toHaveLength(2);
});

const notByAll = (call: string, { fieldSelector }: Selection): Error | undefined => (/^(list|watch) jobs$/.test(call) && fieldSelector === undefined
  ? new ClusterError('FORBIDDEN', 'jobs.batch is forbidden: cannot list resource', { status: 403 })
  : undefined);
const noLists = (call: string): Error | undefined => (call === 'list jobs' ? new ClusterError('FORBIDDEN', 'cannot list resource', { status: 403 }) : undefined);

test.each<[string, Pick<FakeCluster, 'refuseSelection'>]>([
  ['a Role that names the Jobs', { refuseSelection: notByAll }],
  ['a Role without the right to list', { refuseSelection: noLists }],
  ['a Role that names the Jobs, without the right to list', { refuseSelection: (call, selection) => noLists(call) ?? notByAll(call, selection) }],
])('several Jobs are watched one by one under %s', async (_, refusals) => {
  const run = new Run();
  Object.assign(run.cluster, refusals);
  await run.start([jobManifest('one'), jobManifest('two')]);
  await run.timers.pass(1000);
  await run.put(withCondition(await run.stored('two'), 'Failed', 'BackoffLimitExceeded'));
  await run.put(withCondition(await run.stored('one'), 'Complete', 'CompletionsReached'));
  await run.timers.pass(20_000);
  expect(run.error).toBeUndefined();
  expect(run.verdicts).toEqual([['Complete', 'CompletionsReached'], ['Failed', 'BackoffLimitExceeded']]);
});

test('Events that may not be watched are one line for people and no error', async () => {
  const run = new Run();
  run.cluster.refuse = (call) => (/ events$/.test(call) ? new ClusterError('FORBIDDEN', 'events is forbidden', { status: 403 }) : undefined);
  const stderr: string[] = [];
  const view = new RunView(new Output({ write: () => undefined }, { write: (text) => stderr.push(String(text)) }, {}), 'text', 'none');
  await run.start([jobManifest('one'), jobManifest('two')], { onProgress: (progress) => view.progress(progress) });
  for (const name of ['one', 'two']) await run.put(withCondition(await run.job(name), 'Complete', 'CompletionsReached'));
  await run.timers.pass(20_000);
  expect(run.result?.ok).toBe(true);
  expect(stderr.filter((line) => line.startsWith('warning'))).toEqual(['warning: events is forbidden; continuing without events\n']);
});

test('no stream and no alarm is left behind', async () => {
  const run = new Run();
  await run.start(jobManifest('demo'));
  const job = await run.job();
  await run.put(podOf(job, 'demo-1', { phase: 'Running', containerStatuses: [container(running)] }));
  await run.put(withCondition(job, 'Failed', 'DeadlineExceeded'));
  await run.timers.pass(30_000);
  expect(run.result?.ok).toBe(false);
  expect(['jobs', 'pods', 'events', 'logs'].map((plural) => run.cluster.openStreams(plural))).toEqual([0, 0, 0, 0]);
  expect(run.timers.alarms.size).toBe(0);
});

test.each([
  ['a CronJob', { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'nightly' }, spec: {} }, /--once/],
  ['no Job', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } }, /no Job|apiVersion/],
  ['no object', [1], /apiVersion/],
])('refused before anything is applied: %s', async (_, input, words) => {
  const run = new Run();
  await run.start(input);
  expect(run.error).toMatchObject({ code: 'USAGE' });
  expect(`${(run.error as Error).message} ${(run.error as ClusterError).hint}`).toMatch(words);
  expect(run.cluster.calls).toEqual([]);
});

test('a CronJob runs once when asked to, marked as started by hand', async () => {
  const run = new Run();
  const cronJob = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'nightly' }, spec: { schedule: '@daily', jobTemplate: { spec: jobManifest('x').spec } } };
  run.cluster.onApply = (job) => void run.cluster.put(withCondition(job, 'Complete', 'CompletionsReached'));
  await run.start(cronJob, { once: true });
  await run.timers.pass(20_000);
  expect(run.result?.ok).toBe(true);
  expect(run.result?.jobs[0]?.name).toMatch(/^nightly-manual-[0-9a-f]{5}$/);
});
