import { adoptersOf, openPodsOf } from './claim-pods';
import { isFinished } from './conditions';
import { type Controller, type WorkQueue, retryLater } from './controller';
import { type ObjectKey, requestOf } from './keys';
import { type StoredJob, type StoredPod, controllerOf } from './objects';
import { isTracked } from './pods';
import { reconcileJob } from './reconcile-job';
import { forgetEvents } from './recorder';
import { type Store, type StoreChange, isOf } from './store';
import { isJob } from '../api/kinds';
import { tryParseTime } from '../core/time';
import { jobs, pods } from '../port/resources';

/** A reconciliation that failed is repeated after this long, in milliseconds; each further failure in a row doubles it. */
const firstRetryMs = 1000;
const longestRetryMs = 60_000;

/**
 * The controller that reconciles Jobs: at once when a Job is new or its spec changed, after a time of gathering for everything else.
 *
 * @source pkg/controller/job/job_controller.go NewController, updateJob, addPod, updatePod, deletePod (v1.37)
 */
export const jobController: Controller = {
  name: 'job',
  watches: [jobs, pods],

  watch(change, store, queue) {
    if (isOf(change, 'Job')) watchJob(change, store, queue);
    if (isOf(change, 'Pod')) watchPod(change, store, queue);
  },

  reconcile(store, key) {
    const noteEnd = (isDone: boolean): boolean => {
      retryLater(store, requestOf('job', key), isDone, firstRetryMs, longestRetryMs);
      return isDone;
    };
    const progress = reconcileJob(store, key);
    return typeof progress === 'boolean' ? noteEnd(progress) : () => noteEnd(progress());
  },
};

function watchJob(change: StoreChange<StoredJob>, store: Store, queue: WorkQueue): void {
  const { object: job, before } = change;
  const hasNewSpec = before?.metadata.generation !== job.metadata.generation;
  if (change.type === 'MODIFIED' && !hasNewSpec) store.timers.schedule(requestOf('job', change.key), store.now + store.options.batchMs);
  else queue.add(requestOf('job', change.key));
  if (change.type === 'DELETED') forgetEvents(store, 'job-controller', job.metadata.uid);
  if (change.type === 'DELETED' || isFinished(job.status.conditions)) freePods(job, store, queue);
  if (before !== undefined) scheduleNewDeadline(job, before, store, change.key);
}

function scheduleNewDeadline(job: StoredJob, before: StoredJob, store: Store, key: ObjectKey): void {
  const { activeDeadlineSeconds } = job.spec;
  if (activeDeadlineSeconds === undefined || activeDeadlineSeconds === before.spec.activeDeadlineSeconds) return;
  const startedAt = tryParseTime(job.status.startTime);
  if (startedAt === undefined) return;
  store.timers.schedule(requestOf('job', key), Math.max(store.now, startedAt + activeDeadlineSeconds * 1000));
}

/** Requests the release of the pods of a Job that is finished or gone: nobody will count them any more. */
function freePods(job: StoredJob, store: Store, queue: WorkQueue): void {
  for (const pod of openPodsOf(store, job)) if (isTracked(pod)) queue.add(requestOf('orphan-pod', store.keyOf(pod)));
}

function watchPod(change: StoreChange<StoredPod>, store: Store, queue: WorkQueue): void {
  const pod = change.object;
  const owner = controllerOf(pod.metadata);
  const job = owner !== undefined && isJob(owner) ? store.getByUid<StoredJob>(owner.uid) : undefined;
  const before = change.before === undefined ? undefined : controllerOf(change.before.metadata);
  const isReleased = before !== undefined && isJob(before) && before.uid !== owner?.uid;
  const earlier = isReleased ? store.getByUid<StoredJob>(before.uid) : undefined;
  for (const one of [job, earlier, ...(change.type === 'DELETED' ? [] : adoptersOf(store, pod))]) {
    if (one !== undefined) store.timers.schedule(requestOf('job', store.keyOf(one)), store.now + store.options.batchMs);
  }
  if (job === undefined || isFinished(job.status.conditions)) {
    if (isTracked(pod)) queue.add(requestOf('orphan-pod', change.key));
  }
}
