import { containersOf } from './containers';
import { failedIndexes, includesIndex } from './indexes';
import type { JobFacts } from './job-facts';
import type { PodFacts } from './pod-facts';
import { isSet, number, record, seconds, text } from './read';
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
export function nextAttempt(job: JobFacts, pods: readonly PodFacts[]): NextAttempt | undefined {
  if (job.decision !== undefined || job.deletingAt !== undefined || job.isSuspended || isManagedByOther(job)) return undefined;
  const restarts = pods.filter(({ isAlive }) => isAlive).flatMap(restartsOf);
  const replacements = hasRoom(job, pods) ? replacementsOf(job, pods) : [];
  const [first] = [...restarts, ...replacements].sort((a, b) => a.at - b.at);
  return first;
}

/** Whether the Job wants more pods than it has. */
function hasRoom(job: JobFacts, pods: readonly PodFacts[]): boolean {
  const succeeded = Math.max(number(job.status, 'succeeded') ?? 0, pods.filter(({ phase }) => phase === 'Succeeded').length);
  const completions = number(job.spec, 'completions');
  // A work queue makes no new pods once one has succeeded.
  const left = completions === undefined ? (succeeded > 0 ? 0 : Infinity) : completions - succeeded;
  const notOver = pods.filter(({ goneAt, endedAt }) => goneAt === undefined && endedAt === undefined);
  const there = notOver.filter(({ deletingAt }) => deletingAt === undefined || waitsForEnds(job));
  return there.length < Math.min(number(job.spec, 'parallelism') ?? 1, left);
}

/** Whether a pod that is being deleted has failed only once it has ended. */
function waitsForEnds({ spec }: JobFacts): boolean {
  return text(spec, 'podReplacementPolicy') === 'Failed' || isSet(spec, 'podFailurePolicy');
}

interface Failure {
  readonly pod: PodFacts;
  readonly at: number;
  /** Seconds since 1970 on the clock of its node; undefined when no container has ended. */
  readonly stamp: number | undefined;
}

function replacementsOf(job: JobFacts, pods: readonly PodFacts[]): NextAttempt[] {
  const failures = pods.map((pod) => failureOf(job, pod)).filter((failure) => failure !== undefined);
  if (failures.length === 0) return [];
  const limit = number(job.spec, 'backoffLimitPerIndex');
  if (limit !== undefined) return failures.flatMap((failure) => indexReplacement(job, pods, failure, limit));
  const counted = isSet(job.spec, 'podFailurePolicy') ? 0 : failures.length;
  if (Math.max(number(job.status, 'failed') ?? 0, counted) > (number(job.spec, 'backoffLimit') ?? Infinity)) return [];
  const successes = pods.filter(({ phase }) => phase === 'Succeeded').map((pod) => endOf(pod, pod.endedAt ?? pod.seenAt));
  const since = failures.filter((failure) => successes.every((success) => isLater(failure, success)));
  const last = latest(since);
  return last === undefined ? [] : replacementAfter(job, last, since.length, null);
}

/** The next try of the index whose newest pod has failed. */
function indexReplacement(job: JobFacts, pods: readonly PodFacts[], failure: Failure, limit: number): NextAttempt[] {
  const { index, latest: object } = failure.pod;
  const isNewest = pods.filter((pod) => pod.index === index).at(-1) === failure.pod;
  if (index === null || !isNewest || includesIndex(failedIndexes(job), index)) return [];
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
  if (pod.phase === 'Failed') return { pod, ...endOf(pod, pod.endedAt ?? pod.seenAt) };
  const { deletingAt } = pod;
  if (deletingAt === undefined || pod.phase === 'Succeeded' || waitsForEnds(job) || job.wasSuspendedAt(deletingAt)) return undefined;
  return { pod, at: deletingAt, stamp: undefined };
}

interface End {
  readonly at: number;
  readonly stamp: number | undefined;
}

function endOf({ runs }: PodFacts, at: number): End {
  const stamps = runs.flatMap(({ finishedAt }) => finishedAt ?? []);
  return { at, stamp: stamps.length === 0 ? undefined : Math.max(...stamps) };
}

/** By the clock of the nodes, which the controller reads too; else by when it was seen. */
function isLater(one: End, other: End): boolean {
  return one.stamp !== undefined && other.stamp !== undefined ? one.stamp > other.stamp : one.at > other.at;
}

function latest(failures: readonly Failure[]): Failure | undefined {
  return [...failures].sort((a, b) => a.at - b.at).at(-1);
}

/**
 * The restarts that a pod waits for, of those runs whose end was seen.
 *
 * @source pkg/kubelet/kuberuntime/kuberuntime_manager.go doBackOff (v1.37)
 */
function restartsOf(pod: PodFacts): NextAttempt[] {
  return containersOf(pod.latest).flatMap(({ name, status }) => {
    const waiting = record(status, 'state', 'waiting');
    const wait = text(waiting, 'reason') === 'CrashLoopBackOff' ? backoffSeconds(text(waiting, 'message') ?? '') : undefined;
    const last = pod.runs.filter(({ container }) => container === name).at(-1);
    return wait === undefined || last === undefined || last.at <= pod.seenAt ? [] : [{ at: last.at + wait, index: pod.index }];
  });
}

/** Of `back-off 1m20s restarting failed container=main …`. */
function backoffSeconds(message: string): number | undefined {
  const [, minutes, rest] = /^back-off (?:(\d+)m)?(\d+)s restarting failed container/.exec(message) ?? [];
  return rest === undefined ? undefined : Number(minutes ?? 0) * 60 + Number(rest);
}
