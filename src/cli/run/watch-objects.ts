import { catchInterrupts } from './interrupts';
import type { ClusterPort, KubernetesObject, Resource, Selection } from '../../port/cluster-port';
import { reflect } from '../../runtime/watch';
import { exitStatuses } from '../../verdict/exit-status';
import type { Output } from '../terminal/output';

/** What is watched, and how long. */
interface WatchObjectsOptions {
  readonly selection: Selection;
  /** Seconds; default: until a signal. */
  readonly timeout?: number;
}

/**
 * Shows the objects of a kind: first what there is, then each that changes, until Ctrl-C or until time is up. A connection that ends is
 * opened again, and what was missed meanwhile is shown.
 *
 * @param show is told of one deleted object with its last state.
 * @returns the exit status: that of the signal, or of the timeout.
 * @throws {ClusterError} when the cluster cannot be asked to begin with.
 */
export async function watchObjects(
  port: ClusterPort, kind: Resource, { selection, timeout }: WatchObjectsOptions, output: Output,
  show: (objects: readonly KubernetesObject[], isDeleted: boolean) => void,
): Promise<number> {
  const interrupts = catchInterrupts(() => undefined);
  // `AbortSignal.timeout` may be collected as garbage before it fires when only `AbortSignal.any` knows it: the watch would never end.
  const limit = new AbortController();
  const alarm = timeout === undefined ? undefined : setTimeout(() => limit.abort(), timeout * 1000);
  const signal = AbortSignal.any([interrupts.signal, limit.signal]);
  let atFirst: KubernetesObject[] | undefined = [];
  try {
    for await (const change of reflect(port, kind, { selection, mustAnswer: true, onTrouble: ({ message }) => output.talk(`${message}; trying again`) }, signal)) {
      if (change.type !== 'LISTED') {
        if (atFirst === undefined) show([change.object], change.type === 'DELETED');
        else atFirst.push(change.object);
      } else if (atFirst !== undefined) {
        if (atFirst.length > 0) show(atFirst, false);
        atFirst = undefined;
      }
    }
    return interrupts.status() ?? exitStatuses.timedOut;
  } finally {
    clearTimeout(alarm);
    interrupts.release();
  }
}
