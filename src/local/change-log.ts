import { selecting } from './select';
import { ClusterError, type Resource, type WatchEvent, type WatchOptions } from '../port/cluster-port';

/** One change of the store, with the version that it created. */
interface Change {
  readonly version: number;
  readonly resource: Resource;
  readonly event: WatchEvent;
}

/** A watch that has nothing to say. */
interface Waiter {
  /** Lets it look again. */
  wake: () => void;
}

/** How many changes are kept for watches that resume later. */
const longestHistory = 20_000;

/** The changes of a cluster in order, for watches that begin at any recent resource version. */
export class ChangeLog {
  private changes: Change[] = [];
  private readonly waiting = new Set<Waiter>();
  private forgotten = 0;
  private closed = false;

  /** Adds a change and wakes the watches. */
  public publish(resource: Resource, event: WatchEvent): void {
    this.changes.push({ version: Number(event.object.metadata?.resourceVersion ?? 0), resource, event });
    if (this.changes.length > 2 * longestHistory) this.forget();
    this.wake();
  }

  /** Ends all watches. */
  public close(): void {
    this.closed = true;
    this.wake();
  }

  /**
   * The changes of a kind after a version, including those to come, until the signal is aborted.
   *
   * @throws {ClusterError} `EXPIRED` when the version is older than the history.
   */
  public async *watch(resource: Resource, options: WatchOptions, namespace: string, signal: AbortSignal): AsyncIterable<WatchEvent> {
    const after = Number(options.resourceVersion);
    if (after < this.forgotten) {
      throw new ClusterError('EXPIRED', `Cannot watch ${resource.plural} from version ${after}: too old`, { status: 410, reason: 'Expired' });
    }
    const isSelected = selecting(options, namespace);
    const waiter: Waiter = { wake: () => undefined };
    const stop = (): void => waiter.wake();
    signal.addEventListener('abort', stop);
    try {
      let version = after;
      for (let next = this.firstAfter(after); !signal.aborted; next = this.firstAfter(version)) {
        for (; next < this.changes.length; next += 1) {
          const change = this.changes[next];
          if (change === undefined) break;
          version = change.version;
          if (change.resource.plural !== resource.plural || !isSelected(change.event.object)) continue;
          yield change.event;
          // The history may have been cut while the reader was busy.
          if (this.changes[next] !== change) break;
          if (signal.aborted) return;
        }
        if (next < this.changes.length) continue;
        if (this.closed) return;
        await this.change(waiter);
      }
    } finally {
      this.waiting.delete(waiter);
      signal.removeEventListener('abort', stop);
    }
  }

  private firstAfter(version: number): number {
    let low = 0;
    for (let high = this.changes.length; low < high;) {
      const middle = Math.floor((low + high) / 2);
      if ((this.changes[middle]?.version ?? 0) <= version) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private forget(): void {
    this.forgotten = this.changes[longestHistory - 1]?.version ?? 0;
    this.changes = this.changes.slice(longestHistory);
  }

  private change(waiter: Waiter): Promise<void> {
    return new Promise((resolve) => {
      waiter.wake = resolve;
      this.waiting.add(waiter);
    });
  }

  private wake(): void {
    const waiters = [...this.waiting];
    this.waiting.clear();
    for (const { wake } of waiters) wake();
  }
}
