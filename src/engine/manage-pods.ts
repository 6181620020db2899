import { remainingBackoffMs } from './backoff';
import { firstPendingIndexes, startableIndexes } from './indexes';
import type { JobReconciliation } from './job-reconciliation';
import type { StoredPod } from './objects';
import { podsToRemove } from './pod-removal';
import { terminatingToWaitFor } from './pod-replacement';
import { podFromTemplate } from './pod-template';
import { isReady } from './pods';
import { recordEvent } from './recorder';
import { createForController, currentOf, deleteObject, referenceTo, removeFinalizer } from './writes';
import { trackingFinalizer } from '../api/labels';

/** The most pods that one reconciliation creates or deletes. */
const mostPodsAtOnce = 500;

/**
 * Creates or deletes pods until as many are active as the Job wants, never both in one reconciliation.
 *
 * @source pkg/controller/job/job_controller.go manageJob (v1.37)
 */
export function managePods(reconciliation: JobReconciliation): void {
  const { job: { spec }, active, status } = reconciliation;
  if (spec.suspend === true) {
    removePods(reconciliation, podsToRemove(spec, active, active.length));
    return;
  }
  const wanted = wantedPods(reconciliation);
  const surplus = podsToRemove(spec, active, Math.max(0, active.length - wanted));
  if (surplus.length > 0) {
    removePods(reconciliation, surplus.slice(0, mostPodsAtOnce));
    return;
  }
  const missing = wanted - terminatingToWaitFor(spec, status.terminating ?? 0) - active.length;
  if (missing > 0) addPods(reconciliation, Math.min(missing, mostPodsAtOnce));
}

/**
 * Deletes all active pods of a Job whose end is decided; they keep their finalizers until they are counted.
 *
 * @source pkg/controller/job/job_controller.go deleteActivePods (v1.37)
 */
export function deleteActivePods(reconciliation: JobReconciliation): void {
  for (const pod of reconciliation.active) deletePod(reconciliation, pod);
}

function wantedPods({ job: { spec }, succeeded, active }: JobReconciliation): number {
  const parallelism = spec.parallelism ?? 1;
  if (spec.completions === undefined) return succeeded > 0 ? active.length : parallelism;
  return Math.max(0, Math.min(parallelism, spec.completions - succeeded));
}

/** Deletes pods; their finalizers go first, so that they are never counted. */
function removePods(reconciliation: JobReconciliation, pods: readonly StoredPod[]): void {
  for (const pod of pods) deletePod(reconciliation, removeFinalizer(reconciliation.store, pod, trackingFinalizer));
}

function deletePod({ store, job, status }: JobReconciliation, pod: StoredPod): void {
  if (currentOf(store, pod) === undefined) return;
  const wasReady = isReady(pod);
  deleteObject(store, { reference: referenceTo(pod), propagationPolicy: 'Background' });
  recordEvent(store, 'job-controller', job, { type: 'Normal', reason: 'SuccessfulDelete', message: `Deleted pod: ${pod.metadata.name}` });
  status.active -= 1;
  status.terminating = (status.terminating ?? 0) + 1;
  if (wasReady) status.ready = (status.ready ?? 0) - 1;
}

function addPods(reconciliation: JobReconciliation, missing: number): void {
  const { store, job, pods, indexes, backoff } = reconciliation;
  const hasIndexLimit = job.spec.backoffLimitPerIndex !== undefined;
  const waitMs = hasIndexLimit ? 0 : remainingBackoffMs(backoff, store.now);
  if (waitMs > 0) return wait(reconciliation, waitMs);
  if (indexes === undefined) {
    addInBatches(reconciliation, missing, () => undefined);
    return undefined;
  }
  const pending = firstPendingIndexes(job.spec, pods, indexes, missing);
  const startable = hasIndexLimit ? startableIndexes(pending, indexes.delayed, store.now) : { indexes: pending, remainingMs: 0 };
  if (startable.remainingMs > 0) return wait(reconciliation, startable.remainingMs);
  addInBatches(reconciliation, startable.indexes.length, (place) => startable.indexes[place]);
  return undefined;
}

/**
 * Creates pods in batches of 1, 2, 4, 8 …; after a batch with a refusal the rest is left to a later reconciliation.
 *
 * @source pkg/controller/job/job_controller.go manageJob (v1.37)
 */
function addInBatches(reconciliation: JobReconciliation, count: number, indexAt: (place: number) => number | undefined): void {
  let begin = 0;
  for (let size = 1; begin < count && !reconciliation.isRefused; size *= 2) {
    for (let place = begin; place < Math.min(begin + size, count); place += 1) addPod(reconciliation, indexAt(place));
    begin += size;
  }
}

/** Looks at the Job again after a time, which is never shorter than that of gathering. */
function wait({ store, key }: JobReconciliation, milliseconds: number): void {
  store.timers.schedule('job', key, store.now + Math.max(milliseconds, store.options.batchMs));
}

function addPod(reconciliation: JobReconciliation, index?: number): void {
  const { store, job, indexes, status } = reconciliation;
  const pod = podFromTemplate(job, index, index === undefined ? undefined : indexes?.delayed.get(index));
  const { object, message = '' } = createForController(store, pod);
  if (object === undefined) {
    reconciliation.isRefused = true;
    recordEvent(store, 'job-controller', job, { type: 'Warning', reason: 'FailedCreate', message: `Error creating: ${message}` });
    return;
  }
  recordEvent(store, 'job-controller', job, { type: 'Normal', reason: 'SuccessfulCreate', message: `Created pod: ${object.metadata.name}` });
  status.active += 1;
}
