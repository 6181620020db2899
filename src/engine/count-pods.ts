import { currentOf, removeFinalizer } from './api-server';
import { saveBackoff } from './backoff';
import { type Verdict, newCondition, withCondition } from './conditions';
import { matchFailurePolicy } from './failure-policy';
import { type JobSync, hasPlace } from './job-sync';
import type { StoredPod } from './objects';
import { completionIndexOf, isFailed, isTracked, trackingFinalizer } from './pods';
import { recordEvent } from './recorder';
import { countReleasedPods, writeStatus } from './status';
import { formatIndexSet, sizeOfIndexSet, toIndexSet, uniteIndexSets, containsIndex } from '../api/index-set';

/** The most pods, or indexes, that one sync counts. */
const mostUncounted = 500;

/** What a sync has found out about the pods that it may let go of. */
interface Count {
  readonly released: readonly StoredPod[];
  readonly newIndexes: readonly number[];
  readonly changed: boolean;
  /** More pods were there than one sync may count. */
  readonly isCut: boolean;
}

/**
 * Counts ended pods so that none is counted twice or lost: writes their uids down, takes their finalizers off, moves them into the
 * counters, and ends the Job when nothing is left to count. It yields where the API server is asked, so that others can act in between.
 *
 * @source pkg/controller/job/job_controller.go trackJobStatusAndRemoveFinalizers (v1.37)
 */
export function* countPods(sync: JobSync, isChanged: boolean): Generator<undefined, boolean> {
  const { status, pods } = sync;
  const tracked = new Set(pods.filter(isTracked).filter((pod) => isStillTracked(sync, pod)).map(({ metadata }) => metadata.uid));
  const isCleaned = countReleasedPods(status, tracked);
  const count = notePods(sync, tracked);
  const isIndexed = noteIndexes(sync, count.newIndexes);
  const [final, isInterim] = noteVerdict(sync);
  if (isChanged || isCleaned || count.changed || isIndexed || isInterim) {
    if (!writeJob(sync)) return false;
    saveBackoff(sync.store, sync.key, sync.backoff);
    yield;
  }
  for (const pod of count.released) {
    const current = currentOf(sync.store, pod);
    if (current !== undefined) removeFinalizer(sync.store, current, trackingFinalizer);
    tracked.delete(pod.metadata.uid);
  }
  const isMoved = countReleasedPods(status, tracked);
  const isFinished = !count.isCut && finish(sync, final);
  if ((isMoved || isFinished) && !writeJob(sync)) return false;
  if (isFinished && final !== undefined) reportEnd(sync, final);
  return true;
}

function isStillTracked({ store }: JobSync, pod: StoredPod): boolean {
  const current = currentOf(store, pod);
  return current !== undefined && isTracked(current);
}

function notePods(sync: JobSync, tracked: ReadonlySet<string>): Count {
  const { status, job, indexes } = sync;
  const succeeded = new Set(status.uncounted.succeeded);
  const failed = new Set(status.uncounted.failed);
  const known = succeeded.size + failed.size;
  const released: StoredPod[] = [];
  const newIndexes = new Set<number>();
  let isCut = false;
  for (const pod of inOrderOfCounting(sync)) {
    const { uid } = pod.metadata;
    const isPodFailed = isFailed(pod, job.spec);
    if (!tracked.has(uid) || !canRelease(sync, pod, isPodFailed)) continue;
    released.push(pod);
    const index = completionIndexOf(pod);
    if (pod.status.phase === 'Succeeded' && !failed.has(uid)) {
      if (indexes === undefined) succeeded.add(uid);
      else if (index !== undefined && hasPlace(job, pod) && !containsIndex(indexes.previous, index)) newIndexes.add(index);
    } else if ((isPodFailed || isFailing(sync)) && hasPlace(job, pod) && matchFailurePolicy(job.spec, pod).counts) {
      failed.add(uid);
    }
    isCut = newIndexes.size + succeeded.size + failed.size >= mostUncounted;
    if (isCut) break;
  }
  const changed = newIndexes.size > 0 || succeeded.size + failed.size > known;
  status.uncounted = { succeeded: [...succeeded], failed: [...failed] };
  return { released, newIndexes: [...newIndexes], changed, isCut };
}

/** Of an Indexed Job in the order of the indexes, so that completed indexes appear in order. */
function inOrderOfCounting({ pods, indexes }: JobSync): readonly StoredPod[] {
  if (indexes === undefined) return pods;
  return [...pods].sort((one, other) => (completionIndexOf(one) ?? -1) - (completionIndexOf(other) ?? -1));
}

/** Once an end is decided that is not a success, every pod that has not ended counts as failed. */
function isFailing({ verdict }: JobSync): boolean {
  return verdict?.type === 'FailureTarget';
}

/** @source pkg/controller/job/job_controller.go canRemoveFinalizer (v1.37) */
function canRelease({ job, verdict, indexes }: JobSync, pod: StoredPod, isPodFailed: boolean): boolean {
  if (job.metadata.deletionTimestamp !== undefined || verdict !== undefined || pod.status.phase === 'Succeeded') return true;
  if (!isPodFailed) return false;
  const index = completionIndexOf(pod);
  return index === undefined || indexes?.delayed.get(index)?.metadata.uid !== pod.metadata.uid;
}

function noteIndexes({ status, indexes }: JobSync, newIndexes: readonly number[]): boolean {
  if (indexes === undefined) return false;
  const { completedIndexes, failedIndexes } = status;
  const completed = uniteIndexSets(indexes.previous, toIndexSet(newIndexes));
  status.succeeded = sizeOfIndexSet(completed);
  status.completedIndexes = formatIndexSet(completed);
  status.failedIndexes = indexes.failed === undefined ? undefined : formatIndexSet(indexes.failed);
  return status.completedIndexes !== completedIndexes || status.failedIndexes !== failedIndexes;
}

/** Puts the interim condition in; the final one follows when all is counted. */
function noteVerdict({ verdict, status, store }: JobSync): [final: Verdict | undefined, isInterim: boolean] {
  if (verdict === undefined) return [undefined, false];
  const final = newCondition(verdict.type === 'FailureTarget' ? 'Failed' : 'Complete', 'True', verdict.reason, verdict.message, store.now);
  const isKnown = status.conditions.some(({ type }) => type === verdict.type);
  if (!isKnown) status.conditions = [...status.conditions, verdict];
  return [final, !isKnown];
}

/** @source pkg/controller/job/job_controller.go enactJobFinished (v1.37) */
function finish({ status }: JobSync, final: Verdict | undefined): boolean {
  const isUncounted = status.uncounted.succeeded.length + status.uncounted.failed.length > 0;
  if (final === undefined || isUncounted || (status.terminating ?? 0) > 0) return false;
  status.conditions = withCondition(status.conditions, final) ?? status.conditions;
  if (final.type === 'Complete') status.completionTime = final.lastTransitionTime;
  return true;
}

/** Refused, as by the API server, when the Job is gone or has changed since this sync began. */
function writeJob(sync: JobSync): boolean {
  const { store, job } = sync;
  const current = currentOf(store, job);
  if (current?.metadata.resourceVersion !== job.metadata.resourceVersion) return false;
  sync.job = store.replace({ ...job, status: writeStatus(sync.status) }) as unknown as JobSync['job'];
  return true;
}

/** @source pkg/controller/job/job_controller.go recordJobFinished (v1.37) */
function reportEnd({ store, job }: JobSync, { type, reason, message }: Verdict): void {
  if (type !== 'Complete') {
    recordEvent(store, 'job-controller', job, { type: 'Warning', reason, message });
    return;
  }
  if (job.spec.completions !== undefined && (job.status.succeeded ?? 0) > job.spec.completions) {
    const surplus = 'Too many succeeded pods running after completion count reached';
    recordEvent(store, 'job-controller', job, { type: 'Warning', reason: 'TooManySucceededPods', message: surplus });
  }
  recordEvent(store, 'job-controller', job, { type: 'Normal', reason: 'Completed', message: 'Job completed' });
}
