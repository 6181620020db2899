import type { JobFacts } from './job-facts';
import type { Attempt } from './job-verdict';
import { byCreation, type PodFacts } from './pod-facts';
import type { PodCounts, PodsSum } from './pods-sum';

type Single = Exclude<PodsSum['single'], undefined>;

/** The pods that a count counts, in the order of their creation; the others are passed over together. */
export function podsCounted(sum: PodsSum, by: keyof PodCounts): readonly PodFacts[] {
  return inOrder(sum, ({ counts }) => counts[by] > 0).map(({ pod }) => pod);
}

/** The pods that somebody, the Job or another, was seen to take away by a moment, in the order of their creation. */
export function podsTakenBy(sum: PodsSum, moment: number): readonly PodFacts[] {
  return inOrder(sum, ({ takenFrom }) => takenFrom <= moment).map(({ pod }) => pod);
}

/** How many pods a count counts, without those that were ended because the Job was suspended. */
export function countNotSuspended(job: JobFacts, pods: PodsSum, by: keyof PodCounts): number {
  if (job.suspensions.length === 0) return pods.counts[by];
  return podsCounted(pods, by).filter(({ deletingAt }) => !job.wasSuspendedAt(deletingAt ?? Infinity)).length;
}

/** How many pods were seen to have failed at a moment. */
export function failedBy({ counts, failedFrom, failedTo, parts }: PodsSum, moment: number): number {
  if (failedFrom > moment) return 0;
  return failedTo <= moment ? counts.failed : parts.reduce((count, part) => count + failedBy(part, moment), 0);
}

/**
 * Every run of a container, ended or not, pod by pod in the order of their creation.
 *
 * @param isPreempted whether what went at this time had to make room.
 */
export function attemptsIn(sum: PodsSum, isPreempted: (wentAt: number | undefined) => boolean): readonly Attempt[] {
  return inOrder(sum, () => true).flatMap(({ attempts, wentAt }) => (isPreempted(wentAt) ? attempts.map(asPreempted) : attempts));
}

/** What made room has not failed, whatever its exit code; what had succeeded before has. */
function asPreempted(attempt: Attempt): Attempt {
  const isCutShort = attempt.result === 'killed' || attempt.result === 'failed';
  return isCutShort ? { ...attempt, result: 'preempted', reason: null } : attempt;
}

function inOrder(sum: PodsSum, mayHold: (part: PodsSum) => boolean): readonly Single[] {
  const found: Single[] = [];
  const search = (part: PodsSum): void => {
    if (!mayHold(part)) return;
    if (part.single !== undefined) found.push(part.single);
    for (const each of part.parts) search(each);
  };
  search(sum);
  return found.sort((one, other) => byCreation(one.pod, other.pod));
}
