import { isEqual, isEqualBut } from './equal';
import type { KeyedListsDraft } from './keyed-lists';
import { type ObjectKey, collectionOf, objectKey } from './keys';
import { type MemoryDraft, editMemory, freezeMemory } from './memory';
import { ObjectListsDraft } from './object-lists';
import type { StoredKinds, StoredMetadata, StoredObject, Writable } from './objects';
import { Random } from './random';
import type { TableDraft } from './table';
import { TimerDraft } from './timer-queue';
import { withParts } from './usual-forms';
import { versionText } from './version-text';
import { type ChangedAction, type EngineAction, isChangeOf, type ObjectEntry, type World, type WorldOptions } from './world';
import type { Instant } from '../core/time';
import { WaitingLine } from '../core/waiting-line';
import type { KubernetesObject, Resource } from '../port/cluster-port';
import { tryFindResource } from '../port/resources';

/** A change of one object, as a watch reports it. */
export interface StoreChange<Target extends StoredObject = StoredObject> extends ChangedAction {
  readonly key: ObjectKey;
  readonly object: Target;
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
  private readonly entries: TableDraft<string, ObjectEntry>;
  private readonly lists: ObjectListsDraft;
  private readonly changes = new WaitingLine<StoreChange>();
  private version: number;
  private going: number;

  public constructor(world: World) {
    this.options = world.options;
    this.timers = new TimerDraft(world.timers);
    this.memory = editMemory(world.memory);
    this.objects = world.objects.edit();
    this.entries = world.entries.edit();
    this.lists = new ObjectListsDraft(world.lists);
    this.random = new Random(world.random);
    this.version = world.version;
    this.going = world.going;
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

  /** The key of the object with a uid, or undefined. */
  public keyOfUid(uid: string): ObjectKey | undefined {
    return this.entries.get(uid)?.key;
  }

  /** The object with a uid, or undefined. */
  public getByUid<Target = StoredObject>(uid: string): Target | undefined {
    const entry = this.entries.get(uid);
    return entry === undefined ? undefined : this.get<Target>(entry.key);
  }

  /** The key of an object. */
  public keyOf(object: StoredObject): ObjectKey {
    return this.entryOf(object).key;
  }

  /** All objects of a resource in the order of creation. */
  public list<Target = StoredObject>(resource: Resource): readonly Target[] {
    return this.objectsIn(this.lists.resource, collectionOf(resource));
  }

  /** All objects that name an owner, in the order of creation. */
  public dependents<Target = StoredObject>(ownerUid: string): readonly Target[] {
    return this.objectsIn(this.lists.owner, ownerUid);
  }

  /** Whether any object names an owner. */
  public hasDependents(ownerUid: string): boolean {
    return this.lists.owner.has(ownerUid);
  }

  /** The pods of a Job that it has to look at, in the order of creation. */
  public openPods<Target = StoredObject>(jobUid: string): readonly Target[] {
    return this.objectsIn(this.lists.open, jobUid);
  }

  /** Whether there are pods in a namespace that nothing controls. */
  public hasUncontrolledPods(namespace: string): boolean {
    return this.lists.uncontrolled.has(namespace);
  }

  /** The pods of a namespace that nothing controls, in the order of creation. */
  public uncontrolledPods<Target = StoredObject>(namespace: string): readonly Target[] {
    return this.objectsIn(this.lists.uncontrolled, namespace);
  }

  /** Whether any object is being deleted. */
  public get isAnyGoing(): boolean {
    return this.going > 0;
  }

  /** The resource version of an object that is added next. */
  public nextVersion(): string {
    this.version += 1;
    return versionText(this.version);
  }

  /** Adds a new object under its key; it must have a name, a uid and the next resource version. */
  public add(object: StoredObject, key: ObjectKey): StoredObject {
    const { metadata } = object;
    const resource = resourceOf(object);
    this.objects.set(key, object);
    this.entries.set(metadata.uid, { key, resource, metadata });
    this.lists.add(object, resource, key, this.version);
    this.record({ action: 'changed', type: 'ADDED', resource, key, object });
    return object;
  }

  /** Replaces an object by its new form, which is kept and not copied; nothing happens when they are equal. */
  public replace<Target extends StoredObject>(object: Target): Target {
    const entry = this.entryOf(object);
    const before = this.get<Target>(entry.key);
    return before === undefined || isSame(before, object) ? before ?? object : this.write(object, before, entry);
  }

  /** As `replace`, by a form that differs in the status. */
  public replaceStatus<Target extends StoredObject>(object: Target, status: Target['status']): Target {
    const entry = this.entryOf(object);
    const isCurrent = this.get(entry.key) === object;
    if (isCurrent && isEqual(object.status, status)) return object;
    const changed = withParts(object, { status } as Pick<Target, 'status'>);
    return isCurrent ? this.write(changed, object, entry) : this.replace(changed);
  }

  /** Removes an object. */
  public remove(object: StoredObject): void {
    const { key, resource, metadata } = this.entryOf(object);
    const last = withParts(this.get(key) ?? object, { metadata: this.nextVersionOf(object.kind, metadata) });
    this.objects.delete(key);
    this.entries.delete(last.metadata.uid);
    this.lists.remove(last, resource, key);
    if (isGoing(last)) this.going -= 1;
    this.record({ action: 'changed', type: 'DELETED', resource, key, object: last });
  }

  /** The oldest change that no controller has seen yet, or undefined. */
  public takeChange(): StoreChange | undefined {
    return this.changes.take();
  }

  /** A random text of some length, from an alphabet. */
  public text(alphabet: string, length: number): string {
    return this.random.text(alphabet, length);
  }

  /** A new uid. */
  public uid(): string {
    return this.random.uid();
  }

  /** The world as it is now; later steps leave it alone. */
  public freeze(): World {
    return {
      options: this.options,
      random: this.random.state,
      version: this.version,
      going: this.going,
      objects: this.objects.freeze(),
      entries: this.entries.freeze(),
      lists: this.lists.freeze(),
      timers: this.timers.freeze(),
      memory: freezeMemory(this.memory),
    };
  }

  /** What is known of an object; of one that is gone, what can be said of it. */
  private entryOf(object: StoredObject): ObjectEntry {
    const { metadata } = object;
    const known = this.entries.get(metadata.uid);
    if (known !== undefined) return known;
    const resource = resourceOf(object);
    return { key: objectKey(resource, metadata.namespace, metadata.name), resource, metadata };
  }

  private write<Target extends StoredObject>(object: Target, before: Target, { key, resource, metadata }: ObjectEntry): Target {
    const stored: Writable<Target> = object;
    const hasSameMetadata = object.metadata === before.metadata;
    if (!hasSameMetadata) this.entries.set(before.metadata.uid, { key, resource, metadata: object.metadata });
    stored.metadata = this.nextVersionOf(object.kind, hasSameMetadata ? metadata : object.metadata);
    this.lists.move(before, stored, resource, key);
    this.objects.set(key, stored);
    if (isGoing(stored) !== isGoing(before)) this.going += isGoing(stored) ? 1 : -1;
    this.record({ action: 'changed', type: 'MODIFIED', resource, key, object: stored, before });
    return stored;
  }

  private record(change: StoreChange): void {
    this.changes.add(change);
    this.actions.push(change);
  }

  /** A copy of metadata in the next version; never of such a copy, for what `withParts` says of copies of copies. */
  private nextVersionOf(kind: string, metadata: StoredMetadata): StoredMetadata {
    const copy = copyMetadata[kind] ?? copyOthers;
    const next = copy(metadata);
    // A literal that spreads a field and gives it again takes twice as long, and each write comes by here.
    next.resourceVersion = this.nextVersion();
    return next;
  }

  private objectsIn<Target>(lists: KeyedListsDraft, name: string): readonly Target[] {
    // What goes leaves its lists, so that each of them is there.
    return lists.keysOf(name).map((key) => this.get(key) as Target);
  }
}

type CopyMetadata = (metadata: StoredMetadata) => Writable<StoredMetadata>;

/** Copies metadata, for each kind in a place of its own: V8 copies objects fast only where it has met few forms of them. */
const copyMetadata: Readonly<Record<string, CopyMetadata>> = {
  CronJob: (metadata) => ({ ...metadata }),
  Event: (metadata) => ({ ...metadata }),
  Job: (metadata) => ({ ...metadata }),
  Pod: (metadata) => ({ ...metadata }),
};

const copyOthers: CopyMetadata = (metadata) => ({ ...metadata });

/** Whether a change is about an object of a kind. */
export function isOf<Kind extends keyof StoredKinds>(
  change: StoreChange, kind: Kind,
): change is StoreChange<StoredKinds[Kind] & StoredObject> {
  return isChangeOf(change, kind);
}

/** The resource of an object; an unknown kind gets one derived from its name. */
export function resourceOf({ apiVersion, kind }: Pick<KubernetesObject, 'apiVersion' | 'kind'>): Resource {
  return tryFindResource(apiVersion, kind)
    ?? { apiVersion: apiVersion ?? 'v1', kind: kind ?? '', plural: `${(kind ?? '').toLowerCase()}s`, namespaced: true };
}

function isGoing({ metadata }: StoredObject): boolean {
  return metadata.deletionTimestamp !== undefined;
}

/** Whether two forms of an object are equal but for the resource version. */
function isSame(one: StoredObject, other: StoredObject): boolean {
  return isEqualBut(one, other, 'metadata') && isEqualBut(one.metadata, other.metadata, 'resourceVersion');
}
