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
  const isUnknown = container !== undefined && !containerNames(templateOf(job)).includes(container);
  if (isUnknown) checkInjected(container, job, follow, await listPods());
  if (follow) return followLogs(port, job, { ...options, namespace }, isUnknown ? container : undefined);
  const follower = new LogFollower(port, name, { ...options, follow: false });
  for (const pod of await listPods()) follower.observe('ADDED', pod);
  await follower.finish(longest);
}

/** A webhook may have added a container to the pods, or somebody one to debug them; of pods that come yet nobody knows. */
function checkInjected(container: string, job: KubernetesObject, follow: boolean, items: readonly KubernetesObject[]): void {
  const there = items.flatMap(({ spec }) => containerNames(spec));
  if (there.includes(container) || (follow && items.length === 0)) return;
  throw noContainer(container, job, there);
}

function noContainer(container: string, job: KubernetesObject, there: readonly string[]): UsageError {
  const known = new Set([...containerNames(templateOf(job)), ...there]);
  const message = `Cannot read the output of container ${container}: Job ${job.metadata?.name ?? ''} has none of that name`;
  return new UsageError(message, `there is ${[...known].join(', ')}`);
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

/** @param unknown the container that is wanted, where the Job names none of that name and had no pods yet. */
async function followLogs(
  port: ClusterPort, job: KubernetesObject, options: LogsOptions & { readonly namespace: string }, unknown: string | undefined,
): Promise<void> {
  const { timers = systemTimers, signal, namespace } = options;
  const name = job.metadata?.name ?? '';
  const startedAt = timers.now();
  const clock = (): number => Math.round(timers.now() - startedAt) / 1000;
  const waitOptions = { timers, failFast: false, ...given({ signal }) };
  const follower = new LogFollower(port, name, options);
  const there = new Set<string>();
  const waiter = new Waiter(port, name, { name, namespace }, waitOptions, clock, {
    observe: (type, pod) => {
      for (const container of containerNames(pod.spec)) there.add(container);
      // Pods of one template are alike: what the first does not have, none will.
      if (unknown !== undefined && !there.has(unknown)) waiter.interrupt();
      else follower.observe(type, pod);
    },
    finish: (milliseconds) => follower.finish(milliseconds),
    close: () => follower.close(),
  });
  await waitForJobs(port, [{ name, namespace, waiter }], waitOptions, { clock });
  if (unknown !== undefined && !there.has(unknown) && signal?.aborted !== true) throw noContainer(unknown, job, [...there]);
}
