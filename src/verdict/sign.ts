import type { Diagnosis } from './diagnosis';

/** What one version of a pod, or one Event, says about why the pod does not get on. */
export interface Sign {
  readonly code: Diagnosis;
  /** The container that is stuck; absent when the whole pod is. */
  readonly container?: string;
  /** The API's own words. */
  readonly detail: string;
  /** Whether it can end well by itself, when that depends on the words; default: what its class says. */
  readonly canHeal?: boolean;
}
