import type { Cause } from './cause';
import { badEnds } from './failed-cause';
import type { History } from './history';
import type { JobFacts } from './job-facts';
import { isSet, number, text } from './read';
import { waitingCauses } from './waiting';

/** The controller that works on a Job unless `spec.managedBy` names another. */
const ownController = 'kubernetes.io/job-controller';

/** What is the matter with a Job that runs; undefined when nothing is. */
export function runningCause(history: History, job: JobFacts): Cause | undefined {
  return managedByOther(job) ?? parallelismZero(job) ?? waitingCauses(history, job, Infinity)[0] ?? betweenTries(history, job);
}

/** Somebody else is to work on the Job, and has not begun. */
function managedByOther(job: JobFacts): Cause | undefined {
  const controller = text(job.spec, 'managedBy');
  if (controller === undefined || controller === ownController || isSet(job.status, 'startTime')) return undefined;
  return { code: 'ManagedByOther', detail: controller, knownAt: job.seenAt };
}

function parallelismZero(job: JobFacts): Cause | undefined {
  if (job.parallelismZeroAt === undefined || (number(job.status, 'active') ?? 0) > 0) return undefined;
  return { code: 'ParallelismZero', detail: 'parallelism is 0', knownAt: job.parallelismZeroAt };
}

/** The last bad end, while no pod is at work. */
function betweenTries(history: History, job: JobFacts): Cause | undefined {
  const pods = history.podsOf(job);
  if (pods.some((pod) => pod.isAlive && pod.runs.every(({ exitCode }) => exitCode === 0))) return undefined;
  const last = badEnds(history, job, pods).at(-1);
  if (last === undefined) return undefined;
  const { exitCode: _open, ...open } = last;
  return open;
}
