import type { ControllerName, KeyedController, ObjectKey, ReconcileRequest } from './keys';
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

/** What a controller is asked to reconcile now. */
export interface QueuedRequest {
  readonly controller: Controller;
  readonly key: ObjectKey;
}

/** A request that waits, or did and may come again. */
interface KnownRequest extends QueuedRequest {
  isWaiting: boolean;
}

/** The requests to serve now, each once, in the order in which they came. */
export class WorkQueue {
  private readonly line = new WaitingLine<KnownRequest>();
  private readonly controllers: ReadonlyMap<ControllerName, Controller>;
  /** What was taken stays here: the same objects are reconciled several times in a row. */
  private known: Partial<Record<ControllerName, Map<string, KnownRequest>>> = {};
  private knownCount = 0;

  /** @param controllers those that requests may be for. */
  public constructor(controllers: readonly Controller[]) {
    this.controllers = new Map(controllers.map((controller) => [controller.name, controller]));
  }

  /** Adds a request. */
  public add(name: KeyedController, key: ObjectKey): void;
  /** Adds a request to the garbage collector. */
  public add(name: 'garbage-collector', uid: string): void;
  public add(name: ControllerName, key: string): void {
    const request = this.known[name]?.get(key) ?? this.newRequest(name, key);
    if (request.isWaiting) return;
    request.isWaiting = true;
    this.line.add(request);
  }

  /** Takes the first request that may be served now, or undefined. */
  public take(mayTake: (request: QueuedRequest) => boolean): QueuedRequest | undefined {
    const request = this.line.take(mayTake);
    if (request === undefined) return undefined;
    request.isWaiting = false;
    if (this.knownCount > mostKnown && this.line.isEmpty) {
      this.known = {};
      this.knownCount = 0;
    }
    return request;
  }

  private newRequest(name: ControllerName, key: string): KnownRequest {
    const controller = this.controllers.get(name);
    if (controller === undefined) throw new Error(`no controller for ${name} ${key}`);
    const request: KnownRequest = { controller, key: key as ObjectKey, isWaiting: false };
    (this.known[name] ??= new Map()).set(key, request);
    this.knownCount += 1;
    return request;
  }
}

/** How many requests that were taken are remembered. */
const mostKnown = 256;

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
  const request: ReconcileRequest = `${controller} ${key}`;
  const retries = store.memory.retries.get(request) ?? 0;
  if (isDone) {
    if (retries > 0) store.memory.retries.delete(request);
    return;
  }
  store.memory.retries.set(request, retries + 1);
  store.timers.schedule(controller, key, store.now + Math.min(firstMs * 2 ** retries, longestMs));
}
