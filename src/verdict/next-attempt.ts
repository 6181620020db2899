import { hasFailed } from './indexes';
import type { JobFacts } from './job-facts';
import type { JobPods } from './job-pods';
import { endOf, isLaterThanAll, type PodEnd } from './pod-ends';
import type { PodFacts } from './pod-facts';
import { podsCounted } from './pods-in';
import type { PodsSum } from './pods-sum';
import { isSet, number, seconds, text } from './read';
import { isManagedByOther } from './running-cause';
import { failureCountAnnotation, ignoredFailureCountAnnotation } from '../api/labels';

/** When something of a Job runs again that has failed. */
export interface NextAttempt {
  /** Seconds on the clock of the observations, to about a second. */
  readonly at: number;
  /** The completion index that is tried again; null when any may be, and for Jobs that are not Indexed. */
  readonly index: number | null;
}

/** Seconds after the first failed pod; each further failure doubles them. */
const firstBackoff = 10;
/** The longest wait for a new pod, in seconds. */
const longestBackoff = 600;

/**
 * When the next attempt of a Job that waits for its back-off is due; undefined when it waits for nothing of the kind, and when the failure
 * that it waits for ended before anybody looked.
 *
 * A new pod waits for the back-off of the Job, or of its index; a container that the kubelet restarts, for its own.
 *
 * @source pkg/controller/job/backoff_utils.go getRemainingTimeForFailuresCount, getNewIndexFailureCounts (v1.37)
 */
export function nextAttempt(job: JobFacts, pods: JobPods): NextAttempt | undefined {
  if (job.decision !== undefined || job.deletingAt !== undefined || job.isSuspended || isManagedByOther(job)) return undefined;
  const { sum } = pods;
  const restarts = sum.restart === undefined ? [] : [{ at: sum.restart.at, index: sum.restart.pod.index }];
  const replacements = sum.counts.failedOrGoing > 0 && hasRoom(job, sum) ? replacementsOf(job, pods) : [];
  const [first] = [...restarts, ...replacements].sort((a, b) => a.at - b.at);
  return first;
}

/** Whether the Job wants more pods than it has. */
function hasRoom(job: JobFacts, { counts: { succeeded: seen, open, staying } }: PodsSum): boolean {
  const succeeded = Math.max(number(job.status, 'succeeded') ?? 0, seen);
  const completions = number(job.spec, 'completions');
  // A work queue makes no new pods once one has succeeded.
  const left = completions === undefined ? (succeeded > 0 ? 0 : Infinity) : completions - succeeded;
  return (waitsForEnds(job) ? open : staying) < Math.min(number(job.spec, 'parallelism') ?? 1, left);
}

/** Whether a pod that is being deleted has failed only once it has ended. */
function waitsForEnds({ spec }: JobFacts): boolean {
  return text(spec, 'podReplacementPolicy') === 'Failed' || isSet(spec, 'podFailurePolicy');
}

interface Failure extends PodEnd {
  readonly pod: PodFacts;
}

function replacementsOf(job: JobFacts, pods: JobPods): NextAttempt[] {
  const { sum } = pods;
  const failures = podsCounted(sum, 'failedOrGoing').map((pod) => failureOf(job, pod)).filter((failure) => failure !== undefined);
  if (failures.length === 0) return [];
  const limit = number(job.spec, 'backoffLimitPerIndex');
  if (limit !== undefined) return failures.flatMap((failure) => indexReplacement(job, pods, failure, limit));
  const counted = isSet(job.spec, 'podFailurePolicy') ? 0 : failures.length;
  if (Math.max(number(job.status, 'failed') ?? 0, counted) > (number(job.spec, 'backoffLimit') ?? Infinity)) return [];
  const since = failures.filter((failure) => isLaterThanAll(failure, sum.successes));
  const last = latest(since);
  return last === undefined ? [] : replacementAfter(job, last, since.length, null);
}

/** The next try of the index whose newest pod has failed. */
function indexReplacement(job: JobFacts, pods: JobPods, failure: Failure, limit: number): NextAttempt[] {
  const { index, latest: object } = failure.pod;
  if (index === null || pods.newestOf(index) !== failure.pod || hasFailed(job, index)) return [];
  const count = (annotation: string): number => Number(text(object, 'metadata', 'annotations', annotation) ?? 0);
  const failed = count(failureCountAnnotation);
  return failed >= limit ? [] : replacementAfter(job, failure, failed + count(ignoredFailureCountAnnotation) + 1, index);
}

/** None when nobody saw the failure happen, or when the deadline of the Job comes first. */
function replacementAfter(job: JobFacts, { pod, at, stamp }: Failure, failures: number, index: number | null): NextAttempt[] {
  const wait = Math.min(firstBackoff * 2 ** (failures - 1), longestBackoff);
  const started = seconds(job.status, 'startTime');
  const deadline = number(job.spec, 'activeDeadlineSeconds');
  const isTooLate = started !== undefined && deadline !== undefined && stamp !== undefined && stamp + wait >= started + deadline;
  return pod.seenAt >= at || isTooLate ? [] : [{ at: at + wait, index }];
}

/** How a pod failed for its Job; undefined when it has not, or was deleted because the Job was suspended. */
function failureOf(job: JobFacts, pod: PodFacts): Failure | undefined {
  if (pod.phase === 'Failed') return { pod, ...endOf(pod) };
  const { deletingAt } = pod;
  if (deletingAt === undefined || waitsForEnds(job) || job.wasSuspendedAt(deletingAt)) return undefined;
  return { pod, at: deletingAt, stamp: undefined };
}

function latest(failures: readonly Failure[]): Failure | undefined {
  return [...failures].sort((a, b) => a.at - b.at).at(-1);
}
