import type { Channel } from './channel';
import { EventRouter } from './event-router';
import { controllerUid, jobPodsSelector } from './job-pods';
import type { JobTarget, ObserveOptions, Sighting } from './observe';
import { systemTimers } from './timers';
import { Unclaimed } from './unclaimed';
import { type Place, reflect, type ReflectOptions } from './watch';
import { createdWorkloadReason, jobUidOf, queueOf } from '../api/kueue';
import { jobNameLabel } from '../api/labels';
import { formatSelector } from '../api/selector';
import { given } from '../core/given';
import { ClusterError, type ClusterPort, type KubernetesObject, type Resource } from '../port/cluster-port';
import { events, jobs, pods, workloads } from '../port/resources';
import type { Observation } from '../verdict/observation';

/** Where an observer looks. */
interface ObserverPlace {
  readonly namespace: string;
  /** Whether several Jobs share the watches. A single one has watches of its own, for which fewer rights are enough. */
  readonly isShared: boolean;
  /** Whether Jobs are added later. */
  readonly canGrow: boolean;
}

type ChangeType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** Three watches, and the table that says to whom each object belongs. */
export class Observer {
  private readonly targets = new Set<JobTarget>();
  private readonly byName = new Map<string, JobTarget>();
  private readonly byUid = new Map<string, JobTarget>();
  private readonly podSelectors = new Set<string>();
  private readonly router = new EventRouter<JobTarget>((target, observation) => this.channel.push({ target, observation }));
  private readonly clock: () => number;
  /** The Jobs that the shared watch knows: those that are added too, so that a relist tells when they are gone. */
  private readonly known = new Map<string, KubernetesObject>();
  private readonly unclaimed = new Unclaimed();
  private readonly listed = new Set<'pods' | 'events'>();
  private hasQueue = false;
  /** Whether each Job has a watch by its name. */
  private isByName = false;
  /** Whether the Jobs are being listed, or were while one was applied: that one may have come and gone unseen. */
  private isListing = false;
  private isRelisted = false;

  public constructor(
    private readonly port: ClusterPort, private readonly place: ObserverPlace, private readonly options: ObserveOptions,
    private readonly channel: Channel<Sighting>, private readonly signal: AbortSignal,
  ) {
    const { timers = systemTimers } = options;
    const startedAt = timers.now();
    this.clock = options.clock ?? (() => Math.round(timers.now() - startedAt) / 1000);
  }

  /** Begins to watch, with the Jobs that are known from the start. */
  public start(targets: readonly JobTarget[] = []): void {
    for (const target of targets) this.enter(target);
    void this.watchJobs(targets).catch((error: unknown) => this.channel.fail(error));
    for (const target of targets) this.seeFrom(target);
    // One watch for the pods of many Jobs; those of a single one are found by its own selector, once it is known.
    if (this.place.isShared) void this.watchPods(jobNameLabel);
    void this.watchEvents();
  }

  /** Keeps what is seen of anything, until the function that is returned is called: a Job is applied, and added, meanwhile. */
  public hold(): () => void {
    const release = this.unclaimed.hold();
    return () => {
      release();
      if (!this.unclaimed.isHeld) this.isRelisted = false;
    };
  }

  /** Observes one more Job, as an apply returned it: with what was seen of it before, and since `hold`. */
  public add(target: JobTarget): void {
    const { name, from } = target;
    this.enter(target);
    this.seeFrom(target);
    for (const { watch, type, object } of this.unclaimed.take(name)) {
      if (type !== undefined) this.see(watch as 'jobs' | 'pods', type, object as KubernetesObject);
    }
    for (const listed of this.listed) this.channel.push({ target, listed });
    const uid = from?.metadata?.uid ?? '';
    const mayBeMissed = this.isByName || this.isListing || this.isRelisted;
    if (mayBeMissed) void this.watchByName(target).catch((error: unknown) => this.channel.fail(error));
    else if (from !== undefined && !this.known.has(uid)) this.known.set(uid, from);
  }

  private enter(target: JobTarget): void {
    this.targets.add(target);
    this.byName.set(target.name, target);
  }

  private seeFrom({ from }: JobTarget): void {
    if (from !== undefined) this.see('jobs', 'ADDED', from);
  }

  /** One watch for all Jobs; one for each where a Role names the Jobs that may be watched. */
  private async watchJobs(targets: readonly JobTarget[]): Promise<void> {
    const { options: { since }, place: { isShared } } = this;
    this.isByName = !isShared || (since === undefined && (targets.length === 0 || targets.some(({ from }) => from !== undefined)));
    if (!this.isByName) {
      try {
        return await this.watchTogether(targets);
      } catch (error) {
        if (!(error instanceof ClusterError && error.code === 'FORBIDDEN')) throw error;
        this.isByName = true;
      }
    }
    await Promise.all([...this.targets].map((target) => this.watchByName(target)));
  }

  private async watchTogether(targets: readonly JobTarget[]): Promise<void> {
    const { since: resourceVersion } = this.options;
    for (const { from } of targets) if (from?.metadata?.uid !== undefined) this.known.set(from.metadata.uid, from);
    const from: Place | undefined = resourceVersion === undefined ? undefined : { resourceVersion, objects: [] };
    await this.watchSome(this.targets, undefined, { known: this.known, ...given({ from }) });
  }

  private async watchByName(target: JobTarget): Promise<void> {
    const { name, from } = target;
    const resourceVersion = from?.metadata?.resourceVersion;
    const place: Place | undefined = from === undefined || resourceVersion === undefined ? undefined : { resourceVersion, objects: [from] };
    await this.watchSome(new Set([target]), `metadata.name=${name}`, given({ from: place }));
  }

  private async watchSome(
    targets: ReadonlySet<JobTarget>, fieldSelector: string | undefined, place: Pick<ReflectOptions, 'from' | 'known'>,
  ): Promise<void> {
    const selection = { namespace: this.place.namespace, ...given({ fieldSelector }) };
    const mustAnswer = this.options.mustAnswer === true;
    const seen = new Set<string>();
    const onListing = (): void => { this.isListing ||= fieldSelector === undefined; };
    const options = { ...this.reflectOptions(jobs), selection, mustAnswer, onListing, ...place };
    for await (const change of reflect(this.port, jobs, options, this.signal)) {
      if (change.type === 'LISTED') {
        this.isListing &&= fieldSelector !== undefined;
        this.isRelisted ||= this.unclaimed.isHeld;
        this.reportAbsent(targets, seen);
        continue;
      }
      if (!this.place.canGrow) seen.add(change.object.metadata?.name ?? '');
      this.see('jobs', change.type, change.object);
    }
  }

  /** After a list: a Job that is not in it and was never seen will not appear; one that was seen has been reported as deleted. */
  private reportAbsent(targets: ReadonlySet<JobTarget>, seen: ReadonlySet<string>): void {
    for (const target of targets) if (!seen.has(target.name) && target.from === undefined) this.channel.push({ target, absent: true });
  }

  private async watchPods(labelSelector: string): Promise<void> {
    if (this.podSelectors.has(labelSelector)) return;
    this.podSelectors.add(labelSelector);
    await this.tolerate(pods, async () => {
      const selection = { namespace: this.place.namespace, labelSelector };
      for await (const change of reflect(this.port, pods, { ...this.reflectOptions(pods), selection }, this.signal)) {
        if (change.type === 'LISTED') this.reportListed('pods');
        else this.see('pods', change.type, change.object);
      }
    });
  }

  private async watchEvents(): Promise<void> {
    await this.tolerate(events, async () => {
      const selection = { namespace: this.place.namespace };
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
    const selection = { namespace: this.place.namespace };
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
    this.listed.add(listed);
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

  private see(watch: 'jobs' | 'pods' | 'events' | 'workloads', type: ChangeType, object: KubernetesObject): void {
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
    if (target === undefined) return this.keep(name, uid, observation);
    this.byUid.set(uid, target);
    this.channel.push({ target, observation });
    this.router.subject(uid, target);
    if (queueOf(object) !== undefined) this.noteQueue();
    const selector = jobPodsSelector(object);
    // A Job with a selector of its own need not have the labels that the shared watch looks for.
    if (!this.place.isShared || !selector.isGenerated) void this.watchPods(formatSelector(selector));
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
    if (target === undefined) return this.keep(object.metadata?.labels?.[jobNameLabel] ?? '', uid, observation);
    this.byUid.set(uid, target);
    this.channel.push({ target, observation });
    this.router.subject(uid, target);
  }

  private keep(job: string, uid: string, observation: Observation): void {
    if (this.place.canGrow) this.unclaimed.note(job, uid, observation);
  }

  /** A pod whose Job was not seen yet, or that has lost its owner, is known by its label. */
  private orphanOf({ metadata }: KubernetesObject): JobTarget | undefined {
    const [only] = this.place.isShared ? [] : this.targets;
    return this.byName.get(metadata?.labels?.[jobNameLabel] ?? '') ?? only;
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
