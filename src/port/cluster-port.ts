import { type ErrorCode, JobsError } from '../core/errors';
import type { FaultType, Finding } from '../core/finding';
import { given } from '../core/given';

/**
 * Any Kubernetes object as JSON: known fields are typed, unknown ones pass through whole.
 */
export interface KubernetesObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: KubernetesMetadata;
  readonly [field: string]: unknown;
}

/** The metadata that the runtime reads of any object. */
export interface KubernetesMetadata {
  readonly name?: string;
  readonly generateName?: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly creationTimestamp?: string | null;
  readonly deletionTimestamp?: string;
  readonly ownerReferences?: readonly KubernetesOwner[];
  readonly [field: string]: unknown;
}

/** An owner of an object, as far as the runtime reads it. */
interface KubernetesOwner {
  readonly uid: string;
  readonly name: string;
  readonly kind: string;
  readonly controller?: boolean;
}

/** A kind of object as REST names it. */
export interface Resource {
  /** `v1`, `batch/v1`. */
  readonly apiVersion: string;
  /** `Job`. */
  readonly kind: string;
  /** `jobs`. */
  readonly plural: string;
  /** Whether objects of this kind live in a namespace. */
  readonly namespaced: boolean;
}

/** One object of a cluster. */
export interface ObjectReference {
  readonly resource: Resource;
  readonly name: string;
  /** Default: the namespace of the cluster port. */
  readonly namespace?: string;
}

/** What narrows down a list or a watch. */
export interface Selection {
  /** Default: the namespace of the cluster port; `'*'` for all. */
  readonly namespace?: string;
  /** `batch.kubernetes.io/job-name=x`. */
  readonly labelSelector?: string;
  /** `metadata.name=x`. */
  readonly fieldSelector?: string;
}

/** What a watch delivers, as on the wire; `ERROR` carries a Status. */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: KubernetesObject;
}

/** The answer to a write. */
export interface WriteAnswer {
  readonly object: KubernetesObject;
  /** HTTP status: 201 created, 200 changed or unchanged. */
  readonly code: number;
  /** The texts of the API server's Warning headers. */
  readonly warnings: readonly string[];
}

/** How a patch is written. */
export type PatchType = 'merge' | 'json' | 'strategic';

/** What happens to the pods of a deleted Job. */
export type PropagationPolicy = 'Background' | 'Foreground' | 'Orphan';

/** Which part of a container's output is wanted. */
export interface LogOptions {
  readonly container: string;
  /** Default false: what there is now. */
  readonly follow?: boolean;
  /** The run before the current one. */
  readonly previous?: boolean;
  /**
   * The run that is meant, by the restarts before it. A kubelet knows only the current run and the previous one, and may restart the
   * container while one asks; the local engine honours this.
   */
  readonly attempt?: number;
  /** RFC 3339: from this second on. */
  readonly sinceTime?: string;
  /** Each line begins with its RFC 3339 time and a blank. */
  readonly timestamps?: boolean;
  readonly tailLines?: number;
}

/** Output of a container: lines of one time, the last line of a run perhaps without its newline. */
export interface TimedOutput {
  /** RFC 3339. */
  readonly time: string;
  readonly bytes: Uint8Array;
}

/** Which cluster this is, for people. */
export interface ClusterDescription {
  /** `local` is the embedded engine of this process; `kubernetes` a real API server. */
  readonly type: 'local' | 'kubernetes';
  /** The context of the kubeconfig, or `local engine`. */
  readonly name: string;
  /** The address of the API server, if there is one. */
  readonly server?: string;
}

/** What a cluster does that not every cluster does: callers ask for this, and never which cluster it is. */
interface ClusterCapabilities {
  /** Whether its Jobs go on when this process ends. Those of the local engine end with it. */
  readonly outlivesProcess: boolean;
  /** Whether containers run from their images. On the local engine their commands are processes of this machine. */
  readonly runsImages: boolean;
}

/**
 * The nine calls that the runtime makes to a cluster; the local engine and a real API server both answer them, and so may a port of
 * one's own: `new Cluster(port)`.
 *
 * Every call rejects with a {@link ClusterError}. Streams end when the other side ends them: an end proves nothing, the caller asks again.
 * An aborted signal ends a stream without an error.
 */
export interface ClusterPort {
  readonly description: ClusterDescription;
  readonly capabilities: ClusterCapabilities;
  /** Where objects without a namespace go. */
  readonly namespace: string;

  /**
   * The version of Kubernetes that the cluster says it is: `v1.36.2`, or `1.36`; undefined if it does not say.
   *
   * Manifests are judged by the rules of this version before they are sent. If those are not known, the cluster alone decides.
   */
  version(): Promise<string | undefined>;
  /** Creates an object. A name that is taken is a conflict. */
  create(object: KubernetesObject, options?: WriteOptions): Promise<WriteAnswer>;
  /** Server-side apply: creates the object or merges the given fields into it. */
  apply(object: KubernetesObject, options?: ApplyOptions): Promise<WriteAnswer>;
  /** One object; rejects with `NOT_FOUND`. */
  get(reference: ObjectReference): Promise<KubernetesObject>;
  /** All objects of a kind, with the resource version to watch from. */
  list(resource: Resource, selection?: Selection): Promise<ObjectList>;
  /** Changes after a resource version, until the server or the signal ends the stream. */
  watch(resource: Resource, options: WatchOptions, signal: AbortSignal): AsyncIterable<WatchEvent>;
  /** Changes some fields of an object. */
  patch(reference: ObjectReference, patch: unknown, type: PatchType, options?: WriteOptions): Promise<WriteAnswer>;
  /** Deletes an object. Never leaves the choice of the pods' fate to the server's default. */
  delete(reference: ObjectReference, options: DeleteOptions): Promise<WriteAnswer>;
  /** The output of a container, in chunks of bytes as they come. */
  logs(pod: PodName, options: LogOptions, signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** The same with its times beside it, for a port that can tell them without stamping each line. May be left out. */
  timedLogs?(pod: PodName, options: LogOptions, signal: AbortSignal): AsyncIterable<TimedOutput>;
  /** Lets go of sockets, processes and timers. */
  close(): Promise<void>;
}

/** A pod by its name. */
export interface PodName {
  readonly name: string;
  /** Default: the namespace of the cluster port. */
  readonly namespace?: string;
}

/** Options of all writes. */
export interface WriteOptions {
  /** Decides as usual, but stores nothing. */
  readonly dryRun?: boolean;
}

/** Options of server-side apply. */
export interface ApplyOptions extends WriteOptions {
  /** Default `cdk8s-jobs`. */
  readonly fieldManager?: string;
  /** Take over fields from other managers. */
  readonly force?: boolean;
}

/** Where a watch begins. */
export interface WatchOptions extends Selection {
  readonly resourceVersion: string;
}

/** Options of a deletion. */
export interface DeleteOptions extends WriteOptions {
  readonly propagationPolicy: PropagationPolicy;
  /** Delete only the object with this uid. */
  readonly uid?: string;
  readonly gracePeriodSeconds?: number;
}

/** The answer to a list call. */
export interface ObjectList {
  readonly items: readonly KubernetesObject[];
  readonly resourceVersion: string;
}

/** A cluster did not do what it was asked; `code` says why. */
export class ClusterError extends JobsError {
  /** HTTP status, when there was an answer. */
  public readonly status: number | undefined;
  /** The Status reason: `Invalid`, `AlreadyExists`, `Expired`. */
  public readonly reason: string | undefined;
  /** The causes of an `INVALID` answer, as the offline validator would report them. */
  public readonly findings: readonly Finding[];
  /** The body of the answer. */
  public readonly body: unknown;
  /** Seconds after which the server wants to be asked again. */
  public readonly retryAfterSeconds: number | undefined;

  public constructor(code: ErrorCode, message: string, details: ClusterErrorDetails = {}) {
    super(code, message, { ...given({ hint: details.hint }), cause: details.cause });
    this.status = details.status;
    this.reason = details.reason;
    this.findings = details.findings ?? [];
    this.body = details.body;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }

  /** Whether asking again may help: the network, an overloaded or restarting server. */
  public get transient(): boolean {
    return this.code === 'UNREACHABLE' || this.code === 'UNAVAILABLE';
  }
}

/** What a {@link ClusterError} may carry besides code and message. */
export interface ClusterErrorDetails {
  readonly status?: number;
  readonly reason?: string;
  readonly findings?: readonly Finding[];
  readonly body?: unknown;
  readonly hint?: string;
  readonly cause?: unknown;
  readonly retryAfterSeconds?: number;
}

/** The reason of a cause on the wire for each fault type: `FieldValueInvalid`. */
export const causeReasons: Readonly<Record<string, FaultType>> = {
  FieldValueRequired: 'Required',
  FieldValueInvalid: 'Invalid',
  FieldValueForbidden: 'Forbidden',
  FieldValueNotSupported: 'NotSupported',
  FieldValueTooLong: 'TooLong',
  FieldValueTooMany: 'TooMany',
  FieldValueDuplicate: 'Duplicate',
  FieldValueNotFound: 'NotFound',
  FieldValueTypeInvalid: 'Invalid',
};
