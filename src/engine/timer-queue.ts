import type { KeyedController, ObjectKey } from './keys';
import { Table, type TableDraft } from './table';
import type { Instant } from '../core/time';

/** What a controller is to reconcile at a time. */
interface DueRequest {
  readonly controller: KeyedController;
  readonly key: ObjectKey;
}

/** A node of a leftist heap: the earliest time is on top. */
interface Node extends DueRequest {
  readonly at: Instant;
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
  /** The times of each controller, by the keys of objects. */
  readonly times: ReadonlyMap<KeyedController, Table<ObjectKey, Instant>>;
  readonly heap: Node | undefined;
  /** How many nodes are in the heap: more than there are times when some of them are stale. */
  readonly nodes: number;
}

/** An empty queue. */
export const emptyTimerQueue: TimerQueue = { times: new Map(), heap: undefined, nodes: 0 };

/** A timer queue being changed. */
export class TimerDraft {
  private readonly times = new Map<KeyedController, TableDraft<ObjectKey, Instant>>();
  /** How many times there are. */
  private count = 0;
  private heap: Node | undefined;
  private nodes: number;

  public constructor(queue: TimerQueue) {
    for (const [controller, times] of queue.times) {
      this.times.set(controller, times.edit());
      this.count += times.size;
    }
    this.heap = queue.heap;
    this.nodes = queue.nodes;
  }

  /** Makes a request due at `at`; an earlier time that is already set wins. */
  public schedule(controller: KeyedController, key: ObjectKey, at: Instant): void {
    const times = this.timesOf(controller);
    const known = times.get(key);
    if (known !== undefined && known <= at) return;
    if (known === undefined) this.count += 1;
    times.set(key, at);
    this.heap = merge(this.heap, { at, controller, key, rank: 1, left: undefined, right: undefined });
    this.nodes += 1;
  }

  /** Sets the time of a request, whatever it was. */
  public reschedule(controller: KeyedController, key: ObjectKey, at: Instant): void {
    this.cancel(controller, key);
    this.schedule(controller, key, at);
  }

  /** Forgets a request. */
  public cancel(controller: KeyedController, key: ObjectKey): void {
    const times = this.timesOf(controller);
    if (times.get(key) === undefined) return;
    times.delete(key);
    this.count -= 1;
  }

  /** The earliest time that is set, or undefined. */
  public next(): Instant | undefined {
    this.dropStale();
    return this.heap?.at;
  }

  /** Takes the earliest request whose time has come, or undefined. */
  public takeDue(now: Instant): DueRequest | undefined {
    this.dropStale();
    const top = this.heap;
    if (top === undefined || top.at > now) return undefined;
    this.drop(top);
    this.cancel(top.controller, top.key);
    return top;
  }

  /** The queue as it is now; changes of the draft that come later leave it alone. */
  public freeze(): TimerQueue {
    const times = new Map<KeyedController, Table<ObjectKey, Instant>>();
    for (const [controller, draft] of this.times) times.set(controller, draft.freeze());
    return { times, heap: this.heap, nodes: this.nodes };
  }

  private timesOf(controller: KeyedController): TableDraft<ObjectKey, Instant> {
    const known = this.times.get(controller);
    if (known !== undefined) return known;
    const times = Table.empty<ObjectKey, Instant>().edit();
    this.times.set(controller, times);
    return times;
  }

  private dropStale(): void {
    while (this.heap !== undefined && this.nodes > this.count) {
      if (this.timesOf(this.heap.controller).get(this.heap.key) === this.heap.at) return;
      this.drop(this.heap);
    }
  }

  private drop(top: Node): void {
    this.heap = merge(top.left, top.right);
    this.nodes -= 1;
  }
}

/** At equal times the names of the controllers decide, then the keys, so that the same input gives the same order. */
function precedes(one: Node, other: Node): boolean {
  if (one.at !== other.at) return one.at < other.at;
  return one.controller === other.controller ? one.key <= other.key : one.controller < other.controller;
}

function merge(one: Node | undefined, other: Node | undefined): Node | undefined {
  if (one === undefined) return other;
  if (other === undefined) return one;
  return precedes(one, other) ? withMore(one, other) : withMore(other, one);
}

/** A heap with all of another one, whose top comes later. */
function withMore({ at, controller, key, left, right }: Node, rest: Node): Node {
  const merged = merge(right, rest);
  const isLeftLonger = rank(left) >= rank(merged);
  const shorter = isLeftLonger ? merged : left;
  return { at, controller, key, rank: rank(shorter) + 1, left: isLeftLonger ? left : merged, right: shorter };
}

function rank(node: Node | undefined): number {
  return node?.rank ?? 0;
}
