import type { Diagnosis } from './diagnosis';
import type { PodFacts } from './pod-facts';
import type { Run } from './run';

/** Why a Job is as it is. */
export interface Cause {
  readonly code: Diagnosis;
  /** The API's own words, or ours where it has none. */
  readonly detail: string;
  /** `at` of the first observation after which this could be said; undefined: only together with the Job's own condition. */
  readonly knownAt: number | undefined;
  /** The pod that shows it. */
  readonly pod?: PodFacts;
  /** The container that shows it. */
  readonly container?: string;
  /** The run that decided. */
  readonly run?: Run;
  /** The exit code of the container that decided; absent when none did. */
  readonly exitCode?: number;
  /** Whether it can end well by itself, when that depends on more than the class. */
  readonly canHeal?: boolean;
  /** Whether it must end the Job, whatever else its pods do. */
  readonly isCertain?: boolean;
}
