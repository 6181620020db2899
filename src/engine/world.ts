import { type ObjectKey, collectionOf, objectKey } from './keys';
import { type Memory, emptyMemory } from './memory';
import { type ObjectLists, noLists } from './object-lists';
import { resourceOfKind, type StoredKinds, type StoredMetadata, type StoredObject } from './objects';
import { noQueues, type QueueSettings } from './queue/settings';
import { Table } from './table';
import { emptyTimerQueue, type TimerQueue } from './timer-queue';
import { type ApiServer, apiServer } from '../api/api-server';
import type { Container } from '../api/kubernetes';
import type { Pod, PodCondition, PodPhase } from '../api/pod-manifest';
import type { Instant } from '../core/time';
import type { KubernetesObject, ObjectReference, PropagationPolicy, Resource } from '../port/cluster-port';

/**
 * A whole cluster at one moment: its objects, and what its controllers and its kubelet remember.
 *
 * A world is a value: a step makes a new one, and the old one stays valid. Only the functions of this folder look inside.
 */
export interface World {
  readonly options: Required<WorldOptions>;
  /** The state of the random numbers behind names and uids. */
  readonly random: number;
  /** The newest resource version. */
  readonly version: number;
  /** How many objects are being deleted. */
  readonly going: number;
  readonly objects: Table<ObjectKey, StoredObject>;
  /** What stays the same of each object, by its uid. */
  readonly entries: Table<string, ObjectEntry>;
  readonly lists: ObjectLists;
  /** The requests that controllers are to serve later. */
  readonly timers: TimerQueue;
  readonly memory: Memory;
}

/** What stays the same of an object while its status changes. */
export interface ObjectEntry {
  readonly key: ObjectKey;
  readonly resource: Resource;
  /** Its metadata, in the version in which they last changed. */
  readonly metadata: StoredMetadata;
}

/** What a new world is like. */
export interface WorldOptions {
  /** Where names and uids come from: the same seed gives the same ones. Default 1. */
  readonly seed?: number;
  /** Whether a new pod goes to a node at once, or waits for a `pod-scheduled` event. Default `at-once`. */
  readonly scheduling?: 'at-once' | 'by-event';
  /** The node that pods run on. Default `local`. */
  readonly nodeName?: string;
  /** Whether the kubelet writes events about pods (`Started`, `Killing`). Default true. */
  readonly podEvents?: boolean;
  /** The time zone of CronJobs without a timeZone. Default `UTC`. */
  readonly timeZone?: string;
  /** How many milliseconds the Job controller gathers changes of pods and status before it looks. Default 1000, as in Kubernetes. */
  readonly batchMs?: number;
  /** Admission plugins of the API server that are on. Default none: any namespace and any service account will do. */
  readonly admissionPlugins?: readonly AdmissionPlugin[];
  /** The API server's words for refusing an object that a controller is about to create, or undefined. Default: nothing is refused. */
  readonly refuse?: (object: KubernetesObject) => string | undefined;
  /** The API server and the controllers that are played: their version and feature gates. Default: those of the default version. */
  readonly server?: ApiServer;
  /** The queues in which Jobs wait that name one. Default: there is no Kueue, and they start at once. */
  readonly queues?: QueueSettings;
}

/**
 * What the API server refuses by what else there is: `NamespaceLifecycle` new objects in namespaces that do not exist or are being deleted,
 * `ServiceAccount` pods of service accounts that do not exist.
 *
 * @source plugin/pkg/admission/serviceaccount, staging/src/k8s.io/apiserver/pkg/admission/plugin/namespace/lifecycle (v1.37)
 */
export type AdmissionPlugin = 'NamespaceLifecycle' | 'ServiceAccount';

/** What happens to a world: what clients ask of it, what containers do, and time. */
export type Event =
  | CreateEvent
  | UpdateEvent
  | DeleteEvent
  | EvictEvent
  | PodScheduledEvent
  | ContainerStartedEvent
  | ContainerWaitingEvent
  | ContainerReadyEvent
  | ContainerExitedEvent
  | PodPatchEvent
  | TickEvent;

/** A client creates an object; defaults, uid, times and generated names are filled in. It must have passed validation. */
interface CreateEvent {
  readonly event: 'create';
  readonly object: KubernetesObject;
}

/**
 * A client replaces an object by its whole new form, with patches already merged; it must have passed validation.
 *
 * A `metadata.resourceVersion` or `metadata.uid` that is not the current one is a conflict.
 */
interface UpdateEvent {
  readonly event: 'update';
  readonly object: KubernetesObject;
  /** Change only the status, as the `/status` path does. Default: everything but the status. */
  readonly subresource?: 'status';
}

/** A client deletes an object. */
export interface DeleteEvent {
  readonly event: 'delete';
  readonly reference: ObjectReference;
  /** Default: as for a bare REST call, Orphan for Jobs and Background for all others. */
  readonly propagationPolicy?: PropagationPolicy;
  /** Delete only the object with this uid. */
  readonly uid?: string;
  /** For pods only: 0 removes the pod at once. Default: the grace period in its spec. */
  readonly gracePeriodSeconds?: number;
}

/** A client evicts a pod: it gets the condition DisruptionTarget and is deleted. */
export interface EvictEvent {
  readonly event: 'evict';
  readonly reference: ObjectReference;
  readonly gracePeriodSeconds?: number;
}

/** A pod found a node; its first containers start. Needed only with `scheduling: 'by-event'`. */
export interface PodScheduledEvent {
  readonly event: 'pod-scheduled';
  readonly podUid: string;
  /** Default: the world's node. */
  readonly nodeName?: string;
}

/** A container runs. */
export interface ContainerStartedEvent {
  readonly event: 'container-started';
  readonly podUid: string;
  readonly container: string;
  /** Default true: the engine sends no probes. */
  readonly ready?: boolean;
}

/** A container cannot start for now: `ImagePullBackOff`, `CreateContainerConfigError`. */
export interface ContainerWaitingEvent {
  readonly event: 'container-waiting';
  readonly podUid: string;
  readonly container: string;
  readonly reason: string;
  readonly message?: string;
}

/** The readiness of a running container changed. */
export interface ContainerReadyEvent {
  readonly event: 'container-ready';
  readonly podUid: string;
  readonly container: string;
  readonly ready: boolean;
}

/** A container ended, or could not be started at all (then with a reason such as `StartError` and exit code 128). */
export interface ContainerExitedEvent {
  readonly event: 'container-exited';
  readonly podUid: string;
  readonly container: string;
  /** 0 to 255; 128 + n after signal n. */
  readonly exitCode: number;
  readonly signal?: number;
  /** Default `Completed` after 0, else `Error`. */
  readonly reason?: string;
  readonly message?: string;
}

/** Something outside of the containers changes a pod's status: an eviction by the kubelet, a node's failure, a test. */
export interface PodPatchEvent {
  readonly event: 'pod-patch';
  readonly podUid: string;
  readonly phase?: PodPhase;
  readonly reason?: string;
  readonly message?: string;
  /** Added, or put in the place of conditions of the same type. */
  readonly conditions?: readonly PodCondition[];
}

/** Time has come to the `wakeAt` of the last step; early ticks do no harm. */
interface TickEvent {
  readonly event: 'tick';
}

/** What the outside has to do, or may tell others, after a step; in this order. */
export type EngineAction = StartContainerAction | SignalContainerAction | ChangedAction;

/** Start a container; answer with `container-started` and `container-exited`. */
export interface StartContainerAction {
  readonly action: 'start-container';
  readonly pod: Pod;
  readonly container: Container;
  /** 0 for the first run, then the restart count. */
  readonly attempt: number;
}

/** Send a signal to all processes of a container; when and which is the engine's decision. */
export interface SignalContainerAction {
  readonly action: 'signal-container';
  readonly podUid: string;
  readonly container: string;
  readonly signal: 'SIGTERM' | 'SIGKILL';
}

/** An object changed; watchers get exactly these, in this order. */
export interface ChangedAction {
  readonly action: 'changed';
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly resource: Resource;
  /** With the resource version of the change; for DELETED the last form. */
  readonly object: KubernetesObject;
  /** The form before, for MODIFIED. */
  readonly before?: KubernetesObject;
}

/** Whether an action is a change of an object of a kind. */
export function isChangeOf<Kind extends keyof StoredKinds>(
  action: EngineAction, kind: Kind,
): action is ChangedAction & { readonly object: StoredKinds[Kind] } {
  // Most are of other kinds, which is seen sooner.
  return action.action === 'changed' && action.resource.kind === kind && action.resource === resourceOfKind[kind];
}

/** What the API server answers to a write. */
export interface Answer<Target extends KubernetesObject = KubernetesObject> {
  /** HTTP status: 200, 201, 403, 404, 409, 422. */
  readonly code: number;
  /** The object as stored, or as last seen. */
  readonly object?: Target;
  /** The Status reason of a refusal: `AlreadyExists`, `NotFound`, `Conflict`, `Forbidden`. */
  readonly reason?: string;
  /** The API server's words for a refusal. */
  readonly message?: string;
}

/** What an event leads to. */
export interface Step {
  readonly world: World;
  readonly actions: readonly EngineAction[];
  /** When a `tick` is needed next; absent when only events can move this world. */
  readonly wakeAt?: Instant;
  /** Only for `create`, `update`, `delete` and `evict`. */
  readonly answer?: Answer;
}

/** A world with nothing in it. */
export function createWorld(options: WorldOptions = {}): World {
  return {
    options: { seed: 1, scheduling: 'at-once', nodeName: 'local', podEvents: true, timeZone: 'UTC', batchMs: 1000, admissionPlugins: [], refuse: () => undefined, server: apiServer(), queues: noQueues, ...options },
    random: options.seed ?? 1,
    version: 0,
    going: 0,
    objects: Table.empty(),
    entries: Table.empty(),
    lists: noLists,
    timers: emptyTimerQueue,
    memory: emptyMemory,
  };
}

/** The objects of a kind, in one namespace or in all, by namespace and name as the API server lists them. */
export function listObjects(world: World, resource: Resource, namespace?: string): readonly KubernetesObject[] {
  const collection = collectionOf(resource);
  const prefix = namespace === undefined ? '' : `${collection}/${namespace}/`;
  const keys: ObjectKey[] = [];
  for (const [key] of world.lists.resource.get(collection)?.entries() ?? []) if (key.startsWith(prefix)) keys.push(key);
  return keys.sort().flatMap((key) => world.objects.get(key) ?? []);
}

/** One object, or undefined. */
export function findObject(world: World, { resource, namespace, name }: ObjectReference): KubernetesObject | undefined {
  return world.objects.get(objectKey(resource, namespace, name));
}
