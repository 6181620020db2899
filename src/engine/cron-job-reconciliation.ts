import { type StoredCronJob, type StoredJob, type Writable, controllerOf } from './objects';
import { recordEvent } from './recorder';
import type { Store } from './store';
import { currentOf, deleteObject, referenceTo } from './writes';
import { isJob } from '../api/kinds';
import type { CronJobStatus, ObjectReference } from '../api/kubernetes';

/** What one reconciliation of a CronJob knows and changes. */
export interface CronJobReconciliation {
  readonly store: Store;
  readonly cronJob: StoredCronJob;
  /** The Jobs that the CronJob controls, in the order of their creation, as they were when the reconciliation began. */
  readonly jobs: readonly StoredJob[];
  /** The new status. */
  readonly status: {
    active: readonly ObjectReference[];
    lastScheduleTime: string | undefined;
    lastSuccessfulTime: string | undefined;
  };
  /** The API server refused the new Job: the reconciliation is to be repeated. */
  isRefused: boolean;
}

/**
 * Begins the reconciliation of a CronJob from the CronJob and its Jobs as they are.
 *
 * @source pkg/controller/cronjob/cronjob_controllerv2.go getJobsToBeReconciled (v1.37)
 */
export function beginCronJobReconciliation(store: Store, cronJob: StoredCronJob): CronJobReconciliation {
  const { active = [], lastScheduleTime, lastSuccessfulTime } = cronJob.status;
  return {
    store,
    cronJob,
    jobs: jobsOf(store, cronJob),
    status: { active, lastScheduleTime, lastSuccessfulTime },
    isRefused: false,
  };
}

/** The Jobs that a CronJob controls, in the order of their creation. */
export function jobsOf(store: Store, { metadata: { uid } }: StoredCronJob): readonly StoredJob[] {
  const isItsJob = (job: StoredJob): boolean => isJob(job) && controllerOf(job.metadata)?.uid === uid;
  const all = store.dependents<StoredJob>(uid);
  return all.every(isItsJob) ? all : all.filter(isItsJob);
}

/** Writes the new status if it changed, and returns the CronJob as it is now, or undefined when it is gone. */
export function writeCronStatus({ store, cronJob, status }: CronJobReconciliation): StoredCronJob | undefined {
  const current = currentOf(store, cronJob);
  if (current === undefined) return undefined;
  const written: Writable<CronJobStatus> = {};
  if (status.active.length > 0) written.active = status.active;
  if (status.lastScheduleTime !== undefined) written.lastScheduleTime = status.lastScheduleTime;
  if (status.lastSuccessfulTime !== undefined) written.lastSuccessfulTime = status.lastSuccessfulTime;
  return store.replaceStatus(current, written);
}

/** Records an event about the CronJob. */
export function cronRemark({ store, cronJob }: CronJobReconciliation, type: 'Normal' | 'Warning', reason: string, message: string): void {
  recordEvent(store, 'cronjob-controller', cronJob, { type, reason, message });
}

/** Removes a Job from the list of active ones. */
export function dropActive({ status }: CronJobReconciliation, jobUid: string): void {
  status.active = status.active.filter(({ uid }) => uid !== jobUid);
}

/**
 * Deletes a Job of the CronJob, with its pods.
 *
 * @source pkg/controller/cronjob/cronjob_controllerv2.go deleteJob (v1.37)
 */
export function deleteJobOf(reconciliation: CronJobReconciliation, job: StoredJob): void {
  dropActive(reconciliation, job.metadata.uid);
  const { code } = deleteObject(reconciliation.store, { reference: referenceTo(job), propagationPolicy: 'Background' });
  if (code === 200) cronRemark(reconciliation, 'Normal', 'SuccessfulDelete', `Deleted job ${job.metadata.name}`);
}
