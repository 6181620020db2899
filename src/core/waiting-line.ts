/** Items that are taken in the order in which they came. */
export class WaitingLine<Item extends NonNullable<unknown>> {
  /** What was taken stands here as undefined: an array from which all is taken would be given new room for each item that comes. */
  private readonly items: Array<Item | undefined> = [];
  private begin = 0;
  private end = 0;

  /** Adds an item at the end. */
  public add(item: Item): void {
    this.items[this.end] = item;
    this.end += 1;
  }

  /** Takes the first item, or the first that may be taken; undefined when there is none. */
  public take(mayTake?: (item: Item) => boolean): Item | undefined {
    for (let place = this.begin; place < this.end; place += 1) {
      const item = this.items[place] as Item;
      if (mayTake === undefined || mayTake(item)) {
        this.remove(place);
        return item;
      }
    }
    return undefined;
  }

  /** Whether no item waits. */
  public get isEmpty(): boolean {
    return this.begin === this.end;
  }

  private remove(place: number): void {
    for (let next = place; next > this.begin; next -= 1) this.items[next] = this.items[next - 1];
    this.items[this.begin] = undefined;
    this.begin += 1;
    if (this.isEmpty) {
      this.begin = 0;
      this.end = 0;
    }
  }
}
