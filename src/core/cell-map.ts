/** An entry; its value is undefined once it is deleted. */
interface Cell<Key, Value> {
  readonly key: Key;
  value: Value | undefined;
}

/**
 * A map for entries that come and go all the time: what is deleted from it is garbage at once.
 *
 * V8 links the table that a `Map` has outgrown to the next one. A table that has become old waits for the great collection, and keeps all
 * that follow until then, each with what was in it when it was outgrown: soon that is nearly everything that was ever in the map, and it is
 * copied twice as if it were in use. Here it is no more than empty cells.
 */
export class CellMap<Key, Value> {
  private cells = new Map<Key, Cell<Key, Value>>();

  /** How many entries there are. */
  public get size(): number {
    return this.cells.size;
  }

  /** The value of a key, or undefined. */
  public get(key: Key): Value | undefined {
    return this.cells.get(key)?.value;
  }

  /** Whether there is an entry of a key, even one whose value is undefined. */
  public has(key: Key): boolean {
    return this.cells.has(key);
  }

  /** Puts a value under a key. */
  public set(key: Key, value: Value): void {
    const cell = this.cells.get(key);
    if (cell === undefined) this.cells.set(key, { key, value });
    else cell.value = value;
  }

  /** Removes an entry; nothing happens when it is not there. */
  public delete(key: Key): void {
    const cell = this.cells.get(key);
    if (cell === undefined) return;
    cell.value = undefined;
    this.cells.delete(key);
  }

  /** Removes all entries. */
  public clear(): void {
    this.cells = new Map();
  }

  /** Shows all entries in the order in which their keys came. */
  public forEach(show: (value: Value, key: Key) => void): void {
    // By the cells alone: pairs would be made for this only, and into the forEach of a Map V8 cannot build what is to be called.
    for (const { key, value } of this.cells.values()) show(value as Value, key);
  }

  /** All entries in that order. */
  public entries(): ReadonlyArray<readonly [Key, Value]> {
    return Array.from(this.cells.values(), ({ key, value }) => [key, value as Value] as const);
  }

  /** All values in that order. */
  public values(): readonly Value[] {
    return Array.from(this.cells.values(), ({ value }) => value as Value);
  }
}
