import { refusedPodSign } from './admission';
import type { Cause } from './cause';
import { mountSign } from './configuration';
import type { EventFact } from './event-facts';
import type { History } from './history';
import type { JobFacts } from './job-facts';
import { sandboxSign } from './node';
import type { PodFacts } from './pod-facts';
import type { Sign } from './sign';

/**
 * What keeps the Job from getting on, seen up to a moment: pods that wait, and pods that are refused; the latest to appear first.
 */
export function waitingCauses(history: History, job: JobFacts, until: number): readonly Cause[] {
  const pods = history.podsOf(job);
  const waiting = pods.map((pod) => podCause(history, pod, until)).filter((cause) => cause !== undefined);
  const refused = refusedPods(history, job, pods, until);
  return [...waiting, ...(refused === undefined ? [] : [refused])].sort((a, b) => (b.knownAt ?? 0) - (a.knownAt ?? 0));
}

/** What a pod waits for, by its own status or, where that is silent, by its Events. */
function podCause(history: History, pod: PodFacts, until: number): Cause | undefined {
  if (pod.trouble !== undefined) {
    if (pod.trouble.since > until) return undefined;
    const { since, ...sign } = pod.trouble;
    return { ...sign, knownAt: since, pod };
  }
  if (pod.startedAt !== undefined || pod.seenAt > until) return undefined;
  const events = history.eventsOf(pod.uid);
  const mount = firstSign(events.of('FailedMount', 'FailedAttachVolume', 'FailedMapVolume'), mountSign, until);
  const found = mount ?? firstSign(events.of('FailedCreatePodSandBox'), sandboxSign, until);
  return found && { ...found.sign, knownAt: found.at, pod };
}

function firstSign(events: readonly EventFact[], read: (event: EventFact) => Sign | undefined, until: number): { readonly sign: Sign; readonly at: number } | undefined {
  for (const event of events) {
    const [at] = event.sightings;
    const sign = read(event);
    if (sign !== undefined && at !== undefined && at <= until) return { sign, at };
  }
  return undefined;
}

/** Refusals that came after the last pod that was let in. */
function refusedPods(history: History, job: JobFacts, pods: readonly PodFacts[], until: number): Cause | undefined {
  const lastCreated = Math.max(-Infinity, ...pods.map(({ seenAt }) => seenAt));
  const sightings = history.eventsOf(job.uid).of('FailedCreate')
    .flatMap(({ message, sightings: times }) => times.map((at) => ({ at, sign: refusedPodSign(message) })))
    .filter(({ at }) => at > lastCreated && at <= until)
    .sort((a, b) => a.at - b.at);
  const last = sightings.at(-1);
  if (last === undefined) return undefined;
  const first = sightings.find(({ sign }) => sign.code === last.sign.code) ?? last;
  return { ...last.sign, knownAt: first.at };
}

