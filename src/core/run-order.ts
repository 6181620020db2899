import { type Before, reverse } from './graph';

const none: readonly number[] = [];

/**
 * Which Jobs of a run may be started when: one that waits for others once all of them are Complete, and no more at once than allowed.
 *
 * Positions stand for Jobs. Nothing is started here; the caller takes what is ready, and tells how it ended.
 */
export class RunOrder {
  private readonly after: readonly number[][];
  private readonly open: number[];
  private readonly ready: number[];
  private readonly stopped = new Set<number>();
  private atWork = 0;

  /** @param atOnce how many may be at work at a time. */
  public constructor(before: Before, private readonly atOnce = Infinity) {
    this.after = reverse(before);
    this.open = before.map((jobs) => new Set(jobs).size);
    this.ready = this.open.flatMap((count, job) => (count === 0 ? [job] : []));
  }

  /** The Jobs that may start now, in their order; they count as started. */
  public take(): readonly number[] {
    if (this.ready.length === 0) return none;
    const taken = this.ready.splice(0, this.atOnce - this.atWork);
    this.atWork += taken.length;
    return taken;
  }

  /** Takes note that a started Job is Complete. */
  public complete(job: number): void {
    this.atWork -= 1;
    for (const follower of this.after[job] ?? []) {
      const left = (this.open[follower] ?? 0) - 1;
      this.open[follower] = left;
      if (left === 0) this.enqueue(follower);
    }
  }

  /**
   * Takes note that a started Job has ended otherwise.
   *
   * @returns the Jobs that will not start because of it and were not stopped before.
   */
  public fail(job: number): readonly number[] {
    this.atWork -= 1;
    const stopped: number[] = [];
    for (let next: number | undefined = job, queue: number[] = []; next !== undefined; next = queue.shift()) {
      for (const follower of this.after[next] ?? []) {
        if (this.stopped.has(follower)) continue;
        this.stopped.add(follower);
        stopped.push(follower);
        queue.push(follower);
      }
    }
    return stopped.sort((one, other) => one - other);
  }

  private enqueue(job: number): void {
    if (this.stopped.has(job)) return;
    let [from, to] = [0, this.ready.length];
    while (from < to) {
      const middle = Math.floor((from + to) / 2);
      if ((this.ready[middle] ?? 0) < job) from = middle + 1;
      else to = middle;
    }
    this.ready.splice(from, 0, job);
  }
}
