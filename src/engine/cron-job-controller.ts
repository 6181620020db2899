import { type Controller, type WorkQueue, retryLater } from './controller';
import { scheduleNextRun } from './cron-wake';
import { type StoredCronJob, controllerOf } from './objects';
import { reconcileCronJob } from './reconcile-cron-job';
import { type Change, type Store, keyOf } from './store';

/** A look that came to nothing is repeated after this long, in milliseconds; each further time in a row it is twice as long. */
const firstRetryMs = 5;
const longestRetryMs = 1_000_000;

/**
 * When the CronJob controller looks at a CronJob: at once when it or one of its Jobs changed, and at its next time.
 *
 * @source pkg/controller/cronjob/cronjob_controllerv2.go updateCronJob, addJob, updateJob, deleteJob (v1.37)
 */
export const cronJobController: Controller = {
  name: 'cronjobs',

  watch(change, store, queue) {
    if (change.resource.kind === 'CronJob') watchCronJob(change, store, queue);
    if (change.resource.kind !== 'Job') return;
    const owner = controllerOf(change.object.metadata);
    const cronJob = owner?.kind === 'CronJob' ? store.getByUid(owner.uid) : undefined;
    if (cronJob !== undefined) queue.add(keyOf(cronJob));
  },

  * reconcile(store, key) {
    const isDone = yield* reconcileCronJob(store, key);
    retryLater(store, key, isDone, firstRetryMs, longestRetryMs);
    return isDone;
  },
};

/** A new schedule or zone counts from its next time, other changes at once. */
function watchCronJob(change: Change, store: Store, queue: WorkQueue): void {
  const cronJob = change.object as StoredCronJob;
  const before = change.before as StoredCronJob | undefined;
  const { schedule, timeZone } = cronJob.spec;
  const hasNewTimes = before !== undefined && (before.spec.schedule !== schedule || before.spec.timeZone !== timeZone);
  if (hasNewTimes) scheduleNextRun(store, cronJob);
  else queue.add(change.key);
}
