import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { FakeCluster } from './fake-cluster';
import { ManualTimers } from './manual-timers';
import { container, jobManifest, podOf, running, terminated, withCondition } from './objects';
import { UsageError } from '../../src/core/errors';
import type { KubernetesObject } from '../../src/port/cluster-port';
import { Cluster } from '../../src/runtime/cluster';
import { LogLine } from '../../src/runtime/log-line';
import { LogTails } from '../../src/runtime/log-tails';
import { judgeTape, openTape, readTape, type Tape } from '../../src/runtime/record';
import { runJobs } from '../../src/runtime/run';
import type { RunOptions, RunResult } from '../../src/runtime/run-options';
import { judge } from '../../src/verdict/judge';

const folder = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-tape-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

test('a recorded run is judged as it was judged live', async () => {
  const file = join(folder, 'run.tape');
  const fake = new FakeCluster();
  fake.onApply = (job) => {
    fake.put(withCondition(job, 'Failed', 'BackoffLimitExceeded', 'too often'));
  };
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { password: 'hunter2' } };
  const tape = await openTape(file, { tape: 'run', manifests: [secret, jobManifest('demo')] });
  const { jobs: [live] } = await new Cluster(fake).run(jobManifest('demo'), { record: tape });
  await tape.close();
  expect(readFileSync(file, 'utf8')).not.toContain('hunter2');
  const { head, observations, endsEarly } = readTape(file);
  expect(head).toMatchObject({ tape: 'run' });
  expect(endsEarly).toBe(false);
  expect(judge(observations)).toEqual(live);
});

test('a tape whose writer was killed is read to the last whole line', () => {
  const file = write('cut.tape', '{"tape":"cut"}\n{"at":0,"action":{"do":"create","kind":"Job"},"answer":{"code":201}}\n{"at":1,"wat');
  expect(readTape(file)).toMatchObject({ observations: [{ at: 0 }], endsEarly: true });
});

test.each([
  ['an empty file', ''],
  ['a manifest', 'apiVersion: batch/v1\n'],
  ['some other JSON', '{"a":1}\n'],
  ['a broken line in the middle', '{"tape":"x"}\n{"at":\n{"at":1}\n'],
])('%s is no tape', (_, text) => {
  expect(() => readTape(write('bad.tape', text))).toThrow(/Cannot read/);
});

test('a tape that cannot be written is an error before anything runs', async () => {
  const file = join(folder, 'no', 'such', 'folder.tape');
  await expect(openTape(file, { tape: 'x' }, 'my.tape')).rejects.toEqual(new UsageError('Cannot write the tape my.tape: its folder is not there'));
  await expect(openTape(folder, { tape: 'x' }, 'my.tape')).rejects.toEqual(new UsageError('Cannot write the tape my.tape: it is a folder'));
});

test('a tape says what was set up, what was waited for and what was printed', async () => {
  const { tape: { head, observations }, result } = await play([
    ({ cluster, job }) => { cluster.put(podOf(job, 'demo-1', { phase: 'Running', containerStatuses: [container(running)] })); },
    ({ cluster }) => {
      cluster.write('demo-1', 'main', '2026-11-24T00:00:01Z first\n2026-11-24T00:00:02Z no space left on device');
      cluster.endLog('demo-1', 'main');
    },
    ({ cluster, job }) => { cluster.put(podOf(job, 'demo-1', { phase: 'Failed', containerStatuses: [container(terminated(1))] })); },
    ({ cluster, job }) => { cluster.put(withCondition(job, 'Failed', 'BackoffLimitExceeded', 'too often')); },
  ], {}, [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } }]);
  const waits = [{ name: 'demo', namespace: 'default', stuck: false, timedOutAfter: null }];
  expect(head).toMatchObject({ tape: 'run', kubernetes: 'v1.37.0', watched: expect.any(Number) as number, waits });
  expect(head.manifests?.map(({ kind }) => kind)).toEqual(['ConfigMap', 'Job']);
  const requests = observations.filter(({ action }) => action !== undefined);
  expect(requests).toMatchObject([
    { action: { do: 'apply', kind: 'ConfigMap', name: 'settings' }, answer: { code: 201 } },
    { at: 0, action: { do: 'apply', kind: 'Job', name: 'demo' }, answer: { code: 201, uid: result.jobs[0]?.uid } },
  ]);
  expect(requests[0]?.at).toBeLessThanOrEqual(0);
  expect(observations.at(-1)).toMatchObject({
    log: 'demo-1',
    container: 'main',
    attempt: 0,
    how: 'follow',
    code: 200,
    lines: 2,
    bytes: 29,
    sha256: createHash('sha256').update('first\nno space left on device').digest('hex'),
    text: 'first\nno space left on device',
  });
  expect(result.jobs[0]?.hint).toContain('space');
});

test('the last 200 lines are kept, the sum is over all', () => {
  const tails = new LogTails();
  const source = { namespace: 'n', job: 'j', pod: 'p', podUid: 'u', container: 'main', isOnly: true, index: null, attempt: 1 };
  const lines = Array.from({ length: 450 }, (_, index) => `line ${index}\n`);
  lines.forEach((line, at) => tails.take(new LogLine(source, '2026-11-24T00:00:01Z', Buffer.from(line)), at));
  const [tail, ...others] = tails.close();
  expect(others).toEqual([]);
  expect(tail?.observation).toEqual({
    at: 0,
    log: 'p',
    container: 'main',
    attempt: 1,
    how: 'follow',
    code: 200,
    lines: 450,
    bytes: lines.join('').length,
    leftOut: 250,
    endedAt: 449,
    sha256: createHash('sha256').update(lines.join('')).digest('hex'),
    text: lines.slice(250).join(''),
  });
});

const recorded = join(__dirname, '../verdict/tapes');

test.each(readdirSync(recorded).filter((name) => name.endsWith('.jsonl')))('the recording %s is a tape too', (name) => {
  const file = join(recorded, name);
  const { head, observations, endsEarly } = readTape(file);
  expect(endsEarly).toBe(false);
  const truth = head.truth as { readonly verdict: string };
  // What was recorded by this program ends with a line that says how its waits ended.
  const { stuck, timedOutAfter } = head.waits?.[0] ?? { stuck: false, timedOutAfter: null };
  const around = head.waits === undefined ? 1 : 2;
  expect(observations).toHaveLength(readFileSync(file, 'utf8').trim().split('\n').length - around);
  expect(judgeTape({ head, observations })).toMatchObject({ verdict: truth.verdict, stuck, timedOutAfter });
});

interface Scene {
  readonly cluster: FakeCluster;
  readonly job: KubernetesObject;
}

type Step = (scene: Scene) => void;

/** Runs a Job `demo` on which steps are played a second apart, with a tape. */
async function play(
  steps: readonly Step[], options: RunOptions = {}, others: readonly KubernetesObject[] = [],
): Promise<{ tape: Tape; result: RunResult }> {
  const file = join(folder, 'played.tape');
  const cluster = new FakeCluster();
  const timers = new ManualTimers();
  let job: KubernetesObject = {};
  cluster.onApply = (applied) => { job = applied; };
  const manifests = [...others, jobManifest('demo')];
  const record = await openTape(file, { tape: 'run', kubernetes: 'v1.37.0', manifests });
  let result: RunResult | undefined;
  const run = runJobs(cluster, manifests, { timers, record, timeoutSeconds: 60, ...options }).then((ended) => { result = ended; });
  await timers.pass(1000);
  for (const step of steps) {
    step({ cluster, job });
    await timers.pass(1000);
  }
  while (result === undefined) await timers.pass(5000);
  await run;
  await record.close();
  return { tape: readTape(file), result };
}

const steps: ReadonlyArray<readonly [string, Step]> = [
  ['runs', ({ cluster, job }) => { cluster.put(podOf(job, 'demo-1', { phase: 'Running', containerStatuses: [container(running)] })); }],
  ['prints', ({ cluster }) => cluster.write('demo-1', 'main', '2026-11-24T00:00:01Z fatal: no space left on device\n')],
  ['fails', ({ cluster, job }) => {
    cluster.endLog('demo-1', 'main');
    cluster.put(podOf(job, 'demo-1', { phase: 'Failed', containerStatuses: [container(terminated(3))] }));
  }],
  ['succeeds', ({ cluster, job }) => {
    cluster.endLog('demo-1', 'main');
    cluster.put(podOf(job, 'demo-1', { phase: 'Succeeded', containerStatuses: [container(terminated(0))] }));
  }],
  ['cannot pull', ({ cluster, job }) => {
    const waiting = { waiting: { reason: 'ImagePullBackOff', message: 'not found' } };
    cluster.put(podOf(job, 'demo-2', { phase: 'Pending', containerStatuses: [{ name: 'main', restartCount: 0, state: waiting }] }));
  }],
  ['is Complete', ({ cluster, job }) => { cluster.put(withCondition(job, 'Complete', 'CompletionsReached')); }],
  ['is Failed', ({ cluster, job }) => { cluster.put(withCondition(job, 'Failed', 'BackoffLimitExceeded', 'too often')); }],
  ['will be Failed', ({ cluster, job }) => { cluster.put(withCondition(job, 'FailureTarget', 'DeadlineExceeded', 'too late')); }],
  ['is suspended', ({ cluster, job }) => { cluster.put(withCondition(job, 'Suspended', 'JobSuspended')); }],
  ['is deleted', ({ cluster, job }) => cluster.remove(job)],
  ['is replaced', ({ cluster, job }) => {
    cluster.remove(job);
    cluster.put({ ...job, metadata: { ...job.metadata, uid: 'uid-new' } });
  }],
];

test('property: a tape is judged as its run was, whatever happens in it and however it ends', async () => {
  const anySteps = fc.array(fc.nat({ max: steps.length - 1 }), { maxLength: 6 });
  await fc.assert(fc.asyncProperty(anySteps, fc.boolean(), async (chosen, failFast) => {
    const { tape, result } = await play(chosen.map((index) => steps[index]?.[1] as Step), { failFast });
    expect(judgeTape(tape)).toEqual(result.jobs[0]);
  }), { numRuns: 40 });
}, 60_000);
