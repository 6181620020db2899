import { Table, type TableDraft } from './table';
import type { Instant } from '../core/time';

/** A node of a leftist heap: the earliest time is on top. */
interface Node {
  readonly at: Instant;
  readonly key: string;
  readonly rank: number;
  readonly left: Node | undefined;
  readonly right: Node | undefined;
}

/**
 * When which key is to be looked at: one time per key, the earliest asked for.
 *
 * @source staging/src/k8s.io/client-go/util/workqueue/delaying_queue.go waitForPriorityQueue (v1.37)
 */
export interface TimerQueue {
  readonly times: Table<Instant>;
  readonly heap: Node | undefined;
}

/** A queue of nothing. */
export const emptyTimerQueue: TimerQueue = { times: Table.empty(), heap: undefined };

/** A timer queue under change. */
export class TimerDraft {
  private readonly times: TableDraft<Instant>;
  private heap: Node | undefined;

  public constructor(queue: TimerQueue) {
    this.times = queue.times.edit();
    this.heap = queue.heap;
  }

  /** Asks for a look at `at`; an earlier time that is already set wins. */
  public schedule(key: string, at: Instant): void {
    const known = this.times.get(key);
    if (known !== undefined && known <= at) return;
    this.times.set(key, at);
    this.heap = merge(this.heap, { at, key, rank: 1, left: undefined, right: undefined });
  }

  /** Sets the time of a key, whatever it was. */
  public reschedule(key: string, at: Instant): void {
    this.cancel(key);
    this.schedule(key, at);
  }

  /** Forgets a key. */
  public cancel(key: string): void {
    this.times.delete(key);
  }

  /** The earliest time that is set, or undefined. */
  public next(): Instant | undefined {
    this.dropStale();
    return this.heap?.at;
  }

  /** Takes the earliest key whose time has come, or undefined. */
  public takeDue(now: Instant): string | undefined {
    this.dropStale();
    const top = this.heap;
    if (top === undefined || top.at > now) return undefined;
    this.heap = merge(top.left, top.right);
    this.times.delete(top.key);
    return top.key;
  }

  /** The queue as it is now; the draft must not be changed afterwards. */
  public freeze(): TimerQueue {
    return { times: this.times.freeze(), heap: this.heap };
  }

  private dropStale(): void {
    while (this.heap !== undefined && this.times.get(this.heap.key) !== this.heap.at) this.heap = merge(this.heap.left, this.heap.right);
  }
}

/** Of equal times the key decides, so that the same input gives the same order. */
function precedes(one: Node, other: Node): boolean {
  return one.at !== other.at ? one.at < other.at : one.key <= other.key;
}

function merge(one: Node | undefined, other: Node | undefined): Node | undefined {
  if (one === undefined) return other;
  if (other === undefined) return one;
  const [top, rest] = precedes(one, other) ? [one, other] : [other, one];
  const right = merge(top.right, rest);
  const [longer, shorter] = rank(top.left) >= rank(right) ? [top.left, right] : [right, top.left];
  return { at: top.at, key: top.key, rank: rank(shorter) + 1, left: longer, right: shorter };
}

function rank(node: Node | undefined): number {
  return node?.rank ?? 0;
}
