import { jobPodsSelector } from './job-pods';
import { getJob } from './jobs';
import { LogFollower, type LogFollowOptions } from './log-follow';
import { systemTimers } from './timers';
import { waitForJobs } from './wait';
import { Waiter } from './waiter';
import { formatSelector } from '../api/selector';
import { given } from '../core/given';
import { type ClusterError, type ClusterPort } from '../port/cluster-port';
import { pods } from '../port/resources';

/** Which output of a Job is read. */
export interface LogsOptions extends LogFollowOptions {
  readonly namespace?: string;
  /** Stops following. */
  readonly signal?: AbortSignal;
  /** Called for errors that are survived. */
  readonly onError?: (error: ClusterError) => void;
}

/** How long reading the remaining output may take, in milliseconds. */
const longest = 60_000;

/**
 * Reads the output of all containers of a Job's pods: all there is, or with `follow` all that comes until the Job has ended.
 *
 * @throws {ClusterError} NOT_FOUND when there is no such Job.
 */
export async function readLogs(port: ClusterPort, name: string, options: LogsOptions): Promise<void> {
  const namespace = options.namespace ?? port.namespace;
  const job = await getJob(port, name, { namespace });
  if (options.follow === true) return followLogs(port, name, namespace, options);
  const follower = new LogFollower(port, name, { ...options, follow: false });
  const { items } = await port.list(pods, { namespace, labelSelector: formatSelector(jobPodsSelector(job)) });
  for (const pod of items) follower.observe('ADDED', pod);
  await follower.finish(longest);
}

async function followLogs(port: ClusterPort, name: string, namespace: string, options: LogsOptions): Promise<void> {
  const { timers = systemTimers, signal } = options;
  const startedAt = timers.now();
  const clock = (): number => Math.round(timers.now() - startedAt) / 1000;
  const waitOptions = { timers, failFast: false, ...given({ signal }) };
  const waiter = new Waiter(port, name, { name, namespace }, waitOptions, clock, new LogFollower(port, name, options));
  await waitForJobs(port, [{ name, namespace, waiter }], waitOptions, { clock });
}
