import type { ControllerName, ObjectKey, ReconcileRequest } from './keys';
import type { StoreChange, Store } from './store';
import type { Resource } from '../port/cluster-port';

/**
 * One of the loops that keep a cluster in order: it watches changes, requests reconciliations, and reconciles one object at a time.
 *
 * A reconciliation decides from the state of the store alone what is to be done. It yields where it would wait for the API server.
 */
export interface Controller<Key extends string = ObjectKey> {
  /** What its requests begin with. */
  readonly name: ControllerName;
  /** The resources whose changes it is shown. Default: all. */
  readonly watches?: readonly Resource[];
  /** Requests what a change makes necessary: `queue.add` at once, `store.timers.schedule` later. */
  watch(change: StoreChange, store: Store, queue: WorkQueue): void;
  /** Reconciles the object of a request; false when that failed because of a conflict or a refusal, and is to be repeated later. */
  reconcile(store: Store, key: Key): Generator<undefined, boolean>;
}

/** The requests to serve now, each once, in the order in which they came. */
export class WorkQueue {
  private readonly requests = new Set<ReconcileRequest>();

  /** Adds a request. */
  public add(request: ReconcileRequest): void {
    this.requests.add(request);
  }

  /** Takes the first request that is not being served already, or undefined. */
  public take(isBusy: (request: ReconcileRequest) => boolean): ReconcileRequest | undefined {
    for (const request of this.requests) {
      if (isBusy(request)) continue;
      this.requests.delete(request);
      return request;
    }
    return undefined;
  }
}

/**
 * Schedules a request again if it failed: after `firstMs`, and after twice as long for each further failure in a row.
 *
 * @source staging/src/k8s.io/client-go/util/workqueue/default_rate_limiters.go TypedItemExponentialFailureRateLimiter (v1.37)
 */
export function retryLater(store: Store, request: ReconcileRequest, isDone: boolean, firstMs: number, longestMs: number): void {
  const retries = store.memory.retries.get(request) ?? 0;
  if (isDone) {
    if (retries > 0) store.memory.retries.delete(request);
    return;
  }
  store.memory.retries.set(request, retries + 1);
  store.timers.schedule(request, store.now + Math.min(firstMs * 2 ** retries, longestMs));
}
