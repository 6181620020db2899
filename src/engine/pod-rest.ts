import type { PodRecord } from './memory';
import type { StoredPod } from './objects';
import { containerOf, isUnderWay } from './pod-record';
import { isReported } from './pod-reports';
import { hasProcesses } from './pod-status';
import { isTerminal } from './pods';
import type { Store } from './store';

/**
 * Whether there is nothing to do for a pod that stays as it is: what is known of it is reported, and it has ended, or all that it has are
 * regular containers that run and that no time ends.
 *
 * A shortcut of this engine: its kubelet looks at a pod at each change, and most of them are its own reports.
 */
export function isPodAtRest(store: Store, pod: StoredPod, record: PodRecord): boolean {
  const { metadata, spec, status } = pod;
  if (metadata.deletionTimestamp !== undefined || !isReported(store, pod, record)) return false;
  if (isTerminal(status)) return !hasProcesses(record);
  if (record.termination !== undefined || record.restartedBy !== undefined || spec.activeDeadlineSeconds !== undefined) return false;
  if (spec.initContainers !== undefined || spec.containers.length === 0) return false;
  return spec.containers.every(({ name }) => isUnderWay(containerOf(record, name)));
}
