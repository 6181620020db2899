import type { CronJobSpec, CronJobStatus, JobSpec, JobStatus, ObjectMeta, OwnerReference, PodSpec } from '../api/kubernetes';
import type { CoreEvent, PodStatus } from '../api/pod-manifest';
import type { KubernetesMetadata, KubernetesObject, Resource } from '../port/cluster-port';
import { cronJobs, events, jobs, pods } from '../port/resources';

/** The metadata of an object whose known fields are valid. */
export interface ValidMetadata extends ObjectMeta, KubernetesMetadata {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly creationTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly OwnerReference[];
}

/** The metadata of an object in a world, with what the API server fills in. */
export interface StoredMetadata extends ValidMetadata {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly creationTimestamp: string;
}

/** An object in a world. */
interface Stored<Spec, Status> extends KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: StoredMetadata;
  readonly spec: Spec;
  readonly status: Status;
}

/** A Job in a world; its defaults are filled in. */
export type StoredJob = Stored<JobSpec, JobStatus>;

/** A CronJob in a world; its defaults are filled in. */
export type StoredCronJob = Stored<CronJobSpec, CronJobStatus>;

/** A pod in a world. */
export type StoredPod = Stored<PodSpec, PodStatus>;

/** Any object in a world. */
export type StoredObject = Stored<unknown, unknown>;

/** The kinds whose objects the engine reads. */
export interface StoredKinds {
  readonly CronJob: StoredCronJob;
  readonly Event: CoreEvent & KubernetesObject;
  readonly Job: StoredJob;
  readonly Pod: StoredPod;
}

/** The resources of the kinds whose objects the engine reads. */
export const resourceOfKind: Readonly<Record<keyof StoredKinds, Resource>> = { CronJob: cronJobs, Event: events, Job: jobs, Pod: pods };

/** Whether an object from a world is of a kind, and so has its type. */
export function isOfKind<Kind extends keyof StoredKinds>(object: KubernetesObject, kind: Kind): object is StoredKinds[Kind] {
  return object.kind === kind && object.apiVersion === resourceOfKind[kind].apiVersion;
}

/** A type with writable fields, for objects under construction. */
export type Writable<Target> = { -readonly [Name in keyof Target]: Target[Name] };

/**
 * The owner that controls an object, or undefined.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/controller_ref.go GetControllerOf (v1.37)
 */
export function controllerOf(metadata: ObjectMeta): OwnerReference | undefined {
  return metadata.ownerReferences?.find(({ controller }) => controller === true);
}

/** Whether an object has a finalizer. */
export function hasFinalizer(metadata: ObjectMeta, finalizer: string): boolean {
  return metadata.finalizers?.includes(finalizer) ?? false;
}

/** Metadata with other finalizers; without any, the field is absent. */
export function withFinalizers<Metadata extends ObjectMeta>(metadata: Metadata, finalizers: readonly string[]): Metadata {
  const { finalizers: _, ...rest } = metadata;
  return (finalizers.length === 0 ? rest : { ...rest, finalizers }) as Metadata;
}

/** Metadata with other owners; without any, the field is absent. */
export function withOwners<Metadata extends ObjectMeta>(metadata: Metadata, ownerReferences: readonly OwnerReference[]): Metadata {
  const { ownerReferences: _, ...rest } = metadata;
  return (ownerReferences.length === 0 ? rest : { ...rest, ownerReferences }) as Metadata;
}
