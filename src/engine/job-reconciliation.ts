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
import type { Instant } from '../core/time';

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
  /** When the Job started; exact in the first reconciliation, later in whole seconds as stored. */
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
export function beginReconciliation(store: Store, job: StoredJob): JobReconciliation {
  const key = store.keyOf(job);
  const pods = claimPods(store, job);
  const active = pods.filter(isActive);
  const status = readStatus(job.status);
  const { uncounted } = status;
  const newPods = pods.filter((pod) => isTracked(pod) && hasPlace(job, pod));
  const newSucceeded = newPods.filter(({ metadata, status: { phase } }) => phase === 'Succeeded' && !uncounted.succeeded.includes(metadata.uid));
  const newFailed = newPods.filter((pod) => isFailed(pod, job.spec) && !uncounted.failed.includes(pod.metadata.uid));
  const indexes = isIndexed(job.spec) ? viewIndexes(job.spec, status, pods) : undefined;
  const countedFailures = newFailed.filter((pod) => matchFailurePolicy(job.spec, pod).counts).length;
  const reconciliation: JobReconciliation = {
    store,
    key,
    job,
    pods,
    active,
    status,
    startedAt: status.startTime === undefined ? undefined : Date.parse(status.startTime),
    indexes,
    succeeded: indexes === undefined ? status.succeeded + newSucceeded.length + uncounted.succeeded.length : sizeOf(indexes),
    failed: status.failed + countedFailures + uncounted.failed.length,
    backoff: nextBackoff(backoffOf(store, key), newSucceeded, newFailed),
    finishedCondition: undefined,
    isRefused: false,
  };
  status.active = active.length;
  status.ready = active.filter(isReady).length;
  status.terminating = pods.filter(isTerminating).length;
  return reconciliation;
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
