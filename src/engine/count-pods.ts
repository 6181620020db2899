import { saveBackoff } from './backoff';
import { type Condition, newCondition, withCondition } from './conditions';
import type { Progress } from './controller';
import { matchFailurePolicy } from './failure-policy';
import { type JobReconciliation, hasPlace } from './job-reconciliation';
import type { StoredJob, StoredPod } from './objects';
import { completionIndexOf, isFailed, isTracked } from './pods';
import { recordEvent } from './recorder';
import { countReleasedPods, writeStatus } from './status';
import { currentOf, removeFinalizer } from './writes';
import { formatIndexSet, sizeOfIndexSet, toIndexSet, uniteIndexSets, containsIndex } from '../api/index-set';
import { trackingFinalizer } from '../api/labels';

/** The most pods, or indexes, that one reconciliation counts. */
const mostUncounted = 500;

/** The pods that a reconciliation may release, and what releasing them changes. */
interface Count {
  readonly released: readonly StoredPod[];
  readonly newIndexes: readonly number[];
  readonly changed: boolean;
  /** There were more pods than one reconciliation may count. */
  readonly isCut: boolean;
}

/**
 * Counts ended pods so that none is counted twice or lost: records their uids, removes their finalizers, moves them into the counters, and
 * ends the Job when nothing is left to count. It waits for the API server after the first of these.
 *
 * @source pkg/controller/job/job_controller.go trackJobStatusAndRemoveFinalizers (v1.37)
 */
export function countPods(reconciliation: JobReconciliation, isChanged: boolean): Progress {
  const { status, pods } = reconciliation;
  const tracked = new Set<string>();
  for (const pod of pods) if (isTracked(pod) && isStillTracked(reconciliation, pod)) tracked.add(pod.metadata.uid);
  const isCleaned = countReleasedPods(status, tracked);
  const count = notePods(reconciliation, tracked);
  const isIndexed = noteIndexes(reconciliation, count.newIndexes);
  const [final, isInterim] = noteFinishedCondition(reconciliation);
  if (isChanged || isCleaned || count.changed || isIndexed || isInterim) {
    if (!writeJob(reconciliation)) return false;
    saveBackoff(reconciliation.store, reconciliation.key, reconciliation.backoff);
    return () => releasePods(reconciliation, count, tracked, final);
  }
  return releasePods(reconciliation, count, tracked, final);
}

/** Removes the finalizers of the pods whose uids are recorded, and counts them. */
function releasePods(reconciliation: JobReconciliation, count: Count, tracked: Set<string>, final: Condition | undefined): boolean {
  const { status } = reconciliation;
  for (const pod of count.released) {
    const current = currentOf(reconciliation.store, pod);
    if (current !== undefined) removeFinalizer(reconciliation.store, current, trackingFinalizer);
    tracked.delete(pod.metadata.uid);
  }
  const isMoved = countReleasedPods(status, tracked);
  const isFinished = !count.isCut && finish(reconciliation, final);
  if ((isMoved || isFinished) && !writeJob(reconciliation)) return false;
  if (isFinished && final !== undefined) reportEnd(reconciliation, final);
  return !reconciliation.isRefused;
}

function isStillTracked({ store }: JobReconciliation, pod: StoredPod): boolean {
  const current = currentOf(store, pod);
  return current !== undefined && isTracked(current);
}

function notePods(reconciliation: JobReconciliation, tracked: ReadonlySet<string>): Count {
  const { status, job, indexes, pods } = reconciliation;
  const isNoneReleased = !pods.some((pod) => tracked.has(pod.metadata.uid) && canRelease(reconciliation, pod, isFailed(pod, job.spec)));
  if (isNoneReleased) return { released: [], newIndexes: [], changed: false, isCut: false };
  const succeeded = new Set(status.uncounted.succeeded);
  const failed = new Set(status.uncounted.failed);
  const known = succeeded.size + failed.size;
  const released: StoredPod[] = [];
  const newIndexes = new Set<number>();
  let isCut = false;
  for (const pod of inOrderOfCounting(reconciliation)) {
    const { uid } = pod.metadata;
    const isPodFailed = isFailed(pod, job.spec);
    if (!tracked.has(uid) || !canRelease(reconciliation, pod, isPodFailed)) continue;
    released.push(pod);
    const index = completionIndexOf(pod);
    if (pod.status.phase === 'Succeeded' && !failed.has(uid)) {
      if (indexes === undefined) succeeded.add(uid);
      else if (index !== undefined && hasPlace(job, pod) && !containsIndex(indexes.previous, index)) newIndexes.add(index);
    } else if ((isPodFailed || isFailing(reconciliation)) && hasPlace(job, pod) && matchFailurePolicy(job.spec, pod).counts) {
      failed.add(uid);
    }
    isCut = newIndexes.size + succeeded.size + failed.size >= mostUncounted;
    if (isCut) break;
  }
  const changed = newIndexes.size > 0 || succeeded.size + failed.size > known;
  status.uncounted = { succeeded: [...succeeded], failed: [...failed] };
  return { released, newIndexes: [...newIndexes], changed, isCut };
}

/** The pods in the order in which they are counted: those of an Indexed Job by index, so that completed indexes appear in order. */
function inOrderOfCounting({ pods, indexes }: JobReconciliation): readonly StoredPod[] {
  if (indexes === undefined) return pods;
  return [...pods].sort((one, other) => (completionIndexOf(one) ?? -1) - (completionIndexOf(other) ?? -1));
}

/** Whether the Job is failing: every pod that has not ended then counts as failed. */
function isFailing({ finishedCondition }: JobReconciliation): boolean {
  return finishedCondition?.type === 'FailureTarget';
}

/** @source pkg/controller/job/job_controller.go canRemoveFinalizer (v1.37) */
function canRelease({ job, finishedCondition, indexes }: JobReconciliation, pod: StoredPod, isPodFailed: boolean): boolean {
  if (job.metadata.deletionTimestamp !== undefined || finishedCondition !== undefined || pod.status.phase === 'Succeeded') return true;
  if (!isPodFailed) return false;
  const index = completionIndexOf(pod);
  return index === undefined || indexes?.delayed.get(index)?.metadata.uid !== pod.metadata.uid;
}

function noteIndexes({ status, indexes }: JobReconciliation, newIndexes: readonly number[]): boolean {
  if (indexes === undefined) return false;
  const { completedIndexes, failedIndexes } = status;
  const completed = uniteIndexSets(indexes.previous, toIndexSet(newIndexes));
  status.succeeded = sizeOfIndexSet(completed);
  status.completedIndexes = formatIndexSet(completed);
  status.failedIndexes = indexes.failed === undefined ? undefined : formatIndexSet(indexes.failed);
  return status.completedIndexes !== completedIndexes || status.failedIndexes !== failedIndexes;
}

/** Adds the interim condition; the final one follows when every pod is counted. */
function noteFinishedCondition(reconciliation: JobReconciliation): [final: Condition | undefined, isInterim: boolean] {
  const { finishedCondition, status, store } = reconciliation;
  if (finishedCondition === undefined) return [undefined, false];
  const { type, reason, message } = finishedCondition;
  const final = newCondition(type === 'FailureTarget' ? 'Failed' : 'Complete', 'True', reason, message, store.now);
  const isKnown = status.conditions.some((condition) => condition.type === type);
  if (!isKnown) status.conditions = [...status.conditions, finishedCondition];
  return [final, !isKnown];
}

/** @source pkg/controller/job/job_controller.go enactJobFinished (v1.37) */
function finish({ status }: JobReconciliation, final: Condition | undefined): boolean {
  const isUncounted = status.uncounted.succeeded.length + status.uncounted.failed.length > 0;
  if (final === undefined || isUncounted || (status.terminating ?? 0) > 0) return false;
  status.conditions = withCondition(status.conditions, final) ?? status.conditions;
  if (final.type === 'Complete') status.completionTime = final.lastTransitionTime;
  return true;
}

/** Writes the status; false, like a conflict at the API server, when the Job is gone or has changed since this reconciliation began. */
function writeJob(reconciliation: JobReconciliation): boolean {
  const { store, key, job } = reconciliation;
  if (store.get<StoredJob>(key)?.metadata.resourceVersion !== job.metadata.resourceVersion) return false;
  reconciliation.job = store.replaceStatus(job, writeStatus(reconciliation.status));
  return true;
}

/** @source pkg/controller/job/job_controller.go recordJobFinished (v1.37) */
function reportEnd({ store, job }: JobReconciliation, { type, reason, message }: Condition): void {
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
