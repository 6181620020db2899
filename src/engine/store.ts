import { isEqualBut } from './equal';
import { type ListKey, type ObjectKey, collectionOf, objectKey } from './keys';
import { type MemoryDraft, editMemory, freezeMemory } from './memory';
import { type StoredKinds, type StoredMetadata, type StoredObject, type Writable, controllerOf, isOfKind } from './objects';
import { isTerminal, isTracked } from './pods';
import { Random } from './random';
import { Table, type TableDraft } from './table';
import { TimerDraft } from './timer-queue';
import type { EngineAction, World, WorldOptions } from './world';
import { controllerUidLabel } from '../api/labels';
import type { Instant } from '../core/time';
import type { KubernetesObject, Resource } from '../port/cluster-port';
import { cronJobs, events, jobs, pods, tryFindResource } from '../port/resources';

/** A change of one object, as a watch reports it. */
export interface StoreChange<Target extends StoredObject = StoredObject> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly resource: Resource;
  readonly key: ObjectKey;
  /** The new form; for DELETED the last one. */
  readonly object: Target;
  /** The form before, for MODIFIED. */
  readonly before?: Target;
}

/**
 * A world during its steps: it takes writes, records the changes for controllers and watchers, and becomes the next world.
 *
 * @source staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go Store (v1.37)
 */
export class Store {
  public readonly options: Required<WorldOptions>;
  /** What this step leads to outside, in order. */
  public actions: EngineAction[] = [];
  /** The time of this step. */
  public now: Instant = 0;
  public readonly timers: TimerDraft;
  public readonly memory: MemoryDraft;
  private readonly random: Random;
  private readonly objects: TableDraft<ObjectKey, StoredObject>;
  private readonly uids: TableDraft<string, ObjectKey>;
  private readonly lists: TableDraft<ListKey, Table<ObjectKey, number>>;
  private readonly listDrafts = new Map<ListKey, TableDraft<ObjectKey, number>>();
  private readonly changes: StoreChange[] = [];
  private version: number;

  public constructor(world: World) {
    this.options = world.options;
    this.timers = new TimerDraft(world.timers);
    this.memory = editMemory(world.memory);
    this.objects = world.objects.edit();
    this.uids = world.uids.edit();
    this.lists = world.lists.edit();
    this.random = new Random(world.random);
    this.version = world.version;
  }

  /** Begins the next step. */
  public begin(now: Instant): void {
    this.now = now;
    this.actions = [];
  }

  /** The object with a key, as the type that the caller expects, or undefined. */
  public get<Target = StoredObject>(key: ObjectKey): Target | undefined {
    return this.objects.get(key) as Target | undefined;
  }

  /** The object with a uid, or undefined. */
  public getByUid<Target = StoredObject>(uid: string): Target | undefined {
    const key = this.uids.get(uid);
    return key === undefined ? undefined : this.get<Target>(key);
  }

  /** The key of an object. */
  public keyOf(object: StoredObject): ObjectKey {
    const { uid, namespace, name } = object.metadata;
    // Of an object that is there it is known, and one text is found faster than one more that is equal.
    return this.uids.get(uid) ?? objectKey(resourceOf(object), namespace, name);
  }

  /** All objects of a resource in the order of creation. */
  public list<Target = StoredObject>(resource: Resource): readonly Target[] {
    return this.sorted(`resource ${collectionOf(resource)}`);
  }

  /** All objects that name an owner, in the order of creation. */
  public dependents<Target = StoredObject>(ownerUid: string): readonly Target[] {
    return this.sorted(`owner ${ownerUid}`);
  }

  /** Whether any object names an owner. */
  public hasDependents(ownerUid: string): boolean {
    const list: ListKey = `owner ${ownerUid}`;
    return this.listDrafts.has(list) || this.lists.get(list) !== undefined;
  }

  /**
   * The pods of a Job that it has to look at, in the order of creation: all but those that have ended, are counted, and stay as they are.
   *
   * A Job of ten thousand completions has thousands of the others; looking at them each time would make it quadratic.
   */
  public openPods<Target = StoredObject>(jobUid: string): readonly Target[] {
    return this.sorted(`open ${jobUid}`);
  }

  /** The pods of a namespace that nothing controls, in the order of creation. */
  public uncontrolledPods<Target = StoredObject>(namespace: string): readonly Target[] {
    return this.sorted(`uncontrolled ${namespace}`);
  }

  /** The resource version of an object that is added next. */
  public nextVersion(): string {
    this.version += 1;
    return String(this.version);
  }

  /** Adds a new object; it must have a name, a uid and the next resource version. */
  public add(object: StoredObject): StoredObject {
    const resource = resourceOf(object);
    const { metadata: { uid, namespace, name } } = object;
    const key = objectKey(resource, namespace, name);
    const place = this.version;
    this.objects.set(key, object);
    this.listDraftOf(`resource ${collectionOf(resource)}`).set(key, place);
    this.uids.set(uid, key);
    for (const list of ownershipLists(object)) this.listDraftOf(list).set(key, place);
    this.record({ type: 'ADDED', resource, key, object });
    return object;
  }

  /** Replaces an object by its new form, which is kept and not copied; nothing happens when they are equal. */
  public replace<Target extends StoredObject>(object: Target): Target {
    const key = this.keyOf(object);
    const before = this.get<Target>(key);
    if (before === undefined || isSame(before, object)) return before ?? object;
    const resource = resourceOf(object);
    const stored: Writable<Target> = object;
    stored.metadata = this.versioned(object.metadata);
    this.moveBetweenLists(before, stored, key, resource);
    this.objects.set(key, stored);
    this.record({ type: 'MODIFIED', resource, key, object: stored, before });
    return stored;
  }

  /** Removes an object. */
  public remove(object: StoredObject): void {
    const key = this.keyOf(object);
    const known = this.get(key) ?? object;
    const last = { ...known, metadata: this.versioned(known.metadata) };
    const resource = resourceOf(object);
    this.objects.delete(key);
    this.leave(`resource ${collectionOf(resource)}`, key);
    this.uids.delete(last.metadata.uid);
    for (const list of ownershipLists(last)) this.leave(list, key);
    this.record({ type: 'DELETED', resource, key, object: last });
  }

  /** The oldest change that no controller has seen yet, or undefined. */
  public takeChange(): StoreChange | undefined {
    return this.changes.shift();
  }

  /** A random text of some length, from an alphabet. */
  public text(alphabet: string, length: number): string {
    return this.random.text(alphabet, length);
  }

  /** The world as it is now; later steps leave it alone. */
  public freeze(): World {
    for (const [list, draft] of this.listDrafts) this.lists.set(list, draft.freeze());
    this.listDrafts.clear();
    return {
      options: this.options,
      random: this.random.state,
      version: this.version,
      objects: this.objects.freeze(),
      uids: this.uids.freeze(),
      lists: this.lists.freeze(),
      timers: this.timers.freeze(),
      memory: freezeMemory(this.memory),
    };
  }

  private moveBetweenLists(before: StoredObject, after: StoredObject, key: ObjectKey, resource: Resource): void {
    const hasSameOwners = before.metadata.ownerReferences === after.metadata.ownerReferences;
    if (hasSameOwners && isSettled(before) === isSettled(after)) return;
    const [left, entered] = [ownershipLists(before), ownershipLists(after)];
    const place = this.listDraftOf(`resource ${collectionOf(resource)}`).get(key) ?? this.version;
    for (const list of left) this.leave(list, key);
    for (const list of entered) this.listDraftOf(list).set(key, place);
  }

  private record(change: StoreChange): void {
    this.changes.push(change);
    this.actions.push({ action: 'changed', type: change.type, resource: change.resource, object: change.object });
  }

  private versioned(metadata: StoredMetadata): StoredMetadata {
    return { ...metadata, resourceVersion: this.nextVersion() };
  }

  private sorted<Target>(list: ListKey): readonly Target[] {
    const objects: Target[] = [];
    for (const [key] of inOrder([...this.listOf(list)])) {
      const object = this.get<Target>(key);
      if (object !== undefined) objects.push(object);
    }
    return objects;
  }

  private listOf(list: ListKey): Iterable<readonly [ObjectKey, number]> {
    return this.listDrafts.get(list)?.entries() ?? this.lists.get(list)?.entries() ?? [];
  }

  /** Takes a key out of a list; one that is empty is gone. */
  private leave(list: ListKey, key: ObjectKey): void {
    const draft = this.listDraftOf(list);
    draft.delete(key);
    if (!draft.isEmpty) return;
    this.listDrafts.delete(list);
    this.lists.delete(list);
  }

  private listDraftOf(list: ListKey): TableDraft<ObjectKey, number> {
    const known = this.listDrafts.get(list);
    if (known !== undefined) return known;
    const draft = (this.lists.get(list) ?? Table.empty<ObjectKey, number>()).edit();
    this.listDrafts.set(list, draft);
    return draft;
  }
}

/** The lists that an object is in because of its owners, or because it has none. */
function ownershipLists(object: StoredObject): readonly ListKey[] {
  const { metadata } = object;
  const owners = (metadata.ownerReferences ?? []).map(({ uid }): ListKey => `owner ${uid}`);
  if (!isOfKind(object, 'Pod')) return owners;
  const controller = controllerOf(metadata);
  if (controller === undefined) return [...owners, `uncontrolled ${metadata.namespace}`];
  return isSettled(object) ? owners : [...owners, `open ${controller.uid}`];
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

/** The places of objects in the order of creation; most lists are in it already. */
function inOrder(places: ReadonlyArray<readonly [ObjectKey, number]>): ReadonlyArray<readonly [ObjectKey, number]> {
  const isInOrder = places.every(([, place], position) => position === 0 || (places[position - 1]?.[1] ?? 0) < place);
  return isInOrder ? places : [...places].sort(([, one], [, other]) => one - other);
}

/** Whether a change is about an object of a kind. */
export function isOf<Kind extends keyof StoredKinds>(change: StoreChange, kind: Kind): change is StoreChange<StoredKinds[Kind] & StoredObject> {
  return change.resource === resourceOfKind[kind];
}

const resourceOfKind: Readonly<Record<keyof StoredKinds, Resource>> = { CronJob: cronJobs, Event: events, Job: jobs, Pod: pods };

/** The resource of an object; an unknown kind gets one derived from its name. */
export function resourceOf({ apiVersion, kind }: Pick<KubernetesObject, 'apiVersion' | 'kind'>): Resource {
  return tryFindResource(apiVersion, kind)
    ?? { apiVersion: apiVersion ?? 'v1', kind: kind ?? '', plural: `${(kind ?? '').toLowerCase()}s`, namespaced: true };
}

/** Whether two forms of an object are equal but for the resource version. */
function isSame(one: StoredObject, other: StoredObject): boolean {
  return isEqualBut(one, other, 'metadata') && isEqualBut(one.metadata, other.metadata, 'resourceVersion');
}
