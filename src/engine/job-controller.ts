import { adoptersOf, openPodsOf } from './claim-pods';
import { isFinished } from './conditions';
import { type Controller, type WorkQueue, retryLater } from './controller';
import type { ObjectKey } from './keys';
import { type StoredJob, type StoredPod, controllerOf } from './objects';
import { isTracked } from './pods';
import { reconcileJob } from './reconcile-job';
import { forgetEvents } from './recorder';
import { type Store, type StoreChange, isOf } from './store';
import { isJob } from '../api/kinds';
import { tryParseTime } from '../core/time';
import { jobs, pods } from '../port/resources';

/** When a reconciliation that failed is repeated. */
const retryTimes = { firstMs: 1000, longestMs: 60_000 };

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
    const progress = reconcileJob(store, key);
    return typeof progress === 'boolean' ? noteEnd(store, key, progress) : () => noteEnd(store, key, progress());
  },
};

function noteEnd(store: Store, key: ObjectKey, isDone: boolean): boolean {
  retryLater(store, 'job', key, isDone, retryTimes);
  return isDone;
}

function watchJob(change: StoreChange<StoredJob>, store: Store, queue: WorkQueue): void {
  const { object: job, before } = change;
  const hasNewSpec = before?.metadata.generation !== job.metadata.generation;
  if (change.type === 'MODIFIED' && !hasNewSpec) requestLater(store, change.key);
  else queue.add('job', change.key);
  if (change.type === 'DELETED') forgetEvents(store, 'job-controller', job.metadata.uid);
  if (change.type === 'DELETED' || isFinished(job.status.conditions)) freePods(job, store, queue);
  if (before !== undefined) scheduleNewDeadline(job, before, store, change.key);
}

function scheduleNewDeadline(job: StoredJob, before: StoredJob, store: Store, key: ObjectKey): void {
  const { activeDeadlineSeconds } = job.spec;
  if (activeDeadlineSeconds === undefined || activeDeadlineSeconds === before.spec.activeDeadlineSeconds) return;
  const startedAt = tryParseTime(job.status.startTime);
  if (startedAt === undefined) return;
  store.timers.schedule('job', key, Math.max(store.now, startedAt + activeDeadlineSeconds * 1000));
}

/** Requests the release of the pods of a Job that is finished or gone: nobody will count them any more. */
function freePods(job: StoredJob, store: Store, queue: WorkQueue): void {
  for (const pod of openPodsOf(store, job)) if (isTracked(pod)) queue.add('orphan-pod', store.keyOf(pod));
}

/** Requests the reconciliation of a Job after the time of gathering. */
function requestLater(store: Store, key: ObjectKey): void {
  store.timers.schedule('job', key, store.now + store.options.batchMs);
}

function watchPod(change: StoreChange<StoredPod>, store: Store, queue: WorkQueue): void {
  const pod = change.object;
  const owner = controllerOf(pod.metadata);
  const key = owner !== undefined && isJob(owner) ? store.keyOfUid(owner.uid) : undefined;
  const before = change.before === undefined ? undefined : controllerOf(change.before.metadata);
  const isReleased = before !== undefined && isJob(before) && before.uid !== owner?.uid;
  const earlier = isReleased ? store.keyOfUid(before.uid) : undefined;
  if (key !== undefined) requestLater(store, key);
  if (earlier !== undefined) requestLater(store, earlier);
  if (change.type !== 'DELETED') for (const adopter of adoptersOf(store, pod)) requestLater(store, store.keyOf(adopter));
  const job = key === undefined ? undefined : store.get<StoredJob>(key);
  if (job === undefined || isFinished(job.status.conditions)) {
    if (isTracked(pod)) queue.add('orphan-pod', change.key);
  }
}
