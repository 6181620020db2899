import type { Diagnosis } from './diagnosis';

/** What one version of a pod, or one Event, says about why the pod makes no progress. */
export interface Sign {
  readonly code: Diagnosis;
  /** The container that is stuck; absent when the whole pod is. */
  readonly container?: string;
  /** The API's own words. */
  readonly detail: string;
  /** Whether the pod can still get on by itself, where that depends on the words. Default: what the class says. */
  readonly canHeal?: boolean;
}
