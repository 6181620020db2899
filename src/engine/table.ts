import { hashText } from './random';

/** How many buckets a table has; a change copies one of them. */
const bucketCount = 256;

type Buckets<Key, Value> = ReadonlyArray<ReadonlyMap<Key, Value> | undefined>;

/**
 * An immutable map with text keys; a change copies only a small part of it.
 *
 * From step to step, a world of a thousand pods changes in one of them: copying all each time would make a run quadratic.
 */
export class Table<Key extends string, Value> {
  /** An empty table. */
  public static empty<Key extends string, Value>(): Table<Key, Value> {
    return new Table<Key, Value>([], 0);
  }

  private constructor(private readonly buckets: Buckets<Key, Value>, public readonly size: number) {}

  /** The value of a key, or undefined. */
  public get(key: Key): Value | undefined {
    return this.buckets[hash(key)]?.get(key);
  }

  /** All entries, in an order that depends on the keys only. */
  public* entries(): Iterable<readonly [Key, Value]> {
    for (const bucket of this.buckets) if (bucket !== undefined) yield* bucket;
  }

  /** A copy that can be changed until it is frozen; this table stays as it is. */
  public edit(): TableDraft<Key, Value> {
    return new TableDraft<Key, Value>(this.buckets, this.size, (buckets, size) => new Table(buckets, size));
  }
}

/** A table being changed; it shares the buckets that it has not touched. */
export class TableDraft<Key extends string, Value> {
  private readonly own = new Map<number, Map<Key, Value>>();
  private ownBuckets: Array<ReadonlyMap<Key, Value> | undefined> | undefined;

  public constructor(
    private buckets: Buckets<Key, Value>,
    private size: number,
    private readonly seal: (buckets: Buckets<Key, Value>, size: number) => Table<Key, Value>,
  ) {}

  /** The value of a key, or undefined. */
  public get(key: Key): Value | undefined {
    return this.buckets[hash(key)]?.get(key);
  }

  /** Puts a value under a key. */
  public set(key: Key, value: Value): void {
    const bucket = this.ownBucket(hash(key));
    if (!bucket.has(key)) this.size += 1;
    bucket.set(key, value);
  }

  /** Removes a key; nothing happens when it is not there. */
  public delete(key: Key): void {
    const position = hash(key);
    if (this.buckets[position]?.has(key) !== true) return;
    this.ownBucket(position).delete(key);
    this.size -= 1;
  }

  /** All entries, in an order that depends on the keys only. */
  public* entries(): Iterable<readonly [Key, Value]> {
    for (const bucket of this.buckets) if (bucket !== undefined) yield* bucket;
  }

  /** The table as it is now; the draft must not be changed afterwards. */
  public freeze(): Table<Key, Value> {
    return this.seal(this.buckets, this.size);
  }

  private ownBucket(position: number): Map<Key, Value> {
    const owned = this.own.get(position);
    if (owned !== undefined) return owned;
    const bucket = new Map<Key, Value>(this.buckets[position]);
    this.own.set(position, bucket);
    const buckets = this.ownBuckets ??= [...this.buckets];
    while (buckets.length < position) buckets.push(undefined);
    buckets[position] = bucket;
    this.buckets = buckets;
    return bucket;
  }
}

function hash(key: string): number {
  return hashText(key) % bucketCount;
}
