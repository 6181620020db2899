import { applyObjects } from './apply';
import type { Applied } from './apply-object';
import { type DeleteJobOptions, deleteJob, getJob, type JobOrCronJobOptions, resume, retry, type RetryOptions, suspend, trigger } from './jobs';
import { type LogsOptions, readLogs } from './logs';
import { type ManifestInput, toObjects } from './manifests';
import { retryFailed, type RetryFailedOptions, type RetryResult } from './retry-failed';
import { runJobs } from './run';
import type { RunOptions, RunResult, WaitOptions } from './run-options';
import type { TriggerOptions } from './trigger';
import { waitFor } from './wait-for';
import type { ApplyOptions, ClusterDescription, ClusterPort, KubernetesObject } from '../port/cluster-port';

/**
 * A cluster, real or local, with everything that can be done to Jobs.
 *
 * Every call rejects with a `ClusterError` (stable `code`) when the cluster cannot be asked, and with a `UsageError` when a
 * request makes no sense; a Job that fails is a result, not an error.
 */
export class Cluster {
  /** `connect()` and `localCluster()` make one; any other {@link ClusterPort} becomes one here, and is judged as the version it says. */
  public constructor(
    /** The calls underneath. */
    public readonly port: ClusterPort,
  ) {}

  /** Which cluster this is. */
  public get description(): ClusterDescription {
    return this.port.description;
  }

  /** Where objects without a namespace go. */
  public get namespace(): string {
    return this.port.namespace;
  }

  /**
   * Applies manifests, follows the output of the Jobs in them, and waits for the verdicts. Never hangs on a Job that is over or gone.
   *
   * If one of several objects is refused, none is written: that is a `ManifestsRefusedError`. A single Job that is refused is a verdict.
   */
  public run(manifests: ManifestInput, options: RunOptions = {}): Promise<RunResult> {
    return runJobs(this.port, manifests, options);
  }

  /**
   * Server-side apply of all objects, those that others need first.
   *
   * If one of several is refused, none is written (`ManifestsRefusedError`); a write that fails later says what was written before it
   * (`PartlyAppliedError`).
   */
  public apply(manifests: ManifestInput, options: ApplyOptions = {}): Promise<Applied[]> {
    return applyObjects(this.port, toObjects(manifests), options);
  }

  /**
   * Waits for existing Jobs, by name. A Job that does not exist is `Deleted`. A cluster that cannot be asked to begin with is
   * an error; one that goes away later is waited for.
   */
  public wait(names: string | readonly string[], options: WaitOptions = {}): Promise<RunResult> {
    return waitFor(this.port, typeof names === 'string' ? [names] : names, options);
  }

  /** Reads the output of all containers of a Job's pods; follows it to the Job's end when asked to. */
  public logs(name: string, options: LogsOptions): Promise<void> {
    return readLogs(this.port, name, options);
  }

  /** A Job or CronJob as it is now. */
  public get(name: string, options: JobOrCronJobOptions = {}): Promise<KubernetesObject> {
    return getJob(this.port, name, options);
  }

  /** Ends a Job's pods and starts none until it is resumed; a CronJob starts no Jobs until then. */
  public suspend(name: string, options: JobOrCronJobOptions = {}): Promise<KubernetesObject> {
    return suspend(this.port, name, options);
  }

  /** Lets a suspended Job or CronJob go on. */
  public resume(name: string, options: JobOrCronJobOptions = {}): Promise<KubernetesObject> {
    return resume(this.port, name, options);
  }

  /** Deletes a Job and, unless told otherwise, its pods; of a CronJob, its Jobs with theirs. */
  public delete(name: string, options: DeleteJobOptions = {}): Promise<KubernetesObject> {
    return deleteJob(this.port, name, options);
  }

  /** Starts a Job from a CronJob now; returns the Job. */
  public trigger(cronJob: string, options: TriggerOptions = {}): Promise<KubernetesObject> {
    return trigger(this.port, cronJob, options);
  }

  /** Runs a Job that has ended again; returns the new one. */
  public retry(name: string, options?: RetryOptions): Promise<KubernetesObject>;
  /**
   * Runs the indexes of an Indexed Job that have not succeeded again, each as a Job of its own, no more at once than its `parallelism`, and
   * waits for them.
   */
  public retry(name: string, options: RetryFailedOptions): Promise<RetryResult>;
  public retry(name: string, options: RetryOptions | RetryFailedOptions = {}): Promise<KubernetesObject | RetryResult> {
    return options.failed === true ? retryFailed(this.port, name, options) : retry(this.port, name, options);
  }

  /** Lets go of sockets, processes and timers. The Jobs of a local cluster end. */
  public close(): Promise<void> {
    return this.port.close();
  }
}
