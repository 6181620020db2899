import type { Timers } from './timers';
import { reflect } from './watch';
import { given } from '../core/given';
import { ClusterError, type ClusterPort, type KubernetesObject } from '../port/cluster-port';
import { jobs } from '../port/resources';

/** How long the end of a deleted Job is waited for. */
interface UntilGoneOptions {
  readonly timers?: Timers;
  /** Aborting it ends the wait. */
  readonly signal?: AbortSignal;
}

/**
 * Waits until a deleted Job is gone: a finalizer may hold it for a while, and its name with it.
 *
 * @throws {ClusterError} when the wait ended first.
 */
export async function untilGone(port: ClusterPort, { metadata }: KubernetesObject, { timers, signal }: UntilGoneOptions): Promise<void> {
  const { name = '', namespace, uid } = metadata ?? {};
  const stop = new AbortController();
  const end = (): void => stop.abort();
  if (signal?.aborted === true) end();
  signal?.addEventListener('abort', end, { once: true });
  const selection = { fieldSelector: `metadata.name=${name}`, ...given({ namespace }) };
  let isThere = false;
  try {
    for await (const change of reflect(port, jobs, { selection, ...given({ timers }) }, stop.signal)) {
      if (change.type === 'LISTED') {
        if (!isThere) return;
      } else if (change.object.metadata?.uid === uid) {
        if (change.type === 'DELETED') return;
        isThere = true;
      }
    }
  } finally {
    signal?.removeEventListener('abort', end);
    stop.abort();
  }
  throw new ClusterError('API', `Cannot make Job ${name} again: it was deleted, and the old one is still there`, {
    hint: `it is gone when its pods are: cdk8s-jobs get ${name}`,
  });
}
