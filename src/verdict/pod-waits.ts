import type { Cause } from './cause';
import { mountSign } from './configuration';
import type { EventFact, EventFacts } from './event-facts';
import { sandboxSign } from './node';
import { byCreation, type PodFacts } from './pod-facts';
import { runCause } from './run';
import type { Sign } from './sign';

/** How long before the Job gave up its controller may have begun to delete its pods, in seconds. */
const deletionLead = 10;

/** What pods wait for, in the order in which it appeared, and where that was at once, of the pods. */
export interface Waits {
  /** The first of each code. */
  readonly firsts: readonly Cause[];
  readonly last: Cause;
}

/** What a pod that was still the Job's at a moment waits for. */
export function waitsOf(pod: PodFacts, events: EventFacts, until: number): Waits | undefined {
  const cause = isThere(pod, until) ? podCause(pod, events, until) : undefined;
  return cause && { firsts: [cause], last: cause };
}

/** What two groups of pods wait for; where their pods were created in the same second, those of `one` come first. */
export function addWaits(one: Waits | undefined, other: Waits | undefined): Waits | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const firsts = one.firsts.map((first) => {
    const theirs = other.firsts.find(({ code }) => code === first.code);
    return theirs !== undefined && isBefore(theirs, first) ? theirs : first;
  });
  const added = other.firsts.filter(({ code }) => one.firsts.every((first) => first.code !== code));
  return { firsts: [...firsts, ...added], last: isBefore(other.last, one.last) ? one.last : other.last };
}

function isBefore(one: Cause, other: Cause): boolean {
  const later = knownAt(other) - knownAt(one);
  return later > 0 || (later === 0 && byCreation(one.pod, other.pod) < 0);
}

/** When a wait could first be said. */
export function knownAt(wait: Cause): number {
  return wait.knownAt ?? 0;
}

/** Whether a pod was still the Job's at a moment: nobody had asked for it to go, unless the Job did in giving up. */
function isThere(pod: PodFacts, until: number): boolean {
  if (until === Infinity) return pod.goneAt === undefined && pod.endedAt === undefined;
  return (pod.deletingAt ?? pod.endedAt ?? Infinity) >= until - deletionLead;
}

/** What a pod waits for, by its own status or, where that is silent, by its Events. */
function podCause(pod: PodFacts, events: EventFacts, until: number): Cause | undefined {
  if (pod.trouble !== undefined) {
    if (pod.trouble.since > until) return undefined;
    const { since, ...sign } = pod.trouble;
    return { ...sign, knownAt: since, pod, ...loopCause(pod, events) };
  }
  if (pod.startedAt !== undefined || pod.seenAt > until) return undefined;
  const mount = firstSign(events.of('FailedMount', 'FailedAttachVolume', 'FailedMapVolume'), mountSign, until);
  const found = mount ?? firstSign(events.of('FailedCreatePodSandBox'), sandboxSign, until);
  return found && { ...found.sign, knownAt: found.at, pod };
}

/** A crash loop whose runs say more than their exit code. */
function loopCause(pod: PodFacts, events: EventFacts): Pick<Cause, 'code' | 'knownAt'> | undefined {
  if (pod.trouble?.code !== 'CrashLoopBackOff') return undefined;
  const told = events.of('Killing', 'Unhealthy', 'FailedPostStartHook');
  const runs = pod.runs.filter(({ container }) => container === pod.trouble?.container).map((run) => runCause(run, told));
  const last = runs.at(-1);
  return last?.knownAt === undefined ? undefined : runs.find(({ code, knownAt: at }) => code === last.code && at !== undefined);
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
