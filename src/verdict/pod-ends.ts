import type { PodFacts } from './pod-facts';

/** When a pod ended. */
export interface PodEnd {
  /** When that was seen. */
  readonly at: number;
  /** Seconds since 1970 on the clock of its node; undefined when no container has ended. */
  readonly stamp: number | undefined;
}

/** The latest ends of pods: by the clocks of their nodes, and by when those with and without such a time were seen. */
export interface LatestEnds {
  readonly stamp: number;
  readonly stampedAt: number;
  readonly unstampedAt: number;
}

/** When a pod ended that has. */
export function endOf({ runs, endedAt, seenAt }: PodFacts): PodEnd {
  const stamps = runs.flatMap(({ finishedAt }) => finishedAt ?? []);
  return { at: endedAt ?? seenAt, stamp: stamps.length === 0 ? undefined : Math.max(...stamps) };
}

/** The latest of two. */
export function addEnds(one: LatestEnds | undefined, other: LatestEnds | undefined): LatestEnds | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return {
    stamp: Math.max(one.stamp, other.stamp),
    stampedAt: Math.max(one.stampedAt, other.stampedAt),
    unstampedAt: Math.max(one.unstampedAt, other.unstampedAt),
  };
}

/** The latest of a single end. */
export function latestOf({ at, stamp }: PodEnd): LatestEnds {
  return stamp === undefined
    ? { stamp: -Infinity, stampedAt: -Infinity, unstampedAt: at }
    : { stamp, stampedAt: at, unstampedAt: -Infinity };
}

/** Whether a pod ended later than all others: by the clock of the nodes, which the controller reads too; else by when it was seen. */
export function isLaterThanAll({ at, stamp }: PodEnd, ends: LatestEnds | undefined): boolean {
  if (ends === undefined) return true;
  return stamp === undefined ? at > Math.max(ends.stampedAt, ends.unstampedAt) : stamp > ends.stamp && at > ends.unstampedAt;
}
