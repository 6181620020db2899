import type { Cause } from './cause';
import { badEnds, firstOfSeries, mayHaveNoRetry } from './failed-cause';
import type { History } from './history';
import type { JobFacts } from './job-facts';
import { disruptionCause } from './node';
import { podsCounted } from './pods-in';
import { isSet, number, text } from './read';
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
  return waitsForPlace && history.podsOf(job).sum.counts.atWork > 0 ? undefined : cause;
}

/** The last bad end, until another pod or another run is on its way. */
function betweenTries(history: History, job: JobFacts): Cause | undefined {
  const { sum } = history.podsOf(job);
  const { bad, atWork, alive } = sum.counts;
  if (bad === 0 || ((atWork > 0 || alive > 1) && !mayHaveNoRetry(job, sum))) return undefined;
  const ends = badEnds(history, job, sum);
  const last = ends.at(-1);
  if (last === undefined) return undefined;
  const goesOn = atWork > 0 || alive > Number(last.pod?.isAlive === true);
  if (goesOn && last.isCertain !== true) return undefined;
  const { exitCode, ...open } = last;
  const decided = last.isCertain === true && exitCode !== undefined ? { exitCode } : {};
  return { ...open, ...decided, knownAt: firstOfSeries(ends, last.code) };
}

/** A pod on a node that does not answer, or that waits on a node which has lost one of the Job's pods already and may be gone. */
function lostNode(history: History, job: JobFacts): Cause | undefined {
  const { sum } = history.podsOf(job);
  const { silent, pending, counts: { alive, lost } } = sum;
  if (silent !== undefined || lost === 0) return silent;
  const node = text(pending?.latest, 'spec', 'nodeName');
  if (alive > 0 && node === undefined) return undefined;
  const pod = podsCounted(sum, 'lost').find((each) => each !== pending && (alive === 0 || text(each.latest, 'spec', 'nodeName') === node));
  return pod && disruptionCause(pod, Infinity);
}
