import type { Cause } from './cause';
import { containersOf, isRunning } from './containers';
import type { EventFacts } from './event-facts';
import type { PodFacts } from './pod-facts';
import { condition } from './read';
import type { Run } from './run';

/** Whether a pod is on its way: what failed in it, if anything, runs again. */
export function isAtWork(pod: PodFacts): boolean {
  if (!pod.isAlive || pod.startedAt === undefined || pod.trouble !== undefined) return false;
  const lastBad = pod.runs.filter(({ role, exitCode }) => role !== 'sidecar' && exitCode !== 0).at(-1);
  return lastBad === undefined || containersOf(pod.latest).some(({ name, status }) => name === lastBad.container && isRunning(status));
}

/** A pod on a node that does not answer. */
export function silentNode(pod: PodFacts, events: EventFacts): Cause | undefined {
  const [event] = events.of('NodeNotReady');
  if (event === undefined || condition(pod.latest, 'Ready')?.status !== 'False' || pod.startedAt === undefined) return undefined;
  return { code: 'NodeLost', detail: 'the node of the pod does not answer', knownAt: event.sightings[0], pod };
}

/** The ends of sidecars do not count; running out of memory counts whatever the exit code if the pod failed because of it. */
export function isBadEnd(run: Run, pod: PodFacts): boolean {
  if (run.role === 'sidecar' || !run.endedByItself) return false;
  return run.exitCode !== 0 || (run.reason === 'OOMKilled' && pod.phase === 'Failed' && pod.runs.every(({ exitCode }) => exitCode === 0));
}

/** Whether a pod may have ended badly by itself, or any of its containers. */
export function mayHaveEndedBadly(pod: PodFacts): boolean {
  if (pod.phase === 'Succeeded') return false;
  return (pod.phase === 'Failed' && pod.reason !== undefined) || pod.runs.some((run) => isBadEnd(run, pod));
}

/** Whether the Job has ended a pod in which nothing had gone wrong. */
export function isEndedHealthy(pod: PodFacts): boolean {
  return pod.deletingAt !== undefined && pod.phase !== 'Succeeded' && pod.runs.every(({ endedByItself, exitCode }) => !endedByItself || exitCode === 0);
}
