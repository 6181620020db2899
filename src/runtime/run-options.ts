import type { Applied } from './apply-object';
import type { BackoffOptions } from './backoff';
import type { LogChunk, LogLine } from './log-line';
import type { OrderedJob } from './ordered-jobs';
import type { TapeWriter } from './record';
import type { Timers } from './timers';
import type { ClusterError, KubernetesObject } from '../port/cluster-port';
import type { ChangedField } from '../rules/changed-fields';
import type { JobVerdict } from '../verdict/job-verdict';
import type { JudgingOptions } from '../verdict/judge';

/** What happens to the Jobs when the caller gives up before they end. */
export type InterruptPolicy = 'detach' | 'suspend' | 'delete';

/** How Jobs are waited for. */
export interface WaitOptions {
  /** Default: the namespace of the cluster. */
  readonly namespace?: string;
  /** Seconds after which waiting ends, for all Jobs together. Default: never. */
  readonly timeoutSeconds?: number;
  /** Whether to give up on a cause that cannot heal by itself and has outlived its grace. Default true. */
  readonly failFast?: boolean;
  /** Seconds that a cause is given before `failFast` gives up, by diagnosis. */
  readonly grace?: JudgingOptions['grace'];
  /** Whether a suspended Job ends the wait. Default: it does when it was applied suspended. */
  readonly onSuspended?: 'wait' | 'return';
  /** Aborting it ends the wait; `onInterrupt` then decides what becomes of the Jobs. */
  readonly signal?: AbortSignal;
  /** Default `detach`: the Jobs go on. */
  readonly onInterrupt?: InterruptPolicy;
  /** Gets each line of output of all pods once; a returned promise is waited for. Default: output is not read. */
  readonly onLog?: (line: LogLine) => void | Promise<void>;
  /** Gets the same output in larger pieces, for whoever passes it on. */
  readonly onLogChunk?: (chunk: LogChunk) => void | Promise<void>;
  /** Called for what happens, for people to read. */
  readonly onProgress?: (progress: Progress) => void;
  /** Writes down everything that is observed. */
  readonly record?: TapeWriter;
  /** Pauses after errors, for tests. */
  readonly backoff?: BackoffOptions;
  readonly timers?: Timers;
}

/** How Jobs are run. */
export interface RunOptions extends WaitOptions {
  /** Runs a CronJob once, now, instead of refusing it. */
  readonly once?: boolean;
  /** Takes over fields that other tools own. */
  readonly force?: boolean;
  /**
   * Deletes Jobs of the same names first, whatever their state, waits until they and their pods are gone, and makes them again. What the
   * cluster would refuse is found out before anything is deleted. Default: a Job that is there is merged with its manifest.
   */
  readonly replace?: boolean;
  /** How many Jobs may be at work at once; the others wait for their turn, in the order of the manifests. Default: all. */
  readonly maxParallel?: number;
}

/** What happens during a run, for people to read. */
export type Progress =
  /** Some Jobs wait for others: all Jobs of the run, before the first one starts. */
  | { readonly type: 'ordered'; readonly jobs: readonly OrderedJob[] }
  /** Objects of kinds that the local engine does not know: nothing of what runs as a process depends on them. */
  | { readonly type: 'left-out'; readonly objects: readonly KubernetesObject[] }
  | { readonly type: 'applied'; readonly applied: Applied }
  /** A Job that is there is about to be deleted, for one whose spec differs so. */
  | { readonly type: 'replacing'; readonly object: KubernetesObject; readonly changes: readonly ChangedField[] }
  | { readonly type: 'refused'; readonly object: KubernetesObject; readonly error: ClusterError }
  | {
    readonly type: 'changed';
    readonly verdict: JobVerdict;
    /** The next attempt, when a back-off keeps the Job waiting: seconds from now, and the completion index if only one is tried again. */
    readonly nextAttempt?: { readonly inSeconds: number; readonly index: number | null };
  }
  | { readonly type: 'ended'; readonly verdict: JobVerdict }
  | { readonly type: 'trouble'; readonly error: ClusterError }
  | { readonly type: 'unwatched'; readonly resource: string; readonly error: ClusterError };

/** The outcome of Jobs, in the same shape for success and failure. */
export interface RunResult {
  /** In the order of the manifests. */
  readonly jobs: readonly JobVerdict[];
  /** Whether all are Complete. */
  readonly ok: boolean;
  /** What waits for what, when something does: all Jobs of the run, each with those that it waits for. */
  readonly order?: readonly OrderedJob[];
  /** What was done to the Jobs that had not ended when the signal was aborted; undefined if it was not. */
  readonly interrupted?: InterruptPolicy;
}
