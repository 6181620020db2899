import type { Cause } from './cause';
import type { History } from './history';
import type { JobFacts } from './job-facts';
import { number, text, texts } from './read';

/** Who took a Job away: its ttl, somebody, or a new Job of its name. */
export type Gone = 'ttl' | 'deleted' | 'replaced';

/** Whether and how the Job went away; null while it is there. */
export function gone(history: History, job: JobFacts): Gone | null {
  if (job.deletedAt === undefined && job.deletingAt === undefined) return successor(history, job) === undefined ? null : 'replaced';
  if (job.finished && number(job.spec, 'ttlSecondsAfterFinished') !== undefined) return 'ttl';
  return successor(history, job) === undefined ? 'deleted' : 'replaced';
}

/** Why a Job went away without a verdict. */
export function deletionCause(history: History, job: JobFacts): Cause {
  const next = successor(history, job);
  const at = firstOf(job.deletingAt, job.deletedAt) ?? next?.seenAt;
  if (next !== undefined) return { code: 'Replaced', detail: `a new Job of the same name has UID ${next.uid}`, knownAt: next.seenAt };
  if (isNamespaceGone(history, job)) return { code: 'NamespaceDeleted', detail: `namespace ${job.namespace} was deleted`, knownAt: at };
  const held = texts(job.latest, 'metadata', 'finalizers').filter((finalizer) => !ownFinalizers.has(finalizer));
  const detail = held.length > 0 ? `the Job was deleted; finalizer ${held.join(', ')} holds it` : 'the Job was deleted before it had ended';
  return { code: 'Deleted', detail, knownAt: at };
}

const ownFinalizers = new Set(['foregroundDeletion', 'orphan']);

/** A Job of the same name that appeared after this one. */
function successor(history: History, job: JobFacts): JobFacts | undefined {
  return history.allJobs.find((other) =>
    other.uid !== job.uid && other.name === job.name && other.namespace === job.namespace && other.seenAt >= (job.deletedAt ?? job.seenAt) && other.seenAt > job.seenAt);
}

/**
 * Whether the Job went with its namespace.
 *
 * Nothing on the Job says so: it is DELETED without a deletionTimestamp, after its pods were deleted. A namespace that goes takes no new
 * Events, so the pods that were deleted before the Job have none of `Killing`, although earlier Events of theirs were seen.
 */
function isNamespaceGone(history: History, job: JobFacts): boolean {
  if (history.isNamespaceDeleted(job.namespace)) return true;
  if (history.eventsOf(job.uid).of('FailedCreate').some(({ message }) => message.includes('because it is being terminated'))) return true;
  const deletedAt = job.deletedAt;
  if (deletedAt === undefined || job.deletingAt !== undefined) return false;
  const pods = history.podsOf(job).filter(({ goneAt }) => goneAt !== undefined && goneAt <= deletedAt);
  return pods.length > 0 && text(job.latest, 'metadata', 'deletionTimestamp') === undefined && pods.every((pod) => {
    const events = history.eventsOf(pod.uid);
    return pod.deletingAt !== undefined && pod.disruptions.length === 0 && events.of('Started', 'Created', 'Pulled').length > 0 && events.of('Killing').length === 0;
  });
}

function firstOf(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? one ?? other : Math.min(one, other);
}
