import type { JobFacts } from './job-facts';
import { text } from './read';
import { containsIndex, parseIndexSet } from '../api/index-set';
import type { JsonObject } from '../core/json';
import { rememberedFor } from '../core/remembered';

/** What the message of a `PodFailurePolicy` failure names. */
interface PolicyFailure {
  readonly pod: string;
  /** Absent when a pod condition matched. */
  readonly container?: string;
  readonly exitCode?: number;
  /** The index of the rule in `spec.podFailurePolicy.rules`. */
  readonly rule: number;
}

/**
 * Reads the message of a failure by podFailurePolicy.
 *
 * @source pkg/controller/job/pod_failure_policy.go matchPodFailurePolicy (v1.36)
 */
export function policyFailure(message: string): PolicyFailure | undefined {
  const byCode = /^Container (\S+) for pod (?:\S+\/)?(\S+) failed with exit code (-?\d+) matching \w+ rule at index (\d+)/.exec(message);
  if (byCode !== null) return { container: byCode[1] ?? '', pod: byCode[2] ?? '', exitCode: Number(byCode[3]), rule: Number(byCode[4]) };
  const byCondition = /^Pod (?:\S+\/)?(\S+) has condition \S+ matching \w+ rule at index (\d+)/.exec(message);
  return byCondition === null ? undefined : { pod: byCondition[1] ?? '', rule: Number(byCondition[2]) };
}

/** Whether the Job has given an index up, as its status says. */
export function hasFailed({ status }: JobFacts, index: number): boolean {
  return containsIndex(failedIndexes(status), index);
}

/** Whether an index has succeeded, as the status of the Job says. */
export function hasCompleted({ status }: JobFacts, index: number): boolean {
  return containsIndex(completedIndexes(status), index);
}

const failedIndexes = rememberedFor((status: JsonObject) => parseIndexSet(text(status, 'failedIndexes') ?? ''));
const completedIndexes = rememberedFor((status: JsonObject) => parseIndexSet(text(status, 'completedIndexes') ?? ''));
