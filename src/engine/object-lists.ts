import { type KeyedLists, KeyedListsDraft } from './keyed-lists';
import { type ObjectKey, collectionOf } from './keys';
import { type StoredObject, controllerOf, isOfKind } from './objects';
import { isTerminal, isTracked } from './pods';
import { Table } from './table';
import { controllerUidLabel } from '../api/labels';
import type { Resource } from '../port/cluster-port';

/** The lists of objects that controllers ask for. */
export interface ObjectLists {
  /** The objects of a resource, by its collection. */
  readonly resource: KeyedLists;
  /** The objects that name an owner, by its uid. */
  readonly owner: KeyedLists;
  /**
   * The pods that a Job has to look at, by its uid: all but those that have ended, are counted, and stay as they are.
   *
   * A Job of ten thousand completions has thousands of the others; looking at them each time would make it quadratic.
   */
  readonly open: KeyedLists;
  /** The pods that nothing controls, by namespace. */
  readonly uncontrolled: KeyedLists;
}

/** No objects. */
export const noLists: ObjectLists = { resource: Table.empty(), owner: Table.empty(), open: Table.empty(), uncontrolled: Table.empty() };

/** The lists of objects being changed. */
export class ObjectListsDraft {
  public readonly resource: KeyedListsDraft;
  public readonly owner: KeyedListsDraft;
  public readonly open: KeyedListsDraft;
  public readonly uncontrolled: KeyedListsDraft;

  public constructor({ resource, owner, open, uncontrolled }: ObjectLists) {
    this.resource = new KeyedListsDraft(resource);
    this.owner = new KeyedListsDraft(owner);
    this.open = new KeyedListsDraft(open);
    this.uncontrolled = new KeyedListsDraft(uncontrolled);
  }

  /** Puts a new object into its lists. */
  public add(object: StoredObject, resource: Resource, key: ObjectKey, place: number): void {
    this.resource.enter(collectionOf(resource), key, place);
    this.enterOwners(object, key, place);
    this.enterController(object, key, place);
  }

  /** Moves an object to the lists that its new form belongs into. */
  public move(before: StoredObject, after: StoredObject, resource: Resource, key: ObjectKey): void {
    const hasSameOwners = before.metadata.ownerReferences === after.metadata.ownerReferences;
    if (hasSameOwners && isSettled(before) === isSettled(after)) return;
    const place = this.resource.placeOf(collectionOf(resource), key);
    if (!hasSameOwners) this.leaveOwners(before, key);
    this.leaveController(before, key);
    if (place === undefined) return;
    if (!hasSameOwners) this.enterOwners(after, key, place);
    this.enterController(after, key, place);
  }

  /** Takes an object out of its lists. */
  public remove(object: StoredObject, resource: Resource, key: ObjectKey): void {
    this.resource.leave(collectionOf(resource), key);
    this.leaveOwners(object, key);
    this.leaveController(object, key);
  }

  /** The lists as they are now; changes of the draft that come later leave them alone. */
  public freeze(): ObjectLists {
    const { resource, owner, open, uncontrolled } = this;
    return { resource: resource.freeze(), owner: owner.freeze(), open: open.freeze(), uncontrolled: uncontrolled.freeze() };
  }

  private enterOwners({ metadata: { ownerReferences = [] } }: StoredObject, key: ObjectKey, place: number): void {
    for (const { uid } of ownerReferences) this.owner.enter(uid, key, place);
  }

  private leaveOwners({ metadata: { ownerReferences = [] } }: StoredObject, key: ObjectKey): void {
    for (const { uid } of ownerReferences) this.owner.leave(uid, key);
  }

  /** Puts a pod into the list of its controller, or of those that have none. */
  private enterController(object: StoredObject, key: ObjectKey, place: number): void {
    if (!isOfKind(object, 'Pod')) return;
    const controller = controllerOf(object.metadata);
    if (controller === undefined) this.uncontrolled.enter(object.metadata.namespace, key, place);
    else if (!isSettled(object)) this.open.enter(controller.uid, key, place);
  }

  private leaveController(object: StoredObject, key: ObjectKey): void {
    if (!isOfKind(object, 'Pod')) return;
    const controller = controllerOf(object.metadata);
    if (controller === undefined) this.uncontrolled.leave(object.metadata.namespace, key);
    else this.open.leave(controller.uid, key);
  }
}

/**
 * Whether an object is a pod that its Job is done with: it has ended, is counted, is not being deleted, and has the label that the selector
 * asks for.
 */
function isSettled(object: StoredObject): boolean {
  if (!isOfKind(object, 'Pod') || !isTerminal(object.status) || isTracked(object)) return false;
  const { deletionTimestamp, labels } = object.metadata;
  return deletionTimestamp === undefined && labels?.[controllerUidLabel] === controllerOf(object.metadata)?.uid;
}
