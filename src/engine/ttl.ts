import { finishCondition } from './conditions';
import type { Controller } from './controller';
import type { StoredJob } from './objects';
import { isOf } from './store';
import { deleteObject, referenceTo } from './writes';
import { type Instant, tryParseTime } from '../core/time';
import { jobs } from '../port/resources';

/**
 * The controller that deletes finished Jobs when their `ttlSecondsAfterFinished` is over, their pods first.
 *
 * @source pkg/controller/ttlafterfinished/ttlafterfinished_controller.go Controller.processJob (v1.37)
 */
export const ttlController: Controller = {
  name: 'ttl',
  watches: [jobs],

  watch(change, _store, queue) {
    if (isOf(change, 'Job') && change.type !== 'DELETED' && expiryOf(change.object) !== undefined) queue.add('ttl', change.key);
  },

  reconcile(store, key) {
    const job = store.get<StoredJob>(key);
    const expiry = job === undefined ? undefined : expiryOf(job);
    if (job === undefined || expiry === undefined) return true;
    if (expiry > store.now) {
      store.timers.reschedule('ttl', key, expiry);
    } else {
      deleteObject(store, { reference: referenceTo(job), propagationPolicy: 'Foreground', uid: job.metadata.uid });
    }
    return true;
  },
};

/** When a Job is to be deleted; undefined if it is not finished, has no ttl, or is already being deleted. */
function expiryOf({ metadata, spec, status }: StoredJob): Instant | undefined {
  if (spec.ttlSecondsAfterFinished === undefined || metadata.deletionTimestamp !== undefined) return undefined;
  const finishedAt = tryParseTime(finishCondition(status.conditions)?.lastTransitionTime);
  return finishedAt === undefined ? undefined : finishedAt + spec.ttlSecondsAfterFinished * 1000;
}
