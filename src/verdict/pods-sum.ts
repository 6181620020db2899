import { attemptsOfPod } from './attempts';
import type { Cause } from './cause';
import { lateSuccess } from './deadline';
import type { EventFacts } from './event-facts';
import type { Attempt } from './job-verdict';
import { disruptionCause } from './node';
import { addEnds, endOf, type LatestEnds, latestOf } from './pod-ends';
import { byCreation, type PodFacts } from './pod-facts';
import { firstRestart, type Restart, restartOf } from './pod-restarts';
import { addWaits, type Waits, waitsOf } from './pod-waits';
import { isAtWork, isEndedHealthy, mayHaveEndedBadly, silentNode } from './pod-work';

/** How many pods there are of which something is true. */
export interface PodCounts {
  readonly alive: number;
  readonly atWork: number;
  /** Neither ended nor gone. */
  readonly open: number;
  /** Open, and not asked to go. */
  readonly staying: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Failed, or asked to go before they had succeeded. */
  readonly failedOrGoing: number;
  /** Taken away from a node that was lost. */
  readonly lost: number;
  /** They may have ended badly by themselves. */
  readonly bad: number;
  /** Nothing was wrong with them when they were asked to go. */
  readonly endedHealthy: number;
}

/** What a judge reads of pods of a Job, of one or of many: as they were, whatever has become of them since. */
export interface PodsSum {
  /** What it was made of; empty for a single pod. */
  readonly parts: readonly PodsSum[];
  readonly single: { readonly pod: PodFacts; readonly attempts: readonly Attempt[]; readonly wentAt: number | undefined } | undefined;
  readonly counts: PodCounts;
  readonly waits: Waits | undefined;
  readonly restart: Restart | undefined;
  /** The ends of those that succeeded. */
  readonly successes: LatestEnds | undefined;
  /** When those that failed were first and last seen to. */
  readonly failedFrom: number;
  readonly failedTo: number;
  /** When somebody, the Job or another, was first seen to take one away. */
  readonly takenFrom: number;
  /** The first pod on a node that does not answer. */
  readonly silent: Cause | undefined;
  /** The first that has not begun. */
  readonly pending: PodFacts | undefined;
  /** The first of which a process was killed for memory. */
  readonly outOfMemory: PodFacts | undefined;
  /** The first that was about to succeed when it was asked to go. */
  readonly late: PodFacts | undefined;
  /** The last that was asked to go. */
  readonly lastGoing: PodFacts | undefined;
}

/** What is read of a single pod, and of its Events; what it waits for as it was at a moment. */
export function sumOfPod(pod: PodFacts, events: EventFacts, until: number): PodsSum {
  const { isAlive, phase, deletingAt, goneAt, endedAt, disruptions } = pod;
  const hasFailed = phase === 'Failed';
  const onlyIf = (is: boolean): PodFacts | undefined => (is ? pod : undefined);
  return {
    parts: [],
    single: { pod, attempts: attemptsOfPod(pod), wentAt: deletingAt ?? goneAt },
    counts: countsOfPod(pod),
    waits: waitsOf(pod, events, until),
    restart: restartOf(pod),
    successes: phase === 'Succeeded' ? latestOf(endOf(pod)) : undefined,
    failedFrom: hasFailed ? endedAt ?? Infinity : Infinity,
    failedTo: hasFailed ? endedAt ?? Infinity : -Infinity,
    takenFrom: Math.min(deletingAt ?? Infinity, disruptions[0]?.at ?? Infinity),
    silent: isAlive ? silentNode(pod, events) : undefined,
    pending: onlyIf(isAlive && pod.startedAt === undefined),
    outOfMemory: onlyIf(pod.runs.some(({ reason }) => reason === 'OOMKilled')),
    late: onlyIf(lateSuccess(pod) !== undefined),
    lastGoing: onlyIf(deletingAt !== undefined),
  };
}

function countsOfPod(pod: PodFacts): PodCounts {
  const { isAlive, phase, deletingAt, goneAt, endedAt } = pod;
  const isOpen = goneAt === undefined && endedAt === undefined;
  const hasFailed = phase === 'Failed';
  return {
    alive: Number(isAlive),
    atWork: Number(isAtWork(pod)),
    open: Number(isOpen),
    staying: Number(isOpen && deletingAt === undefined),
    succeeded: Number(phase === 'Succeeded'),
    failed: Number(hasFailed),
    failedOrGoing: Number(hasFailed || (deletingAt !== undefined && phase !== 'Succeeded')),
    lost: Number(disruptionCause(pod, Infinity)?.code === 'NodeLost'),
    bad: Number(mayHaveEndedBadly(pod)),
    endedHealthy: Number(isEndedHealthy(pod)),
  };
}

/** Two sums together. Pods that were created in the same second are in the order of the sums. */
export function addPods(one: PodsSum, other: PodsSum): PodsSum {
  return {
    parts: [one, other],
    single: undefined,
    counts: addCounts(one.counts, other.counts),
    waits: addWaits(one.waits, other.waits),
    restart: firstRestart(one.restart, other.restart),
    successes: addEnds(one.successes, other.successes),
    failedFrom: Math.min(one.failedFrom, other.failedFrom),
    failedTo: Math.max(one.failedTo, other.failedTo),
    takenFrom: Math.min(one.takenFrom, other.takenFrom),
    silent: wasCreatedFirst(one.silent?.pod, other.silent?.pod) ? one.silent : other.silent,
    pending: firstOf(one.pending, other.pending),
    outOfMemory: firstOf(one.outOfMemory, other.outOfMemory),
    late: firstOf(one.late, other.late),
    lastGoing: lastOf(one.lastGoing, other.lastGoing),
  };
}

function addCounts(one: PodCounts, other: PodCounts): PodCounts {
  return {
    alive: one.alive + other.alive,
    atWork: one.atWork + other.atWork,
    open: one.open + other.open,
    staying: one.staying + other.staying,
    succeeded: one.succeeded + other.succeeded,
    failed: one.failed + other.failed,
    failedOrGoing: one.failedOrGoing + other.failedOrGoing,
    lost: one.lost + other.lost,
    bad: one.bad + other.bad,
    endedHealthy: one.endedHealthy + other.endedHealthy,
  };
}

function firstOf(one: PodFacts | undefined, other: PodFacts | undefined): PodFacts | undefined {
  return wasCreatedFirst(one, other) ? one : other;
}

function lastOf(one: PodFacts | undefined, other: PodFacts | undefined): PodFacts | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return wasCreatedFirst(one, other) ? other : one;
}

function wasCreatedFirst(one: PodFacts | undefined, other: PodFacts | undefined): boolean {
  return other === undefined || (one !== undefined && byCreation(one, other) <= 0);
}

/** The sum of no pods. */
export const noPods: PodsSum = {
  parts: [],
  single: undefined,
  counts: {
    alive: 0, atWork: 0, open: 0, staying: 0, succeeded: 0, failed: 0, failedOrGoing: 0, lost: 0, bad: 0, endedHealthy: 0,
  },
  waits: undefined,
  restart: undefined,
  successes: undefined,
  failedFrom: Infinity,
  failedTo: -Infinity,
  takenFrom: Infinity,
  silent: undefined,
  pending: undefined,
  outOfMemory: undefined,
  late: undefined,
  lastGoing: undefined,
};
