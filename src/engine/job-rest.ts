import { openPodsOf } from './claim-pods';
import type { StoredJob, StoredPod } from './objects';
import { isActive, isReady } from './pods';
import type { Store } from './store';
import type { JobSpec, JobStatus } from '../api/kubernetes';
import { matchesSelector } from '../api/selector';

/**
 * Whether there is nothing to do for a Job that stays as it is: no time, policy or index decides anything, it has the pods that it wants,
 * all of them are active, and its status says so.
 *
 * A shortcut of this engine: it looks at a Job some time after each change, and one of them is the status that it has just written.
 */
export function isJobAtRest(store: Store, job: StoredJob): boolean {
  const { metadata, spec, status } = job;
  if (metadata.deletionTimestamp !== undefined || !isPlain(spec) || isUnderway(status)) return false;
  if ((status.failed ?? 0) > (spec.backoffLimit ?? 6) || store.hasUncontrolledPods(metadata.namespace)) return false;
  const pods = openPodsOf(store, job);
  if (pods.length === 0 || pods.length !== wantedPods(spec, status.succeeded ?? 0) || pods.length !== status.active) return false;
  const isSteady = (pod: StoredPod): boolean => isActive(pod) && matchesSelector(spec.selector, pod.metadata.labels);
  return pods.every(isSteady) && pods.filter(isReady).length === status.ready;
}

function isPlain({ suspend, activeDeadlineSeconds, completionMode, podFailurePolicy, template }: JobSpec): boolean {
  if (suspend === true || activeDeadlineSeconds !== undefined || podFailurePolicy !== undefined) return false;
  return completionMode !== 'Indexed' && template.spec?.restartPolicy !== 'OnFailure';
}

/** Whether a Job has still to start, to count or to wait for pods, or has decided anything. */
function isUnderway({ startTime, terminating, conditions, uncountedTerminatedPods: uncounted }: JobStatus): boolean {
  if (startTime === undefined || terminating !== 0 || (conditions?.length ?? 0) > 0) return true;
  return (uncounted?.succeeded?.length ?? 0) + (uncounted?.failed?.length ?? 0) > 0;
}

function wantedPods({ parallelism = 1, completions }: JobSpec, succeeded: number): number | undefined {
  if (completions !== undefined) return Math.min(parallelism, completions - succeeded);
  return succeeded > 0 ? undefined : parallelism;
}
