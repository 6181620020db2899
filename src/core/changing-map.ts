/**
 * A map for entries that come and go all the time.
 *
 * V8 links the table that a `Map` has outgrown to the next one. A table that has become old waits for the great collection, and keeps all
 * that follow until then, each with what was in it when it was outgrown: soon that is nearly everything that was ever in the map, and it is
 * copied twice as if it were in use. So what is left moves to a new `Map` now and then, before the one that is in use becomes old.
 */
export class ChangingMap<Key, Value> {
  private entriesByKey = new Map<Key, Value>();
  private deletions = 0;

  /** How many entries there are. */
  public get size(): number {
    return this.entriesByKey.size;
  }

  /** The value of a key, or undefined. */
  public get(key: Key): Value | undefined {
    return this.entriesByKey.get(key);
  }

  /** Whether there is an entry of a key, even one whose value is undefined. */
  public has(key: Key): boolean {
    return this.entriesByKey.has(key);
  }

  /** Puts a value under a key. */
  public set(key: Key, value: Value): void {
    this.entriesByKey.set(key, value);
  }

  /** Removes an entry; nothing happens when it is not there. */
  public delete(key: Key): void {
    if (!this.entriesByKey.delete(key)) return;
    this.deletions += 1;
    if (this.deletions > fewDeletions + this.entriesByKey.size) this.renew();
  }

  /** Removes all entries. */
  public clear(): void {
    this.entriesByKey = new Map();
    this.deletions = 0;
  }

  /** All keys in the order in which they came. */
  public keys(): readonly Key[] {
    return [...this.entriesByKey.keys()];
  }

  /** All entries in that order. */
  public entries(): ReadonlyArray<readonly [Key, Value]> {
    return [...this.entriesByKey];
  }

  /** All values in that order. */
  public values(): readonly Value[] {
    return [...this.entriesByKey.values()];
  }

  private renew(): void {
    const renewed = new Map<Key, Value>();
    for (const [key, value] of this.entriesByKey) renewed.set(key, value);
    this.entriesByKey = renewed;
    this.deletions = 0;
  }
}

/** How many entries may go before what is left moves, beside as many as are left. */
const fewDeletions = 64;
