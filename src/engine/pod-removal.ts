import { isIndexed } from './indexes';
import type { StoredPod } from './objects';
import { completionIndexOf, conditionOf, isReady } from './pods';
import type { JobSpec } from '../api/kubernetes';
import { tryParseTime } from '../core/time';

/**
 * The active pods of a Job to remove first: in an Indexed Job those without a place, then the least useful ones.
 *
 * @source pkg/controller/job/indexed_job_utils.go, job_controller.go activePodsForRemoval (v1.37)
 */
export function podsToRemove(spec: JobSpec, active: readonly StoredPod[], atLeast: number): readonly StoredPod[] {
  if (!isIndexed(spec)) return atLeast <= 0 ? none : leastUsefulFirst(active).slice(0, atLeast);
  const misplaced = podsWithoutPlace(active, spec.completions ?? 0);
  const gone = new Set(misplaced);
  const missing = atLeast - misplaced.length;
  return missing <= 0 ? misplaced : [...misplaced, ...leastUsefulFirst(active.filter((pod) => !gone.has(pod))).slice(0, missing)];
}

const none: readonly StoredPod[] = [];

/** The pods with an index beyond the completions, and all but the most useful pod of each index. */
function podsWithoutPlace(active: readonly StoredPod[], completions: number): readonly StoredPod[] {
  const byIndex = new Map<number | undefined, StoredPod[]>();
  for (const pod of active) {
    const index = completionIndexOf(pod);
    const same = byIndex.get(index);
    if (same === undefined) byIndex.set(index, [pod]);
    else same.push(pod);
  }
  return [...byIndex].flatMap(([index, same]) => {
    const hasPlace = index !== undefined && index < completions;
    return hasPlace ? leastUsefulFirst(same).slice(0, -1) : same;
  });
}

/**
 * Sorts pods: first those without a node, then by phase, not ready before ready, ready for a shorter time, more restarts, newer.
 *
 * @source pkg/controller/controller_utils.go ActivePods.Less (v1.37)
 */
function leastUsefulFirst(pods: readonly StoredPod[]): readonly StoredPod[] {
  if (pods.length < 2) return pods;
  const ranked = pods.map((pod) => ({ pod, rank: usefulness(pod) }));
  return ranked.sort((one, other) => compare(one.rank, other.rank)).map(({ pod }) => pod);
}

const phases: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };

function usefulness(pod: StoredPod): readonly number[] {
  const { metadata, spec, status } = pod;
  const isPodReady = isReady(pod);
  const restarts = Math.max(0, ...(status.containerStatuses ?? []).map(({ restartCount }) => restartCount));
  return [
    spec.nodeName === undefined ? 0 : 1,
    phases[status.phase ?? 'Pending'] ?? 0,
    isPodReady ? 1 : 0,
    isPodReady ? -(tryParseTime(conditionOf(status, 'Ready')?.lastTransitionTime) ?? 0) : 0,
    -restarts,
    -(tryParseTime(metadata.creationTimestamp) ?? 0),
  ];
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (const [place, value] of one.entries()) {
    const difference = value - (other[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
