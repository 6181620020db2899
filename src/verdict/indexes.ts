import type { JobFacts } from './job-facts';
import { text } from './read';

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

/** Whether an index is in a compressed list like `1,3-5,7`, as the status writes them. */
export function includesIndex(list: string, index: number): boolean {
  return list.split(',').some((part) => {
    const [low, high] = part.split('-');
    return low !== undefined && /^\d+$/.test(low) && Number(low) <= index && index <= Number(high ?? low);
  });
}

/** The indexes that the Job has given up, as its status writes them. */
export function failedIndexes(job: JobFacts): string {
  return text(job.status, 'failedIndexes') ?? '';
}

/** The indexes that have succeeded, as its status writes them. */
export function completedIndexes(job: JobFacts): string {
  return text(job.status, 'completedIndexes') ?? '';
}
