import { type ControllerName, type ObjectKey, type ReconcileRequest, requestOf } from './keys';
import type { StoreChange, Store } from './store';
import { WaitingLine } from '../core/waiting-line';
import type { Resource } from '../port/cluster-port';

/**
 * How far a reconciliation has come: whether it succeeded, false when it failed because of a conflict or a refusal and is to be repeated
 * later; or, where it waits for the API server so that others act in between, what is left of it.
 */
export type Progress = boolean | (() => boolean);

/**
 * One of the loops that keep a cluster in order: it watches changes, requests reconciliations, and reconciles one object at a time.
 *
 * A reconciliation decides from the state of the store alone what is to be done.
 */
export interface Controller<Key extends string = ObjectKey> {
  /** What its requests begin with. */
  readonly name: ControllerName;
  /** The resources whose changes it is shown. Default: all. */
  readonly watches?: readonly Resource[];
  /** Requests what a change makes necessary: `queue.add` at once, `store.timers.schedule` later. */
  watch(change: StoreChange, store: Store, queue: WorkQueue): void;
  /** Reconciles the object of a request. */
  reconcile(store: Store, key: Key): Progress;
}

/** The requests to serve now, each once, in the order in which they came. */
export class WorkQueue {
  private readonly requests = new WaitingLine<ReconcileRequest>();
  /** Whether a request is among them. What is taken stays here as false: a set that shrinks and grows each time takes longer. */
  private isQueued = new Map<ReconcileRequest, boolean>();

  /** Adds a request. */
  public add(request: ReconcileRequest): void {
    if (this.isQueued.get(request) === true) return;
    this.isQueued.set(request, true);
    this.requests.add(request);
  }

  /** Takes the first request that may be served now, or undefined. */
  public take(mayTake: (request: ReconcileRequest) => boolean): ReconcileRequest | undefined {
    const request = this.requests.take(mayTake);
    if (request === undefined) return undefined;
    if (this.requests.isEmpty && this.isQueued.size > mostTaken) this.isQueued = new Map();
    else this.isQueued.set(request, false);
    return request;
  }
}

/** How many requests that were taken are remembered. */
const mostTaken = 256;

/** How long a request waits that failed, in milliseconds: twice as long for each further failure in a row. */
interface RetryTimes {
  readonly firstMs: number;
  readonly longestMs: number;
}

/**
 * Schedules a request of a controller again if it failed.
 *
 * @source staging/src/k8s.io/client-go/util/workqueue/default_rate_limiters.go TypedItemExponentialFailureRateLimiter (v1.37)
 */
export function retryLater(
  store: Store, controller: 'cronjob' | 'job', key: ObjectKey, isDone: boolean, { firstMs, longestMs }: RetryTimes,
): void {
  if (isDone && store.memory.retries.size === 0) return;
  const request = requestOf(controller, key);
  const retries = store.memory.retries.get(request) ?? 0;
  if (isDone) {
    if (retries > 0) store.memory.retries.delete(request);
    return;
  }
  store.memory.retries.set(request, retries + 1);
  store.timers.schedule(request, store.now + Math.min(firstMs * 2 ** retries, longestMs));
}
