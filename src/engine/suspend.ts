import { newCondition, withCondition } from './conditions';
import type { JobSync } from './job-sync';
import { recordEvent } from './recorder';
import { formatTime } from '../core/time';

/**
 * Writes down that a Job is suspended, or that it was resumed; tells whether that changed anything.
 *
 * Suspending takes the start time away, resuming starts the time anew.
 *
 * @source pkg/controller/job/job_controller.go syncJob, ensureJobConditionStatus (v1.37)
 */
export function noteSuspension(sync: JobSync): boolean {
  const { store, job, status } = sync;
  const isSuspended = job.spec.suspend === true;
  const wanted = isSuspended
    ? newCondition('Suspended', 'True', 'JobSuspended', 'Job suspended', store.now)
    : newCondition('Suspended', 'False', 'JobResumed', 'Job resumed', store.now);
  const conditions = withCondition(status.conditions, wanted);
  if (conditions === undefined) return false;
  status.conditions = conditions;
  status.startTime = isSuspended ? undefined : formatTime(store.now);
  sync.startedAt = isSuspended ? undefined : store.now;
  recordEvent(store, 'job-controller', job, { type: 'Normal', reason: isSuspended ? 'Suspended' : 'Resumed', message: wanted.message });
  return true;
}
