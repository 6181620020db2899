import type { Diagnosis } from './diagnosis';
import type { PodFacts } from './pod-facts';
import type { Run } from './run';

/** Why a Job is as it is. */
export interface Cause {
  readonly code: Diagnosis;
  /** The API's own words, or ours if it has none. */
  readonly detail: string;
  /** `at` of the first observation after which this could be said; undefined if only the Job's own condition tells it. */
  readonly knownAt: number | undefined;
  /** The pod that shows it. */
  readonly pod?: PodFacts;
  /** The container that shows it. */
  readonly container?: string;
  /** The run that decided. */
  readonly run?: Run;
  /** The exit code of the container that decided; absent when none did. */
  readonly exitCode?: number;
  /** Whether the Job can still end well by itself, where that depends on more than the class. */
  readonly canHeal?: boolean;
  /** Whether it must end the Job, whatever else its pods do. */
  readonly isCertain?: boolean;
}
