import { Backoff, type BackoffOptions } from './backoff';
import { errorOfEvent } from './connection/api-errors';
import { systemTimers, type Timers } from './timers';
import {
  ClusterError, type ClusterPort, type KubernetesObject, type Resource, type Selection, type WatchEvent,
} from '../port/cluster-port';

/** What a reflector reports: a change, or that a list has been delivered in full. */
type ReflectorEvent =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: KubernetesObject }
  | { readonly type: 'LISTED' };

/** A point in the history of a kind. */
export interface Place {
  readonly resourceVersion: string;
  readonly objects: readonly KubernetesObject[];
}

/** How a kind is watched. */
export interface ReflectOptions {
  readonly selection?: Selection;
  /** Begin here, with these objects known already, instead of with a list. */
  readonly from?: Place;
  /** What is known, by uid: others may add to it what they know from elsewhere, so that a relist tells when it is gone. Default: empty. */
  readonly known?: Map<string, KubernetesObject>;
  /**
   * Whether what a relist no longer shows is reported as deleted, with its last known state. Default true; costs a copy of every
   * object.
   */
  readonly remember?: boolean;
  /** Milliseconds of silence after which a watch is presumed dead. Default 90,000: bookmarks come every minute. */
  readonly idle?: number;
  /** Whether it is an error when the cluster does not answer the first list, instead of being retried. Default false. */
  readonly mustAnswer?: boolean;
  readonly backoff?: BackoffOptions;
  readonly timers?: Timers;
  /** Called before each list. */
  readonly onListing?: () => void;
  /** Called for every error that is survived. */
  readonly onTrouble?: (error: ClusterError) => void;
}

/**
 * All objects of a kind and every change to them, until the signal is aborted: list, then watch, then watch again from where it ended.
 *
 * Resets, half-open connections, silent ends, 429, 5xx and 410 are survived; a relist after 410 reports what was missed.
 *
 * @throws {ClusterError} for errors that do not pass by asking again: UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, INVALID; with `mustAnswer` any
 * error before the first answer.
 */
export async function* reflect(
  port: ClusterPort, resource: Resource, options: ReflectOptions, signal: AbortSignal,
): AsyncGenerator<ReflectorEvent> {
  const reflector = new Reflector(port, resource, options);
  const timers = options.timers ?? systemTimers;
  const backoff = new Backoff(timers, options.backoff);
  let hasAnswered = options.mustAnswer !== true;
  while (!signal.aborted) {
    try {
      if (!reflector.isListed) {
        yield* reflector.list();
        hasAnswered = true;
        yield { type: 'LISTED' };
        if (signal.aborted) return;
      }
      const openedAt = timers.now();
      for await (const change of reflector.watch(signal)) {
        backoff.reset();
        if (change !== undefined) yield change;
      }
      if (timers.now() - openedAt > longLife) backoff.reset();
      // A stream may end at any time; one that ends again and again without having said anything is trouble.
      if (backoff.attempts === 0) backoff.next();
      else await backoff.pause(signal);
    } catch (error) {
      if (signal.aborted) return;
      if (!hasAnswered) throw error;
      const { retryAfterSeconds } = survivable(error);
      options.onTrouble?.(error as ClusterError);
      if ((error as ClusterError).code === 'EXPIRED') reflector.forgetPlace();
      await backoff.pause(signal, retryAfterSeconds);
    }
  }
}

/** How long a silent stream must last not to count as trouble, in milliseconds: servers end watches every few minutes. */
const longLife = 20_000;

/** @throws errors that do not pass by asking again. */
function survivable(error: unknown): ClusterError {
  if (error instanceof ClusterError && (error.transient || error.code === 'EXPIRED')) return error;
  throw error;
}

/** Where a watch stands, and what is known. */
class Reflector {
  private readonly known: Map<string, KubernetesObject>;
  private readonly remember: boolean;
  private readonly timers: Timers;
  private version: string | undefined;

  public constructor(private readonly port: ClusterPort, private readonly resource: Resource, private readonly options: ReflectOptions) {
    this.known = options.known ?? new Map<string, KubernetesObject>();
    this.remember = options.remember ?? true;
    this.timers = options.timers ?? systemTimers;
    if (options.from === undefined) return;
    this.version = options.from.resourceVersion;
    for (const object of options.from.objects) this.keep(object);
  }

  public get isListed(): boolean {
    return this.version !== undefined;
  }

  public forgetPlace(): void {
    this.version = undefined;
  }

  /** Reports the difference between what was known and what there is. */
  public async *list(): AsyncGenerator<ReflectorEvent> {
    this.options.onListing?.();
    const { items, resourceVersion } = await this.port.list(this.resource, this.options.selection);
    const present = new Set(items.map(uidOf));
    for (const [uid, object] of this.known) {
      if (present.has(uid)) continue;
      this.known.delete(uid);
      yield { type: 'DELETED', object };
    }
    for (const item of items) {
      const before = this.known.get(uidOf(item));
      if (before?.metadata?.resourceVersion === item.metadata?.resourceVersion && before !== undefined) continue;
      const object = withKind(withoutManagedFields(item), this.resource);
      this.keep(object);
      yield { type: before === undefined ? 'ADDED' : 'MODIFIED', object };
    }
    this.version = resourceVersion;
  }

  /** The changes of one stream; undefined for a sign of life that changes nothing. */
  public async *watch(signal: AbortSignal): AsyncGenerator<ReflectorEvent | undefined> {
    const stream = new AbortController();
    const abort = (): void => stream.abort();
    signal.addEventListener('abort', abort, { once: true });
    const idle = new IdleGuard(this.timers, this.options.idle ?? 90_000, abort);
    try {
      const place = { ...this.options.selection, resourceVersion: this.version ?? '' };
      for await (const event of this.port.watch(this.resource, place, stream.signal)) {
        idle.alive();
        yield this.take(event);
        if (signal.aborted) return;
      }
    } finally {
      idle.stop();
      signal.removeEventListener('abort', abort);
    }
  }

  private take({ type, object: given }: WatchEvent): ReflectorEvent | undefined {
    if (type === 'ERROR') throw errorOfEvent(given, this.resource.plural);
    this.version = given.metadata?.resourceVersion ?? this.version;
    if (type === 'BOOKMARK') return undefined;
    const object = withoutManagedFields(given);
    if (type === 'DELETED') this.known.delete(uidOf(object));
    else this.keep(object);
    return { type, object };
  }

  private keep(object: KubernetesObject): void {
    if (this.remember) this.known.set(uidOf(object), object);
  }
}

/** Calls back after a period of silence. */
class IdleGuard {
  private heardAt: number;
  private cancel: () => void;

  public constructor(private readonly timers: Timers, private readonly longest: number, private readonly onIdle: () => void) {
    this.heardAt = timers.now();
    this.cancel = timers.after(longest, () => this.check());
  }

  public alive(): void {
    this.heardAt = this.timers.now();
  }

  public stop(): void {
    this.cancel();
  }

  private check(): void {
    const left = this.heardAt + this.longest - this.timers.now();
    if (left <= 0) this.onIdle();
    else this.cancel = this.timers.after(left, () => this.check());
  }
}

function uidOf({ metadata }: KubernetesObject): string {
  return metadata?.uid ?? `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`;
}

/** Adds the kind, which the items of a list do not have. */
function withKind(object: KubernetesObject, { apiVersion, kind }: Resource): KubernetesObject {
  return object.kind === undefined ? { apiVersion, kind, ...object } : object;
}

/** Drops managedFields: they are half of an object, and nothing here reads them. */
function withoutManagedFields(object: KubernetesObject): KubernetesObject {
  if (object.metadata?.managedFields === undefined) return object;
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}
