import { isFinished } from './conditions';
import type { Controller } from './controller';
import { type StoredJob, type StoredPod, controllerOf } from './objects';
import { isManagedHere } from './reconcile-job';
import { removeFinalizer } from './writes';
import { isJob } from '../api/kinds';
import { trackingFinalizer } from '../api/labels';

/**
 * The controller that removes the tracking finalizer from pods that no unfinished Job will count.
 *
 * @source pkg/controller/job/job_controller.go syncOrphanPod (v1.37)
 */
export const orphanPodController: Controller = {
  name: 'orphan-pod',
  watches: [],

  watch() {
    // The Job controller sees these pods first and requests their release.
  },

  reconcile(store, key) {
    const pod = store.get<StoredPod>(key);
    if (pod === undefined) return true;
    const owner = controllerOf(pod.metadata);
    if (owner !== undefined && !isJob(owner)) return true;
    const job = owner === undefined ? undefined : store.getByUid<StoredJob>(owner.uid);
    const isCounted = job !== undefined && (!isManagedHere(job) || !isFinished(job.status.conditions));
    if (!isCounted) removeFinalizer(store, pod, trackingFinalizer);
    return true;
  },
};
