/** Lets no more than a number of Jobs work at once: the others are suspended, and resumed in their order as Jobs end. */
export class Turns {
  /** Why a Job could not be resumed, once that has happened. */
  public error: unknown;
  /** Aborted when a Job could not be resumed. */
  public readonly signal: AbortSignal;

  private readonly failure = new AbortController();
  private readonly atWork = new Set<string>();
  private readonly queue: string[] = [];

  /**
   * @param atOnce how many may work at once.
   * @param resume lets a Job begin.
   */
  public constructor(private readonly atOnce: number, private readonly resume: (name: string) => Promise<unknown>) {
    this.signal = this.failure.signal;
  }

  /** Takes a place for a Job that is at work whether or not there is one. */
  public occupy(name: string): void {
    this.atWork.add(name);
  }

  /** Takes a place for a Job, if one is free. */
  public tryOccupy(name: string): boolean {
    if (this.atWork.size < this.atOnce) this.atWork.add(name);
    return this.atWork.has(name);
  }

  /** Takes note of a suspended Job that waits for a place. */
  public enqueue(name: string): void {
    if (this.atWork.has(name) || this.queue.includes(name)) return;
    this.queue.push(name);
    this.fill();
  }

  /** Gives the place of a Job to the next one. */
  public leave(name: string): void {
    if (this.atWork.delete(name)) this.fill();
  }

  private fill(): void {
    while (this.atWork.size < this.atOnce && this.error === undefined) {
      const next = this.queue.shift();
      if (next === undefined) return;
      this.atWork.add(next);
      this.resume(next).catch((error: unknown) => {
        this.error ??= error;
        this.failure.abort();
      });
    }
  }
}
