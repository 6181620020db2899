import { forgetBackoff } from './backoff';
import { isFinished } from './conditions';
import { countPods } from './count-pods';
import { completionsReached, decideEnd } from './decide';
import { type JobSync, beginSync } from './job-sync';
import { deleteActivePods, managePods } from './manage-pods';
import type { StoredJob } from './objects';
import { recordEvent } from './recorder';
import type { Store } from './store';
import { noteSuspension } from './suspend';
import { formatTime } from '../core/time';

/** The controller name that stands for the built-in one. */
const ownController = 'kubernetes.io/job-controller';

/**
 * The Job controller for one Job: level-based, it looks at the Job and its pods as they are, never at what changed.
 *
 * It yields where it waits for the API server, so that others can act in between.
 *
 * @source pkg/controller/job/job_controller.go syncJob (v1.37)
 */
export function* reconcileJob(store: Store, key: string): Generator<undefined, boolean> {
  const job = store.get<StoredJob>(key);
  if (job === undefined || isFinished(job.status.conditions)) {
    forgetBackoff(store, key);
    return true;
  }
  if (!isManagedHere(job)) return true;
  if (hasUnknownMode(job)) {
    const message = 'Skipped Job sync because completion mode is unknown';
    recordEvent(store, 'job-controller', job, { type: 'Warning', reason: 'UnknownCompletionMode', message });
    return true;
  }
  const sync = beginSync(store, job);
  const before = { active: job.status.active ?? 0, ready: job.status.ready, terminating: job.status.terminating };
  start(sync);
  sync.verdict = decideEnd(sync);
  const isSuspensionNew = sync.verdict === undefined ? carryOn(sync) : stop(sync);
  const { active, ready, terminating } = sync.status;
  const isChanged = isSuspensionNew || active !== before.active || ready !== before.ready || terminating !== before.terminating;
  const isWritten = yield* countPods(sync, isChanged);
  return isWritten && !sync.isRefused;
}

/** Whether this controller looks after a Job; one that names another controller is left alone. */
export function isManagedHere({ spec }: StoredJob): boolean {
  return spec.managedBy === undefined || spec.managedBy === ownController;
}

/** Only a world that was fed without validation has such Jobs. */
function hasUnknownMode({ spec: { completionMode } }: StoredJob): boolean {
  return completionMode !== undefined && completionMode !== 'NonIndexed' && completionMode !== 'Indexed';
}

function start(sync: JobSync): void {
  const { store, job, status } = sync;
  if (status.startTime !== undefined || job.spec.suspend === true) return;
  status.startTime = formatTime(store.now);
  sync.startedAt = store.now;
}

function stop(sync: JobSync): boolean {
  deleteActivePods(sync);
  return false;
}

/** A Job that is being deleted makes no more pods and changes no conditions. */
function carryOn(sync: JobSync): boolean {
  const { job } = sync;
  const isManaged = job.metadata.deletionTimestamp === undefined;
  if (isManaged) managePods(sync);
  if (isComplete(sync)) {
    sync.verdict = completionsReached(sync);
    return false;
  }
  return isManaged && noteSuspension(sync);
}

function isComplete({ job: { spec }, status, succeeded }: JobSync): boolean {
  if (status.active > 0) return false;
  return spec.completions === undefined ? succeeded > 0 : succeeded >= spec.completions;
}
