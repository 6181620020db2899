import { type StoredJob, type StoredPod, controllerOf, withFinalizers, withOwners } from './objects';
import type { Store } from './store';
import { currentOf, removeIfFreed } from './writes';
import { isPod } from '../api/kinds';
import { trackingFinalizer } from '../api/labels';
import { matchesSelector } from '../api/selector';
import { jobs } from '../port/resources';

/**
 * The pods that a Job has to look at, in the order of their creation: not those that have ended and are counted. A pod that its selector no
 * longer matches is released; a pod that it matches and that has no controller is adopted.
 *
 * @source pkg/controller/job/job_controller.go getPodsForJob; pkg/controller/controller_ref_manager.go ClaimObject (v1.37)
 */
export function claimPods(store: Store, job: StoredJob): readonly StoredPod[] {
  const { metadata: { uid, namespace, deletionTimestamp }, spec: { selector } } = job;
  const isGoing = deletionTimestamp !== undefined;
  const isMatch = ({ metadata: { labels } }: StoredPod): boolean => matchesSelector(selector, labels);
  const open = openPodsOf(store, job);
  const kept = open.every(isMatch) ? open : open.filter(isMatch);
  if (isGoing) return kept;
  if (kept !== open) for (const pod of open) if (!isMatch(pod)) release(store, pod, uid);
  if (!store.hasUncontrolledPods(namespace)) return kept;
  const found = store.uncontrolledPods<StoredPod>(namespace).filter((pod) => pod.metadata.deletionTimestamp === undefined && isMatch(pod));
  return [...kept, ...found.map((pod) => adopt(store, pod, job))];
}

/** The pods that a Job controls and has to look at, in the order of their creation. */
export function openPodsOf(store: Store, { metadata: { uid } }: StoredJob): readonly StoredPod[] {
  return store.openPods<StoredPod>(uid);
}

/** All pods that a Job controls, in the order of their creation. */
export function podsOf(store: Store, job: StoredJob): readonly StoredPod[] {
  return store.dependents<StoredPod>(job.metadata.uid).filter((pod) =>
    isPod(pod) && (pod.metadata.ownerReferences?.some(({ uid, controller }) => controller === true && uid === job.metadata.uid) ?? false));
}

/**
 * The Jobs that may adopt a pod; none if it has a controller.
 *
 * @source pkg/controller/job/job_controller.go getPodJobs (v1.37)
 */
export function adoptersOf(store: Store, { metadata }: StoredPod): readonly StoredJob[] {
  if (controllerOf(metadata) !== undefined) return [];
  return store.list<StoredJob>(jobs).filter((job) =>
    job.metadata.namespace === metadata.namespace && matchesSelector(job.spec.selector, metadata.labels));
}

/** Removes the owner and the finalizer of a pod in one write. */
function release(store: Store, pod: StoredPod, ownerUid: string): void {
  const owners = (pod.metadata.ownerReferences ?? []).filter(({ uid }) => uid !== ownerUid);
  const finalizers = (pod.metadata.finalizers ?? []).filter((name) => name !== trackingFinalizer);
  removeIfFreed(store, store.replace({ ...pod, metadata: withFinalizers(withOwners(pod.metadata, owners), finalizers) }));
}

function adopt(store: Store, pod: StoredPod, { metadata: { name, uid } }: StoredJob): StoredPod {
  const owner = { apiVersion: 'batch/v1', kind: 'Job', name, uid, controller: true, blockOwnerDeletion: true };
  const { ownerReferences = [], finalizers = [] } = pod.metadata;
  const tracked = finalizers.includes(trackingFinalizer) ? finalizers : [...finalizers, trackingFinalizer];
  store.replace({ ...pod, metadata: withFinalizers(withOwners(pod.metadata, [...ownerReferences, owner]), tracked) });
  return currentOf(store, pod) ?? pod;
}
