import { endOf } from './job-state';
import { retryableJob } from './retryable-job';
import type { Timers } from './timers';
import { jobFromCronJob, type TriggerOptions } from './trigger';
import { untilGone } from './until-gone';
import { UsageError } from '../core/errors';
import { given } from '../core/given';
import { asObject } from '../core/json';
import type { ClusterPort, KubernetesObject, PropagationPolicy } from '../port/cluster-port';
import { cronJobs, jobs } from '../port/resources';

/** Which Job is meant. */
export interface JobOptions {
  /** Default: the namespace of the cluster. */
  readonly namespace?: string;
}

/** How a Job is deleted. */
export interface DeleteJobOptions extends JobOptions {
  /** What happens to the pods. Default `Background`: they are deleted too, without waiting for them. */
  readonly cascade?: PropagationPolicy;
  /** Delete only the Job with this UID. Default: the one that exists now. */
  readonly uid?: string;
}

/** How a Job is run again. */
export interface RetryOptions extends JobOptions {
  /** Default false: the whole Job runs again. */
  readonly failed?: false;
  /** Creates a new Job with this name and keeps the old one. Default: the old Job is deleted and created again under its name. */
  readonly name?: string;
  readonly timers?: Timers;
}

/** A Job as it is now. @throws {ClusterError} NOT_FOUND. */
export function getJob(port: ClusterPort, name: string, options: JobOptions = {}): Promise<KubernetesObject> {
  return port.get({ resource: jobs, name, ...namespaceOf(options) });
}

/**
 * Ends a Job's pods and starts none until it is resumed.
 *
 * @throws {UsageError} for a Job that is over or goes away.
 */
export async function suspend(port: ClusterPort, name: string, options: JobOptions = {}): Promise<KubernetesObject> {
  checkGoesOn('suspend', await getJob(port, name, options));
  return setSuspend(port, name, true, options);
}

/**
 * Lets a suspended Job go on.
 *
 * @throws {UsageError} for a Job that is over or goes away.
 */
export async function resume(port: ClusterPort, name: string, options: JobOptions = {}): Promise<KubernetesObject> {
  checkGoesOn('resume', await getJob(port, name, options));
  return setSuspend(port, name, false, options);
}

/** Whether somebody has suspended a Job. */
export function isSuspended({ spec }: KubernetesObject): boolean {
  return asObject(spec).suspend === true;
}

/** The API server takes `suspend` of any Job; to one that is over it means nothing. */
function checkGoesOn(verb: string, job: KubernetesObject): void {
  const { name = '', deletionTimestamp } = job.metadata ?? {};
  const end = endOf(job);
  if (end !== undefined) throw new UsageError(`Cannot ${verb} Job ${name}: it is over (${end})`, `run it again with: cdk8s-jobs retry ${name}`);
  if (deletionTimestamp !== undefined) throw new UsageError(`Cannot ${verb} Job ${name}: it is being deleted`);
}

/** Writes `suspend`, whatever has become of the Job meanwhile. */
export async function setSuspend(port: ClusterPort, name: string, value: boolean, options: JobOptions): Promise<KubernetesObject> {
  const reference = { resource: jobs, name, ...namespaceOf(options) };
  return (await port.patch(reference, { spec: { suspend: value } }, 'merge')).object;
}

/** Deletes a Job: the one that exists now, and not another that takes its name in the meantime. */
export async function deleteJob(port: ClusterPort, name: string, options: DeleteJobOptions = {}): Promise<KubernetesObject> {
  const reference = { resource: jobs, name, ...namespaceOf(options) };
  const uid = options.uid ?? (await port.get(reference)).metadata?.uid;
  return (await port.delete(reference, { propagationPolicy: options.cascade ?? 'Background', ...given({ uid }) })).object;
}

/** Starts a Job from a CronJob now, whatever its schedule says. */
export async function trigger(port: ClusterPort, cronJob: string, options: TriggerOptions = {}): Promise<KubernetesObject> {
  const found = await port.get({ resource: cronJobs, name: cronJob, ...namespaceOf(options) });
  return (await port.create(jobFromCronJob(found, options))).object;
}

/**
 * Runs a Job that has ended again, as it was.
 *
 * @throws {UsageError} for a Job that has not ended.
 */
export async function retry(port: ClusterPort, name: string, options: RetryOptions = {}): Promise<KubernetesObject> {
  const old = await getJob(port, name, options);
  if (endOf(old) === undefined) {
    throw new UsageError(`Cannot retry Job ${name}: it has not ended yet`, `wait for it, or delete it first: cdk8s-jobs delete ${name}`);
  }
  const again = retryableJob(old, options.name ?? name);
  if (options.name !== undefined && options.name !== name) return (await port.create(again)).object;
  await deleteJob(port, name, { ...options, uid: old.metadata?.uid ?? '' });
  await untilGone(port, old, options);
  return (await port.create(again)).object;
}

function namespaceOf({ namespace }: JobOptions): JobOptions {
  return given({ namespace });
}
