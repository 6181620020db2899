import fc from 'fast-check';
import { FakeCluster } from './fake-cluster';
import { ManualTimers, settled } from './manual-timers';
import { jobManifest, podOf, container, terminated, withCondition } from './objects';
import { type ApplyOptions, ClusterError, type KubernetesObject, type ObjectList, type Resource, type Selection, type WriteAnswer } from '../../src/port/cluster-port';
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

  /** What comes between a list, or an apply, and its answer. */
  public pause: () => Promise<void> = async () => undefined;

  public constructor() {
    super();
    this.onApply = (object) => {
      if (object.kind !== 'Job') return;
      const name = object.metadata?.name ?? '';
      this.atWork.set(name, object);
      this.story.push(`+${name}`);
    };
  }

  public override async apply(object: KubernetesObject, options?: ApplyOptions): Promise<WriteAnswer> {
    const answer = await super.apply(object, options);
    await this.pause();
    return answer;
  }

  public override async list(resource: Resource, selection?: Selection): Promise<ObjectList> {
    const answer = await super.list(resource, selection);
    await this.pause();
    return answer;
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
  jobs: readonly KubernetesObject[], cluster: EndingCluster, end: (working: readonly string[], cluster: EndingCluster) => void,
  options: RunOptions = {},
): Promise<{ readonly result: RunResult; readonly cluster: EndingCluster }> {
  const timers = new ManualTimers();
  let result: RunResult | undefined;
  let error: unknown;
  void runJobs(cluster, [...jobs], { timers, ...options }).then((done) => { result = done; }, (caught: unknown) => { error = caught; });
  await settled();
  // What is due may wait for a watch that begins again.
  for (let idle = 0; idle < 60 && result === undefined && error === undefined; idle += 1) {
    if (cluster.working.length > 0) {
      end(cluster.working, cluster);
      idle = 0;
    }
    await timers.pass(2000);
  }
  if (result === undefined) throw error ?? new Error('the run does not end');
  return { result, cluster };
}

/** Lets the first Job at work be complete. */
const goodEnd = ([name = '']: readonly string[], cluster: EndingCluster): void => cluster.end(name);

test('200 Jobs in 20 levels: each level begins when the one before is complete', async () => {
  const nameOf = (level: number, place: number): string => `job-${level}-${place}`;
  const jobs = Array.from({ length: 20 }, (_, level) => Array.from({ length: 10 }, (__, place) =>
    jobAfter(nameOf(level, place), level === 0 ? [] : Array.from({ length: 10 }, (___, other) => nameOf(level - 1, other))))).flat();
  const { result, cluster: { story } } = await play(jobs, new EndingCluster(), goodEnd);
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
    const { result, cluster: { story } } = await play([...jobs].reverse(), new EndingCluster(), (working, at) => {
      expect(working.length).toBeLessThanOrEqual(most ?? Infinity);
      const pick = picks.next().value ?? 0;
      const name = working[pick % working.length] ?? '';
      const isGood = pick % 4 !== 0;
      if (!isGood) failed.add(name);
      at.end(name, isGood);
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

/** What happens to the watches, or to a Job that has ended, while nobody looks. */
const anyFault = fc.record({
  cut: fc.constantFrom('nothing', 'end', 'reset', 'too old'),
  plural: fc.constantFrom('jobs', 'pods', 'events'),
  isCutBefore: fc.boolean(),
  isTakenAway: fc.boolean(),
  endsAtOnce: fc.boolean(),
  /** How long the answer to its apply is on its way, and its list. */
  turns: fc.nat({ max: 8 }),
});

function breakWatch(cluster: EndingCluster, { cut, plural }: { readonly cut: string; readonly plural: string }): void {
  if (cut === 'nothing') return;
  if (cut === 'too old') {
    cluster.put(jobManifest('somebody-elses'));
    cluster.compact();
  }
  cluster.cut(plural, cut === 'reset' ? new ClusterError('UNREACHABLE', 'reset') : undefined);
}

test('whatever happens to the watches, and whatever comes and goes unseen: every run ends, and what is there has its verdict', async () => {
  const faults = fc.infiniteStream(anyFault);
  await fc.assert(fc.asyncProperty(anyOrder, faults, async (graph, stream) => {
    const before = graph as ReadonlyArray<readonly number[]>;
    const next = (): typeof anyFault extends fc.Arbitrary<infer Fault> ? Fault : never => stream.next().value as never;
    const cluster = new EndingCluster();
    const gone = new Set<string>();
    const end = (name: string, { isTakenAway, isCutBefore, ...fault }: ReturnType<typeof next>): void => {
      if (isCutBefore) breakWatch(cluster, fault);
      cluster.end(name);
      if (isTakenAway) {
        gone.add(name);
        cluster.remove(jobManifest(name));
      }
      if (!isCutBefore) breakWatch(cluster, fault);
    };
    cluster.pause = async () => {
      for (let turn = next().turns; turn > 0; turn -= 1) await new Promise((resolve) => setImmediate(resolve));
    };
    const { onApply } = cluster;
    cluster.onApply = (object) => {
      onApply(object);
      const fault = next();
      // It has ended, and may be gone, before its apply is answered.
      if (object.kind === 'Job' && fault.endsAtOnce) end(object.metadata?.name ?? '', fault);
    };
    const { result } = await play(before.map((earlier, node) => jobAfter(`j${node}`, earlier.map((other) => `j${other}`))), cluster, ([name = '']) => end(name, next()));
    for (const [node, earlier] of before.entries()) {
      const verdicts = new Map(result.jobs.map(({ name, verdict }) => [name, verdict]));
      const name = `j${node}`;
      const isHeld = earlier.some((other) => verdicts.get(`j${other}`) !== 'Complete');
      if (isHeld) expect(verdicts.get(name)).toBe('NotStarted');
      else if (gone.has(name)) expect(['Complete', 'Deleted']).toContain(verdicts.get(name));
      else expect(verdicts.get(name)).toBe('Complete');
    }
  }), { numRuns: 150 });
});

test('a chain shares its watches: one of each kind, however many Jobs', async () => {
  const jobs = Array.from({ length: 30 }, (_, node) => jobAfter(`j${node}`, node === 0 ? [] : [`j${node - 1}`]));
  const { result, cluster } = await play(jobs, new EndingCluster(), goodEnd);
  expect(result.ok).toBe(true);
  expect(['jobs', 'pods', 'events'].map((plural) => cluster.calls.filter((call) => call === `watch ${plural}`).length)).toEqual([1, 1, 1]);
});

test('a chain in two namespaces has watches in each', async () => {
  const jobs = [0, 1, 2, 3].map((node) => {
    const job = jobAfter(`j${node}`, node === 0 ? [] : [`${node % 2 === 0 ? 'other' : 'default'}/j${node - 1}`]);
    return { ...job, metadata: { ...job.metadata, namespace: node % 2 === 0 ? 'default' : 'other' } };
  });
  const { result, cluster } = await play(jobs, new EndingCluster(), goodEnd);
  expect([result.ok, cluster.calls.filter((call) => call === 'watch jobs').length]).toEqual([true, 2]);
});

test('where Jobs may be watched by their names alone, each of a chain has its watch', async () => {
  const cluster = new EndingCluster();
  cluster.refuseSelection = (call, { fieldSelector }) => (/^(list|watch) jobs$/.test(call) && fieldSelector === undefined
    ? new ClusterError('FORBIDDEN', 'jobs.batch is forbidden', { status: 403 }) : undefined);
  const { result } = await play([jobAfter('a', []), jobAfter('b', ['a']), jobAfter('c', ['b'])], cluster, goodEnd);
  expect(result.ok).toBe(true);
});

test('what was complete before is complete: run again, the rest goes on', async () => {
  const cluster = new EndingCluster();
  const jobs = [jobAfter('a', []), jobAfter('b', ['a']), jobAfter('c', ['b'])];
  const first = await play(jobs, cluster, ([name = '']) => cluster.end(name, name !== 'b'));
  expect(first.result.jobs.map(({ verdict }) => verdict)).toEqual(['Complete', 'Failed', 'NotStarted']);
  cluster.remove(jobManifest('b'));
  const { result } = await play(jobs, cluster, goodEnd);
  expect(result.jobs.map(({ verdict, counts: { succeeded } }) => [verdict, succeeded])).toEqual([['Complete', 1], ['Complete', 1], ['Complete', 1]]);
  expect(cluster.story).toEqual(['+a', '-a', '+b', '-b', '+b', '-b', '+c', '-c']);
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
