import type { CronJobStatus, JobStatus } from '../../../src/api/kubernetes';
import type { PodScript } from '../../../src/testing/pod-script';
import { type SimulateOptions, simulate } from '../../../src/testing/simulate';
import type { Trace } from '../../../src/testing/trace';
import { manifestOf } from '../scenario';

/** A sentence about Kubernetes, a story that shows it, and what must come of the story. */
export interface Statement {
  readonly name: string;
  readonly job?: object;
  readonly cronJob?: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly pods?: PodScript;
  readonly options?: SimulateOptions;
  /** Only these keys are looked at. */
  readonly wanted: { readonly [Name in keyof ReturnType<typeof outcomeOf>]?: unknown };
}

/** A pod that fails after a second. */
export const fails = { after: 1, exit: 1 };

/** A pod that works for a second. */
export const works = { after: 1, exit: 0 };

/** An Indexed Job. */
export function indexed(completions: number, parallelism = completions): Readonly<Record<string, unknown>> {
  return { completionMode: 'Indexed', completions, parallelism };
}

/** A pod template of one or more containers. */
export function template(spec: object): Readonly<Record<string, unknown>> {
  return { template: { spec: { containers: [{ name: 'main', image: 'x' }], ...spec } } };
}

/** Ten seconds before a minute begins. */
export const beforeMinute = new Date(Date.UTC(2026, 10, 23, 19, 29, 50));

/** Plays the story of a statement. */
export function play({ job, cronJob, metadata = {}, pods = {}, options }: Statement): Trace {
  const body = cronJob === undefined ? { job: { ...job } } : { cronJob };
  const manifest = manifestOf({ id: '', layer: '', ...body, metadata, podScript: pods, expect: {} });
  return simulate(manifest, pods, cronJob === undefined ? { until: 3000, ...options } : { until: 200, startAt: beforeMinute, ...options });
}

/** Holds the outcome of a statement's story against what is wanted. */
export function expectStatement(statement: Statement): void {
  const trace = play(statement);
  expect(trace.findings).toEqual([]);
  const outcome: Readonly<Record<string, unknown>> = outcomeOf(trace);
  expect(Object.fromEntries(Object.keys(statement.wanted).map((name) => [name, outcome[name]]))).toEqual(statement.wanted);
}

/** What can be said of a trace. */
// eslint-disable-next-line @typescript-eslint/explicit-function-return-type -- its type is the list of keys
export function outcomeOf(trace: Trace) {
  const status = (trace.revisions.filter(({ job }) => job === trace.jobs[0]?.name).at(-1)?.status ?? {}) as JobStatus;
  const own = trace.events.filter(({ on }) => on !== 'Pod');
  return {
    end: trace.reason,
    condition: trace.condition,
    message: trace.message,
    elapsed: trace.elapsed,
    conditions: (status.conditions ?? []).map(({ type, status: value, reason }) => `${type}=${value} ${reason ?? ''}`),
    starts: trace.pods.map(({ createdAt }) => createdAt),
    order: trace.pods.map(({ index }) => index),
    pods: trace.pods.length,
    containerStarts: trace.pods[0]?.containerStarts,
    stopped: trace.pods.map(({ deletedAt }) => deletedAt),
    podGone: trace.pods.map(({ goneAt }) => goneAt),
    exitCodes: trace.pods.map(({ exitCode }) => exitCode),
    started: status.startTime !== undefined,
    startTime: status.startTime,
    active: status.active ?? 0,
    ready: status.ready,
    terminating: status.terminating,
    succeeded: status.succeeded ?? 0,
    failed: status.failed ?? 0,
    completedIndexes: status.completedIndexes,
    failedIndexes: status.failedIndexes,
    codes: trace.answers.map(({ code }) => code),
    jobs: trace.jobs.map(({ name, createdAt }) => `${name.replace(/^j-/, '')} ${createdAt}`),
    jobTimes: trace.jobs.map(({ createdAt }) => createdAt),
    jobGone: trace.jobs.map(({ deletedAt }) => deletedAt),
    reasons: own.map(({ reason }) => reason),
    warnings: own.filter(({ type }) => type === 'Warning').map(({ reason, message, count }) => `${reason}: ${message} x${count}`),
    cronStatus: trace.cronJobRevisions.at(-1)?.status as CronJobStatus | undefined,
  };
}
