import { isIndexed } from './indexes';
import type { StoredPod } from './objects';
import { completionIndexOf, conditionOf, isReady } from './pods';
import type { JobSpec } from '../api/kubernetes';
import { tryParseTime } from '../core/time';

/**
 * Which active pods of a Job go first when some must: of an Indexed Job those without a place, then the ones of least use.
 *
 * @source pkg/controller/job/indexed_job_utils.go, job_controller.go activePodsForRemoval (v1.37)
 */
export function podsToRemove(spec: JobSpec, active: readonly StoredPod[], atLeast: number): readonly StoredPod[] {
  const misplaced = isIndexed(spec) ? podsWithoutPlace(active, spec.completions ?? 0) : [];
  const gone = new Set(misplaced);
  const missing = atLeast - misplaced.length;
  return missing <= 0 ? misplaced : [...misplaced, ...leastUsefulFirst(active.filter((pod) => !gone.has(pod))).slice(0, missing)];
}

/** Pods beyond the completions, and all but the most useful of the same index. */
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
 * Without node, then by phase, then not ready, then ready for the shortest time, then with more restarts, then newer.
 *
 * @source pkg/controller/controller_utils.go ActivePods.Less (v1.37)
 */
function leastUsefulFirst(pods: readonly StoredPod[]): readonly StoredPod[] {
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
