import { adoptersOf, podsOf } from './claim-pods';
import { isFinished } from './conditions';
import { type Controller, type WorkQueue, retryLater } from './controller';
import { type StoredJob, type StoredPod, controllerOf } from './objects';
import { isTracked } from './pods';
import { reconcileJob } from './reconcile-job';
import { forgetEvents } from './recorder';
import { type Change, type Store, keyOf } from './store';
import { tryParseTime } from '../core/time';

/** How long changes of a Job's pods and status are gathered, in milliseconds. */
const batchMs = 1000;

/** A reconciliation that failed is repeated after this long, in milliseconds; each further failure in a row doubles it. */
const firstRetryMs = 1000;
const longestRetryMs = 60_000;

/**
 * The controller that reconciles Jobs: at once when a Job is new or its spec changed, after a second of gathering for everything else.
 *
 * @source pkg/controller/job/job_controller.go NewController, updateJob, addPod, updatePod, deletePod (v1.37)
 */
export const jobController: Controller = {
  name: 'jobs',

  watch(change, store, queue) {
    if (change.resource.kind === 'Job') watchJob(change, store, queue);
    if (change.resource.kind === 'Pod') watchPod(change, store, queue);
  },

  * reconcile(store, key) {
    const isDone = yield* reconcileJob(store, key);
    retryLater(store, key, isDone, firstRetryMs, longestRetryMs);
    return isDone;
  },
};

function watchJob(change: Change, store: Store, queue: WorkQueue): void {
  const job = change.object as unknown as StoredJob;
  const before = change.before as unknown as StoredJob | undefined;
  const hasNewSpec = before?.metadata.generation !== job.metadata.generation;
  if (change.type === 'MODIFIED' && !hasNewSpec) store.timers.schedule(change.key, store.now + batchMs);
  else queue.add(change.key);
  if (change.type === 'DELETED') forgetEvents(store, 'job-controller', job.metadata.uid);
  if (change.type === 'DELETED' || isFinished(job.status.conditions)) freePods(job, store, queue);
  if (before !== undefined) scheduleNewDeadline(job, before, store, change.key);
}

function scheduleNewDeadline(job: StoredJob, before: StoredJob, store: Store, key: string): void {
  const { activeDeadlineSeconds } = job.spec;
  const startedAt = tryParseTime(job.status.startTime);
  if (startedAt === undefined || activeDeadlineSeconds === undefined || activeDeadlineSeconds === before.spec.activeDeadlineSeconds) return;
  store.timers.schedule(key, Math.max(store.now, startedAt + activeDeadlineSeconds * 1000));
}

/** Requests the release of the pods of a Job that is finished or gone: nobody will count them any more. */
function freePods(job: StoredJob, store: Store, queue: WorkQueue): void {
  for (const pod of podsOf(store, job)) if (isTracked(pod)) queue.add(`free ${keyOf(pod)}`);
}

function watchPod(change: Change, store: Store, queue: WorkQueue): void {
  const pod = change.object as unknown as StoredPod;
  const owner = controllerOf(pod.metadata);
  const job = owner?.kind === 'Job' ? store.getByUid<StoredJob>(owner.uid) : undefined;
  const before = change.before === undefined ? undefined : controllerOf(change.before.metadata);
  const isReleased = before?.kind === 'Job' && before.uid !== owner?.uid;
  const earlier = isReleased ? store.getByUid<StoredJob>(before.uid) : undefined;
  for (const one of [job, earlier, ...(change.type === 'DELETED' ? [] : adoptersOf(store, pod))]) {
    if (one !== undefined) store.timers.schedule(keyOf(one), store.now + batchMs);
  }
  if (job === undefined || isFinished(job.status.conditions)) {
    if (isTracked(pod)) queue.add(`free ${change.key}`);
  }
}
