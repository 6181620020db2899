/** A queue that several writers fill and one reader empties. */
export class Channel<Item> implements AsyncIterable<Item> {
  private items: Item[] = [];
  private wake: (() => void) | undefined;
  private ended = false;
  private error: { readonly value: unknown } | undefined;

  /** Adds an item. Never waits. */
  public push(item: Item): void {
    if (this.ended) return;
    this.items.push(item);
    this.wake?.();
  }

  /** Ends the queue: the reader still gets what is in it. */
  public end(): void {
    this.ended = true;
    this.wake?.();
  }

  /** Ends the queue with an error: the reader still gets what is in it first. */
  public fail(error: unknown): void {
    this.error ??= { value: error };
    this.end();
  }

  /** Takes the items in order, as they come. */
  public async *[Symbol.asyncIterator](): AsyncIterator<Item> {
    for (;;) {
      const { items } = this;
      this.items = [];
      yield* items;
      if (this.items.length > 0) continue;
      if (this.ended) break;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
      this.wake = undefined;
    }
    if (this.error !== undefined) throw this.error.value;
  }
}
