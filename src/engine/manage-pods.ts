import { createForController, currentOf, deleteObject, referenceTo, removeFinalizer } from './api-server';
import { remainingBackoffMs } from './backoff';
import { firstPendingIndexes, startableIndexes } from './indexes';
import type { JobSync } from './job-sync';
import type { StoredPod } from './objects';
import { podsToRemove } from './pod-removal';
import { terminatingToWaitFor } from './pod-replacement';
import { podFromTemplate } from './pod-template';
import { isReady, trackingFinalizer } from './pods';
import { recordEvent } from './recorder';

/** The most pods that one sync makes or deletes. */
const mostPodsPerSync = 500;

/** A Job that waits for its next pod is looked at again after this long at least. */
const batchMs = 1000;

/**
 * Makes or deletes pods until as many are active as the Job wants, never both in one sync.
 *
 * @source pkg/controller/job/job_controller.go manageJob (v1.37)
 */
export function managePods(sync: JobSync): void {
  const { job: { spec }, active, status } = sync;
  if (spec.suspend === true) {
    removePods(sync, podsToRemove(spec, active, active.length));
    return;
  }
  const wanted = wantedPods(sync);
  const surplus = podsToRemove(spec, active, Math.max(0, active.length - wanted));
  if (surplus.length > 0) {
    removePods(sync, surplus.slice(0, mostPodsPerSync));
    return;
  }
  const missing = wanted - terminatingToWaitFor(spec, status.terminating ?? 0) - active.length;
  if (missing > 0) addPods(sync, Math.min(missing, mostPodsPerSync));
}

/**
 * Deletes all active pods of a Job whose end is decided; they keep their finalizer until they are counted.
 *
 * @source pkg/controller/job/job_controller.go deleteActivePods (v1.37)
 */
export function deleteActivePods(sync: JobSync): void {
  for (const pod of sync.active) deletePod(sync, pod);
}

function wantedPods({ job: { spec }, succeeded, active }: JobSync): number {
  const parallelism = spec.parallelism ?? 1;
  if (spec.completions === undefined) return succeeded > 0 ? active.length : parallelism;
  return Math.max(0, Math.min(parallelism, spec.completions - succeeded));
}

/** The finalizer goes first, so that these pods are never counted. */
function removePods(sync: JobSync, pods: readonly StoredPod[]): void {
  for (const pod of pods) deletePod(sync, removeFinalizer(sync.store, pod, trackingFinalizer));
}

function deletePod({ store, job, status }: JobSync, pod: StoredPod): void {
  if (currentOf(store, pod) === undefined) return;
  const wasReady = isReady(pod);
  deleteObject(store, { reference: referenceTo(pod), propagationPolicy: 'Background' });
  recordEvent(store, 'job-controller', job, { type: 'Normal', reason: 'SuccessfulDelete', message: `Deleted pod: ${pod.metadata.name}` });
  status.active -= 1;
  status.terminating = (status.terminating ?? 0) + 1;
  if (wasReady) status.ready = (status.ready ?? 0) - 1;
}

function addPods(sync: JobSync, missing: number): void {
  const { store, job, pods, indexes, backoff } = sync;
  const hasIndexLimit = job.spec.backoffLimitPerIndex !== undefined;
  const waitMs = hasIndexLimit ? 0 : remainingBackoffMs(backoff, store.now);
  if (waitMs > 0) return wait(sync, waitMs);
  if (indexes === undefined) {
    addInBatches(sync, Array.from({ length: missing }, () => undefined));
    return undefined;
  }
  const pending = firstPendingIndexes(job.spec, pods, indexes, missing);
  const startable = hasIndexLimit ? startableIndexes(pending, indexes.delayed, store.now) : { indexes: pending, remainingMs: 0 };
  if (startable.remainingMs > 0) return wait(sync, startable.remainingMs);
  addInBatches(sync, startable.indexes);
  return undefined;
}

/**
 * Makes pods 1, 2, 4, 8 … at a time; after a batch with a refusal the rest is left to a later sync.
 *
 * @source pkg/controller/job/job_controller.go manageJob (v1.37)
 */
function addInBatches(sync: JobSync, indexes: readonly (number | undefined)[]): void {
  let begin = 0;
  for (let size = 1; begin < indexes.length && !sync.isRefused; size *= 2) {
    for (const index of indexes.slice(begin, begin + size)) addPod(sync, index);
    begin += size;
  }
}

function wait({ store, key }: JobSync, milliseconds: number): void {
  store.timers.schedule(key, store.now + Math.max(milliseconds, batchMs));
}

function addPod(sync: JobSync, index?: number): void {
  const { store, job, indexes, status } = sync;
  const pod = podFromTemplate(job, index, index === undefined ? undefined : indexes?.delayed.get(index));
  const { object, message = '' } = createForController(store, pod);
  if (object === undefined) {
    sync.isRefused = true;
    recordEvent(store, 'job-controller', job, { type: 'Warning', reason: 'FailedCreate', message: `Error creating: ${message}` });
    return;
  }
  recordEvent(store, 'job-controller', job, { type: 'Normal', reason: 'SuccessfulCreate', message: `Created pod: ${object.metadata?.name ?? ''}` });
  status.active += 1;
}
