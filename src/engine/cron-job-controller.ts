import { type Controller, type WorkQueue, retryLater } from './controller';
import { forgetRest, noteJobOfRests } from './cron-rest';
import { scheduleNextRun } from './cron-wake';
import { type StoredCronJob, controllerOf } from './objects';
import { reconcileCronJob } from './reconcile-cron-job';
import { type Store, type StoreChange, isOf } from './store';
import { isCronJob } from '../api/kinds';
import { cronJobs, jobs } from '../port/resources';

/** When a reconciliation that failed is repeated. */
const retryTimes = { firstMs: 5, longestMs: 1_000_000 };

/**
 * The controller that reconciles CronJobs: at once when a CronJob or one of its Jobs changed, and at the next time of its schedule.
 *
 * @source pkg/controller/cronjob/cronjob_controllerv2.go updateCronJob, addJob, updateJob, deleteJob (v1.37)
 */
export const cronJobController: Controller = {
  name: 'cronjob',
  watches: [cronJobs, jobs],

  watch(change, store, queue) {
    if (isOf(change, 'CronJob')) watchCronJob(change, store, queue);
    if (!isOf(change, 'Job')) return;
    noteJobOfRests(store, change);
    const owner = controllerOf(change.object.metadata);
    const key = owner !== undefined && isCronJob(owner) ? store.keyOfUid(owner.uid) : undefined;
    if (key !== undefined) queue.add('cronjob', key);
  },

  reconcile(store, key) {
    const isDone = reconcileCronJob(store, key);
    retryLater(store, 'cronjob', key, isDone, retryTimes);
    return isDone;
  },
};

/** A new schedule or time zone takes effect at its next time, every other change at once. */
function watchCronJob({ type, object: cronJob, before, key }: StoreChange<StoredCronJob>, store: Store, queue: WorkQueue): void {
  if (type === 'DELETED') forgetRest(store, cronJob);
  const { schedule, timeZone } = cronJob.spec;
  const hasNewTimes = before !== undefined && (before.spec.schedule !== schedule || before.spec.timeZone !== timeZone);
  if (hasNewTimes) scheduleNextRun(store, cronJob, key);
  else queue.add('cronjob', key);
}
