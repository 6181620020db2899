import { type HashTree, changeTree, entriesOfTree, findInTree } from './hash-tree';
import { ChangingMap } from '../core/changing-map';

/**
 * An immutable map with text keys, in which a change copies little.
 *
 * From step to step, a world of a hundred thousand pods changes in one of them: copying all each time, or a fixed part of it, would make a
 * run quadratic.
 */
export class Table<Key extends string, Value extends NonNullable<unknown>> {
  /** An empty table. */
  public static empty<Key extends string, Value extends NonNullable<unknown>>(): Table<Key, Value> {
    return new Table<Key, Value>(undefined, 0);
  }

  private constructor(private readonly tree: HashTree<Key, Value>, public readonly size: number) {}

  /** The value of a key, or undefined. */
  public get(key: Key): Value | undefined {
    return findInTree(this.tree, key);
  }

  /** All entries, in an order that depends on the keys and on the order in which they came. */
  public entries(): Iterable<readonly [Key, Value]> {
    return entriesOfTree(this.tree);
  }

  /** A table with one more value, or another one, under a key. */
  public with(key: Key, value: Value): Table<Key, Value> {
    if (this.size === 0) return new Table<Key, Value>(new Map<Key, Value>().set(key, value), 1);
    return this.changed([[key, value]], this.get(key) === undefined ? this.size + 1 : this.size);
  }

  /** This table with changes, undefined for keys that go, which must be in it; `size` entries are then left. */
  public changed(changes: Iterable<readonly [Key, Value | undefined]>, size: number): Table<Key, Value> {
    return new Table(changeTree(this.tree, changes), size);
  }

  /** A copy that can be changed; this table stays as it is. */
  public edit(): TableDraft<Key, Value> {
    return new TableDraft<Key, Value>(this);
  }
}

/** A table being changed: what is new since it was frozen last stands beside it. */
export class TableDraft<Key extends string, Value extends NonNullable<unknown>> {
  /** What is new, undefined for keys of the table that are gone. */
  private readonly changes = new ChangingMap<Key, Value | undefined>();
  private count: number;

  public constructor(private table: Table<Key, Value>) {
    this.count = table.size;
  }

  /** The value of a key, or undefined. */
  public get(key: Key): Value | undefined {
    if (this.count === 0) return undefined;
    const value = this.changes.get(key);
    // Nothing is gone from a table in which nothing was.
    return value !== undefined || this.table.size === 0 || this.changes.has(key) ? value : this.table.get(key);
  }

  /** Puts a value under a key. */
  public set(key: Key, value: Value): void {
    if (this.table.size === 0) {
      this.changes.set(key, value);
      this.count = this.changes.size;
      return;
    }
    if (this.get(key) === undefined) this.count += 1;
    this.changes.set(key, value);
  }

  /** Removes a key; nothing happens when it is not there. */
  public delete(key: Key): void {
    if (this.table.size === 0) {
      this.changes.delete(key);
      this.count = this.changes.size;
      return;
    }
    if (this.get(key) === undefined) return;
    this.count -= 1;
    if (this.table.get(key) === undefined) this.changes.delete(key);
    else this.changes.set(key, undefined);
  }

  /** How many entries there are. */
  public get size(): number {
    return this.count;
  }

  /** All entries, in an order that depends on the keys and on the order in which they came. */
  public entries(): Iterable<readonly [Key, Value]> {
    return this.table.size === 0 ? this.changes.entries() as ReadonlyArray<readonly [Key, Value]> : this.mergedEntries();
  }

  /** All keys in that order. */
  public keys(): readonly Key[] {
    // A map that nothing lies under gives them itself, without a pair for each.
    return this.table.size === 0 ? this.changes.keys() : Array.from(this.mergedEntries(), ([key]) => key);
  }

  /** The table as it is now; changes of the draft that come later leave it alone. */
  public freeze(): Table<Key, Value> {
    if (this.changes.size === 0) return this.table;
    this.table = this.table.changed(this.changes.entries(), this.count);
    this.changes.clear();
    return this.table;
  }

  private* mergedEntries(): Generator<readonly [Key, Value]> {
    for (const entry of this.table.entries()) if (!this.changes.has(entry[0])) yield entry;
    for (const [key, value] of this.changes.entries()) if (value !== undefined) yield [key, value];
  }
}
