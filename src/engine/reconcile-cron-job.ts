import { finishCondition, isFinished } from './conditions';
import { trimHistory } from './cron-history';
import { refusalOfScheduled } from './cron-job-admission';
import {
  type CronJobReconciliation, beginCronJobReconciliation, cronRemark, deleteJobOf, dropActive, writeCronStatus,
} from './cron-job-reconciliation';
import { scheduledJobName, scheduledJob } from './cron-job-template';
import { wakeOfRest } from './cron-rest';
import { runHistory, scheduleNextRun } from './cron-wake';
import { type ObjectKey, objectKey } from './keys';
import { type StoredCronJob, type StoredJob, controllerOf } from './objects';
import type { Store } from './store';
import { createOwn, currentOf } from './writes';
import { type Instant, formatTime } from '../core/time';
import { jobs } from '../port/resources';
import { type DueRun, type RunHistory, findDueRun } from '../schedule/missed-runs';

/**
 * Reconciles one CronJob: tidies up after its finished Jobs, then starts the latest run that is due, never one for each that was missed.
 *
 * A name that is taken by a Job that is not its own stops it until the next event, as in 1.37: nothing is recorded, no timer is set.
 *
 * @source pkg/controller/cronjob/cronjob_controllerv2.go ControllerV2.sync, syncCronJob (v1.37)
 */
export function reconcileCronJob(store: Store, key: ObjectKey): boolean {
  const cronJob = store.get<StoredCronJob>(key);
  if (cronJob === undefined) return true;
  const wakeAt = wakeOfRest(store, cronJob);
  if (wakeAt !== undefined) {
    store.timers.schedule('cronjob', key, wakeAt);
    return true;
  }
  const reconciliation = beginCronJobReconciliation(store, cronJob);
  trimHistory(reconciliation);
  noteJobs(reconciliation);
  noteMissingJobs(reconciliation);
  const history = readableHistory(reconciliation);
  const wakes = history !== undefined && startDueRun(reconciliation, history);
  const written = writeCronStatus(reconciliation);
  if (wakes && written !== undefined) scheduleNextRun(store, written, key);
  return !reconciliation.isRefused;
}

/** The runs so far and the times to come; undefined while the CronJob must not or cannot run. */
function readableHistory(reconciliation: CronJobReconciliation): RunHistory | undefined {
  const { store, cronJob: { metadata, spec } } = reconciliation;
  if (metadata.deletionTimestamp !== undefined) return undefined;
  const history = runHistory(store, reconciliation.cronJob);
  if ('unknownZone' in history) {
    cronRemark(reconciliation, 'Warning', 'UnknownTimeZone', `invalid timeZone: "${history.unknownZone}": unknown time zone ${history.unknownZone}`);
    return undefined;
  }
  if (spec.suspend === true) return undefined;
  if ('times' in history) return history;
  cronRemark(reconciliation, 'Warning', 'UnparseableSchedule', `unparseable schedule: "${spec.schedule}" : ${history.problem}`);
  return undefined;
}

/** Starts the run that is due, if there is one; whether the CronJob is to be reconciled again at its next time. */
function startDueRun(reconciliation: CronJobReconciliation, history: RunHistory): boolean {
  const { cronJob, store, status } = reconciliation;
  const run = findDueRun(history, store.now);
  if (run.isStalled) {
    const why = 'time difference between two schedules is less than 1 second';
    cronRemark(reconciliation, 'Warning', 'InvalidSchedule', `invalid schedule: ${cronJob.spec.schedule} : ${why}`);
    return false;
  }
  const due = dueTime(reconciliation, run);
  if (due === undefined || isTooLate(reconciliation, due)) return true;
  const name = scheduledJobName(cronJob, due);
  if (status.active.some((reference) => reference.name === name) || status.lastScheduleTime === formatTime(due)) return true;
  if (cronJob.spec.concurrencyPolicy === 'Forbid' && status.active.length > 0) {
    cronRemark(reconciliation, 'Normal', 'JobAlreadyActive', 'Not starting job because prior execution is running and concurrency policy is Forbid');
    return true;
  }
  if (cronJob.spec.concurrencyPolicy === 'Replace') replaceActive(reconciliation);
  return startJob(reconciliation, due);
}

function dueTime(reconciliation: CronJobReconciliation, { due, missed }: DueRun): Instant | undefined {
  if (due === undefined || due > reconciliation.store.now) return undefined;
  if (missed === 'many') {
    const advice = 'Set or decrease .spec.startingDeadlineSeconds or check clock skew';
    cronRemark(reconciliation, 'Warning', 'TooManyMissedTimes', `too many missed start times. ${advice}`);
  }
  return due;
}

function isTooLate(reconciliation: CronJobReconciliation, due: Instant): boolean {
  const { startingDeadlineSeconds } = reconciliation.cronJob.spec;
  if (startingDeadlineSeconds === undefined || due + startingDeadlineSeconds * 1000 >= reconciliation.store.now) return false;
  cronRemark(reconciliation, 'Warning', 'MissSchedule', `Missed scheduled time to start a job: ${new Date(due).toUTCString().replace('GMT', '+0000')}`);
  return true;
}

function replaceActive(reconciliation: CronJobReconciliation): void {
  for (const { uid } of [...reconciliation.status.active]) {
    const job = uid === undefined ? undefined : reconciliation.store.getByUid<StoredJob>(uid);
    if (job !== undefined) deleteJobOf(reconciliation, job);
  }
}

/** Creates the Job of a time. An existing Job of this name counts as started if it is ours, and ends the reconciliation if it is not. */
function startJob(reconciliation: CronJobReconciliation, due: Instant): boolean {
  const { store, cronJob, status } = reconciliation;
  const made = scheduledJob(cronJob, due);
  const refusal = refusalOfScheduled(made, cronJob, store.options.refuse);
  if (refusal !== undefined) {
    cronRemark(reconciliation, 'Warning', 'FailedCreate', `Error creating job: ${refusal}`);
    reconciliation.isRefused = true;
    return false;
  }
  const { code, object } = createOwn(store, made);
  const job = (object ?? store.get(objectKey(jobs, cronJob.metadata.namespace, scheduledJobName(cronJob, due)))) as StoredJob | undefined;
  if (job === undefined) return false;
  const { namespace, name, uid, resourceVersion } = job.metadata;
  if (code === 201) cronRemark(reconciliation, 'Normal', 'SuccessfulCreate', `Created job ${name}`);
  else if (!isOurs(job, cronJob) || status.active.some((reference) => reference.uid === uid)) return false;
  status.active = [...status.active, { kind: 'Job', namespace, name, uid, apiVersion: 'batch/v1', resourceVersion }];
  status.lastScheduleTime = formatTime(due);
  return true;
}

function isOurs({ metadata }: StoredJob, cronJob: StoredCronJob): boolean {
  return controllerOf(metadata)?.uid === cronJob.metadata.uid;
}

function noteJobs(reconciliation: CronJobReconciliation): void {
  for (const job of reconciliation.jobs) {
    const { name, uid } = job.metadata;
    const isListed = reconciliation.status.active.some((reference) => reference.uid === uid);
    if (!isListed && !isFinished(job.status.conditions)) {
      cronRemark(reconciliation, 'Warning', 'UnexpectedJob', `Saw a job that the controller did not create or forgot: ${name}`);
    } else if (isListed && isFinished(job.status.conditions)) {
      dropActive(reconciliation, uid);
      const end = finishCondition(job.status.conditions)?.type ?? '';
      cronRemark(reconciliation, 'Normal', 'SawCompletedJob', `Saw completed job: ${name}, condition: ${end}`);
    }
    const { completionTime } = job.status;
    const { lastSuccessfulTime } = reconciliation.status;
    if (completionTime !== undefined && (lastSuccessfulTime === undefined || completionTime > lastSuccessfulTime)) {
      reconciliation.status.lastSuccessfulTime = completionTime;
    }
  }
}

/** Drops the Jobs that are listed as active but no longer exist. */
function noteMissingJobs(reconciliation: CronJobReconciliation): void {
  for (const { uid = '', name = '' } of [...reconciliation.status.active]) {
    const job = reconciliation.store.getByUid<StoredJob>(uid);
    if (job !== undefined && currentOf(reconciliation.store, job) !== undefined) continue;
    dropActive(reconciliation, uid);
    cronRemark(reconciliation, 'Normal', 'MissingJob', `Active job went missing: ${name}`);
  }
}
