import { forgetBackoff } from './backoff';
import { isFinished } from './conditions';
import type { Progress } from './controller';
import { countPods } from './count-pods';
import { completionsReached, decideEnd } from './decide';
import { type JobReconciliation, beginReconciliation } from './job-reconciliation';
import { isJobAtRest } from './job-rest';
import type { ObjectKey } from './keys';
import { deleteActivePods, managePods } from './manage-pods';
import type { StoredJob } from './objects';
import { recordEvent } from './recorder';
import type { Store } from './store';
import { noteSuspension } from './suspend';
import { formatTime } from '../core/time';

/** The value of `managedBy` that means the built-in controller. */
const ownController = 'kubernetes.io/job-controller';

/**
 * Reconciles one Job: level-based, from the Job and its pods as they are, never from what changed.
 *
 * @source pkg/controller/job/job_controller.go syncJob (v1.37)
 */
export function reconcileJob(store: Store, key: ObjectKey): Progress {
  const job = store.get<StoredJob>(key);
  if (job === undefined || isFinished(job.status.conditions)) {
    forgetBackoff(store, key);
    return true;
  }
  if (!isManagedHere(job)) return true;
  if (hasUnknownMode(job)) {
    const message = 'Skipped Job sync because completion mode is unknown';
    recordEvent(store, 'job-controller', job, { type: 'Warning', reason: 'UnknownCompletionMode', message });
    return true;
  }
  if (isJobAtRest(store, job)) return true;
  const reconciliation = beginReconciliation(store, job, key);
  const before = { active: job.status.active ?? 0, ready: job.status.ready, terminating: job.status.terminating };
  start(reconciliation);
  reconciliation.finishedCondition = decideEnd(reconciliation);
  const isSuspensionNew = reconciliation.finishedCondition === undefined ? carryOn(reconciliation) : stop(reconciliation);
  const { active, ready, terminating } = reconciliation.status;
  const isChanged = isSuspensionNew || active !== before.active || ready !== before.ready || terminating !== before.terminating;
  return countPods(reconciliation, isChanged);
}

/** Whether the built-in controller manages a Job; one that names another controller is left alone. */
export function isManagedHere({ spec }: StoredJob): boolean {
  return spec.managedBy === undefined || spec.managedBy === ownController;
}

/** Whether the completion mode is unknown; only a Job that was not validated can have such a mode. */
function hasUnknownMode({ spec: { completionMode } }: StoredJob): boolean {
  return completionMode !== undefined && completionMode !== 'NonIndexed' && completionMode !== 'Indexed';
}

function start(reconciliation: JobReconciliation): void {
  const { store, job, status } = reconciliation;
  if (status.startTime !== undefined || job.spec.suspend === true) return;
  status.startTime = formatTime(store.now);
  reconciliation.startedAt = store.now;
}

function stop(reconciliation: JobReconciliation): boolean {
  deleteActivePods(reconciliation);
  return false;
}

/** Manages the pods of a Job that goes on, unless it is being deleted; whether the Job was just suspended or resumed. */
function carryOn(reconciliation: JobReconciliation): boolean {
  const { job } = reconciliation;
  const isManaged = job.metadata.deletionTimestamp === undefined;
  if (isManaged) managePods(reconciliation);
  if (isComplete(reconciliation)) {
    reconciliation.finishedCondition = completionsReached(reconciliation);
    return false;
  }
  return isManaged && noteSuspension(reconciliation);
}

function isComplete({ job: { spec }, status, succeeded }: JobReconciliation): boolean {
  if (status.active > 0) return false;
  return spec.completions === undefined ? succeeded > 0 : succeeded >= spec.completions;
}
