import { Channel } from './channel';
import { Observer } from './observer';
import type { Timers } from './timers';
import type { ReflectOptions } from './watch';
import type { ClusterError, ClusterPort, KubernetesObject, Resource } from '../port/cluster-port';
import type { Observation } from '../verdict/observation';

/** A Job to observe. */
export interface JobTarget {
  readonly namespace: string;
  readonly name: string;
  /** The Job as an apply returned it: observation begins after it. Default: with what exists. */
  readonly from?: KubernetesObject;
}

/** One thing that was seen about a target. */
export type Sighting =
  | { readonly target: JobTarget; readonly observation: Observation }
  /** The list is there, and the Job is not in it. */
  | { readonly target: JobTarget; readonly absent: true }
  /** All existing objects of this kind have been seen, or cannot be seen. */
  | { readonly target: JobTarget; readonly listed: 'pods' | 'events' };

/** How Jobs are observed. */
export interface ObserveOptions extends Pick<ReflectOptions, 'idle' | 'backoff' | 'mustAnswer'> {
  readonly timers?: Timers;
  /**
   * A resource version of Jobs from before the first `from`: needed when several targets have one, so that nothing in between is
   * missed.
   */
  readonly since?: string;
  /** The current time in seconds, for `at`. Default: the time since the call. */
  readonly clock?: () => number;
  /** Called for errors that are survived, and for what may not be watched. */
  readonly onTrouble?: (error: ClusterError, resource: Resource) => void;
}

/**
 * What is seen of Jobs, their pods, and the Events of both, in order of arrival, until the signal is aborted.
 *
 * All targets must be in one namespace. One Job is watched by its name, which a Role with `resourceNames` allows; more share three watches,
 * or have one each for the Jobs where the shared one is forbidden. Where a Job is in a queue of Kueue there is one more, of Workloads. What
 * besides Jobs may not be watched is done without.
 *
 * @throws {ClusterError} when the Jobs cannot be watched.
 */
export function observeJobs(
  port: ClusterPort, targets: readonly JobTarget[], options: ObserveOptions, signal: AbortSignal,
): AsyncGenerator<Sighting> {
  const sightings = new Channel<Sighting>();
  const place = { namespace: targets[0]?.namespace ?? port.namespace, isShared: targets.length > 1, canGrow: false };
  new Observer(port, place, options, sightings, signal).start(targets);
  return readSightings(sightings, signal);
}

/** What an observer has seen, until the signal is aborted. */
export async function* readSightings(sightings: Channel<Sighting>, signal: AbortSignal): AsyncGenerator<Sighting> {
  const end = (): void => sightings.end();
  signal.addEventListener('abort', end, { once: true });
  try {
    for await (const sighting of sightings) {
      if (signal.aborted) return;
      yield sighting;
    }
  } finally {
    signal.removeEventListener('abort', end);
  }
}
