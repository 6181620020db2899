import type { Cause } from './cause';
import { deadlineCause } from './deadline';
import type { Diagnosis } from './diagnosis';
import type { History } from './history';
import { hasCompleted, hasFailed, policyFailure } from './indexes';
import type { JobFacts } from './job-facts';
import { disruptionCause, failedPodCause, podDeletionCause } from './node';
import type { PodFacts } from './pod-facts';
import { isBadEnd } from './pod-work';
import { failedBy, podsCounted, podsTakenBy } from './pods-in';
import type { PodsSum } from './pods-sum';
import { isSet, number, record, records, text } from './read';
import { type Run, runCause } from './run';
import { isStartError, startErrorWords } from './start-error';
import { waitingCause } from './waiting';

/** How much later than the Job's own change its cause may arrive on another stream, in seconds. */
const streamLag = 2;

/** When and with what words the Job was declared failed. */
interface Decision {
  readonly at: number;
  readonly reason: string | null;
  readonly message: string;
}

/**
 * Why a Job failed: the cause rather than the mechanism.
 *
 * Searched in this order: pods that ended badly by themselves, pods that others took away, what was waiting or refused last, and only
 * then the Job's own reason. A deadline removes pods itself, so for it what was waiting comes before pods that were taken away.
 */
export function failedCause(history: History, job: JobFacts, decision: Decision): Cause {
  const { sum } = history.podsOf(job);
  const ended = endedBadly(history, job, sum, decision);
  if (ended !== undefined) return ended;
  const waiting = (): Cause | undefined => waitingCause(history, job, decision.at);
  if (decision.reason === 'DeadlineExceeded') return waiting() ?? deadlineCause(sum, decision);
  return takenAway(history, job, sum, decision) ?? waiting() ?? { code: 'Unknown', detail: decision.message, knownAt: decision.at };
}

/** The run, or the pod, that ended badly by itself and counted last. */
function endedBadly(history: History, job: JobFacts, pods: PodsSum, decision: Decision): Cause | undefined {
  const named = decision.reason === 'PodFailurePolicy' ? policyFailure(decision.message) : undefined;
  const causes = badEnds(history, job, pods);
  const found =
    causes.filter(({ pod, container }) => pod?.name === named?.pod && container === (named?.container ?? container)).at(-1) ??
    causes.filter(({ pod }) => pod !== undefined && pod.index !== null && hasFailed(job, pod.index)).at(-1) ??
    causes.at(-1);
  if (found === undefined) return undefined;
  return { ...found, knownAt: Math.min(firstOfSeries(causes, found.code) ?? decision.at, decision.at) };
}

/** Every bad end, one for a run or a pod, in the order in which they were seen; indexes that succeeded later do not count. */
export function badEnds(history: History, job: JobFacts, pods: PodsSum): readonly Cause[] {
  return podsCounted(pods, 'bad')
    .filter(({ index }) => index === null || !hasCompleted(job, index))
    .flatMap((pod) => podEnds(history, job, pods, pod))
    .sort((a, b) => seenAt(a) - seenAt(b));
}

function podEnds(history: History, job: JobFacts, pods: PodsSum, pod: PodFacts): readonly Cause[] {
  const whole = pod.deletingAt === undefined || (pod.endedAt ?? Infinity) < pod.deletingAt ? failedPodCause(job, pod) : undefined;
  if (whole !== undefined) return [whole];
  const bad = pod.runs.filter((run) => isBadEnd(run, pod) && disruptionCause(pod, run.at) === undefined);
  // The container that failed first took the others with it.
  const first = bad[0]?.container;
  const events = history.eventsOf(pod.uid).of('Killing', 'Unhealthy', 'FailedPostStartHook');
  return bad.filter(({ container }) => container === first).map((run) => {
    const { code, knownAt } = runCause(run, events);
    // A plain failure is said together with the Job, unless the Job hears of it late because another container goes on.
    const isLast = (knownAt !== undefined || run.othersWentOn) && isLastTry(run, job, pods, pod);
    const certainAt = knownAt ?? (isLast ? run.at : undefined);
    const isCertain = isLast && certainAt !== undefined;
    return { code, detail: detailOf(run), knownAt: certainAt, pod, container: run.container, run, exitCode: run.exitCode, isCertain };
  });
}

function detailOf({ exitCode, reason, message }: Run): string {
  const how = reason === null || reason === 'Error' ? `exit code ${exitCode}` : `${reason}, exit code ${exitCode}`;
  const said = isStartError(reason) ? startErrorWords(message) : message.trim().split('\n').at(-1) ?? '';
  return said === '' ? how : `${how}: ${said}`;
}

/** Whether a bad end must end the Job, as far as its pods tell: nothing restarts the container, and no retry is left. */
function isLastTry(run: Run, job: JobFacts, pods: PodsSum, pod: PodFacts): boolean {
  if (!mayHaveNoRetry(job, pods)) return false;
  const isOneOfThem = pod.phase === 'Failed' && (pod.endedAt ?? Infinity) <= run.at;
  return failedBy(pods, run.at) - Number(isOneOfThem) >= backoffLimit(job);
}

/** Whether a bad end may have been the last, by the number of pods that have failed. */
export function mayHaveNoRetry(job: JobFacts, { counts: { failed } }: PodsSum): boolean {
  return failed >= backoffLimit(job) && !hasRetries(job);
}

function backoffLimit({ spec }: JobFacts): number {
  return number(spec, 'backoffLimit') ?? 6;
}

/** Whether a failed pod may be retried without being counted, or a container may be restarted in place. */
function hasRetries({ spec }: JobFacts): boolean {
  const pod = record(spec, 'template', 'spec');
  const restarts = [...records(pod, 'containers'), ...records(pod, 'initContainers')].some((container) => isSet(container, 'restartPolicyRules'));
  return restarts || isSet(spec, 'podFailurePolicy') || isSet(spec, 'backoffLimitPerIndex') || text(pod, 'restartPolicy') !== 'Never';
}

/** The last pod that something other than the Job took away before the Job gave up. */
function takenAway(history: History, job: JobFacts, pods: PodsSum, { at }: Decision): Cause | undefined {
  const events = history.eventsOf(job.uid);
  const isByTheJob = ({ name }: PodFacts): boolean => events.has('SuccessfulDelete', `Deleted pod: ${name}`);
  const others = podsTakenBy(pods, at + streamLag).filter((pod) => !job.wasSuspendedAt(pod.deletingAt ?? Infinity) && !isByTheJob(pod));
  const disrupted = others.map((pod) => disruptionCause(pod, at + streamLag)).filter((cause) => cause !== undefined);
  const deleted = others.map((pod) => podDeletionCause(pod, at + streamLag)).filter((cause) => cause !== undefined);
  return lastBefore(at, disrupted) ?? lastBefore(at, deleted);
}

/** The last cause that was seen before a moment; else the first that came just after it, on another stream. */
function lastBefore(at: number, causes: readonly Cause[]): Cause | undefined {
  return causes.filter(({ knownAt }) => knownAt !== undefined && knownAt <= at).at(-1) ?? causes[0];
}

/** When a cause could first be said in the unbroken series of its code that led to the end. */
export function firstOfSeries(causes: readonly Cause[], code: Diagnosis): number | undefined {
  let known: number | undefined;
  for (const cause of causes) {
    if (cause.code !== code) known = undefined;
    else if (cause.knownAt !== undefined) known = Math.min(known ?? Infinity, cause.knownAt);
  }
  return known;
}

function seenAt({ run, pod }: Cause): number {
  return run?.at ?? pod?.endedAt ?? pod?.seenAt ?? 0;
}
