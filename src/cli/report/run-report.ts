import type { OrderedJob } from '../../runtime/ordered-jobs';
import type { JobVerdict } from '../../verdict/job-verdict';

/** How a stretch of time went, for one container or for a pod that waits for its first. */
export type BarKind = 'succeeded' | 'failed' | 'killed' | 'running' | 'waiting';

/** A stretch of time in a timeline, in seconds since the run began. */
export interface TimelineBar {
  readonly from: number;
  readonly to: number;
  readonly kind: BarKind;
  /** What happened, shown on hover: `etl-0-x7k2p: exit 3 (Error), 2s`. */
  readonly title: string;
}

/** The attempts of an index, or of a pod where there are none. */
export interface TimelineRow {
  readonly label: string;
  readonly bars: readonly TimelineBar[];
  /** The exit code of the last run that ended; undefined when none has. */
  readonly exitCode: number | undefined;
}

/** The end of what one run of a container printed. */
export interface LogTail {
  readonly pod: string;
  readonly container: string;
  /** The run of the container in its pod, from 0. */
  readonly attempt: number;
  readonly lines: readonly string[];
  /** How many lines came before these. */
  readonly leftOut: number;
}

/** What a report says of one Job. */
export interface ReportedJob {
  readonly verdict: JobVerdict;
  readonly rows: readonly TimelineRow[];
  /** The output of runs that did not succeed. */
  readonly tails: readonly LogTail[];
}

/** What a report says. */
export interface RunReport {
  readonly cluster: string;
  readonly startedAt: Date;
  /** How long the run took. */
  readonly seconds: number;
  /** Whether the caller gave up before the Jobs had ended. */
  readonly isInterrupted: boolean;
  /** Why the run could not go on, if that is how it ended. */
  readonly error: string | undefined;
  readonly jobs: readonly ReportedJob[];
  /** What waits for what; empty when nothing does. */
  readonly order: readonly OrderedJob[];
}
