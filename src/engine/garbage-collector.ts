import type { Controller } from './controller';
import { type StoredObject, hasFinalizer, withOwners } from './objects';
import type { Store } from './store';
import { currentOf, deleteObject, referenceTo, removeFinalizer } from './writes';
import { foregroundFinalizer, orphanFinalizer } from '../api/labels';

/**
 * The controller that deletes, or orphans, the dependents of deleted objects.
 *
 * Unlike the real one it takes an owner in another namespace or of an unknown kind for absent only once it has seen it go.
 *
 * @source pkg/controller/garbagecollector/garbagecollector.go GarbageCollector (v1.37)
 */
export const garbageCollector: Controller<string> = {
  name: 'garbage-collector',

  watch({ type, object, before }, store, queue) {
    const { deletionTimestamp, uid, ownerReferences } = object.metadata;
    if (type === 'DELETED') {
      if (store.hasDependents(uid)) queue.add('garbage-collector', uid);
    } else if (deletionTimestamp !== undefined && needsCollector(object)) {
      queue.add('garbage-collector', uid);
    }
    // An owner that is being deleted in the foreground waits for this one.
    if (!store.isAnyGoing) return;
    const owners = type === 'DELETED' ? ownerReferences : before?.metadata.ownerReferences;
    for (const owner of owners ?? []) if (isWaiting(store, owner.uid)) queue.add('garbage-collector', owner.uid);
  },

  reconcile(store, uid) {
    const owner = store.getByUid(uid);
    const dependents = store.dependents(uid);
    if (owner === undefined) {
      for (const dependent of dependents) collect(store, dependent);
    } else if (hasFinalizer(owner.metadata, orphanFinalizer)) {
      for (const dependent of dependents) disown(store, dependent, uid);
      removeFinalizer(store, owner, orphanFinalizer);
    } else if (hasFinalizer(owner.metadata, foregroundFinalizer)) {
      deleteInForeground(store, owner, dependents);
    }
    return true;
  },
};

function needsCollector({ metadata }: StoredObject): boolean {
  return hasFinalizer(metadata, orphanFinalizer) || hasFinalizer(metadata, foregroundFinalizer);
}

function isWaiting(store: Store, uid: string): boolean {
  const owner = store.getByUid(uid);
  return owner?.metadata.deletionTimestamp !== undefined && needsCollector(owner);
}

/**
 * Deletes a dependent that no owner keeps; if an owner waits for it, its own dependents are deleted before it. With an owner that stays, it
 * only loses the references to the others.
 *
 * @source pkg/controller/garbagecollector/garbagecollector.go attemptToDeleteItem, classifyReferences (v1.37)
 */
function collect(store: Store, dependent: StoredObject): void {
  const { uid, deletionTimestamp, ownerReferences = [] } = dependent.metadata;
  if (deletionTimestamp !== undefined) return;
  const waiting = ownerReferences.filter((owner) => isGoingInForeground(store, owner.uid));
  const solid = ownerReferences.filter((owner) => !waiting.includes(owner) && store.getByUid(owner.uid) !== undefined);
  if (solid.length > 0) {
    store.replace({ ...dependent, metadata: withOwners(dependent.metadata, solid) });
    return;
  }
  const propagationPolicy = waiting.length > 0 && store.dependents(uid).length > 0 ? 'Foreground' : 'Background';
  deleteObject(store, { reference: referenceTo(dependent), propagationPolicy, uid });
}

function isGoingInForeground(store: Store, uid: string): boolean {
  const owner = store.getByUid(uid);
  return owner?.metadata.deletionTimestamp !== undefined && hasFinalizer(owner.metadata, foregroundFinalizer);
}

function deleteInForeground(store: Store, owner: StoredObject, dependents: readonly StoredObject[]): void {
  for (const dependent of dependents) collect(store, dependent);
  const isBlocked = store.dependents(owner.metadata.uid).some(({ metadata }) =>
    metadata.ownerReferences?.some(({ uid, blockOwnerDeletion }) => uid === owner.metadata.uid && blockOwnerDeletion === true) ?? false);
  if (isBlocked) return;
  const current = currentOf(store, owner);
  if (current !== undefined) removeFinalizer(store, current, foregroundFinalizer);
}

function disown(store: Store, dependent: StoredObject, ownerUid: string): void {
  const owners = (dependent.metadata.ownerReferences ?? []).filter(({ uid }) => uid !== ownerUid);
  store.replace({ ...dependent, metadata: withOwners(dependent.metadata, owners) });
}
