import { refusedPodSign } from './admission';
import type { Cause } from './cause';
import type { History } from './history';
import type { JobFacts } from './job-facts';
import { knownAt } from './pod-waits';

/**
 * What kept the Job from making progress at a moment: a waiting pod, or pods that were refused. The cause that appeared last counts, and
 * the first of the pods that share it.
 */
export function waitingCause(history: History, job: JobFacts, until: number): Cause | undefined {
  const pods = history.podsOf(job);
  const waits = pods.waits(until);
  const refused = refusedPods(history, job, pods.lastSeenAt, until);
  if (waits === undefined) return refused;
  const last = refused === undefined || knownAt(refused) < knownAt(waits.last) ? waits.last : refused;
  const first = waits.firsts.find(({ code }) => code === last.code);
  return refused?.code === last.code && (first === undefined || knownAt(first) > knownAt(refused)) ? refused : first;
}

/** The refusals since the last pod that was admitted. */
function refusedPods(history: History, job: JobFacts, lastCreated: number, until: number): Cause | undefined {
  const sightings = history.eventsOf(job.uid).of('FailedCreate')
    .flatMap(({ message, sightings: times }) => times.map((at) => ({ at, sign: refusedPodSign(message) })))
    .filter(({ at }) => at > lastCreated && at <= until)
    .sort((a, b) => a.at - b.at);
  const last = sightings.at(-1);
  if (last === undefined) return undefined;
  const first = sightings.find(({ sign }) => sign.code === last.sign.code) ?? last;
  return { ...last.sign, knownAt: first.at };
}
