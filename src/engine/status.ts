import type { Writable } from './objects';
import type { JobCondition, JobStatus } from '../api/kubernetes';

/** The status of a Job during a reconciliation, with every counter present. */
export interface StatusDraft {
  startTime: string | undefined;
  completionTime: string | undefined;
  active: number;
  /** Undefined until the first reconciliation. */
  ready: number | undefined;
  /** Undefined until the first reconciliation. */
  terminating: number | undefined;
  succeeded: number;
  failed: number;
  completedIndexes: string;
  /** Undefined without backoffLimitPerIndex. */
  failedIndexes: string | undefined;
  uncounted: { succeeded: readonly string[]; failed: readonly string[] };
  conditions: readonly JobCondition[];
}

/** The status of a Job as a draft to change. */
export function readStatus(status: JobStatus): StatusDraft {
  return {
    startTime: status.startTime,
    completionTime: status.completionTime,
    active: status.active ?? 0,
    ready: status.ready,
    terminating: status.terminating,
    succeeded: status.succeeded ?? 0,
    failed: status.failed ?? 0,
    completedIndexes: status.completedIndexes ?? '',
    failedIndexes: status.failedIndexes,
    uncounted: { succeeded: status.uncountedTerminatedPods?.succeeded ?? [], failed: status.uncountedTerminatedPods?.failed ?? [] },
    conditions: status.conditions ?? [],
  };
}

/**
 * The status as the API server stores it: counters of zero are left out, `ready` and `terminating` are not.
 *
 * @source staging/src/k8s.io/api/batch/v1/types.go JobStatus (v1.37)
 */
export function writeStatus(draft: StatusDraft): JobStatus {
  const status: Writable<JobStatus> = {};
  if (draft.conditions.length > 0) status.conditions = draft.conditions;
  if (draft.startTime !== undefined) status.startTime = draft.startTime;
  if (draft.completionTime !== undefined) status.completionTime = draft.completionTime;
  if (draft.active > 0) status.active = draft.active;
  if (draft.succeeded > 0) status.succeeded = draft.succeeded;
  if (draft.failed > 0) status.failed = draft.failed;
  if (draft.terminating !== undefined) status.terminating = draft.terminating;
  if (draft.completedIndexes !== '') status.completedIndexes = draft.completedIndexes;
  if (draft.failedIndexes !== undefined) status.failedIndexes = draft.failedIndexes;
  const uncounted: Writable<NonNullable<JobStatus['uncountedTerminatedPods']>> = {};
  if (draft.uncounted.succeeded.length > 0) uncounted.succeeded = draft.uncounted.succeeded;
  if (draft.uncounted.failed.length > 0) uncounted.failed = draft.uncounted.failed;
  status.uncountedTerminatedPods = uncounted;
  if (draft.ready !== undefined) status.ready = draft.ready;
  return status;
}

/**
 * Moves the pods whose finalizer is gone from the uncounted lists into the counters; whether there were any.
 *
 * @source pkg/controller/job/job_controller.go cleanUncountedPodsWithoutFinalizers (v1.37)
 */
export function countReleasedPods(draft: StatusDraft, tracked: ReadonlySet<string>): boolean {
  if (draft.uncounted.succeeded.length + draft.uncounted.failed.length === 0) return false;
  const isTracked = (uid: string): boolean => tracked.has(uid);
  const succeeded = draft.uncounted.succeeded.filter(isTracked);
  const failed = draft.uncounted.failed.filter(isTracked);
  const newSucceeded = draft.uncounted.succeeded.length - succeeded.length;
  const newFailed = draft.uncounted.failed.length - failed.length;
  if (newSucceeded === 0 && newFailed === 0) return false;
  draft.succeeded += newSucceeded;
  draft.failed += newFailed;
  draft.uncounted = { succeeded, failed };
  return true;
}
