import type { PodRecord } from './memory';
import type { StoredPod } from './objects';
import type { Store } from './store';

/** Notes that the status of a pod is what follows from a record. */
export function noteReport(store: Store, pod: StoredPod, record: PodRecord): void {
  store.memory.reports.set(pod.metadata.uid, { pod, record });
}

/** Forgets a pod. */
export function forgetReport(store: Store, podUid: string): void {
  store.memory.reports.delete(podUid);
}

/**
 * Whether the status of a pod is what follows from a record already: then it need not be made and compared again.
 *
 * Each status that the kubelet writes makes it look once more; nothing is new then in what a status depends on.
 */
export function isReported(store: Store, { status, spec, metadata }: StoredPod, record: PodRecord): boolean {
  const report = store.memory.reports.get(metadata.uid);
  if (report?.record !== record || report.pod.status !== status || report.pod.spec !== spec) return false;
  const before = report.pod.metadata;
  return before.generation === metadata.generation && before.deletionTimestamp === metadata.deletionTimestamp;
}
