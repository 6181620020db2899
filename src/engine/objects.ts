import type { CronJobSpec, CronJobStatus, JobSpec, JobStatus, ObjectMeta, OwnerReference, PodSpec } from '../api/kubernetes';
import type { PodStatus } from '../api/pod-manifest';

/** The metadata of an object that is in a world: what the API server fills in is there. */
export interface StoredMetadata extends ObjectMeta {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly creationTimestamp: string;
}

/** An object that is in a world. */
export interface Stored<Spec, Status> {
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

/** A type whose fields can be written: for objects under construction. */
export type Writable<Target> = { -readonly [Name in keyof Target]: Target[Name] };

/** The owner that controls an object, or undefined. */
export function controllerOf(metadata: ObjectMeta): OwnerReference | undefined {
  return metadata.ownerReferences?.find(({ controller }) => controller === true);
}

/** Whether a finalizer is on the object. */
export function hasFinalizer(metadata: ObjectMeta, finalizer: string): boolean {
  return metadata.finalizers?.includes(finalizer) ?? false;
}

/** Metadata with another list of finalizers; an empty list is no list. */
export function withFinalizers<Metadata extends ObjectMeta>(metadata: Metadata, finalizers: readonly string[]): Metadata {
  const { finalizers: _, ...rest } = metadata;
  return (finalizers.length === 0 ? rest : { ...rest, finalizers }) as Metadata;
}

/** Metadata with other owners; an empty list is no list. */
export function withOwners<Metadata extends ObjectMeta>(metadata: Metadata, ownerReferences: readonly OwnerReference[]): Metadata {
  const { ownerReferences: _, ...rest } = metadata;
  return (ownerReferences.length === 0 ? rest : { ...rest, ownerReferences }) as Metadata;
}
