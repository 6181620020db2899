import { currentOf, deleteObject, referenceTo } from './api-server';
import { type StoredCronJob, type StoredJob, type Writable, controllerOf } from './objects';
import { recordEvent } from './recorder';
import type { Store } from './store';
import type { CronJobStatus, ObjectReference } from '../api/kubernetes';

/** Everything that one sync of a CronJob knows and changes. */
export interface CronSync {
  readonly store: Store;
  readonly cronJob: StoredCronJob;
  /** The Jobs that the CronJob controls, by uid, in the order of their creation; as they were when the sync began. */
  readonly jobs: readonly StoredJob[];
  /** The status that is being worked out. */
  readonly status: {
    active: readonly ObjectReference[];
    lastScheduleTime: string | undefined;
    lastSuccessfulTime: string | undefined;
  };
  /** The API server refused the Job of this time: the sync is to be repeated. */
  isRefused: boolean;
}

/**
 * A look at a CronJob and its Jobs.
 *
 * @source pkg/controller/cronjob/cronjob_controllerv2.go getJobsToBeReconciled (v1.37)
 */
export function beginCronSync(store: Store, cronJob: StoredCronJob): CronSync {
  const { active = [], lastScheduleTime, lastSuccessfulTime } = cronJob.status;
  const isOwn = (job: StoredJob): boolean => job.kind === 'Job' && controllerOf(job.metadata)?.uid === cronJob.metadata.uid;
  return {
    store,
    cronJob,
    jobs: store.dependents<StoredJob>(cronJob.metadata.uid).filter(isOwn),
    status: { active, lastScheduleTime, lastSuccessfulTime },
    isRefused: false,
  };
}

/** Writes what the sync worked out, nothing when nothing changed; gives the CronJob as it is now, or undefined when it is gone. */
export function writeCronStatus({ store, cronJob, status }: CronSync): StoredCronJob | undefined {
  const current = currentOf(store, cronJob);
  if (current === undefined) return undefined;
  const written: Writable<CronJobStatus> = {};
  if (status.active.length > 0) written.active = status.active;
  if (status.lastScheduleTime !== undefined) written.lastScheduleTime = status.lastScheduleTime;
  if (status.lastSuccessfulTime !== undefined) written.lastSuccessfulTime = status.lastSuccessfulTime;
  return store.replace({ ...current, status: written }) as StoredCronJob;
}

/** Says something about the CronJob. */
export function cronRemark({ store, cronJob }: CronSync, type: 'Normal' | 'Warning', reason: string, message: string): void {
  recordEvent(store, 'cronjob-controller', cronJob, { type, reason, message });
}

/** Takes a Job off the list of active ones. */
export function dropActive({ status }: CronSync, jobUid: string): void {
  status.active = status.active.filter(({ uid }) => uid !== jobUid);
}

/**
 * Deletes a Job of the CronJob, with its pods.
 *
 * @source pkg/controller/cronjob/cronjob_controllerv2.go deleteJob (v1.37)
 */
export function deleteJobOf(sync: CronSync, job: StoredJob): void {
  dropActive(sync, job.metadata.uid);
  const { code } = deleteObject(sync.store, { reference: referenceTo(job), propagationPolicy: 'Background' });
  if (code === 200) cronRemark(sync, 'Normal', 'SuccessfulDelete', `Deleted job ${job.metadata.name}`);
}
