import { ChangingMap } from '../core/changing-map';

/** A list that keeps its newest items, and counts the others. */
export class Newest<Item> {
  private items: Item[] = [];
  private dropped = 0;

  public constructor(private readonly most: number) {}

  /** Adds an item. */
  public push(item: Item): void {
    this.items.push(item);
    // Moving them for each one would take as long as they are many.
    if (this.items.length > 2 * this.most) this.drop();
  }

  /** What is kept, the oldest first. */
  public get kept(): readonly Item[] {
    this.drop();
    return this.items;
  }

  /** How many are not kept. */
  public get leftOut(): number {
    return this.dropped + Math.max(0, this.items.length - this.most);
  }

  private drop(): void {
    const surplus = this.items.length - this.most;
    if (surplus <= 0) return;
    this.dropped += surplus;
    this.items.splice(0, surplus);
  }
}

/** What is known of objects by their uids: all that are there, and of those that are gone the newest. */
export class NewestObjects<Value> {
  private readonly values = new ChangingMap<string, Value>();
  private readonly gone: string[] = [];
  private dropped = 0;

  public constructor(private readonly most: number) {}

  /** What is known of an object. */
  public get(uid: string): Value | undefined {
    return this.values.get(uid);
  }

  /** Notes what is known of an object. */
  public set(uid: string, value: Value): void {
    this.values.set(uid, value);
  }

  /** Notes that an object is gone: where there are too many of them, those that went first are dropped. */
  public release(uid: string): void {
    this.gone.push(uid);
    // One by one, as many as are kept would move each time.
    if (this.gone.length > 2 * this.most) this.drop();
  }

  /** All that are kept, in the order in which they came. */
  public get kept(): readonly Value[] {
    this.drop();
    return this.values.values();
  }

  /** How many are not kept. */
  public get leftOut(): number {
    return this.dropped + Math.max(0, this.gone.length - this.most);
  }

  private drop(): void {
    const surplus = this.gone.length - this.most;
    if (surplus <= 0) return;
    for (const uid of this.gone.splice(0, surplus)) this.values.delete(uid);
    this.dropped += surplus;
  }
}
