import { setMaxListeners } from 'node:events';
import { Channel } from './channel';
import { type ObserveOptions, readSightings, type Sighting } from './observe';
import { Observer } from './observer';
import { type AwaitedJob, take } from './wait';
import { given } from '../core/given';
import { ClusterError, type ClusterPort, type KubernetesObject } from '../port/cluster-port';
import { jobs as jobResource } from '../port/resources';

/** The watches of a namespace. */
interface NamespaceWatch {
  readonly observer: Observer;
  readonly isShared: boolean;
}

/**
 * The watches of a run: those of a namespace are opened before the first of its Jobs is applied, and shared by all of them, whenever they
 * start. Where a run has one Job in a namespace, that is watched by its name.
 */
export class RunWatches {
  private readonly counts = new Map<string, number>();
  private readonly opened = new Map<string, Promise<NamespaceWatch>>();
  private readonly byNamespace = new Map<string, NamespaceWatch>();
  private readonly stop = new AbortController();

  /** @param jobs all Jobs of the run. @param onFailure called when Jobs cannot be watched any more. */
  public constructor(
    private readonly port: ClusterPort, jobs: readonly KubernetesObject[], private readonly options: ObserveOptions,
    private readonly onFailure: (error: unknown) => void,
  ) {
    for (const job of jobs) this.counts.set(this.namespaceOf(job), (this.counts.get(this.namespaceOf(job)) ?? 0) + 1);
    // Where Jobs may be watched by name only, each listens; Node would take more than ten for a leak.
    setMaxListeners(0, this.stop.signal);
  }

  /** Opens the watches of the namespaces of Jobs that are about to be applied, where they are not open yet. */
  public async open(jobs: readonly KubernetesObject[]): Promise<void> {
    const firsts = new Map(jobs.map((job) => [this.namespaceOf(job), job]));
    await Promise.all([...firsts].map(([namespace, job]) => {
      const opened = this.opened.get(namespace) ?? this.openNamespace(namespace, job);
      this.opened.set(namespace, opened);
      return opened;
    }));
  }

  /** Keeps what is seen in the namespace of a Job while it is applied, until the function that is returned is called. */
  public hold(job: KubernetesObject): () => void {
    return this.byNamespace.get(this.namespaceOf(job))?.observer.hold() ?? (() => undefined);
  }

  /** Passes what is seen of a Job to its waiter, from its apply on. */
  public add(job: AwaitedJob): void {
    const watch = this.byNamespace.get(job.namespace);
    if (watch === undefined || job.waiter.isDone) return;
    if (watch.isShared) watch.observer.add(job);
    else watch.observer.start([job]);
  }

  /** Ends all watches. */
  public close(): void {
    this.stop.abort();
  }

  private async openNamespace(namespace: string, job: KubernetesObject): Promise<NamespaceWatch> {
    const isShared = (this.counts.get(namespace) ?? 0) > 1;
    const since = isShared ? await jobsVersion(this.port, namespace, job) : undefined;
    const sightings = new Channel<Sighting>();
    const place = { namespace, isShared, canGrow: isShared };
    const observer = new Observer(this.port, place, { ...this.options, ...given({ since }) }, sightings, this.stop.signal);
    void this.deliver(sightings).catch((error: unknown) => this.onFailure(error));
    if (isShared) observer.start();
    const watch = { observer, isShared };
    this.byNamespace.set(namespace, watch);
    return watch;
  }

  private async deliver(sightings: Channel<Sighting>): Promise<void> {
    for await (const sighting of readSightings(sightings, this.stop.signal)) take((sighting.target as AwaitedJob).waiter, sighting);
  }

  private namespaceOf({ metadata }: KubernetesObject): string {
    return metadata?.namespace ?? this.port.namespace;
  }
}

/** Undefined where Jobs may not be listed: then each is watched by its name, from its own version on. */
async function jobsVersion(port: ClusterPort, namespace: string, { metadata }: KubernetesObject): Promise<string | undefined> {
  try {
    return (await port.list(jobResource, { fieldSelector: `metadata.name=${metadata?.name ?? 'none'}`, namespace })).resourceVersion;
  } catch (error) {
    if (error instanceof ClusterError && error.code === 'FORBIDDEN') return undefined;
    throw error;
  }
}
