import { createForController, currentOf } from './api-server';
import { finishCondition, isFinished } from './conditions';
import { trimHistory } from './cron-history';
import { jobName, jobOf } from './cron-job-template';
import { type CronSync, beginCronSync, cronRemark, deleteJobOf, dropActive, writeCronStatus } from './cron-sync';
import { runHistory, scheduleNextRun } from './cron-wake';
import { type StoredCronJob, type StoredJob, controllerOf } from './objects';
import type { Store } from './store';
import { type Instant, formatTime } from '../core/time';
import { type DueRun, type RunHistory, findDueRun } from '../schedule/missed-runs';

/**
 * The CronJob controller for one CronJob: tidies up what its Jobs left, then starts the latest run that is due, never one for each missed.
 *
 * A name that is taken by a Job of somebody else stops it until the next event, as in 1.37: nothing is recorded, no timer is set.
 *
 * @source pkg/controller/cronjob/cronjob_controllerv2.go ControllerV2.sync, syncCronJob (v1.37)
 */
// eslint-disable-next-line require-yield -- one status write at the end
export function* reconcileCronJob(store: Store, key: string): Generator<undefined, boolean> {
  const cronJob = store.get<StoredCronJob>(key);
  if (cronJob === undefined) return true;
  const sync = beginCronSync(store, cronJob);
  trimHistory(sync);
  noteJobs(sync);
  noteMissingJobs(sync);
  const history = readableHistory(sync);
  const wakes = history !== undefined && startDueRun(sync, history);
  const written = writeCronStatus(sync);
  if (wakes && written !== undefined) scheduleNextRun(store, written);
  return !sync.isRefused;
}

/** What the schedule means, with the last run; undefined while the CronJob must not or cannot run. */
function readableHistory(sync: CronSync): RunHistory | undefined {
  const { store, cronJob: { metadata, spec } } = sync;
  if (metadata.deletionTimestamp !== undefined) return undefined;
  const history = runHistory(store, sync.cronJob);
  if ('unknownZone' in history) {
    cronRemark(sync, 'Warning', 'UnknownTimeZone', `invalid timeZone: "${history.unknownZone}": unknown time zone ${history.unknownZone}`);
    return undefined;
  }
  if (spec.suspend === true) return undefined;
  if ('times' in history) return history;
  cronRemark(sync, 'Warning', 'UnparseableSchedule', `unparseable schedule: "${spec.schedule}" : ${history.problem}`);
  return undefined;
}

/** Tells whether the CronJob is to be looked at again at its next time. */
function startDueRun(sync: CronSync, history: RunHistory): boolean {
  const { cronJob, store, status } = sync;
  const run = findDueRun(history, store.now);
  if (run.isStalled) {
    const why = 'time difference between two schedules is less than 1 second';
    cronRemark(sync, 'Warning', 'InvalidSchedule', `invalid schedule: ${cronJob.spec.schedule} : ${why}`);
    return false;
  }
  const due = dueTime(sync, run);
  if (due === undefined || isTooLate(sync, due)) return true;
  const name = jobName(cronJob, due);
  if (status.active.some((reference) => reference.name === name) || status.lastScheduleTime === formatTime(due)) return true;
  if (cronJob.spec.concurrencyPolicy === 'Forbid' && status.active.length > 0) {
    cronRemark(sync, 'Normal', 'JobAlreadyActive', 'Not starting job because prior execution is running and concurrency policy is Forbid');
    return true;
  }
  if (cronJob.spec.concurrencyPolicy === 'Replace') replaceActive(sync);
  return startJob(sync, due);
}

function dueTime(sync: CronSync, { due, missed }: DueRun): Instant | undefined {
  if (due === undefined || due > sync.store.now) return undefined;
  if (missed === 'many') {
    const advice = 'Set or decrease .spec.startingDeadlineSeconds or check clock skew';
    cronRemark(sync, 'Warning', 'TooManyMissedTimes', `too many missed start times. ${advice}`);
  }
  return due;
}

function isTooLate(sync: CronSync, due: Instant): boolean {
  const { startingDeadlineSeconds } = sync.cronJob.spec;
  if (startingDeadlineSeconds === undefined || due + startingDeadlineSeconds * 1000 >= sync.store.now) return false;
  cronRemark(sync, 'Warning', 'MissSchedule', `Missed scheduled time to start a job: ${new Date(due).toUTCString().replace('GMT', '+0000')}`);
  return true;
}

function replaceActive(sync: CronSync): void {
  for (const { uid } of [...sync.status.active]) {
    const job = uid === undefined ? undefined : sync.store.getByUid<StoredJob>(uid);
    if (job !== undefined) deleteJobOf(sync, job);
  }
}

/** A Job of this name that is ours counts as started; one of somebody else's ends the look. */
function startJob(sync: CronSync, due: Instant): boolean {
  const { store, cronJob, status } = sync;
  const { code, object, message = '' } = createForController(store, jobOf(cronJob, due));
  if (code === 422) {
    cronRemark(sync, 'Warning', 'FailedCreate', `Error creating job: ${message}`);
    sync.isRefused = true;
    return false;
  }
  const job = (object ?? store.get(`jobs/${cronJob.metadata.namespace}/${jobName(cronJob, due)}`)) as StoredJob | undefined;
  if (job === undefined) return false;
  const { namespace, name, uid, resourceVersion } = job.metadata;
  if (code === 201) cronRemark(sync, 'Normal', 'SuccessfulCreate', `Created job ${name}`);
  else if (!isOurs(job, cronJob) || status.active.some((reference) => reference.uid === uid)) return false;
  status.active = [...status.active, { kind: 'Job', namespace, name, uid, apiVersion: 'batch/v1', resourceVersion }];
  status.lastScheduleTime = formatTime(due);
  return true;
}

function isOurs({ metadata }: StoredJob, cronJob: StoredCronJob): boolean {
  return controllerOf(metadata)?.uid === cronJob.metadata.uid;
}

function noteJobs(sync: CronSync): void {
  for (const job of sync.jobs) {
    const { name, uid } = job.metadata;
    const isListed = sync.status.active.some((reference) => reference.uid === uid);
    if (!isListed && !isFinished(job.status.conditions)) {
      cronRemark(sync, 'Warning', 'UnexpectedJob', `Saw a job that the controller did not create or forgot: ${name}`);
    } else if (isListed && isFinished(job.status.conditions)) {
      dropActive(sync, uid);
      const end = finishCondition(job.status.conditions)?.type ?? '';
      cronRemark(sync, 'Normal', 'SawCompletedJob', `Saw completed job: ${name}, condition: ${end}`);
    }
    const { completionTime } = job.status;
    const { lastSuccessfulTime } = sync.status;
    if (completionTime !== undefined && (lastSuccessfulTime === undefined || completionTime > lastSuccessfulTime)) {
      sync.status.lastSuccessfulTime = completionTime;
    }
  }
}

/** A Job that is listed as active and is not there any more is dropped. */
function noteMissingJobs(sync: CronSync): void {
  for (const { uid = '', name = '' } of [...sync.status.active]) {
    const job = sync.store.getByUid<StoredJob>(uid);
    if (job !== undefined && currentOf(sync.store, job) !== undefined) continue;
    dropActive(sync, uid);
    cronRemark(sync, 'Normal', 'MissingJob', `Active job went missing: ${name}`);
  }
}
