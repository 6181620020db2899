import type { Cause } from './cause';
import { containersOf, isRunning } from './containers';
import { badEnds, firstOfSeries } from './failed-cause';
import type { History } from './history';
import type { JobFacts } from './job-facts';
import { disruptionCause } from './node';
import type { PodFacts } from './pod-facts';
import { condition, isSet, number, text } from './read';
import { waitingCause } from './waiting';
import { ownController } from '../api/kueue';

/** What is wrong with a running Job; undefined if nothing is. */
export function runningCause(history: History, job: JobFacts): Cause | undefined {
  return managedByOther(job) ?? parallelismZero(job) ?? waiting(history, job) ?? lostNode(history, job) ?? betweenTries(history, job);
}

/** Whether the Job is left to another controller than that of Kubernetes, which has rules of its own. */
export function isManagedByOther({ spec }: JobFacts): boolean {
  return (text(spec, 'managedBy') ?? ownController) !== ownController;
}

/** Another controller is to manage the Job, but has not begun. */
function managedByOther(job: JobFacts): Cause | undefined {
  if (!isManagedByOther(job) || isSet(job.status, 'startTime')) return undefined;
  const controller = text(job.spec, 'managedBy');
  return { code: 'ManagedByOther', detail: `the Job is left to controller ${controller}`, knownAt: job.seenAt };
}

function parallelismZero(job: JobFacts): Cause | undefined {
  if (job.parallelismZeroAt === undefined || (number(job.status, 'active') ?? 0) > 0) return undefined;
  return { code: 'ParallelismZero', detail: 'parallelism is 0', knownAt: job.parallelismZeroAt };
}

/** Pods that find no place or are refused wait for the Job's own other pods, as long as those are at work. */
function waiting(history: History, job: JobFacts): Cause | undefined {
  const cause = waitingCause(history, job, Infinity);
  const waitsForPlace = cause !== undefined && (cause.code === 'QuotaExceeded' || cause.code.startsWith('Unschedulable.'));
  return waitsForPlace && history.podsOf(job).some(isAtWork) ? undefined : cause;
}

/** Whether a pod is on its way: what failed in it, if anything, runs again. */
export function isAtWork(pod: PodFacts): boolean {
  if (!pod.isAlive || pod.startedAt === undefined || pod.trouble !== undefined) return false;
  const lastBad = pod.runs.filter(({ role, exitCode }) => role !== 'sidecar' && exitCode !== 0).at(-1);
  return lastBad === undefined || containersOf(pod.latest).some(({ name, status }) => name === lastBad.container && isRunning(status));
}

/** The last bad end, until another pod or another run is on its way. */
function betweenTries(history: History, job: JobFacts): Cause | undefined {
  const pods = history.podsOf(job);
  const ends = badEnds(history, job, pods);
  const last = ends.at(-1);
  if (last === undefined) return undefined;
  const goesOn = pods.some((pod) => isAtWork(pod) || (pod !== last.pod && pod.isAlive));
  if (goesOn && last.isCertain !== true) return undefined;
  const { exitCode, ...open } = last;
  const decided = last.isCertain === true && exitCode !== undefined ? { exitCode } : {};
  return { ...open, ...decided, knownAt: firstOfSeries(ends, last.code) };
}

/** A pod on a node that does not answer, or that waits on a node which has lost one of the Job's pods already and may be gone. */
function lostNode(history: History, job: JobFacts): Cause | undefined {
  const pods = history.podsOf(job);
  const alive = pods.filter((pod) => pod.isAlive);
  const silent = alive.map((pod) => silentNode(history, pod)).find((cause) => cause !== undefined);
  if (silent !== undefined) return silent;
  const pending = alive.find((pod) => pod.startedAt === undefined);
  const node = text(pending?.latest, 'spec', 'nodeName');
  const lost = pods.filter((pod) => pod !== pending && (alive.length === 0 || (node !== undefined && text(pod.latest, 'spec', 'nodeName') === node)));
  return lost.map((pod) => disruptionCause(pod, Infinity)).find((cause) => cause?.code === 'NodeLost');
}

function silentNode(history: History, pod: PodFacts): Cause | undefined {
  const [event] = history.eventsOf(pod.uid).of('NodeNotReady');
  if (event === undefined || condition(pod.latest, 'Ready')?.status !== 'False' || pod.startedAt === undefined) return undefined;
  return { code: 'NodeLost', detail: 'the node of the pod does not answer', knownAt: event.sightings[0], pod };
}
