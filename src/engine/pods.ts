import { type StoredPod, hasFinalizer } from './objects';
import { isSidecar } from './pod-record';
import type { JobSpec, PodSpec } from '../api/kubernetes';
import { completionIndexAnnotation, trackingFinalizer } from '../api/labels';
import type { ContainerStatus, PodStatus } from '../api/pod-manifest';
import { type Instant, tryParseTime } from '../core/time';

/** Whether a pod has ended. */
export function isTerminal({ phase }: PodStatus): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}

/**
 * Whether a pod counts as active: it has not ended and is not being deleted.
 *
 * @source pkg/controller/controller_utils.go IsPodActive (v1.37)
 */
export function isActive({ metadata, status }: StoredPod): boolean {
  return !isTerminal(status) && metadata.deletionTimestamp === undefined;
}

/**
 * Whether a pod is being deleted and has not ended yet.
 *
 * @source pkg/controller/controller_utils.go IsPodTerminating (v1.37)
 */
export function isTerminating({ metadata, status }: StoredPod): boolean {
  return !isTerminal(status) && metadata.deletionTimestamp !== undefined;
}

/** Whether the condition Ready of a pod is True. */
export function isReady({ status }: StoredPod): boolean {
  return conditionOf(status, 'Ready')?.status === 'True';
}

/** Whether the Job controller has not counted this pod yet. */
export function isTracked({ metadata }: StoredPod): boolean {
  return hasFinalizer(metadata, trackingFinalizer);
}

/** The condition of a type, or undefined. */
export function conditionOf(status: PodStatus, type: string): NonNullable<PodStatus['conditions']>[number] | undefined {
  return status.conditions?.find((condition) => condition.type === type);
}

/** The index of a pod of an Indexed Job, or undefined if it has no valid one. */
export function completionIndexOf({ metadata }: StoredPod): number | undefined {
  const text = metadata.annotations?.[completionIndexAnnotation];
  return text !== undefined && /^\+?[0-9]+$/.test(text) ? Number(text) : undefined;
}

/**
 * Whether a pod counts as failed for its Job: see `podReplacementPolicy`.
 *
 * @source pkg/controller/job/job_controller.go isPodFailed (v1.37)
 */
export function isFailed({ metadata, status }: StoredPod, { podReplacementPolicy }: JobSpec): boolean {
  if (status.phase === 'Failed') return true;
  if (podReplacementPolicy === 'Failed') return false;
  return metadata.deletionTimestamp !== undefined && status.phase !== 'Succeeded';
}

/**
 * When a pod ended: when its last container or sidecar ended, if all have; else when it stopped being ready; else when its deletion began;
 * else when it was created.
 *
 * @source pkg/controller/job/backoff_utils.go getFinishedTime, getFinishTimeFromContainers (v1.37)
 */
export function finishTimeOf({ metadata, spec, status }: StoredPod): Instant {
  const end = lastEndOf(spec, status);
  if (end !== undefined) return end;
  const ready = conditionOf(status, 'Ready');
  const unreadySince = ready?.status === 'False' ? tryParseTime(ready.lastTransitionTime) : undefined;
  if (unreadySince !== undefined) return unreadySince;
  const deletion = tryParseTime(metadata.deletionTimestamp);
  if (deletion !== undefined) return deletion - (metadata.deletionGracePeriodSeconds ?? 0) * 1000;
  return tryParseTime(metadata.creationTimestamp) ?? 0;
}

/** When the last container or sidecar ended, if all have. */
function lastEndOf({ initContainers }: PodSpec, { containerStatuses = [], initContainerStatuses = [] }: PodStatus): Instant | undefined {
  const sidecars = initContainers?.filter(isSidecar) ?? [];
  const isOfSidecar = ({ name }: ContainerStatus): boolean => sidecars.some((sidecar) => sidecar.name === name);
  const ofSidecars = sidecars.length === 0 ? [] : initContainerStatuses.filter(isOfSidecar);
  let last: Instant | undefined;
  for (const statuses of [containerStatuses, ofSidecars]) {
    for (const { state } of statuses) {
      const end = tryParseTime(state.terminated?.finishedAt);
      if (end === undefined) return undefined;
      last = Math.max(last ?? end, end);
    }
  }
  return last;
}
