import type { Change, Store } from './store';

/**
 * One of the loops that keep a cluster in order: it watches changes, requests reconciliations, and reconciles one object at a time.
 *
 * A reconciliation decides from the state of the store alone what is to be done. It yields where it would wait for the API server.
 */
export interface Controller {
  /** What the keys of this controller begin with, up to the first blank: `job`. */
  readonly name: string;
  /** Which keys a change concerns: `queue.add` for at once, `store.timers.schedule` for later. */
  watch(change: Change, store: Store, queue: WorkQueue): void;
  /** Looks at one key; a look that came to nothing because others were faster gives false and is repeated later. */
  reconcile(store: Store, key: string): Generator<undefined, boolean>;
}

/** Keys that are to be looked at now, each once, in the order in which they came. */
export class WorkQueue {
  private readonly keys = new Set<string>();

  /** Asks for a look at a key. */
  public add(key: string): void {
    this.keys.add(key);
  }

  /** Takes the first key that is not being looked at, or undefined. */
  public take(isBusy: (key: string) => boolean): string | undefined {
    for (const key of this.keys) {
      if (isBusy(key)) continue;
      this.keys.delete(key);
      return key;
    }
    return undefined;
  }
}

/**
 * Asks for another look at a key whose last one came to nothing: after `firstMs`, and after twice as long each further time in a row.
 *
 * @source staging/src/k8s.io/client-go/util/workqueue/default_rate_limiters.go TypedItemExponentialFailureRateLimiter (v1.37)
 */
export function retryLater(store: Store, key: string, isDone: boolean, firstMs: number, longestMs: number): void {
  const memoryKey = `retries ${key}`;
  const retries = (store.memory.get(memoryKey) as number | undefined) ?? 0;
  if (isDone) {
    if (retries > 0) store.memory.delete(memoryKey);
    return;
  }
  store.memory.set(memoryKey, retries + 1);
  store.timers.schedule(key, store.now + Math.min(firstMs * 2 ** retries, longestMs));
}
