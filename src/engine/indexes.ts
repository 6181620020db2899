import { remainingBackoffMs } from './backoff';
import { matchFailurePolicy } from './failure-policy';
import type { StoredPod } from './objects';
import { completionIndexOf, finishTimeOf, isActive, isFailed, isTerminating, isTracked } from './pods';
import { type IndexSet, containsIndex, parseIndexSet, toIndexSet, uniteIndexSets } from '../api/index-set';
import type { JobSpec } from '../api/kubernetes';
import { failureCountAnnotation, ignoredFailureCountAnnotation } from '../api/labels';
import type { Instant } from '../core/time';

/** The indexes of a Job by outcome, and the failed pods whose failure counts their successors take over. */
export interface IndexView {
  /** The succeeded indexes in the status before this reconciliation. */
  readonly previous: IndexSet;
  /** Those and the indexes of pods that have succeeded since. */
  readonly succeeded: IndexSet;
  /** The failed indexes; undefined without backoffLimitPerIndex. */
  readonly failed: IndexSet | undefined;
  /** The last failed pod of each index that has no newer pod yet. */
  readonly delayed: ReadonlyMap<number, StoredPod>;
}

/** Whether the pods of a Job have indexes. */
export function isIndexed({ completionMode }: JobSpec): boolean {
  return completionMode === 'Indexed';
}

/**
 * The indexes of a Job by outcome.
 *
 * @source pkg/controller/job/indexed_job_utils.go calculateSucceededIndexes, calculateFailedIndexes (v1.37)
 */
export function viewIndexes(
  spec: JobSpec, status: { readonly completedIndexes: string; readonly failedIndexes: string | undefined }, pods: readonly StoredPod[],
): IndexView {
  const completions = spec.completions ?? 0;
  const previous = parseIndexSet(status.completedIndexes, completions);
  const tracked = pods.filter((pod) => isTracked(pod) && isWithin(completionIndexOf(pod), completions));
  const succeeded = uniteIndexSets(previous, indexesOfPods(tracked.filter((pod) => pod.status.phase === 'Succeeded')));
  if (spec.backoffLimitPerIndex === undefined) return { previous, succeeded, failed: undefined, delayed: new Map() };
  const newlyFailed = tracked.filter((pod) => isIndexFailed(spec, pod));
  const failed = uniteIndexSets(parseIndexSet(status.failedIndexes ?? '', completions), indexesOfPods(newlyFailed));
  return { previous, succeeded, failed, delayed: delayedPods(spec, tracked, pods, succeeded, failed) };
}

/**
 * The indexes that get the next pods: the lowest that are neither done nor under way.
 *
 * @source pkg/controller/job/indexed_job_utils.go firstPendingIndexes (v1.37)
 */
export function firstPendingIndexes(
  spec: JobSpec, pods: readonly StoredPod[], { succeeded, failed }: IndexView, count: number,
): readonly number[] {
  const holds = (pod: StoredPod): boolean => isActive(pod) || (spec.podReplacementPolicy === 'Failed' && isTerminating(pod));
  const taken = uniteIndexSets(uniteIndexSets(succeeded, failed ?? []), indexesOfPods(pods.filter(holds)));
  const pending: number[] = [];
  let candidate = 0;
  for (const { first, last } of [...taken, { first: spec.completions ?? 0, last: Number.POSITIVE_INFINITY }]) {
    for (; candidate < first && candidate < (spec.completions ?? 0) && pending.length < count; candidate += 1) pending.push(candidate);
    candidate = Math.max(candidate, last + 1);
  }
  return pending;
}

/**
 * The indexes that may start now; if none may, how many milliseconds the first one has to wait.
 *
 * @source pkg/controller/job/job_controller.go getPodCreationInfoForIndependentIndexes (v1.37)
 */
export function startableIndexes(
  indexes: readonly number[], delayed: IndexView['delayed'], now: Instant,
): { readonly indexes: readonly number[]; readonly remainingMs: number } {
  const waits = indexes.map((index) => ({ index, remainingMs: remainingIndexBackoffMs(delayed.get(index), now) }));
  const startable = waits.filter(({ remainingMs }) => remainingMs === 0).map(({ index }) => index);
  const isWaiting = startable.length === 0 && waits.length > 0;
  return { indexes: startable, remainingMs: isWaiting ? Math.min(...waits.map(({ remainingMs }) => remainingMs)) : 0 };
}

/**
 * The annotations that carry the failures of an index over to its next pod.
 *
 * @source pkg/controller/job/indexed_job_utils.go addIndexFailureCountAnnotation (v1.37)
 */
export function failureCountAnnotations(spec: JobSpec, lastFailed: StoredPod | undefined): Readonly<Record<string, string>> {
  if (lastFailed === undefined) return { [failureCountAnnotation]: '0' };
  const { counts } = matchFailurePolicy(spec, lastFailed);
  const failures = countOf(lastFailed, failureCountAnnotation) + (counts ? 1 : 0);
  const ignored = countOf(lastFailed, ignoredFailureCountAnnotation) + (counts ? 0 : 1);
  return { [failureCountAnnotation]: String(failures), ...(ignored > 0 ? { [ignoredFailureCountAnnotation]: String(ignored) } : {}) };
}

function isWithin(index: number | undefined, completions: number): boolean {
  return index !== undefined && index < completions;
}

function indexesOfPods(pods: readonly StoredPod[]): IndexSet {
  return toIndexSet(pods.map(completionIndexOf).filter((index) => index !== undefined));
}

function isIndexFailed(spec: JobSpec, pod: StoredPod): boolean {
  if (!isFailed(pod, spec)) return false;
  const { action, counts } = matchFailurePolicy(spec, pod);
  return action === 'FailIndex' || (counts && countOf(pod, failureCountAnnotation) >= (spec.backoffLimitPerIndex ?? 0));
}

function delayedPods(
  spec: JobSpec, tracked: readonly StoredPod[], pods: readonly StoredPod[], succeeded: IndexSet, failed: IndexSet,
): ReadonlyMap<number, StoredPod> {
  const active = new Set(pods.filter(isActive).map(completionIndexOf));
  const delayed = new Map<number, StoredPod>();
  for (const pod of tracked) {
    const index = completionIndexOf(pod);
    if (index === undefined || !isFailed(pod, spec) || active.has(index)) continue;
    if (containsIndex(succeeded, index) || containsIndex(failed, index)) continue;
    const other = delayed.get(index);
    if (other === undefined || isLater(pod, other)) delayed.set(index, pod);
  }
  return delayed;
}

function isLater(pod: StoredPod, other: StoredPod): boolean {
  return allFailuresOf(other) <= allFailuresOf(pod) && finishTimeOf(pod) >= finishTimeOf(other);
}

function remainingIndexBackoffMs(lastFailed: StoredPod | undefined, now: Instant): number {
  if (lastFailed === undefined) return 0;
  return remainingBackoffMs({ failures: allFailuresOf(lastFailed) + 1, lastFailure: finishTimeOf(lastFailed) }, now);
}

function allFailuresOf(pod: StoredPod): number {
  return countOf(pod, failureCountAnnotation) + countOf(pod, ignoredFailureCountAnnotation);
}

function countOf({ metadata }: StoredPod, annotation: string): number {
  const count = Number(metadata.annotations?.[annotation] ?? '0');
  return Number.isInteger(count) && count >= 0 ? count : 0;
}
