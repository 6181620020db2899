import { endOf, isSuspended } from './job-state';
import { askedParallelism, setActive } from './queued-job';
import { retryableJob } from './retryable-job';
import type { Timers } from './timers';
import { jobFromCronJob, type TriggerOptions } from './trigger';
import { untilGone } from './until-gone';
import { isPartlyAdmitted, queueOf } from '../api/kueue';
import { UsageError } from '../core/errors';
import { given } from '../core/given';
import type { ClusterPort, KubernetesObject, ObjectReference, PropagationPolicy } from '../port/cluster-port';
import { cronJobs, jobs } from '../port/resources';

/** Which Job is meant. */
export interface JobOptions {
  /** Default: the namespace of the cluster. */
  readonly namespace?: string;
}

/** Which Job or CronJob is meant. */
export interface JobOrCronJobOptions extends JobOptions {
  /** What the name is of. Default `Job`. */
  readonly kind?: 'Job' | 'CronJob';
}

/** How a Job or CronJob is deleted. */
export interface DeleteJobOptions extends JobOrCronJobOptions {
  /** What happens to the pods, and to the Jobs of a CronJob. Default `Background`: they are deleted too, without waiting for them. */
  readonly cascade?: PropagationPolicy;
  /** Delete only the object with this UID. Default: the one that exists now. */
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

/** A Job or CronJob as it is now. @throws {ClusterError} NOT_FOUND. */
export function getJob(port: ClusterPort, name: string, options: JobOrCronJobOptions = {}): Promise<KubernetesObject> {
  return port.get(referenceTo(name, options));
}

/**
 * Ends a Job's pods and starts none until it is resumed; of a CronJob, starts no Jobs until then.
 *
 * Kueue would let a Job of a queue go on at once: its Workload is deactivated instead.
 *
 * @throws {UsageError} for a Job that is over or goes away, or in a queue that passes none over at our word.
 */
export async function suspend(port: ClusterPort, name: string, options: JobOrCronJobOptions = {}): Promise<KubernetesObject> {
  const job = await getJob(port, name, options);
  checkGoesOn('suspend', job, options);
  return queueOf(job) !== undefined && await setActive(port, job, false) !== 'absent' ? job : setSuspend(port, name, true, options);
}

/**
 * Lets a suspended Job or CronJob go on; a Job of a queue waits for its turn there.
 *
 * @throws {UsageError} for a Job that is over or goes away, or that waits in its queue already.
 */
export async function resume(port: ClusterPort, name: string, options: JobOrCronJobOptions = {}): Promise<KubernetesObject> {
  const job = await getJob(port, name, options);
  checkGoesOn('resume', job, options);
  const queue = queueOf(job);
  const done = queue === undefined ? 'absent' : await setActive(port, job, true);
  if (done === 'absent') return setSuspend(port, name, false, options);
  if (done === 'unchanged' && isSuspended(job)) {
    throw new UsageError(`Cannot resume Job ${name}: it waits in queue ${queue}, which decides when it runs`, `see why with: cdk8s-jobs wait ${name}`);
  }
  return job;
}

/** The API server takes `suspend` of any Job; to one that is over it means nothing. */
function checkGoesOn(verb: string, object: KubernetesObject, { kind = 'Job' }: JobOrCronJobOptions): void {
  const { name = '', deletionTimestamp } = object.metadata ?? {};
  const end = endOf(object);
  if (end !== undefined) throw new UsageError(`Cannot ${verb} Job ${name}: it is over (${end})`, `run it again with: cdk8s-jobs retry ${name}`);
  if (deletionTimestamp !== undefined) throw new UsageError(`Cannot ${verb} ${kind} ${name}: it is being deleted`);
}

/** Writes `suspend`, whatever has become of the Job or CronJob meanwhile. */
export async function setSuspend(port: ClusterPort, name: string, value: boolean, options: JobOrCronJobOptions): Promise<KubernetesObject> {
  return (await port.patch(referenceTo(name, options), { spec: { suspend: value } }, 'merge')).object;
}

/** Deletes a Job or CronJob: the one that exists now, and not another that takes its name in the meantime. */
export function deleteJob(port: ClusterPort, name: string, options: DeleteJobOptions = {}): Promise<KubernetesObject> {
  return deleteObject(port, referenceTo(name, options), options);
}

/** Deletes an object of any kind, as {@link deleteJob}. */
export async function deleteObject(
  port: ClusterPort, reference: ObjectReference, options: Pick<DeleteJobOptions, 'cascade' | 'uid'>,
): Promise<KubernetesObject> {
  const uid = options.uid ?? (await port.get(reference)).metadata?.uid;
  return (await port.delete(reference, { propagationPolicy: options.cascade ?? 'Background', ...given({ uid }) })).object;
}

/** Starts a Job from a CronJob now, whatever its schedule says. */
export async function trigger(port: ClusterPort, cronJob: string, options: TriggerOptions = {}): Promise<KubernetesObject> {
  const found = await getJob(port, cronJob, { kind: 'CronJob', ...given({ namespace: options.namespace }) });
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
  const parallelism = isPartlyAdmitted(old) ? await askedParallelism(port, old) : undefined;
  const again = withParallelism(retryableJob(old, options.name ?? name), parallelism);
  if (options.name !== undefined && options.name !== name) return (await port.create(again)).object;
  await deleteJob(port, name, { ...options, uid: old.metadata?.uid ?? '' });
  await untilGone(port, old, options);
  return (await port.create(again)).object;
}

function withParallelism(job: KubernetesObject, parallelism: number | undefined): KubernetesObject {
  return { ...job, spec: { ...job.spec as object, ...given({ parallelism }) } };
}

function referenceTo(name: string, { kind = 'Job', namespace }: JobOrCronJobOptions): ObjectReference {
  return { resource: kind === 'Job' ? jobs : cronJobs, name, ...given({ namespace }) };
}
