import { hashText } from './random';

/** How many buckets a table has: a change copies one of them. */
const bucketCount = 256;

type Buckets<Value> = ReadonlyArray<ReadonlyMap<string, Value> | undefined>;

/**
 * An immutable map by text, of which a change copies only a small part.
 *
 * Worlds of a thousand pods differ in one pod from step to step: copying all of them each time would make a run quadratic.
 */
export class Table<Value> {
  /** A table of nothing. */
  public static empty<Value>(): Table<Value> {
    return new Table<Value>([], 0);
  }

  private constructor(private readonly buckets: Buckets<Value>, public readonly size: number) {}

  /** The value of a key, or undefined. */
  public get(key: string): Value | undefined {
    return this.buckets[hash(key)]?.get(key);
  }

  /** All entries, in an order that depends on the keys only. */
  public* entries(): Iterable<readonly [string, Value]> {
    for (const bucket of this.buckets) if (bucket !== undefined) yield* bucket;
  }

  /** A copy that can be changed until it is frozen; this table stays as it is. */
  public edit(): TableDraft<Value> {
    return new TableDraft<Value>([...this.buckets], this.size, (buckets, size) => new Table(buckets, size));
  }
}

/** A table under change; it shares the buckets that it has not touched. */
export class TableDraft<Value> {
  private readonly own = new Map<number, Map<string, Value>>();

  public constructor(
    private readonly buckets: Array<ReadonlyMap<string, Value> | undefined>,
    private size: number,
    private readonly seal: (buckets: Buckets<Value>, size: number) => Table<Value>,
  ) {}

  /** The value of a key, or undefined. */
  public get(key: string): Value | undefined {
    return this.buckets[hash(key)]?.get(key);
  }

  /** Puts a value under a key. */
  public set(key: string, value: Value): void {
    const bucket = this.ownBucket(hash(key));
    if (!bucket.has(key)) this.size += 1;
    bucket.set(key, value);
  }

  /** Takes a key away; nothing happens when it is not there. */
  public delete(key: string): void {
    const position = hash(key);
    if (this.buckets[position]?.has(key) !== true) return;
    this.ownBucket(position).delete(key);
    this.size -= 1;
  }

  /** All entries, in an order that depends on the keys only. */
  public* entries(): Iterable<readonly [string, Value]> {
    for (const bucket of this.buckets) if (bucket !== undefined) yield* bucket;
  }

  /** The table as it is now; the draft must not be changed afterwards. */
  public freeze(): Table<Value> {
    return this.seal(this.buckets, this.size);
  }

  private ownBucket(position: number): Map<string, Value> {
    const owned = this.own.get(position);
    if (owned !== undefined) return owned;
    const bucket = new Map<string, Value>(this.buckets[position]);
    this.own.set(position, bucket);
    while (this.buckets.length < position) this.buckets.push(undefined);
    this.buckets[position] = bucket;
    return bucket;
  }
}

function hash(key: string): number {
  return hashText(key) % bucketCount;
}
