import fc from 'fast-check';
import { FakeCluster } from './fake-cluster';
import { ManualTimers, settled } from './manual-timers';
import { jobManifest, podOf, container, terminated, withCondition } from './objects';
import type { KubernetesObject } from '../../src/port/cluster-port';
import { runJobs } from '../../src/runtime/run';
import type { RunOptions, RunResult } from '../../src/runtime/run-options';

/** A Job that starts when the others are complete. */
function jobAfter(name: string, names: readonly string[]): KubernetesObject {
  const job = jobManifest(name);
  return names.length === 0 ? job : { ...job, metadata: { ...job.metadata, annotations: { 'cdk8s-jobs/after': names.join(',') } } };
}

/** A cluster whose Jobs end when the test says so, and what was started and ended in which order. */
class EndingCluster extends FakeCluster {
  public readonly story: string[] = [];
  private readonly atWork = new Map<string, KubernetesObject>();

  public constructor() {
    super();
    this.onApply = (object) => {
      if (object.kind !== 'Job') return;
      const name = object.metadata?.name ?? '';
      this.atWork.set(name, object);
      this.story.push(`+${name}`);
    };
  }

  public get working(): readonly string[] {
    return [...this.atWork.keys()];
  }

  public end(name: string, isGood = true): void {
    const job = this.atWork.get(name);
    if (job === undefined) throw new Error(`${name} is not at work`);
    this.atWork.delete(name);
    this.story.push(`-${name}`);
    this.put(podOf(job, `${name}-1`, { phase: isGood ? 'Succeeded' : 'Failed', containerStatuses: [container(terminated(isGood ? 0 : 3))] }));
    this.put(withCondition(job, isGood ? 'Complete' : 'Failed', isGood ? 'CompletionsReached' : 'BackoffLimitExceeded'));
  }
}

/** Runs Jobs to the end, and lets one of those at work end at a time. */
async function play(
  jobs: readonly KubernetesObject[], ends: (working: readonly string[]) => readonly [name: string, isGood: boolean],
  options: RunOptions = {},
): Promise<{ readonly result: RunResult; readonly cluster: EndingCluster }> {
  const cluster = new EndingCluster();
  const timers = new ManualTimers();
  let result: RunResult | undefined;
  let error: unknown;
  void runJobs(cluster, [...jobs], { timers, ...options }).then((done) => { result = done; }, (caught: unknown) => { error = caught; });
  await settled();
  while (cluster.working.length > 0) {
    cluster.end(...ends(cluster.working));
    await timers.pass(2000);
  }
  await timers.pass(60_000);
  if (result === undefined) throw error ?? new Error('the run does not end');
  return { result, cluster };
}

test('200 Jobs in 20 levels: each level begins when the one before is complete', async () => {
  const nameOf = (level: number, place: number): string => `job-${level}-${place}`;
  const jobs = Array.from({ length: 20 }, (_, level) => Array.from({ length: 10 }, (__, place) =>
    jobAfter(nameOf(level, place), level === 0 ? [] : Array.from({ length: 10 }, (___, other) => nameOf(level - 1, other))))).flat();
  const { result, cluster: { story } } = await play(jobs, ([first = '']) => [first, true]);
  expect(result.ok).toBe(true);
  const levels = story.filter((word) => word.startsWith('+')).map((word) => Number(word.split('-')[1]));
  expect(levels).toEqual([...levels].sort((one, other) => one - other));
  expect(levels).toHaveLength(200);
});

/** Graphs without circles: each Job waits for earlier ones only. */
const anyOrder = fc.integer({ min: 1, max: 12 }).chain((size) => fc.tuple(...Array.from({ length: size }, (_, node) =>
  (node === 0 ? fc.constant<number[]>([]) : fc.uniqueArray(fc.nat({ max: node - 1 }), { maxLength: 3 })))));

test('whatever the graph and whoever fails: nothing starts early, everything that can start does, and each has its verdict', async () => {
  const anyPicks = fc.infiniteStream(fc.nat());
  const anyLimit = fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined });
  await fc.assert(fc.asyncProperty(anyOrder, anyPicks, anyLimit, async (graph, picks, most) => {
    const before = graph as ReadonlyArray<readonly number[]>;
    const jobs = before.map((earlier, node) => jobAfter(`j${node}`, earlier.map((other) => `j${other}`)));
    const failed = new Set<string>();
    const { result, cluster: { story } } = await play([...jobs].reverse(), (working) => {
      expect(working.length).toBeLessThanOrEqual(most ?? Infinity);
      const pick = picks.next().value ?? 0;
      const name = working[pick % working.length] ?? '';
      const isGood = pick % 4 !== 0;
      if (!isGood) failed.add(name);
      return [name, isGood];
    }, most === undefined ? {} : { maxParallel: most });
    const verdicts = new Map(result.jobs.map(({ name, verdict }) => [name, verdict]));
    for (const [node, earlier] of before.entries()) {
      const isHeld = earlier.some((other) => verdicts.get(`j${other}`) !== 'Complete');
      expect(verdicts.get(`j${node}`)).toBe(isHeld ? 'NotStarted' : failed.has(`j${node}`) ? 'Failed' : 'Complete');
      expect(story.includes(`+j${node}`)).toBe(!isHeld);
      if (!isHeld) for (const other of earlier) expect(story.indexOf(`-j${other}`)).toBeLessThan(story.indexOf(`+j${node}`));
    }
  }), { numRuns: 40 });
});

test('what could not start when time was up, or after Ctrl-C, says so', async () => {
  const timers = new ManualTimers();
  const jobs = [jobAfter('a', []), jobAfter('b', ['a'])];
  const late = runJobs(new EndingCluster(), jobs, { timers, timeoutSeconds: 5 });
  await timers.pass(20_000);
  expect((await late).jobs.map(({ verdict, message }) => [verdict, message])).toEqual([
    ['Running', expect.anything()], ['NotStarted', 'time was up before a was complete'],
  ]);
  const stop = new AbortController();
  const stopped = runJobs(new EndingCluster(), jobs, { timers, signal: stop.signal });
  await settled();
  stop.abort();
  await timers.pass(20_000);
  expect((await stopped).jobs.map(({ verdict, message }) => [verdict, message])).toEqual([
    ['Running', expect.anything()], ['NotStarted', 'interrupted'],
  ]);
});

test('a write that fails in the middle starts nothing more, and says what was applied', async () => {
  const cluster = new EndingCluster();
  const timers = new ManualTimers();
  let error: unknown;
  void runJobs(cluster, [jobAfter('a', []), jobAfter('b', ['a']), jobAfter('c', ['b'])], { timers }).catch((caught: unknown) => { error = caught; });
  await settled();
  cluster.refuse = (call) => (call.startsWith('apply') ? new Error('the connection is gone') : undefined);
  cluster.end('a');
  await timers.pass(60_000);
  expect(String(error)).toContain('the connection is gone');
  expect(cluster.story).toEqual(['+a', '-a']);
});
