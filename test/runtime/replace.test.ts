import { FakeCluster } from './fake-cluster';
import { ManualTimers, settled } from './manual-timers';
import { container, jobManifest, podOf, terminated, withCondition } from './objects';
import { ClusterError, type KubernetesObject } from '../../src/port/cluster-port';
import { jobs } from '../../src/port/resources';
import { Cluster } from '../../src/runtime/cluster';
import type { Progress, RunOptions, RunResult } from '../../src/runtime/run-options';

let fake: FakeCluster;
let timers: ManualTimers;
let progress: Progress[];

beforeEach(() => {
  fake = new FakeCluster();
  timers = new ManualTimers();
  progress = [];
  fake.onApply = (job) => void fake.put(withCondition(job, 'Complete', 'CompletionsReached'));
});

function run(input: object, options: RunOptions = {}): Promise<RunResult> {
  return new Cluster(fake).run(input, { replace: true, timers, onProgress: (one) => void progress.push(one), ...options });
}

const writes = (): string[] => fake.calls.filter((call) => /^(try to |create|apply|delete|patch)/.test(call));
const uidOf = async (name: string): Promise<string | undefined> => (await fake.get({ resource: jobs, name })).metadata?.uid;
const refusal = new ClusterError('INVALID', 'Job "demo" is invalid', { status: 422, reason: 'Invalid' });

test.each<[string, (job: KubernetesObject) => KubernetesObject]>([
  ['has failed', (job) => withCondition(job, 'Failed', 'BackoffLimitExceeded')],
  ['is complete', (job) => withCondition(job, 'Complete', 'CompletionsReached')],
  ['still runs', (job) => job],
])('a Job that %s is tried, deleted with its pods and made again', async (_, end) => {
  const { metadata } = fake.put(end(jobManifest('demo')));
  expect(await run(jobManifest('demo'))).toMatchObject({ ok: true, jobs: [{ verdict: 'Complete', hint: 'Nothing to do: the Job succeeded.' }] });
  expect(writes()).toEqual(['try to create Job', 'delete jobs Foreground', 'apply Job']);
  expect(await uidOf('demo')).not.toBe(metadata?.uid);
  expect(progress.map(({ type }) => type)).toEqual(expect.arrayContaining(['replacing', 'applied', 'ended']));
});

test('a Job that is not there is made, and nothing is deleted', async () => {
  expect(await run(jobManifest('demo'))).toMatchObject({ ok: true });
  expect(writes()).toEqual(['apply Job']);
});

test('what changes is told before anything is deleted', async () => {
  fake.put(withCondition(jobManifest('demo', { parallelism: 2 }), 'Failed'));
  let deletedBefore = true;
  await run(jobManifest('demo', { completions: 3 }), {
    onProgress: (one) => {
      if (one.type !== 'replacing') return;
      deletedBefore = fake.calls.some((call) => call.startsWith('delete'));
      progress.push(one);
    },
  });
  expect(deletedBefore).toBe(false);
  expect(progress).toMatchObject([{
    type: 'replacing',
    object: { metadata: { name: 'demo' } },
    changes: [
      { field: 'spec.completions', from: 1, to: 3, isImmutable: true },
      { field: 'spec.parallelism', from: 2, to: 1, isImmutable: false },
    ],
  }]);
});

test.each<[string, object, (call: string) => Error | undefined]>([
  ['by the rules', jobManifest('demo', { parallelism: -1 }), () => undefined],
  ['by the server', jobManifest('demo'), (call) => (call === 'try to create Job' ? refusal : undefined)],
  ['by a webhook that does not take dry runs', jobManifest('demo'), (call) => (
    call === 'try to create Job' ? new ClusterError('API', 'does not support dry run', { status: 400, reason: 'BadRequest' }) : undefined)],
])('a Job that would be refused %s deletes nothing, and is a verdict', async (_, manifest, refuse) => {
  const { metadata } = fake.put(withCondition(jobManifest('demo'), 'Failed'));
  fake.refuse = refuse;
  expect(await run(manifest)).toMatchObject({ ok: false, jobs: [{ verdict: 'Refused', name: 'demo' }] });
  expect(writes().filter((call) => !call.startsWith('try to'))).toEqual([]);
  expect(await uidOf('demo')).toBe(metadata?.uid);
});

test('one of several Jobs that would be refused saves all of them', async () => {
  fake.put(withCondition(jobManifest('demo'), 'Failed'));
  await expect(run([jobManifest('demo'), jobManifest('bad', { parallelism: -1 })])).rejects.toMatchObject({ code: 'INVALID', refusals: [{}] });
  expect(writes()).toEqual([]);
});

test('several Jobs are replaced together, and each has its verdict', async () => {
  for (const name of ['one', 'two']) fake.put(withCondition(jobManifest(name), 'Failed'));
  expect(await run([jobManifest('one'), jobManifest('two'), jobManifest('three')])).toMatchObject({
    ok: true, jobs: [{ name: 'one' }, { name: 'two' }, { name: 'three' }],
  });
  expect(writes().filter((call) => !call.startsWith('try to'))).toEqual(['delete jobs Foreground', 'delete jobs Foreground', 'apply Job', 'apply Job', 'apply Job']);
});

test('no Job is made while the old one is still there, and time ends the wait for its end', async () => {
  fake.put(jobManifest('demo'));
  fake.delete = async ({ name }) => ({ object: await fake.get({ resource: jobs, name }), code: 200, warnings: [] });
  let error: unknown;
  void run(jobManifest('demo'), { timeoutSeconds: 60 }).catch((caught: unknown) => { error = caught; });
  await timers.pass(59_000);
  expect([error, writes()]).toEqual([undefined, ['try to create Job']]);
  await timers.pass(2_000);
  expect(error).toMatchObject({ code: 'API', message: 'Cannot make Job demo again: it was deleted, and the old one is still there' });
  expect(writes()).toEqual(['try to create Job']);
});

test.each<['Failed' | 'Complete', object, RegExp]>([
  ['Failed', {}, /^It had failed before this run, which started nothing\..*: run it with --replace; as it was: cdk8s-jobs retry demo\. /],
  ['Failed', { completionMode: 'Indexed' }, /cdk8s-jobs retry demo; only what failed: cdk8s-jobs retry demo --failed\./],
  ['Complete', {}, /^It was complete before this run, which started nothing\./],
])('without it a Job that is %s already is no new run, and the hint names the ways on', async (end, spec, hint) => {
  fake.onApply = () => undefined;
  const old = fake.put(withCondition(jobManifest('demo', spec), end));
  fake.put(podOf(old, 'demo-1', { phase: 'Failed', containerStatuses: [container(terminated(3))] }));
  const running = run(jobManifest('demo', spec), { replace: false });
  await settled();
  await timers.pass(5_000);
  expect((await running).jobs[0]?.hint).toMatch(hint);
  expect(writes()).toEqual(['apply Job']);
});
