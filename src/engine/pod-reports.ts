import type { PodRecord } from './memory';
import type { StoredPod } from './objects';

/** The pod as it was when the status was written that follows from a record. */
const reported = new WeakMap<PodRecord, StoredPod>();

/** Notes that the status of a pod is what follows from a record. */
export function noteReport(pod: StoredPod, record: PodRecord): void {
  reported.set(record, pod);
}

/**
 * Whether the status of a pod is what follows from a record already: then it need not be made and compared again.
 *
 * Each status that the kubelet writes makes it look once more; nothing is new then in what a status depends on.
 */
export function isReported({ status, spec, metadata }: StoredPod, record: PodRecord): boolean {
  const before = reported.get(record);
  return before?.status === status && before.spec === spec
    && before.metadata.generation === metadata.generation && before.metadata.deletionTimestamp === metadata.deletionTimestamp;
}
