import { newCondition, withCondition } from './conditions';
import type { JobReconciliation } from './job-reconciliation';
import { recordEvent } from './recorder';
import { formatTime } from '../core/time';

/**
 * Notes in the conditions that a Job is suspended or was resumed; whether that is news.
 *
 * Suspending clears the start time since 1.36, resuming sets a new one.
 *
 * @source pkg/controller/job/job_controller.go syncJob, ensureJobConditionStatus (v1.37)
 */
export function noteSuspension(reconciliation: JobReconciliation): boolean {
  const { store, job, status } = reconciliation;
  const isSuspended = job.spec.suspend === true;
  const wanted = isSuspended
    ? newCondition('Suspended', 'True', 'JobSuspended', 'Job suspended', store.now)
    : newCondition('Suspended', 'False', 'JobResumed', 'Job resumed', store.now);
  const conditions = withCondition(status.conditions, wanted);
  if (conditions === undefined) return false;
  status.conditions = conditions;
  if (!isSuspended || store.options.server.gates.has('MutableSchedulingDirectivesForSuspendedJobs')) {
    status.startTime = isSuspended ? undefined : formatTime(store.now);
    reconciliation.startedAt = isSuspended ? undefined : store.now;
  }
  recordEvent(store, 'job-controller', job, { type: 'Normal', reason: isSuspended ? 'Suspended' : 'Resumed', message: wanted.message });
  return true;
}
