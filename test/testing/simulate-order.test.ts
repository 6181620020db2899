import fc from 'fast-check';
import type { Before } from '../../src/core/graph';
import { toComplete, toFail } from '../../src/testing/matchers';
import type { JobScript } from '../../src/testing/pod-script';
import { simulate, type SimulateOptions } from '../../src/testing/simulate';
import type { Trace } from '../../src/testing/trace';
import { traceOfJob } from '../../src/testing/trace-of-job';
import { type GraphCase, graphCases, levelsOf } from '../graphs';

const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox:1.36' }] } };

function job(name: string, after: readonly string[] = [], spec: object = {}): object {
  const annotations = after.length === 0 ? {} : { annotations: { 'cdk8s-jobs/after': after.join(',') } };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name, ...annotations }, spec: { backoffLimit: 0, template, ...spec } };
}

function play({ jobs, failing }: Pick<GraphCase, 'jobs' | 'failing'>, options?: SimulateOptions): Trace {
  const fails: JobScript = { default: { after: 1, exit: 5 } };
  const script = { default: { after: 3, exit: 0 }, byJob: Object.fromEntries(failing.map((name) => [name, fails])) };
  return simulate(Object.entries(jobs).map(([name, after]) => job(name, after)), script, options);
}

const endsOf = ({ jobs, notStarted }: Trace): unknown => Object.fromEntries([
  ...jobs.map(({ name, condition }) => [name, condition]), ...notStarted.map(({ name, why }) => [name, `NotStarted: ${why}`]),
]);

test.each([...graphCases, levelsOf(20, 10)].map((one) => [one.name, one] as const))('%s is kept in a simulation', (_, graph) => {
  const trace = play(graph);
  expect(endsOf(trace)).toEqual(graph.ends);
  expectOrder(trace, graph.jobs);
});

/** Expects that each Job began as soon as those that it waits for were complete, and not before. */
function expectOrder({ jobs }: Trace, before: GraphCase['jobs']): void {
  const byName = new Map(jobs.map((one) => [one.name, one]));
  for (const { name, createdAt } of jobs) {
    const ends = (before[name] ?? []).map((earlier) => byName.get(earlier)?.endedAt ?? Infinity);
    expect([name, createdAt]).toEqual([name, Math.max(0, ...ends)]);
  }
}

const anyGraph = fc.integer({ min: 1, max: 12 }).chain((size) =>
  fc.tuple(...Array.from({ length: size }, (_, node) =>
    (node === 0 ? fc.constant<number[]>([]) : fc.array(fc.nat({ max: node - 1 }), { maxLength: 3 })))));
const anyDice = fc.infiniteStream(fc.integer({ min: 0, max: 4 }));
const anyBound = fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined });

test('whatever the graph and whoever fails: nothing starts before what it waits for is Complete, and everything that can start does', () => {
  fc.assert(fc.property(anyGraph, anyDice, anyBound, (drawn, dice, maxParallel) => {
    const before = drawn as Before;
    const nameOf = (node: number): string => `job-${node}`;
    const jobs = Object.fromEntries(before.map((earlier, node) => [nameOf(node), earlier.map(nameOf)] as const).reverse());
    const failing = Object.keys(jobs).filter(() => dice.next().value === 0);
    const trace = play({ jobs, failing }, maxParallel === undefined ? {} : { maxParallel });
    const complete = new Map(trace.jobs.filter(({ condition }) => condition === 'Complete').map(({ name, endedAt }) => [name, endedAt]));
    for (const { name, createdAt } of trace.jobs) {
      for (const earlier of jobs[name] ?? []) expect(complete.get(earlier)).toBeLessThanOrEqual(createdAt);
    }
    const held = new Set<string>();
    const isStopped = (name: string): boolean => (jobs[name] ?? []).some((earlier) => failing.includes(earlier) || held.has(earlier));
    for (const name of [...before.keys()].map(nameOf)) if (isStopped(name)) held.add(name);
    expect(new Set(trace.notStarted.map(({ name }) => name))).toEqual(held);
    expect(trace.jobs.length).toBe(before.length - held.size);
    if (maxParallel === undefined) expectOrder(trace, jobs);
    for (const { createdAt: at } of trace.jobs) {
      const atWork = trace.jobs.filter(({ createdAt, endedAt = Infinity }) => createdAt <= at && endedAt > at);
      expect(atWork.length).toBeLessThanOrEqual(maxParallel ?? Infinity);
    }
  }), { numRuns: 60 });
});

test.each<[string, readonly object[], Parameters<typeof simulate>[1], SimulateOptions, object]>([
  ['what waits for a Job that fails', [job('load', ['extract']), job('extract')], { default: { exit: 3 } }, {}, { condition: 'Failed', notStarted: [{ name: 'load', why: 'extract failed' }] }],
  ['what waits for a Job that is deleted', [job('a'), job('b', ['a'])], { default: { hang: true } }, { actions: [{ at: 5, op: 'delete' }] }, { notStarted: [{ name: 'b', why: 'a was deleted' }] }],
  ['what waits for a suspended Job', [job('a', [], { suspend: true }), job('b', ['a'])], {}, {}, { condition: 'Suspended', notStarted: [{ name: 'b', why: 'a is suspended' }] }],
  ['what waits for a Job that is resumed', [job('a', [], { suspend: true }), job('b', ['a'])], {}, { actions: [{ at: 60, op: 'resume', name: 'a' }] }, { condition: 'Complete', notStarted: [] }],
  ['what waits for a Job that goes on', [job('a'), job('b', ['a']), job('c', ['b'])], { default: { hang: true } }, { until: 9 }, { condition: null, notStarted: [{ name: 'b', why: 'a is still running' }, { name: 'c', why: 'a is still running' }] }],
  ['a Job that waits for its turn', [job('a'), job('b')], { default: { hang: true } }, { until: 9, maxParallel: 1 }, { notStarted: [{ name: 'b', why: 'it waits for its turn' }] }],
  ['a name that somebody takes', [job('a', ['b']), job('b')], {}, { actions: [{ at: 1, op: 'createJob', name: 'a' }] }, { notStarted: [{ name: 'a', why: expect.stringContaining('already exists') }] }],
  ['a CronJob', [{ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'nightly' }, spec: { schedule: '0 2 * * *', jobTemplate: { spec: { template } } } }, job('b', ['nightly'])], {}, {}, { notStarted: [{ name: 'b', why: 'nightly is a CronJob, which is never complete' }] }],
  ['a Job of another namespace', [{ ...job('a'), metadata: { name: 'a', namespace: 'media' } }, job('b', ['media/a'])], {}, {}, { condition: 'Complete', jobs: [{ name: 'a', namespace: 'media' }, { name: 'b' }] }],
  ['a Job that is not in the list, for which nobody waits', [job('b', ['elsewhere'])], {}, {}, { condition: 'Complete', notStarted: [] }],
  ['an object that is no Job', [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } }, job('b')], {}, {}, { condition: 'Complete' }],
])('in a simulation of several: %s', (_, manifests, script, options, expected) => {
  expect(simulate(manifests, script, options)).toMatchObject(expected);
});

test.each<[string, readonly object[], readonly object[]]>([
  ['a circle', [job('a', ['b']), job('b', ['a'])], [{ rule: 'after-without-circle', field: '[0].metadata.annotations[cdk8s-jobs/after]' }]],
  ['what the API server refuses', [job('a'), job('b', [], { backoffLimit: -1 })], [{ field: '[1].spec.backoffLimit' }]],
  ['one name twice', [job('a'), job('a')], [{ rule: 'name-given-once', field: '[1].metadata.name', message: expect.stringContaining('manifest 1 of 2') }]],
])('%s is found before anything runs', (_, manifests, findings) => {
  expect(simulate(manifests)).toMatchObject({ findings, jobs: [], notStarted: [] });
});

test('a list without a Job cannot be simulated', () => {
  expect(() => simulate([{ apiVersion: 'v1', kind: 'ConfigMap' }])).toThrow('there is neither a Job nor a CronJob in it');
});

test('a script is for all Jobs, or for one of them', () => {
  const script = { byOrder: [{ exit: 0 }, { exit: 7 }], byJob: { b: { byOrder: [{ exit: 8 }, { exit: 0 }] } } };
  const { pods } = simulate([job('a'), job('b', [], { backoffLimit: 1 }), job('c')], script);
  expect(pods.map(({ job: name, exitCode }) => [name, exitCode])).toEqual([['a', 0], ['b', 8], ['c', 7], ['b', 0]]);
  expect(() => simulate([job('extract'), job('b')], { byJob: { extrakt: {} } })).toThrow('script.byJob[extrakt]: Invalid value: "extrakt": did you mean extract?');
});

test('the matchers take a trace of several Jobs, and of each of them', () => {
  const good = simulate([job('a'), job('b', ['a'])], { default: { after: 2 } });
  expect(toComplete(good).pass).toBe(true);
  expect(good.elapsed).toBeGreaterThan(traceOfJob(good, 'a').elapsed ?? Infinity);
  const bad = simulate([job('load', ['extract']), job('extract')], { default: { exit: 3 } });
  expect([toComplete(bad).pass, toFail(bad, 'BackoffLimitExceeded').pass]).toEqual([false, true]);
  expect(toComplete(traceOfJob(bad, 'load')).message()).toContain('It was not started: extract failed');
  expect(traceOfJob(bad, 'extract')).toMatchObject({ condition: 'Failed', jobs: [{ name: 'extract' }], notStarted: [] });
  expect(() => traceOfJob(bad, 'laod')).toThrow('There is no Job "laod" in this trace');
});

describe('an output of a Job', () => {
  const reads = (name: string, after: string, value = '<cdk8s-jobs:output/extract/rows>'): object => ({
    ...job(name, [after]), spec: { backoffLimit: 0, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'i', args: [value] }] } } },
  });
  const writes = { byJob: { extract: { default: { after: 1, message: 'rows=10' } } } };

  test('is filled in when the later one starts', () => {
    const trace = simulate([job('extract'), reads('load', 'extract')], writes);
    expect(trace).toMatchObject({ condition: 'Complete', jobs: [{ name: 'extract' }, { annotations: { 'cdk8s-jobs/inputs': '{"extract/rows":"10"}' } }] });
  });

  test('that is missing stops the later one, and what waits for that', () => {
    const why = 'output rows of extract is missing: no container of pod extract-xxxxx wrote a line rows=… into its termination message; a script says it by message: rows=…';
    const { notStarted } = simulate([job('extract'), reads('load', 'extract'), job('last', ['load'])]);
    expect(notStarted.map((one) => ({ ...one, why: one.why.replace(/extract-\w{5}/, 'extract-xxxxx') }))).toEqual([
      { name: 'load', why }, { name: 'last', why: 'load was not started' },
    ]);
  });

  test('that is not simulated stays as it is written', () => {
    expect(simulate(reads('load', 'extract'))).toMatchObject({ condition: 'Complete', findings: [] });
  });

  test('that nobody waits for is found before anything runs', () => {
    expect(simulate([job('extract'), reads('load', 'other')], writes)).toMatchObject({ jobs: [], findings: [{ rule: 'output-of-earlier-job' }] });
  });
});
