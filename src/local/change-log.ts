import { isSelected } from './select';
import { ClusterError, type Resource, type WatchEvent, type WatchOptions } from '../port/cluster-port';

/** One change of the store, with the version that it created. */
interface Change {
  readonly version: number;
  readonly resource: Resource;
  readonly event: WatchEvent;
}

/** How many changes are kept for watches that resume later. */
const longestHistory = 20_000;

/** The changes of a cluster in order, for watches that begin at any recent resource version. */
export class ChangeLog {
  private changes: Change[] = [];
  private readonly waiting = new Set<() => void>();
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
    let version = after;
    for (let next = this.firstAfter(after); !signal.aborted; next = this.firstAfter(version)) {
      for (; next < this.changes.length; next += 1) {
        const change = this.changes[next];
        if (change === undefined) break;
        version = change.version;
        if (change.resource.plural !== resource.plural || !isSelected(change.event.object, options, namespace)) continue;
        yield change.event;
        // The history may have been cut while the reader was busy.
        if (this.changes[next] !== change) break;
        if (signal.aborted) return;
      }
      if (next < this.changes.length) continue;
      if (this.closed) return;
      await this.change(signal);
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

  private async change(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        this.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  private wake(): void {
    for (const waiter of [...this.waiting]) waiter();
  }
}
