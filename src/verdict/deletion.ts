import type { Cause } from './cause';
import type { History } from './history';
import type { JobFacts } from './job-facts';
import type { PodFacts } from './pod-facts';
import { isStale, number, records, seconds, text, texts } from './read';
import { foregroundFinalizer, orphanFinalizer } from '../api/labels';

/** Who removed a Job: its ttl, somebody, or a new Job of the same name. */
type Gone = 'ttl' | 'deleted' | 'replaced';

/** How the Job went away; null while it exists. */
export function gone(history: History, job: JobFacts): Gone | null {
  if (job.deletedAt === undefined && job.deletingAt === undefined) return successor(history, job) === undefined ? null : 'replaced';
  if (job.finished && number(job.spec, 'ttlSecondsAfterFinished') !== undefined) return 'ttl';
  return successor(history, job) === undefined ? 'deleted' : 'replaced';
}

/** Why a Job went away without a verdict. */
export function deletionCause(history: History, job: JobFacts): Cause {
  const next = successor(history, job);
  const at = firstOf(job.deletingAt, job.deletedAt) ?? next?.seenAt;
  if (next !== undefined) return { code: 'Replaced', detail: next.name === job.name ? `a new Job of the same name has UID ${next.uid}` : `its CronJob replaced it by ${next.name}`, knownAt: next.seenAt };
  if (isNamespaceGone(history, job)) return { code: 'NamespaceDeleted', detail: `namespace ${job.namespace} was deleted`, knownAt: at };
  const held = texts(job.latest, 'metadata', 'finalizers').filter((finalizer) => !ownFinalizers.has(finalizer));
  const detail = held.length > 0 ? `the Job was deleted; finalizer ${held.join(', ')} holds it` : 'the Job was deleted before it had ended';
  return { code: 'Deleted', detail, knownAt: at };
}

const ownFinalizers = new Set([foregroundFinalizer, orphanFinalizer]);

/** The Job that took the place of this one: a later one of the same name, or the next of its CronJob. Nobody need have seen this one go. */
function successor(history: History, job: JobFacts): JobFacts | undefined {
  const { allJobs } = history;
  const later = allJobs.slice(allJobs.indexOf(job) + 1).filter((other) => other.namespace === job.namespace && !isEarlier(other, job));
  const namesake = later.find(({ name }) => name === job.name);
  return namesake ?? (isReplacedByItsCronJob(history, job) ? later.find((other) => owner(other) === owner(job)) : undefined);
}

/** Whether a Job that was seen after another is older all the same: its last news came late. */
function isEarlier(other: JobFacts, job: JobFacts): boolean {
  const [created, before] = [seconds(other.latest, 'metadata', 'creationTimestamp'), seconds(job.latest, 'metadata', 'creationTimestamp')];
  if (created !== undefined && before !== undefined && created !== before) return created < before;
  return other.wasGoneAtFirst || isStale(other.firstVersion, job.firstVersion);
}

/**
 * Whether the CronJob itself replaced the Job at its next tick.
 *
 * @source pkg/controller/cronjob/cronjob_controllerv2.go syncCronJob ReplaceConcurrent (v1.36)
 */
function isReplacedByItsCronJob(history: History, job: JobFacts): boolean {
  const cronJob = history.cronJobOf(owner(job));
  return cronJob?.concurrencyPolicy === 'Replace' && (job.deletedAt ?? job.deletingAt) !== undefined;
}

function owner(job: JobFacts): string | undefined {
  return text(records(job.latest, 'metadata', 'ownerReferences')[0], 'uid');
}

/**
 * Whether the Job went with its namespace.
 *
 * The Job itself does not say so: it is DELETED without a deletionTimestamp, after its pods were deleted. A namespace that is being deleted
 * takes no new Events, so pods that were deleted before the Job have no `Killing` Event, although earlier Events of theirs were seen.
 */
function isNamespaceGone(history: History, job: JobFacts): boolean {
  if (history.isNamespaceDeleted(job.namespace)) return true;
  if (history.eventsOf(job.uid).of('FailedCreate').some(({ message }) => message.includes('because it is being terminated'))) return true;
  const deletedAt = job.deletedAt;
  if (deletedAt === undefined || job.deletingAt !== undefined) return false;
  const pods = history.podsOf(job).all.filter(({ goneAt }) => goneAt !== undefined && goneAt <= deletedAt);
  return pods.length > 0 && pods.every((pod) => wentSilently(pod, history));
}

function wentSilently(pod: PodFacts, history: History): boolean {
  const events = history.eventsOf(pod.uid);
  const wasHeard = events.of('Started', 'Created', 'Pulled').length > 0;
  return pod.deletingAt !== undefined && pod.disruptions.length === 0 && wasHeard && events.of('Killing').length === 0;
}

function firstOf(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? one ?? other : Math.min(one, other);
}
