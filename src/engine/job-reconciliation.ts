import { backoffOf, nextBackoff } from './backoff';
import { claimPods } from './claim-pods';
import type { Condition } from './conditions';
import { matchFailurePolicy } from './failure-policy';
import { type IndexView, isIndexed, viewIndexes } from './indexes';
import type { ObjectKey } from './keys';
import type { BackoffRecord } from './memory';
import type { StoredJob, StoredPod } from './objects';
import { completionIndexOf, isActive, isFailed, isReady, isTerminating, isTracked } from './pods';
import { type StatusDraft, readStatus } from './status';
import type { Store } from './store';
import { type Instant, tryParseTime } from '../core/time';

/** What one reconciliation of a Job knows and decides. */
export interface JobReconciliation {
  readonly store: Store;
  readonly key: ObjectKey;
  /** As stored; its status is the last one written. */
  job: StoredJob;
  /** The pods of the Job in the order of their creation. */
  readonly pods: readonly StoredPod[];
  readonly active: readonly StoredPod[];
  /** The new status. */
  readonly status: StatusDraft;
  /** When a Job with a deadline started; exact in the first reconciliation, later in whole seconds as stored. */
  startedAt: Instant | undefined;
  readonly indexes: IndexView | undefined;
  /** Including pods that are not counted yet. */
  readonly succeeded: number;
  /** Including pods that are not counted yet. */
  readonly failed: number;
  readonly backoff: BackoffRecord;
  /** FailureTarget or SuccessCriteriaMet when this reconciliation, or an earlier one, decided the end. */
  finishedCondition: Condition | undefined;
  /** The API server refused a pod: the reconciliation is to be repeated. */
  isRefused: boolean;
}

/**
 * Begins the reconciliation of a Job from the Job and its pods as they are.
 *
 * @source pkg/controller/job/job_controller.go syncJob, getNewFinishedPods (v1.37)
 */
export function beginReconciliation(store: Store, job: StoredJob, key: ObjectKey): JobReconciliation {
  const pods = claimPods(store, job);
  const status = readStatus(job.status);
  const { active, terminating, newSucceeded, newFailed } = sortPods(job, pods, status);
  const indexes = isIndexed(job.spec) ? viewIndexes(job.spec, status, pods) : undefined;
  const countedFailures = newFailed.reduce((count, pod) => count + (matchFailurePolicy(job.spec, pod).counts ? 1 : 0), 0);
  const reconciliation: JobReconciliation = {
    store,
    key,
    job,
    pods,
    active,
    status,
    startedAt: job.spec.activeDeadlineSeconds === undefined ? undefined : tryParseTime(status.startTime),
    indexes,
    succeeded: indexes === undefined ? status.succeeded + newSucceeded.length + status.uncounted.succeeded.length : sizeOf(indexes),
    failed: status.failed + countedFailures + status.uncounted.failed.length,
    backoff: nextBackoff(backoffOf(store, key), newSucceeded, newFailed),
    finishedCondition: undefined,
    isRefused: false,
  };
  status.active = active.length;
  status.ready = active.reduce((count, pod) => count + (isReady(pod) ? 1 : 0), 0);
  status.terminating = terminating;
  return reconciliation;
}

/** The pods of a Job by how far they are. */
interface SortedPods {
  readonly active: StoredPod[];
  terminating: number;
  /** Those that have ended since the status was written. */
  readonly newSucceeded: StoredPod[];
  readonly newFailed: StoredPod[];
}

function sortPods(job: StoredJob, pods: readonly StoredPod[], { uncounted }: StatusDraft): SortedPods {
  const sorted: SortedPods = { active: [], terminating: 0, newSucceeded: [], newFailed: [] };
  for (const pod of pods) {
    const { uid } = pod.metadata;
    if (isActive(pod)) sorted.active.push(pod);
    else if (isTerminating(pod)) sorted.terminating += 1;
    if (!isTracked(pod) || !hasPlace(job, pod)) continue;
    if (pod.status.phase === 'Succeeded' && !uncounted.succeeded.includes(uid)) sorted.newSucceeded.push(pod);
    if (isFailed(pod, job.spec) && !uncounted.failed.includes(uid)) sorted.newFailed.push(pod);
  }
  return sorted;
}

/** Whether the outcome of a pod matters to its Job: in an Indexed Job only if its index is below the completions. */
export function hasPlace({ spec }: StoredJob, pod: StoredPod): boolean {
  if (!isIndexed(spec)) return true;
  const index = completionIndexOf(pod);
  return index !== undefined && index < (spec.completions ?? 0);
}

function sizeOf({ succeeded }: IndexView): number {
  return succeeded.reduce((size, { first, last }) => size + last - first + 1, 0);
}
