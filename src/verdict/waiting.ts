import { refusedPodSign } from './admission';
import type { Cause } from './cause';
import { mountSign } from './configuration';
import type { EventFact } from './event-facts';
import type { History } from './history';
import type { JobFacts } from './job-facts';
import { sandboxSign } from './node';
import type { PodFacts } from './pod-facts';
import { runCause } from './run';
import type { Sign } from './sign';

/** How long before the Job gave up its controller may have begun to delete its pods, in seconds. */
const deletionLead = 10;

/**
 * What kept the Job from making progress at a moment: a waiting pod, or pods that were refused. The cause that appeared last counts, and
 * the first of the pods that share it.
 */
export function waitingCause(history: History, job: JobFacts, until: number): Cause | undefined {
  const pods = history.podsOf(job);
  const there = pods.filter((pod) => isThere(pod, until));
  const waiting = there.map((pod) => podCause(history, pod, until)).filter((cause) => cause !== undefined);
  const refused = refusedPods(history, job, pods, until);
  const causes = [...waiting, ...(refused === undefined ? [] : [refused])].sort((a, b) => (a.knownAt ?? 0) - (b.knownAt ?? 0));
  const last = causes.at(-1);
  return causes.find(({ code }) => code === last?.code);
}

/** Whether a pod was still the Job's at a moment: nobody had asked for it to go, unless the Job did in giving up. */
function isThere(pod: PodFacts, until: number): boolean {
  if (until === Infinity) return pod.goneAt === undefined && pod.endedAt === undefined;
  return (pod.deletingAt ?? pod.endedAt ?? Infinity) >= until - deletionLead;
}

/** What a pod waits for, by its own status or, where that is silent, by its Events. */
function podCause(history: History, pod: PodFacts, until: number): Cause | undefined {
  if (pod.trouble !== undefined) {
    if (pod.trouble.since > until) return undefined;
    const { since, ...sign } = pod.trouble;
    return { ...sign, knownAt: since, pod, ...loopCause(history, pod) };
  }
  if (pod.startedAt !== undefined || pod.seenAt > until) return undefined;
  const events = history.eventsOf(pod.uid);
  const mount = firstSign(events.of('FailedMount', 'FailedAttachVolume', 'FailedMapVolume'), mountSign, until);
  const found = mount ?? firstSign(events.of('FailedCreatePodSandBox'), sandboxSign, until);
  return found && { ...found.sign, knownAt: found.at, pod };
}

/** A crash loop whose runs say more than their exit code. */
function loopCause(history: History, pod: PodFacts): Pick<Cause, 'code' | 'knownAt'> | undefined {
  if (pod.trouble?.code !== 'CrashLoopBackOff') return undefined;
  const events = history.eventsOf(pod.uid).of('Killing', 'Unhealthy', 'FailedPostStartHook');
  const runs = pod.runs.filter(({ container }) => container === pod.trouble?.container).map((run) => runCause(run, events));
  const last = runs.at(-1);
  return last?.knownAt === undefined ? undefined : runs.find(({ code, knownAt }) => code === last.code && knownAt !== undefined);
}

interface Sighting {
  readonly sign: Sign;
  readonly at: number;
}

function firstSign(events: readonly EventFact[], read: (event: EventFact) => Sign | undefined, until: number): Sighting | undefined {
  for (const event of events.filter((candidate) => isStillReported(candidate, events))) {
    const [at] = event.sightings;
    const sign = read(event);
    if (sign !== undefined && at !== undefined && at <= until) return { sign, at };
  }
  return undefined;
}

/** A volume that was merely slow is not reported again, while one that fails is. */
function isStillReported({ sightings }: EventFact, events: readonly EventFact[]): boolean {
  const last = sightings.at(-1) ?? -Infinity;
  return events.every((other) => other.sightings.filter((at) => at > last).length < 2);
}

/** The refusals since the last pod that was admitted. */
function refusedPods(history: History, job: JobFacts, pods: readonly PodFacts[], until: number): Cause | undefined {
  const refusals = history.eventsOf(job.uid).of('FailedCreate');
  // A Job may have a hundred thousand pods, and is judged at each change of one.
  if (refusals.length === 0) return undefined;
  const lastCreated = pods.reduce((last, { seenAt }) => Math.max(last, seenAt), -Infinity);
  const sightings = refusals
    .flatMap(({ message, sightings: times }) => times.map((at) => ({ at, sign: refusedPodSign(message) })))
    .filter(({ at }) => at > lastCreated && at <= until)
    .sort((a, b) => a.at - b.at);
  const last = sightings.at(-1);
  if (last === undefined) return undefined;
  const first = sightings.find(({ sign }) => sign.code === last.sign.code) ?? last;
  return { ...last.sign, knownAt: first.at };
}

