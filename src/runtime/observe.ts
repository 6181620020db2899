import { Channel } from './channel';
import { EventRouter } from './event-router';
import { controllerUid, jobPodsSelector } from './job-pods';
import type { Timers } from './timers';
import { systemTimers } from './timers';
import { type Place, reflect, type ReflectOptions } from './watch';
import { createdWorkloadReason, jobUidOf, queueOf } from '../api/kueue';
import { jobNameLabel } from '../api/labels';
import { formatSelector } from '../api/selector';
import { given } from '../core/given';
import { ClusterError, type ClusterPort, type KubernetesObject, type Resource } from '../port/cluster-port';
import { events, jobs, pods, workloads } from '../port/resources';
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
export async function* observeJobs(
  port: ClusterPort, targets: readonly JobTarget[], options: ObserveOptions, signal: AbortSignal,
): AsyncGenerator<Sighting> {
  const sightings = new Channel<Sighting>();
  const observer = new Observer(port, targets, options, sightings, signal);
  observer.start();
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

/** Three watches, and the table that says to whom each object belongs. */
class Observer {
  private readonly namespace: string;
  private readonly byName: ReadonlyMap<string, JobTarget>;
  private readonly byUid = new Map<string, JobTarget>();
  private readonly podSelectors = new Set<string>();
  private readonly router = new EventRouter<JobTarget>((target, observation) => this.channel.push({ target, observation }));
  private readonly clock: () => number;
  private hasQueue = false;

  public constructor(
    private readonly port: ClusterPort, private readonly targets: readonly JobTarget[], private readonly options: ObserveOptions,
    private readonly channel: Channel<Sighting>, private readonly signal: AbortSignal,
  ) {
    const { timers = systemTimers } = options;
    const startedAt = timers.now();
    this.clock = options.clock ?? (() => Math.round(timers.now() - startedAt) / 1000);
    this.namespace = targets[0]?.namespace ?? port.namespace;
    this.byName = new Map(targets.map((target) => [target.name, target]));
  }

  public start(): void {
    void this.watchJobs().catch((error: unknown) => this.channel.fail(error));
    for (const { from } of this.targets) if (from !== undefined) this.see('jobs', 'ADDED', from);
    // One watch for the pods of many Jobs; those of a single one are found by its own selector, once it is known.
    if (this.targets.length > 1) void this.watchPods(jobNameLabel);
    void this.watchEvents();
  }

  /** One watch for all Jobs; one for each where a Role names the Jobs that may be watched. */
  private async watchJobs(): Promise<void> {
    const { targets, options: { since } } = this;
    const isTogether = targets.length > 1 && (since !== undefined || targets.every(({ from }) => from === undefined));
    if (isTogether) {
      try {
        return await this.watchTogether(targets, undefined);
      } catch (error) {
        if (!(error instanceof ClusterError && error.code === 'FORBIDDEN')) throw error;
      }
    }
    await Promise.all(targets.map((target) => this.watchTogether([target], `metadata.name=${target.name}`)));
  }

  private async watchTogether(targets: readonly JobTarget[], fieldSelector: string | undefined): Promise<void> {
    const from = this.place(targets);
    const selection = { namespace: this.namespace, ...given({ fieldSelector }) };
    const mustAnswer = this.options.mustAnswer === true;
    const options = { ...this.reflectOptions(jobs), selection, mustAnswer, ...given({ from }) };
    const seen = new Set<string>();
    for await (const change of reflect(this.port, jobs, options, this.signal)) {
      if (change.type === 'LISTED') {this.reportAbsent(targets, seen);} else {
        seen.add(change.object.metadata?.name ?? '');
        this.see('jobs', change.type, change.object);
      }
    }
  }

  /** Where to begin if the Jobs have just been applied. */
  private place(targets: readonly JobTarget[]): Place | undefined {
    const objects = targets.flatMap(({ from }) => (from === undefined ? [] : [from]));
    const [first] = objects;
    const resourceVersion = targets.length === 1 ? first?.metadata?.resourceVersion : this.options.since;
    return resourceVersion === undefined ? undefined : { resourceVersion, objects };
  }

  /** After a list: a Job that is not in it and was never seen will not appear; one that was seen has been reported as deleted. */
  private reportAbsent(targets: readonly JobTarget[], seen: ReadonlySet<string>): void {
    for (const target of targets) if (!seen.has(target.name) && target.from === undefined) this.channel.push({ target, absent: true });
  }

  private async watchPods(labelSelector: string): Promise<void> {
    if (this.podSelectors.has(labelSelector)) return;
    this.podSelectors.add(labelSelector);
    await this.tolerate(pods, async () => {
      const selection = { namespace: this.namespace, labelSelector };
      for await (const change of reflect(this.port, pods, { ...this.reflectOptions(pods), selection }, this.signal)) {
        if (change.type === 'LISTED') this.reportListed('pods');
        else this.see('pods', change.type, change.object);
      }
    });
  }

  private async watchEvents(): Promise<void> {
    await this.tolerate(events, async () => {
      const selection = { namespace: this.namespace };
      for await (const change of reflect(this.port, events, { ...this.reflectOptions(events), selection, remember: false }, this.signal)) {
        if (change.type === 'LISTED') this.reportListed('events');
        else this.see('events', change.type, change.object);
      }
    });
  }

  /** Workloads tell why Jobs wait in their queues; Kueue may be of a version that knows only the older API. */
  private async watchWorkloads(versions: readonly Resource[] = workloads): Promise<void> {
    const [resource, ...older] = versions;
    if (resource === undefined) return;
    const selection = { namespace: this.namespace };
    try {
      for await (const change of reflect(this.port, resource, { ...this.reflectOptions(resource), selection }, this.signal)) {
        if (change.type !== 'LISTED') this.see('workloads', change.type, change.object);
      }
    } catch (error) {
      if (!isOptional(error)) return this.channel.fail(error);
      if (error.code === 'NOT_FOUND' && older.length > 0) return this.watchWorkloads(older);
      this.options.onTrouble?.(error, resource);
    }
  }

  private reportListed(listed: 'pods' | 'events'): void {
    for (const target of this.targets) this.channel.push({ target, listed });
  }

  /** A kind that may not be watched, or that the cluster does not have, is left out: the rest still says most. */
  private async tolerate(resource: Resource, watch: () => Promise<void>): Promise<void> {
    try {
      await watch();
    } catch (error) {
      if (!isOptional(error)) return this.channel.fail(error);
      this.options.onTrouble?.(error, resource);
      this.reportListed(resource === pods ? 'pods' : 'events');
    }
  }

  private see(watch: 'jobs' | 'pods' | 'events' | 'workloads', type: 'ADDED' | 'MODIFIED' | 'DELETED', object: KubernetesObject): void {
    const observation: Observation = { at: this.clock(), watch, type, object };
    switch (watch) {
      case 'jobs': return this.seeJob(observation, object);
      case 'pods': return this.seePod(observation, object);
      case 'events': return this.seeEvent(observation, object);
      case 'workloads': return this.seeWorkload(observation, object);
    }
  }

  private seeJob(observation: Observation, object: KubernetesObject): void {
    const { name = '', uid = '' } = object.metadata ?? {};
    const target = this.byName.get(name);
    if (target === undefined) return;
    this.byUid.set(uid, target);
    this.channel.push({ target, observation });
    this.router.subject(uid, target);
    if (queueOf(object) !== undefined) this.noteQueue();
    const selector = jobPodsSelector(object);
    // A Job with a selector of its own need not have the labels that the shared watch looks for.
    if (this.targets.length === 1 || !selector.isGenerated) void this.watchPods(formatSelector(selector));
  }

  /** Kueue can take Jobs that name no queue. */
  private seeEvent(observation: Observation, object: KubernetesObject): void {
    if (object.reason === createdWorkloadReason) this.noteQueue();
    this.router.event(observation, object);
  }

  private seeWorkload(observation: Observation, object: KubernetesObject): void {
    const target = this.byUid.get(jobUidOf(object) ?? '');
    if (target !== undefined) this.channel.push({ target, observation });
  }

  private noteQueue(): void {
    if (this.hasQueue) return;
    this.hasQueue = true;
    void this.watchWorkloads();
  }

  private seePod(observation: Observation, object: KubernetesObject): void {
    const uid = object.metadata?.uid ?? '';
    const owner = controllerUid(object);
    const target = (owner === undefined ? undefined : this.byUid.get(owner)) ?? this.byUid.get(uid) ?? this.orphanOf(object);
    if (target === undefined) return;
    this.byUid.set(uid, target);
    this.channel.push({ target, observation });
    this.router.subject(uid, target);
  }

  /** A pod whose Job was not seen yet, or that has lost its owner, is known by its label. */
  private orphanOf({ metadata }: KubernetesObject): JobTarget | undefined {
    const label = metadata?.labels?.[jobNameLabel];
    return this.byName.get(label ?? '') ?? (this.targets.length === 1 ? this.targets[0] : undefined);
  }

  private reflectOptions(resource: Resource): ReflectOptions {
    const { timers, idle, backoff, onTrouble } = this.options;
    return {
      ...given({ timers, idle, backoff }),
      ...(onTrouble === undefined ? {} : { onTrouble: (error) => onTrouble(error, resource) }),
    };
  }
}

/** Whether a kind may not be watched, or is not there: what it would have told is done without. */
function isOptional(error: unknown): error is ClusterError {
  return error instanceof ClusterError && (error.code === 'FORBIDDEN' || error.code === 'NOT_FOUND');
}
