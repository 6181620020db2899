import { jobPodsSelector } from './job-pods';
import { getJob } from './jobs';
import { LogFollower, type LogFollowOptions } from './log-follow';
import { systemTimers } from './timers';
import { waitForJobs } from './wait';
import { Waiter } from './waiter';
import { formatSelector } from '../api/selector';
import { UsageError } from '../core/errors';
import { given } from '../core/given';
import { asObject, valueAt } from '../core/json';
import type { ClusterError, ClusterPort, KubernetesObject } from '../port/cluster-port';
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
 * @throws {ClusterError} NOT_FOUND when there is no such Job. @throws {UsageError} for a container that none of its pods has.
 */
export async function readLogs(port: ClusterPort, name: string, options: LogsOptions): Promise<void> {
  const namespace = options.namespace ?? port.namespace;
  const job = await getJob(port, name, { namespace });
  const { container, follow = false } = options;
  const listPods = async (): Promise<readonly KubernetesObject[]> => (
    (await port.list(pods, { namespace, labelSelector: formatSelector(jobPodsSelector(job)) })).items
  );
  if (container !== undefined && !containerNames(templateOf(job)).includes(container)) {
    checkInjected(container, job, follow, await listPods());
  }
  if (follow) return followLogs(port, name, namespace, options);
  const follower = new LogFollower(port, name, { ...options, follow: false });
  for (const pod of await listPods()) follower.observe('ADDED', pod);
  await follower.finish(longest);
}

/** A webhook may have added a container to the pods, or somebody one to debug them; of pods that come yet nobody knows. */
function checkInjected(container: string, job: KubernetesObject, follow: boolean, items: readonly KubernetesObject[]): void {
  const there = new Set(items.flatMap(({ spec }) => containerNames(spec)));
  if (there.has(container) || (follow && items.length === 0)) return;
  const known = new Set([...containerNames(templateOf(job)), ...there]);
  throw new UsageError(`Cannot read the output of container ${container}: Job ${job.metadata?.name ?? ''} has none of that name`, `there is ${[...known].join(', ')}`);
}

function templateOf({ spec }: KubernetesObject): unknown {
  return valueAt(spec, ['template', 'spec']);
}

/** The names of all containers of a pod's spec. */
function containerNames(spec: unknown): string[] {
  const lists = asObject(spec) as Partial<Record<string, ReadonlyArray<{ readonly name: string }>>>;
  const { initContainers = [], containers = [], ephemeralContainers = [] } = lists;
  return [...initContainers, ...containers, ...ephemeralContainers].map(({ name }) => name);
}

async function followLogs(port: ClusterPort, name: string, namespace: string, options: LogsOptions): Promise<void> {
  const { timers = systemTimers, signal } = options;
  const startedAt = timers.now();
  const clock = (): number => Math.round(timers.now() - startedAt) / 1000;
  const waitOptions = { timers, failFast: false, ...given({ signal }) };
  const waiter = new Waiter(port, name, { name, namespace }, waitOptions, clock, new LogFollower(port, name, options));
  await waitForJobs(port, [{ name, namespace, waiter }], waitOptions, { clock });
}
