import type { ObjectKey } from './keys';
import type { BackoffRecord } from './memory';
import type { StoredPod } from './objects';
import { finishTimeOf } from './pods';
import type { Store } from './store';
import type { Instant } from '../core/time';

/** The wait after the first failed pod, in milliseconds; each further failure doubles it. */
const podBackoffMs = 10_000;

/** The longest wait for a new pod, in milliseconds. */
const longestPodBackoffMs = 600_000;

const none: BackoffRecord = { failures: 0 };

/** The record of a Job; one without failures if nothing is remembered. */
export function backoffOf(store: Store, jobKey: ObjectKey): BackoffRecord {
  return store.memory.backoffs.get(jobKey) ?? none;
}

/** Remembers the record of a Job that has failures. */
export function saveBackoff(store: Store, jobKey: ObjectKey, record: BackoffRecord): void {
  if (record.failures === 0) forgetBackoff(store, jobKey);
  else store.memory.backoffs.set(jobKey, record);
}

/** Forgets the record of a Job that is finished or gone. */
export function forgetBackoff(store: Store, jobKey: ObjectKey): void {
  store.memory.backoffs.delete(jobKey);
}

/**
 * The record after pods have ended: every failure counts, a success clears the record, and when both came only the failures after the last
 * success count.
 *
 * @source pkg/controller/job/backoff_utils.go backoffStore.newBackoffRecord (v1.37)
 */
export function nextBackoff(known: BackoffRecord, succeeded: readonly StoredPod[], failed: readonly StoredPod[]): BackoffRecord {
  if (failed.length === 0) return succeeded.length === 0 ? known : none;
  const failures = failed.map(finishTimeOf);
  if (succeeded.length === 0) return { failures: known.failures + failures.length, lastFailure: Math.max(...failures) };
  const lastSuccess = Math.max(...succeeded.map(finishTimeOf));
  const later = failures.filter((failure) => failure > lastSuccess);
  return later.length === 0 ? none : { failures: later.length, lastFailure: Math.max(...later) };
}

/**
 * How long to wait before the next pod, in milliseconds.
 *
 * @source pkg/controller/job/backoff_utils.go getRemainingTimeForFailuresCount (v1.37)
 */
export function remainingBackoffMs({ failures, lastFailure }: BackoffRecord, now: Instant): number {
  if (failures === 0 || lastFailure === undefined) return 0;
  const wait = Math.min(podBackoffMs * 2 ** (failures - 1), longestPodBackoffMs);
  return Math.max(0, wait - (now - lastFailure));
}
