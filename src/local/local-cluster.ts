import { admitCreate, admitUpdate, type ImageCommands, refusalOfJob } from './admission';
import { machineAllocatable } from './allocatable';
import type { ServedCluster } from './api-objects';
import type { DeletionRequest } from './api-query';
import { ChangeLog } from './change-log';
import { type AlarmClock, systemClock } from './clock';
import { expired, notFound, refusal } from './cluster-refusals';
import { machineEnvironment } from './container-environment';
import { DepartedPods } from './departed-pods';
import { LiveWorld } from './live-world';
import type { LocalClusterOptions } from './local-cluster-options';
import { LocalKubelet } from './local-kubelet';
import type { LogPiece } from './log-buffer';
import { applyManifest } from './merge';
import { patched, withEncodedTexts } from './patched';
import { placedIn, referenceOf } from './placed';
import { createProcessExecutor } from './process-executor';
import { selecting } from './select';
import { formatLogTime, stampLines } from './stamp-lines';
import { UsageError } from '../core/errors';
import type { Severity } from '../core/finding';
import { given } from '../core/given';
import { faultsOfQueues, type QueueSettings, settingsOfQueues } from '../engine/queue/settings';
import { createWorld, type EngineAction, type Event, listObjects } from '../engine/world';
import {
  type ApplyOptions, ClusterError, type KubernetesObject, type LogOptions, type ObjectList,
  type ObjectReference, type PatchType, type PodName, type Resource, type Selection, type TimedOutput, type WatchEvent, type WatchOptions,
  type WriteAnswer,
  type WriteOptions,
} from '../port/cluster-port';
import { configMaps, namespaces, pods, secrets } from '../port/resources';
import { defaultVersion, type KubernetesVersion } from '../rules/rule/versions';

/** Long enough for changes that come together, in milliseconds. */
const quickBatchMs = 10;

/**
 * A cluster in this process: the engine with real time and real processes, behind the same port as a real API server.
 *
 * It decides nothing about Jobs. The rules do admission, and everything else is a step of the engine.
 *
 * @throws {UsageError} for queues whose quantities or priorities are none.
 */
export async function createLocalCluster(options: LocalClusterOptions = {}): Promise<ServedCluster> {
  return new LocalCluster(options, 'embedded');
}

/**
 * The same cluster, for an API server in front of it: there are the namespaces of every cluster and that of the options, and a namespace or
 * a service account that is not there is refused. A container without a command is created, and cannot start.
 */
export async function createServedCluster(options: LocalClusterOptions = {}): Promise<ServedCluster> {
  const cluster = new LocalCluster(options, 'served');
  const names = new Set(['default', 'kube-node-lease', 'kube-public', 'kube-system', cluster.namespace]);
  for (const name of names) await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  return cluster;
}

/** `served`: behind an API server, strict as a real cluster; `embedded`: what a manifest takes for granted is there. */
type Manner = 'embedded' | 'served';

class LocalCluster implements ServedCluster {
  public readonly description = { type: 'local', name: 'local engine' } as const;
  public readonly capabilities = { outlivesProcess: false, runsImages: false };
  public readonly namespace: string;

  private readonly live: LiveWorld;
  private readonly clock: AlarmClock;
  private readonly images: ImageCommands;
  private readonly changes = new ChangeLog();
  /** What each field manager has applied last, by the uid of the object. */
  private readonly lastApplied = new Map<string, Map<string, KubernetesObject>>();
  private readonly kubelet: LocalKubelet;
  private readonly departed: DepartedPods;
  private readonly killAll = (): void => void this.kubelet.signalAll('SIGKILL');
  private readonly killAndFinish = (): void => {
    this.killAll();
    this.kubelet.finish();
  };

  public constructor(private readonly options: LocalClusterOptions, private readonly manner: Manner) {
    this.namespace = options.namespace ?? 'default';
    this.clock = options.clock ?? systemClock;
    this.images = options.imageCommands ?? {};
    const world = createWorld({
      seed: options.seed ?? this.clock.now() % 2 ** 31,
      refuse: (object) => refusalOfJob(object),
      batchMs: (options.pace ?? (manner === 'served' ? 'kubernetes' : 'quick')) === 'quick' ? quickBatchMs : 1000,
      admissionPlugins: manner === 'served' ? ['NamespaceLifecycle', 'ServiceAccount'] : [],
      queues: queuesOf(options),
    });
    this.live = new LiveWorld({ world, clock: this.clock, perform: (action) => this.perform(action), hasHistory: manner === 'served' });
    this.kubelet = new LocalKubelet({
      executor: options.executor ?? createProcessExecutor(),
      images: this.images,
      environment: machineEnvironment(process.env),
      node: machineAllocatable(),
      now: () => this.clock.now(),
      report: (event) => this.live.report(event),
      find: (kind, namespace, name) => this.live.find({ resource: kind === 'Secret' ? secrets : configMaps, namespace, name }),
    });
    this.departed = new DepartedPods(this.clock, (uid) => this.kubelet.forget(uid));
    // When this process ends without closing the cluster, its containers must not stay behind.
    process.once('exit', this.killAndFinish);
  }

  /** The version whose rules admission applies. */
  public async version(): Promise<KubernetesVersion> {
    return defaultVersion;
  }

  public async create(object: KubernetesObject, options: WriteOptions = {}): Promise<WriteAnswer> {
    const placed = placedIn(this.namespace, object);
    // As on the API server, this comes before what is wrong with the object itself.
    if (this.manner === 'served' && !this.hasNamespaceOf(placed)) throw notFound(namespaces, placed.metadata?.namespace ?? '');
    const warnings = admitCreate(placed, this.images, this.commandSeverity);
    return this.write({ event: 'create', object: placed }, warnings, options);
  }

  public async apply(object: KubernetesObject, options: ApplyOptions = {}): Promise<WriteAnswer> {
    const placed = placedIn(this.namespace, object);
    const { fieldManager = '', dryRun } = options;
    const live = this.live.find(referenceOf(placed));
    const answer = live === undefined
      ? await this.create(placed, options)
      : this.applyOver(live, this.lastApplied.get(uidOf(live))?.get(fieldManager), placed, options);
    if (dryRun === true) return answer;
    const uid = uidOf(answer.object);
    const byManager = this.lastApplied.get(uid) ?? new Map<string, KubernetesObject>();
    this.lastApplied.set(uid, byManager.set(fieldManager, placed));
    return answer;
  }

  public async get(reference: ObjectReference): Promise<KubernetesObject> {
    const object = this.live.find({ ...reference, namespace: reference.namespace ?? this.namespace });
    if (object === undefined) throw notFound(reference.resource, reference.name);
    return object;
  }

  public async list(resource: Resource, selection: Selection = {}, version?: number): Promise<ObjectList> {
    const world = version === undefined ? this.live.world : this.live.at(version);
    if (world === undefined) throw expired('The resourceVersion for the provided list is too old.');
    const items = listObjects(world, resource).filter(selecting(selection, this.namespace));
    return { items, resourceVersion: String(world.version) };
  }

  public watch(resource: Resource, options: WatchOptions, signal: AbortSignal): AsyncIterable<WatchEvent> {
    return this.changes.watch(resource, options, this.namespace, signal);
  }

  public async patch(reference: ObjectReference, patch: unknown, type: PatchType, options: WriteOptions = {}): Promise<WriteAnswer> {
    const live = await this.get(reference);
    return this.update(live, withEncodedTexts(patched(live, patch, type)), options);
  }

  public async delete(reference: ObjectReference, options: DeletionRequest): Promise<WriteAnswer> {
    const { propagationPolicy, uid, gracePeriodSeconds } = options;
    return this.write({
      event: 'delete',
      reference: { ...reference, namespace: reference.namespace ?? this.namespace },
      ...given({ propagationPolicy, uid, gracePeriodSeconds }),
    }, [], options);
  }

  public async getLogged(pod: PodName): Promise<KubernetesObject> {
    const where = { namespace: this.namespace, ...pod };
    const object = this.live.find({ resource: pods, ...where }) ?? this.departed.find(where);
    if (object === undefined) throw notFound(pods, pod.name);
    return object;
  }

  public async *logs(pod: PodName, options: LogOptions, signal: AbortSignal): AsyncIterable<Uint8Array> {
    for await (const piece of await this.read(pod, options, signal)) yield options.timestamps === true ? stampLines(piece) : piece.bytes;
  }

  public async *timedLogs(pod: PodName, options: LogOptions, signal: AbortSignal): AsyncIterable<TimedOutput> {
    for await (const { at, bytes } of await this.read(pod, options, signal)) yield { time: formatLogTime(at), bytes };
  }

  /** Ends all containers, with a grace period; a second call ends them at once. */
  public async close(): Promise<void> {
    const again = this.live.isClosed;
    this.live.close();
    this.departed.close();
    this.changes.close();
    if (again) {
      await this.kubelet.signalAll('SIGKILL');
      return;
    }
    const deadline = this.clock.now() + 1000 * (this.options.closeGraceSeconds ?? 5);
    const cancel = this.clock.alarm(deadline, this.killAll);
    await this.kubelet.signalAll('SIGTERM');
    cancel();
    this.kubelet.finish();
    process.removeListener('exit', this.killAndFinish);
  }

  private async read(pod: PodName, options: LogOptions, signal: AbortSignal): Promise<AsyncIterable<LogPiece>> {
    const object = await this.getLogged(pod);
    return this.kubelet.read(pod, object.metadata?.uid ?? '', options, signal);
  }

  private get commandSeverity(): Severity {
    return this.manner === 'served' ? 'warning' : 'error';
  }

  private hasNamespaceOf({ metadata: { namespace } = {} }: KubernetesObject): boolean {
    return namespace === undefined || this.live.find({ resource: namespaces, name: namespace }) !== undefined;
  }

  private applyOver(
    live: KubernetesObject, lastApplied: KubernetesObject | undefined, applied: KubernetesObject, options: WriteOptions,
  ): WriteAnswer {
    const merged = applyManifest(live, lastApplied, applied) as KubernetesObject;
    const { resourceVersion = '' } = live.metadata ?? {};
    return this.update(live, { ...merged, metadata: { ...merged.metadata, resourceVersion } }, options);
  }

  private update(live: KubernetesObject, object: KubernetesObject, options: WriteOptions): WriteAnswer {
    if (JSON.stringify(live) === JSON.stringify(object)) return { object: live, code: 200, warnings: [] };
    const warnings = admitUpdate(live, object, this.images, this.commandSeverity);
    return this.write({ event: 'update', object }, warnings, options);
  }

  /** Hands a client's event to the engine; a refusal comes back as an error. */
  private write(event: Event, warnings: readonly string[], { dryRun }: WriteOptions): WriteAnswer {
    if (this.live.isClosed) throw new ClusterError('UNREACHABLE', 'The local cluster is closed');
    const answer = dryRun === true ? this.live.tryOut(event) : this.live.dispatch(event);
    if (answer === undefined || answer.code >= 300) throw refusal(answer);
    return { object: answer.object ?? {}, code: answer.code, warnings };
  }

  private perform(action: EngineAction): void {
    switch (action.action) {
      case 'start-container': return this.kubelet.start(action);
      case 'signal-container': return this.kubelet.signal(action);
      case 'changed': {
        const { type, resource, object } = action;
        if (type === 'DELETED' && resource === pods) this.departed.add(object);
        if (type === 'DELETED') this.lastApplied.delete(uidOf(object));
        return this.changes.publish(resource, { type, object });
      }
    }
  }
}

function queuesOf(options: LocalClusterOptions): QueueSettings {
  const [fault] = faultsOfQueues(options);
  if (fault !== undefined) throw new UsageError(`Cannot make a local cluster: ${fault}`);
  return settingsOfQueues(options);
}

function uidOf({ metadata }: KubernetesObject): string {
  return metadata?.uid ?? '';
}
