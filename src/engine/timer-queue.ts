import type { ReconcileRequest } from './keys';
import { Table, type TableDraft } from './table';
import type { Instant } from '../core/time';

/** A node of a leftist heap: the earliest time is on top. */
interface Node {
  readonly at: Instant;
  readonly request: ReconcileRequest;
  readonly rank: number;
  readonly left: Node | undefined;
  readonly right: Node | undefined;
}

/**
 * The times at which requests are due: one for each, the earliest that was asked for.
 *
 * @source staging/src/k8s.io/client-go/util/workqueue/delaying_queue.go waitForPriorityQueue (v1.37)
 */
export interface TimerQueue {
  readonly times: Table<ReconcileRequest, Instant>;
  readonly heap: Node | undefined;
  /** How many nodes are in the heap: more than there are times when some of them are stale. */
  readonly nodes: number;
}

/** An empty queue. */
export const emptyTimerQueue: TimerQueue = { times: Table.empty(), heap: undefined, nodes: 0 };

/** A timer queue being changed. */
export class TimerDraft {
  private readonly times: TableDraft<ReconcileRequest, Instant>;
  private heap: Node | undefined;
  private nodes: number;

  public constructor(queue: TimerQueue) {
    this.times = queue.times.edit();
    this.heap = queue.heap;
    this.nodes = queue.nodes;
  }

  /** Makes a request due at `at`; an earlier time that is already set wins. */
  public schedule(request: ReconcileRequest, at: Instant): void {
    const known = this.times.get(request);
    if (known !== undefined && known <= at) return;
    this.times.set(request, at);
    this.heap = merge(this.heap, { at, request, rank: 1, left: undefined, right: undefined });
    this.nodes += 1;
  }

  /** Sets the time of a request, whatever it was. */
  public reschedule(request: ReconcileRequest, at: Instant): void {
    this.cancel(request);
    this.schedule(request, at);
  }

  /** Forgets a request. */
  public cancel(request: ReconcileRequest): void {
    this.times.delete(request);
  }

  /** The earliest time that is set, or undefined. */
  public next(): Instant | undefined {
    this.dropStale();
    return this.heap?.at;
  }

  /** Takes the earliest request whose time has come, or undefined. */
  public takeDue(now: Instant): ReconcileRequest | undefined {
    this.dropStale();
    const top = this.heap;
    if (top === undefined || top.at > now) return undefined;
    this.drop(top);
    this.times.delete(top.request);
    return top.request;
  }

  /** The queue as it is now; changes of the draft that come later leave it alone. */
  public freeze(): TimerQueue {
    return { times: this.times.freeze(), heap: this.heap, nodes: this.nodes };
  }

  private dropStale(): void {
    while (this.heap !== undefined && this.nodes > this.times.size) {
      if (this.times.get(this.heap.request) === this.heap.at) return;
      this.drop(this.heap);
    }
  }

  private drop(top: Node): void {
    this.heap = merge(top.left, top.right);
    this.nodes -= 1;
  }
}

/** At equal times the texts of the requests decide, so that the same input gives the same order. */
function precedes(one: Node, other: Node): boolean {
  return one.at !== other.at ? one.at < other.at : one.request <= other.request;
}

function merge(one: Node | undefined, other: Node | undefined): Node | undefined {
  if (one === undefined) return other;
  if (other === undefined) return one;
  const [top, rest] = precedes(one, other) ? [one, other] : [other, one];
  const right = merge(top.right, rest);
  const [longer, shorter] = rank(top.left) >= rank(right) ? [top.left, right] : [right, top.left];
  return { at: top.at, request: top.request, rank: rank(shorter) + 1, left: longer, right: shorter };
}

function rank(node: Node | undefined): number {
  return node?.rank ?? 0;
}
