import { countsOf } from './attempts';
import type { Cause } from './cause';
import { decidingGrace, failureClasses, passingGrace } from './classes';
import { refusedJobs, takenName } from './cron';
import { deletionCause, gone } from './deletion';
import type { Diagnosis } from './diagnosis';
import { failedCause } from './failed-cause';
import { hintFor } from './hints';
import { History, type Subject } from './history';
import type { JobFacts } from './job-facts';
import type { Attempt, JobVerdict, Verdict } from './job-verdict';
import { messageFor } from './message';
import { nextAttempt } from './next-attempt';
import type { Observation } from './observation';
import { isAtWork } from './pod-work';
import { attemptsIn } from './pods-in';
import { isInQueue, preemptions, queueCause, queueRecord } from './queue';
import { number } from './read';
import { runningCause } from './running-cause';

/** Which Job is judged, and how patient the judge is. */
export interface JudgingOptions extends Subject {
  /** Seconds that a cause is given before `failFast` gives up, by code; null means never. Default: its class's grace. */
  readonly grace?: Partial<Readonly<Record<Diagnosis, number | null>>>;
}

/** A judge at work: takes in observations as they come, and can say at any time what follows from them. */
export interface Judging {
  /** Takes in one observation. Repeated and older versions of an object change nothing, and junk is ignored. Never throws. */
  observe(observation: Observation): void;
  /** What can be said now. */
  verdict(): JobVerdict;
  /**
   * The verdict, marked as stuck, when a cause that cannot heal by itself has outlived its grace and no pod of the Job is at work.
   *
   * @param now the current time, on the clock of the observations' `at`.
   */
  failFast(now: number): JobVerdict | undefined;
  /** When to ask `failFast` again if nothing is observed until then: the end of the current grace period; undefined if there is none. */
  readonly wakeAt: number | undefined;
  /**
   * The attempt that begins when the back-off that runs now ends, undefined when none runs or is known: its time on the clock of the
   * observations' `at`, and the completion index if only one is tried again.
   */
  readonly nextAttempt: { readonly at: number; readonly index: number | null } | undefined;
}

/**
 * What can be said of a Job after what was observed: the fold of {@link startJudging} over all observations.
 *
 * The Job is the named one, or the first that the observer created, or the first that was seen.
 */
export function judge(observations: Iterable<Observation>, options: JudgingOptions = {}): JobVerdict {
  const judging = startJudging(options);
  for (const observation of observations) judging.observe(observation);
  return judging.verdict();
}

/** Begins to judge a Job while it is observed. */
export function startJudging(options: JudgingOptions = {}): Judging {
  return new JobJudging(options);
}

/** A class, of which a thousand take less memory than as many sets of functions. */
class JobJudging implements Judging {
  private readonly history: History;
  private known: Outcome | undefined;

  public constructor(private readonly options: JudgingOptions) {
    this.history = new History(options);
  }

  public observe(observation: Observation): void {
    this.known = undefined;
    this.history.observe(observation);
  }

  public verdict(): JobVerdict {
    return describe(this.history, this.outcome);
  }

  public failFast(now: number): JobVerdict | undefined {
    const end = this.wakeAt;
    return end === undefined || now < end ? undefined : { ...this.verdict(), stuck: true };
  }

  public get wakeAt(): number | undefined {
    return endOfGrace(this.history, this.outcome, this.options);
  }

  public get nextAttempt(): Judging['nextAttempt'] {
    const { job } = this.outcome;
    return job === undefined ? undefined : nextAttempt(job, this.history.podsOf(job));
  }

  private get outcome(): Outcome {
    this.history.settle();
    return (this.known ??= outcomeOf(this.history));
  }
}

/** A verdict before it is put into words. */
interface Outcome {
  readonly verdict: Verdict;
  readonly reason: string | null;
  readonly cause: Cause;
  readonly decidedAt: number | null;
  /** When the verdict became final; null while it is open. */
  readonly settledAt: number | null;
  readonly over: boolean;
  readonly job: JobFacts | undefined;
}

function outcomeOf(history: History): Outcome {
  const refused = history.refusal;
  if (refused !== undefined) {
    const { refusal: { reason, code, detail }, at } = refused;
    return { verdict: 'Refused', reason, cause: { code, detail, knownAt: at }, decidedAt: at, settledAt: at, over: true, job: undefined };
  }
  const taken = takenName(history);
  if (taken !== undefined) return open('Running', taken, undefined);
  const { job } = history;
  return job === undefined ? withoutJob(history) : ofJob(history, job);
}

/** No Job yet: a CronJob that waits for its tick, is suspended, or may not make one. */
function withoutJob(history: History): Outcome {
  const { cronJob } = history;
  if (cronJob?.suspendedAt === undefined) {
    return open('Running', refusedJobs(history) ?? { code: 'Running', detail: 'no Job was seen yet', knownAt: undefined }, undefined);
  }
  return open('Suspended', { code: 'Suspended', detail: `CronJob ${cronJob.name} is suspended`, knownAt: cronJob.suspendedAt }, undefined);
}

function ofJob(history: History, job: JobFacts): Outcome {
  const { decision } = job;
  const isGone = job.deletedAt !== undefined || gone(history, job) === 'replaced';
  if (decision !== undefined) {
    const cause = decision.verdict === 'Failed' ? failedCause(history, job, decision) : succeeded(job, decision);
    const decidedAt = Math.min(cause.knownAt ?? decision.at, decision.at);
    const { verdict, reason, at: settledAt } = decision;
    return { verdict, reason, cause, decidedAt, settledAt, over: job.finished || isGone, job };
  }
  if (isGone || job.deletingAt !== undefined) {
    const cause = deletionCause(history, job);
    const settledAt = isGone ? job.deletedAt ?? cause.knownAt ?? null : null;
    return { verdict: 'Deleted', reason: null, cause, decidedAt: cause.knownAt ?? null, settledAt, over: isGone, job };
  }
  if (job.isSuspended && isInQueue(history, job)) return open('Suspended', queueCause(history, job), job);
  if (job.suspendedAt !== undefined) return suspended(job, job.suspendedAt);
  return open('Running', runningCause(history, job) ?? { code: 'Running', detail: 'no trouble was seen', knownAt: undefined }, job);
}

/** The spec says it first; the condition follows with the pods, and gives the reason. */
function suspended(job: JobFacts, since: number): Outcome {
  const { reason = null, message = 'Job suspended' } = job.condition('Suspended') ?? {};
  return { ...open('Suspended', { code: 'Suspended', detail: message, knownAt: since }, job), reason };
}

function succeeded({ spec }: JobFacts, { at, message }: { readonly at: number; readonly message: string }): Cause {
  const askedForNothing = number(spec, 'completions') === 0;
  return { code: 'Succeeded', detail: message, knownAt: at, ...(askedForNothing ? {} : { exitCode: 0 }) };
}

function open(verdict: Verdict, cause: Cause, job: JobFacts | undefined): Outcome {
  return { verdict, reason: null, cause, decidedAt: cause.knownAt ?? null, settledAt: null, over: false, job };
}

function describe(history: History, { verdict, reason, cause, decidedAt, settledAt, over, job }: Outcome): JobVerdict {
  const settled = settledAt !== null;
  const name = job?.name ?? history.cronJob?.name ?? history.createdName ?? null;
  const attempts = job === undefined ? () => [] : attemptsLater(history, job);
  return {
    verdict,
    reason,
    diagnosis: cause.code,
    message: messageFor(name ?? '', verdict, reason, cause),
    hint: hintFor({ history, job, cause, reason: verdict === 'Failed' ? reason : null }),
    exitCode: cause.exitCode ?? null,
    decidedAt,
    settled,
    settledAt,
    over,
    canHeal: !settled && cause.isCertain !== true && (cause.canHeal ?? failureClasses[cause.code].canHeal),
    stuck: false,
    timedOutAfter: null,
    gone: job === undefined ? null : gone(history, job),
    name,
    namespace: job?.namespace ?? history.cronJob?.namespace ?? null,
    uid: job?.uid ?? null,
    get attempts(): JobVerdict['attempts'] { return attempts(); },
    counts: countsOf(job),
    queue: queueRecord(history, job),
  };
}

/** The attempts as they are now, put together only for whoever asks: there may be a hundred thousand, and a verdict after each of them. */
function attemptsLater(history: History, job: JobFacts): () => readonly Attempt[] {
  const { sum } = history.podsOf(job);
  const isPreempted = preemptions(history, job);
  let known: readonly Attempt[] | undefined;
  return () => known ??= attemptsIn(sum, isPreempted);
}

/** When the grace period of the current cause ends; undefined while another pod of the Job makes progress. */
function endOfGrace(history: History, { verdict, cause, job }: Outcome, { grace }: JudgingOptions): number | undefined {
  const mayBeStuck = verdict === 'Running' || (verdict === 'Suspended' && cause.code !== 'Suspended');
  if (!mayBeStuck || cause.knownAt === undefined) return undefined;
  const given = grace?.[cause.code];
  const wait = given !== undefined ? given : graceOf(cause);
  if (wait === null) return undefined;
  const isItself = cause.pod !== undefined && isAtWork(cause.pod);
  const others = job === undefined || cause.isCertain === true ? 0 : history.podsOf(job).sum.counts.atWork - Number(isItself);
  return others > 0 ? undefined : cause.knownAt + wait;
}

/** More time for a cause that may pass although its class does not; for a certain one, only until the Job must have said so too. */
function graceOf({ code, canHeal, isCertain }: Cause): number | null {
  const { grace, canHeal: classHeals } = failureClasses[code];
  if (isCertain === true) return decidingGrace;
  return grace !== null && canHeal === true && !classHeals ? Math.max(grace, passingGrace) : grace;
}
