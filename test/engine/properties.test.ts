import fc from 'fast-check';
import type { JobSpec } from '../../src/api/kubernetes';
import type { PodRun, PodScript } from '../../src/testing/pod-script';
import { simulate } from '../../src/testing/simulate';
import type { Trace } from '../../src/testing/trace';
import type { TracePod } from '../../src/testing/trace-pod';

const seconds = fc.integer({ min: 0, max: 40 }).map((tenths) => tenths / 4);
const exitCode = fc.constantFrom(0, 0, 0, 1, 3, 137);
const stop = fc.record({ after: seconds, exit: fc.constantFrom(0, 143), never: fc.boolean() }, { requiredKeys: [] });

const finiteRun: fc.Arbitrary<PodRun> = fc.record({ after: seconds, exit: exitCode, ready: fc.boolean(), onDelete: stop }, { requiredKeys: ['after', 'exit'] });
const anyRun: fc.Arbitrary<PodRun> = fc.oneof(
  { weight: 8, arbitrary: finiteRun },
  fc.constant<PodRun>({ hang: true }),
  fc.constant<PodRun>({ neverStart: true }),
  fc.constant<PodRun>({ pending: true }),
  fc.record({ after: seconds, reason: fc.constantFrom('OOMKilled', 'StartError', 'Evicted', 'DeadlineExceeded'), ignoresTerm: fc.boolean() }),
  fc.record({ reason: fc.constantFrom('OutOfcpu', 'ImagePullBackOff', 'Unschedulable') }),
  fc.record({ runs: fc.array(fc.record({ after: seconds, exit: exitCode }), { minLength: 1, maxLength: 4 }) }),
);

const optional = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> => fc.option(value, { nil: undefined, freq: 3 });
const count = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max });

const spec: fc.Arbitrary<Partial<JobSpec>> = fc.record({
  isIndexed: fc.boolean(),
  completions: optional(count(6)),
  parallelism: optional(count(4)),
  backoffLimit: optional(count(4)),
  backoffLimitPerIndex: optional(count(2)),
  maxFailedIndexes: optional(count(3)),
  activeDeadlineSeconds: optional(count(60)),
  podReplacementPolicy: optional(fc.constantFrom('Failed', 'TerminatingOrFailed')),
  ttlSecondsAfterFinished: optional(count(20)),
  restartPolicy: fc.constantFrom('Never', 'OnFailure'),
  suspend: fc.boolean().map((chance) => chance && undefined),
}).map(({ isIndexed, restartPolicy, completions, backoffLimitPerIndex, maxFailedIndexes, ...rest }) => {
  const perIndex = isIndexed && restartPolicy === 'Never' ? backoffLimitPerIndex : undefined;
  const written = {
    ...rest,
    completions: isIndexed ? completions ?? 3 : completions,
    completionMode: isIndexed ? 'Indexed' as const : undefined,
    backoffLimitPerIndex: perIndex,
    maxFailedIndexes: perIndex === undefined ? undefined : Math.min(maxFailedIndexes ?? 0, completions ?? 3),
    template: { spec: { restartPolicy, terminationGracePeriodSeconds: 3, containers: [{ name: 'main', image: 'x' }] } },
  };
  return Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined)) as Partial<JobSpec>;
});

const script: fc.Arbitrary<PodScript> = fc.record(
  { byOrder: fc.array(anyRun, { minLength: 1, maxLength: 8 }), default: anyRun, onDelete: stop }, { requiredKeys: ['default'] },
);

const seed = fc.integer({ min: 1, max: 1_000_000 });
const parameters = { seed: 20261124, numRuns: 200, verbose: fc.VerbosityLevel.None };

test('every Job ends, or waits for something that can be named', () => {
  fc.assert(fc.property(spec, script, seed, (job, pods, number) => {
    const trace = run(job, pods, number);
    expect(trace.findings).toEqual([]);
    expect(isFinished(trace) || whyItWaits(trace, job) !== undefined).toBe(true);
  }), parameters);
});

test('there are never more active pods than the parallelism, nor more of one index than one', () => {
  fc.assert(fc.property(spec, script, seed, (job, pods, number) => {
    const { pods: seen } = run(job, pods, number);
    const limit = job.parallelism ?? 1;
    for (const { createdAt } of seen) {
      const end = (pod: TracePod): number => Math.min(pod.endedAt ?? Infinity, pod.deletedAt ?? Infinity);
      const active = seen.filter((pod) => pod.createdAt <= createdAt && createdAt < end(pod));
      expect(active.length).toBeLessThanOrEqual(limit);
      const indexes = active.flatMap(({ index }) => index ?? []);
      expect(new Set(indexes).size).toBe(indexes.length);
    }
  }), parameters);
});

test('the same input and seed give the same trace', () => {
  fc.assert(fc.property(spec, script, seed, (job, pods, number) => {
    expect(run(job, pods, number)).toEqual(run(job, pods, number));
  }), { ...parameters, numRuns: 60 });
});

test('a Job that is suspended and resumed at random still ends with every pod counted once', () => {
  const moments = fc.array(fc.integer({ min: 1, max: 120 }), { maxLength: 6 });
  fc.assert(fc.property(spec, fc.record({ default: finiteRun }), moments, seed, (job, pods, times, number) => {
    const actions = [...times].sort((one, other) => one - other)
      .map((at, place) => ({ at, op: place % 2 === 0 ? 'suspend' as const : 'resume' as const }));
    const resumed = [...actions, { at: 400, op: 'resume' as const }];
    const trace = simulate(manifest(job), pods, { seed: number, actions: resumed });
    const { succeeded = 0, failed = 0 } = trace.status as { succeeded?: number; failed?: number };
    expect(succeeded + failed).toBeLessThanOrEqual(trace.pods.length);
    expect(isFinished(trace) || whyItWaits(trace, job) !== undefined || trace.answers.some(({ code }) => code === 404)).toBe(true);
  }), { ...parameters, numRuns: 150 });
});

function run(job: Partial<JobSpec>, pods: PodScript, number: number): Trace {
  return simulate(manifest(job), pods, { seed: number });
}

function manifest(job: Partial<JobSpec>): object {
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j' }, spec: job };
}

function isFinished({ condition }: Trace): boolean {
  return condition === 'Complete' || condition === 'Failed';
}

/** Nothing runs by itself any more: pods that hang or do not start hold the Job, or it may not have any. */
function whyItWaits({ pods, condition }: Trace, job: Partial<JobSpec>): string | undefined {
  if (condition === 'Suspended') return 'suspended';
  if (job.parallelism === 0) return 'parallelism 0';
  return pods.some(({ endedAt, goneAt }) => endedAt === undefined && goneAt === undefined) ? 'a pod runs on' : undefined;
}
