import { isEqual } from './equal';
import { type StoredObject, controllerOf } from './objects';
import { Random } from './random';
import { Table, type TableDraft } from './table';
import { TimerDraft } from './timer-queue';
import { type Action, type World, type WorldOptions, objectKey } from './world';
import type { Instant } from '../core/time';
import type { KubernetesObject, Resource } from '../port/cluster-port';
import { tryFindResource } from '../port/resources';

/** A change of one object, as a watch would tell it. */
export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly resource: Resource;
  readonly key: string;
  /** The new form; for DELETED the last one. */
  readonly object: StoredObject;
  /** The form before, for MODIFIED. */
  readonly before?: StoredObject;
}

/**
 * A world during one step: what changes it, writes down the changes, and becomes the next world.
 *
 * @source staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go Store (v1.37)
 */
export class Store {
  public readonly options: Required<WorldOptions>;
  public readonly actions: Action[] = [];
  public readonly timers: TimerDraft;
  public readonly memory: TableDraft<unknown>;
  private readonly random: Random;
  private readonly objects: TableDraft<StoredObject>;
  private readonly keys: TableDraft<Table<number>>;
  private readonly keyDrafts = new Map<string, TableDraft<number>>();
  private readonly changes: Change[] = [];
  private version: number;

  public constructor(world: World, public readonly now: Instant) {
    this.options = world.options;
    this.timers = new TimerDraft(world.timers);
    this.memory = world.memory.edit();
    this.objects = world.objects.edit();
    this.keys = world.keys.edit();
    this.random = new Random(world.random);
    this.version = world.version;
  }

  /** The object of a key as the wanted type, or undefined. */
  public get<Target = StoredObject>(key: string): Target | undefined {
    return this.objects.get(key) as Target | undefined;
  }

  /** The object with a uid, or undefined. */
  public getByUid<Target = StoredObject>(uid: string): Target | undefined {
    for (const [key] of this.keysOf(`uid ${uid}`)) return this.get<Target>(key);
    return undefined;
  }

  /** All objects of a resource in the order of creation. */
  public list<Target = StoredObject>(resource: Resource): readonly Target[] {
    return this.sorted(resource.plural);
  }

  /** All objects that name an owner, in the order of creation. */
  public dependents<Target = StoredObject>(ownerUid: string): readonly Target[] {
    return this.sorted(`owner ${ownerUid}`);
  }

  /** The pods of a namespace that nothing controls, in the order of creation. */
  public uncontrolledPods<Target = StoredObject>(namespace: string): readonly Target[] {
    return this.sorted(`uncontrolled ${namespace}`);
  }

  /** Puts a new object in; it must have a name and a uid. */
  public add(object: StoredObject): StoredObject {
    const resource = resourceOf(object);
    const key = keyOf(object);
    const stored = this.versioned(object);
    const place = this.version;
    this.objects.set(key, stored);
    this.keysOfDraft(resource.plural).set(key, place);
    this.keysOfDraft(`uid ${stored.metadata.uid}`).set(key, place);
    for (const name of ownershipOf(stored)) this.keysOfDraft(name).set(key, place);
    this.record({ type: 'ADDED', resource, key, object: stored });
    return stored;
  }

  /** Puts an object in the place of its earlier form. Nothing happens when they are equal. */
  public replace(object: StoredObject): StoredObject {
    const key = keyOf(object);
    const before = this.get(key);
    if (before === undefined || isSame(before, object)) return before ?? object;
    const stored = this.versioned(object);
    const place = this.keysOfDraft(resourceOf(object).plural).get(key) ?? this.version;
    for (const name of ownershipOf(before)) this.keysOfDraft(name).delete(key);
    for (const name of ownershipOf(stored)) this.keysOfDraft(name).set(key, place);
    this.objects.set(key, stored);
    this.record({ type: 'MODIFIED', resource: resourceOf(object), key, object: stored, before });
    return stored;
  }

  /** Takes an object out. */
  public remove(object: StoredObject): void {
    const key = keyOf(object);
    const last = this.versioned(this.get(key) ?? object);
    const resource = resourceOf(object);
    this.objects.delete(key);
    this.keysOfDraft(resource.plural).delete(key);
    this.keysOfDraft(`uid ${last.metadata.uid}`).delete(key);
    for (const name of ownershipOf(last)) this.keysOfDraft(name).delete(key);
    this.record({ type: 'DELETED', resource, key, object: last });
  }

  /** The oldest change that no controller has seen yet, or undefined. */
  public takeChange(): Change | undefined {
    return this.changes.shift();
  }

  /** Random letters. */
  public text(alphabet: string, length: number): string {
    return this.random.text(alphabet, length);
  }

  /** The next world. The store must not be used afterwards. */
  public freeze(): World {
    for (const [name, draft] of this.keyDrafts) {
      const table = draft.freeze();
      if (table.size === 0) this.keys.delete(name);
      else this.keys.set(name, table);
    }
    return {
      options: this.options,
      random: this.random.state,
      version: this.version,
      objects: this.objects.freeze(),
      keys: this.keys.freeze(),
      timers: this.timers.freeze(),
      memory: this.memory.freeze(),
    };
  }

  private record(change: Change): void {
    this.changes.push(change);
    this.actions.push({ action: 'changed', type: change.type, resource: change.resource, object: asManifest(change.object) });
  }

  private versioned(object: StoredObject): StoredObject {
    this.version += 1;
    return { ...object, metadata: { ...object.metadata, resourceVersion: String(this.version) } };
  }

  private sorted<Target>(name: string): readonly Target[] {
    const places = [...this.keysOf(name)].sort(([, one], [, other]) => one - other);
    return places.flatMap(([key]) => this.get<Target>(key) ?? []);
  }

  private keysOf(name: string): Iterable<readonly [string, number]> {
    return this.keyDrafts.get(name)?.entries() ?? this.keys.get(name)?.entries() ?? [];
  }

  private keysOfDraft(name: string): TableDraft<number> {
    const known = this.keyDrafts.get(name);
    if (known !== undefined) return known;
    const draft = (this.keys.get(name) ?? Table.empty<number>()).edit();
    this.keyDrafts.set(name, draft);
    return draft;
  }
}

/** The lists that an object is in because of its owners, or for want of one. */
function ownershipOf({ kind, metadata }: StoredObject): readonly string[] {
  const owners = (metadata.ownerReferences ?? []).map(({ uid }) => `owner ${uid}`);
  return kind === 'Pod' && controllerOf(metadata) === undefined ? [...owners, `uncontrolled ${metadata.namespace}`] : owners;
}

/** An object of a world as clients see it. */
export function asManifest(object: StoredObject): KubernetesObject {
  return object as unknown as KubernetesObject;
}

/** The key of an object in a world. */
export function keyOf(object: StoredObject): string {
  return objectKey(resourceOf(object), object.metadata.namespace, object.metadata.name);
}

/** The resource of an object; a kind that this package does not know is stored all the same, under its kind. */
export function resourceOf({ apiVersion, kind }: Pick<KubernetesObject, 'apiVersion' | 'kind'>): Resource {
  return tryFindResource(apiVersion, kind)
    ?? { apiVersion: apiVersion ?? 'v1', kind: kind ?? '', plural: `${(kind ?? '').toLowerCase()}s`, namespaced: true };
}

/** The resource version alone makes no difference. */
function isSame(one: StoredObject, other: StoredObject): boolean {
  return one === other || isEqual(one, { ...other, metadata: { ...other.metadata, resourceVersion: one.metadata.resourceVersion } });
}
