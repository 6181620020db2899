import { given } from '../../core/given';
import { ClusterError } from '../../port/cluster-port';
import type { Call } from '../connection/transport';

/** One thing that was checked. */
export interface Check {
  /** `cluster`, `authentication`, `version`, `namespace`, or the kind that a right is for: `pods/log`. */
  readonly subject: string;
  /** The verb, if a right was checked. */
  readonly verb?: string;
  /** `failed`: `run` cannot work without it. `warning`: it can. */
  readonly result: 'ok' | 'warning' | 'failed';
  /** What was found; for a missing right, what does not work without it. */
  readonly detail: string;
  /** What to do; absent when nothing is to be done. */
  readonly advice?: string;
}

/** What `run` cannot work without, and what to do about it. */
export function failedCheck(subject: string, detail: string, advice?: string): Check {
  return { subject, result: 'failed', detail, ...given({ advice }) };
}

/** A call that asks the API server about its caller, and stores nothing. */
export function reviewCall(group: string, kind: string, spec: object, target: string): Call {
  const path = `/apis/${group}/v1/${kind.toLowerCase()}s`;
  return { verb: 'ask', target, method: 'POST', path, body: { apiVersion: `${group}/v1`, kind, ...(kind === 'SelfSubjectReview' ? {} : { spec }) } };
}

/** The error of a call. @throws everything else: a fault of this package. */
export function toClusterError(error: unknown): ClusterError {
  if (error instanceof ClusterError) return error;
  throw error;
}
