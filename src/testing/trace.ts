import type { TraceNotStarted } from './simulated-order';
import type { TracePod } from './trace-pod';
import type { CronJobStatus, JobStatus } from '../api/kubernetes';
import type { Finding } from '../core/finding';

/** What happened in a simulation. Times are in seconds since it began. */
export interface Trace {
  /**
   * The final condition of the Job: how it ended, or that it is suspended. Of several manifests and of a CronJob `Complete` when all Jobs
   * are; else that of the first that is not.
   */
  readonly condition: 'Complete' | 'Failed' | 'Suspended' | null;
  /** The reason of that condition. */
  readonly reason: string | null;
  /** The message of that condition. */
  readonly message: string | null;
  /** The last status of the object that was given; of several, of the Job that `condition` is about. */
  readonly status: JobStatus | CronJobStatus;
  /** From the creation of the first Job to its finish condition; of several, to that of the last Job, when all have ended. */
  readonly elapsed?: number;
  /** All pods that ever existed, in the order of their creation. */
  readonly pods: readonly TracePod[];
  /** All Jobs that ever existed, in the order of their creation. */
  readonly jobs: readonly TraceJob[];
  /** The Jobs of several manifests that were not started, because of others. */
  readonly notStarted: readonly TraceNotStarted[];
  /** Every status of a Job that a watcher would have seen. */
  readonly revisions: readonly { readonly at: number; readonly job: string; readonly status: JobStatus }[];
  /** Every status of a CronJob that a watcher would have seen. */
  readonly cronJobRevisions: readonly { readonly at: number; readonly cronJob: string; readonly status: CronJobStatus }[];
  /** Every event that was written; a repeat appears again with a higher count. */
  readonly events: readonly TraceEvent[];
  /** Why Jobs waited in their queues, each time there was another reason; missing where none did. */
  readonly queued?: ReadonlyArray<{ readonly at: number; readonly job: string; readonly message: string }>;
  /** With `keepLast`: how many of each were left out. */
  readonly leftOut?: Readonly<Record<'pods' | 'jobs' | 'revisions' | 'cronJobRevisions' | 'events', number>>;
  /** What the API server said to each action. */
  readonly answers: readonly TraceAnswer[];
  /** Why admission refused the manifest; when there are any, nothing ran. */
  readonly findings: readonly Finding[];
  /** The seed of names and uids: the same input with the same seed gives the same trace. */
  readonly seed: number;
}

/** A Job of a simulation. */
export interface TraceJob {
  readonly name: string;
  readonly createdAt: number;
  /** Left out in the namespace `default`. */
  readonly namespace?: string;
  /** When it was told to go, and waited for its pods. */
  readonly deletingAt?: number;
  readonly deletedAt?: number;
  readonly annotations: Readonly<Record<string, string>>;
  /** How it ended, or that it is suspended when the simulation ends. */
  readonly condition: Trace['condition'];
  /** The reason of that condition. */
  readonly reason: string | null;
  /** The message of that condition. */
  readonly message: string | null;
  /** When it got its finish condition. */
  readonly endedAt?: number;
}

/** An event of a simulation. */
export interface TraceEvent {
  readonly at: number;
  readonly on: 'Job' | 'CronJob' | 'Pod';
  /** The name of the object. */
  readonly name: string;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
}

/** What the API server said to an action. */
export interface TraceAnswer {
  readonly at: number;
  readonly op: string;
  readonly code: number;
  readonly message?: string;
  readonly findings?: readonly Finding[];
}
