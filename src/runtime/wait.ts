import { setMaxListeners } from 'node:events';
import { observeJobs, type JobTarget, type ObserveOptions, type Sighting } from './observe';
import type { RunResult, WaitOptions } from './run-options';
import { systemTimers } from './timers';
import { Waiter } from './waiter';
import { given } from '../core/given';
import type { ClusterPort } from '../port/cluster-port';

/** A Job to wait for, and what was seen of it before the wait. */
export interface AwaitedJob extends JobTarget {
  /** The waiter that judges it. */
  readonly waiter: Waiter;
}

/** What a wait shares among its Jobs. */
export interface WaitContext {
  readonly clock: () => number;
  /** Seconds of the time to wait that have passed before. Default: none. */
  readonly spent?: number;
  readonly since?: string;
  /** Whether the cluster has not been heard of yet, so that no answer from it is an error. */
  readonly isFirstContact?: boolean;
  /** Gets the entries at the end of the tape. */
  readonly recording?: { finish(jobs: readonly AwaitedJob[]): void };
}

/** Waits until all Jobs have their verdict, time is up, or the signal is aborted. */
export async function waitForJobs(
  port: ClusterPort, jobs: readonly AwaitedJob[], options: WaitOptions,
  { clock, spent = 0, since, recording, isFirstContact = false }: WaitContext,
): Promise<RunResult> {
  const stop = new AbortController();
  // Where Jobs may be watched by name only, each listens; Node would take more than ten for a leak.
  setMaxListeners(0, stop.signal);
  const { timers = systemTimers, signal, timeoutSeconds } = options;
  const awaited = jobs.filter(({ waiter }) => !waiter.isDone);
  void Promise.all(awaited.map(({ waiter }) => waiter.ended)).then(() => stop.abort());
  const interrupt = (): void => jobs.forEach(({ waiter }) => waiter.interrupt());
  if (signal?.aborted === true) interrupt();
  signal?.addEventListener('abort', interrupt, { once: true });
  const cancelTimeout = timeoutSeconds === undefined
    ? () => undefined
    : timers.after(Math.max(0, timeoutSeconds - spent) * 1000, () => jobs.forEach(({ waiter }) => waiter.timeOut(timeoutSeconds)));
  try {
    const observing = { ...observeOptions(options), clock, mustAnswer: isFirstContact, ...given({ since }) };
    if (awaited.length > 0) await feed(port, awaited, observing, stop.signal);
  } finally {
    cancelTimeout();
    signal?.removeEventListener('abort', interrupt);
    stop.abort();
  }
  await Promise.all(jobs.map(({ waiter }) => waiter.finishLogs()));
  recording?.finish(jobs);
  return resultOf(jobs.map(({ waiter }) => waiter.verdict));
}

/** The result of Jobs whose verdicts are known. */
function resultOf(verdicts: RunResult['jobs']): RunResult {
  return { jobs: verdicts, ok: verdicts.every(({ verdict }) => verdict === 'Complete') };
}

/** Passes what is seen to the waiters, with one stream for each namespace. */
async function feed(port: ClusterPort, jobs: readonly AwaitedJob[], options: ObserveOptions, signal: AbortSignal): Promise<void> {
  const waiters = new Map<JobTarget, Waiter>(jobs.map((job) => [job, job.waiter]));
  const byNamespace = new Map<string, AwaitedJob[]>();
  for (const job of jobs) {
    const group = byNamespace.get(job.namespace);
    if (group === undefined) byNamespace.set(job.namespace, [job]);
    else group.push(job);
  }
  await Promise.all([...byNamespace.values()].map(async (group) => {
    for await (const sighting of observeJobs(port, group, options, signal)) take(waiters.get(sighting.target), sighting);
  }));
}

/** Gives what was seen of a Job to its waiter. */
export function take(waiter: Waiter | undefined, sighting: Sighting): void {
  if ('absent' in sighting) waiter?.absent();
  else if ('listed' in sighting) waiter?.listed(sighting.listed);
  else waiter?.observe(sighting.observation);
}

/** How the Jobs of a wait are observed. */
export function observeOptions({ timers, backoff, onProgress }: WaitOptions): ObserveOptions {
  return {
    ...given({ timers, backoff }),
    onTrouble: (error, { plural }) => onProgress?.(error.transient || error.code === 'EXPIRED'
      ? { type: 'trouble', error }
      : { type: 'unwatched', resource: plural, error }),
  };
}
