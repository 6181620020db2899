import type { Cause } from './cause';
import type { EventFact } from './event-facts';
import type { History } from './history';
import type { JobFacts } from './job-facts';
import type { QueueRecord } from './job-verdict';
import { number, record, records, seconds, text, trueCondition } from './read';
import type { WorkloadFacts } from './workload-facts';
import { createdWorkloadReason, queueOf } from '../api/kueue';

/** Whether a queue of Kueue decides when a Job runs: it names one, or Kueue took it without being asked. */
export function isInQueue(history: History, job: JobFacts): boolean {
  if (queueOf(job.latest) !== undefined || history.workloadOf(job) !== undefined) return true;
  return history.eventsOf(job.uid).of(createdWorkloadReason).length > 0;
}

/**
 * Why a suspended Job of a queue does not run: in Kueue's words where its Workload may be read, else by the Events of the Job.
 *
 * @source kueue pkg/scheduler/flavorassigner and pkg/cache/queue (0.17), conditions of a Workload as measured
 */
export function queueCause(history: History, job: JobFacts): Cause {
  const workload = history.workloadOf(job);
  const preempted = preemption(history, job, workload);
  const where = queueOf(job.latest) === undefined ? 'waits in a queue' : `waits in queue ${queueOf(job.latest) ?? ''}`;
  const words = preempted === undefined ? where : `${preempted}; ${where} again`;
  const since = job.suspensions.at(-1)?.from ?? job.seenAt;
  const waits: Cause = { code: 'Queued', detail: words, knownAt: since };
  return workload === undefined ? deactivatedByEvent(history, job) ?? waits : causeOf(workload, waits);
}

function causeOf(workload: WorkloadFacts, waits: Cause): Cause {
  const finished = workload.condition('Finished');
  if (finished?.isTrue === true) return { code: 'WorkloadFinished', detail: finished.message, knownAt: finished.at };
  const evicted = workload.condition('Evicted');
  const reserved = workload.condition('QuotaReserved');
  if (record(workload.latest, 'spec').active === false) {
    const detail = evicted?.isTrue === true && evicted.message !== '' ? evicted.message : 'The workload is deactivated';
    return { code: 'Deactivated', detail, knownAt: evicted?.at ?? reserved?.at ?? workload.seenAt };
  }
  if (reserved === undefined) return waits;
  if (reserved.isTrue) return { ...waits, detail: `${waits.detail}: its quota is reserved, and an admission check is open` };
  const { message, reason, at } = reserved;
  if (reason === 'Inadmissible' && /doesn't exist/.test(message)) return { code: 'QueueMissing', detail: message, knownAt: at };
  if (isBeyondQuota(message) && !takesLess(workload)) return { code: 'ExceedsQuota', detail: message, knownAt: at };
  return message === '' ? waits : { ...waits, detail: `${waits.detail}: ${message}` };
}

/**
 * Whether the words on what is short mean that it will always be so: a resource that the queue does not have, or more than the queue has in
 * every flavor. A flavor in which only the room of others is missing can heal.
 *
 * @source kueue pkg/scheduler/flavorassigner/flavorassigner.go fitsResourceQuota, findFlavorForPodSetResource (0.17)
 */
function isBeyondQuota(message: string): boolean {
  if (/resource \S+ unavailable in ClusterQueue/.test(message)) return true;
  const flavorsOf = (words: RegExp): readonly string[] => [...message.matchAll(words)].map(([, flavor = '']) => flavor);
  const tooSmall = flavorsOf(/insufficient quota for \S+ in flavor ([^\s,]+)/g);
  return tooSmall.length > 0 && flavorsOf(/insufficient unused quota for \S+ in flavor ([^\s,]+)/g).every((flavor) => tooSmall.includes(flavor));
}

/** Whether the Job is content with fewer pods at once: the words are about all of them, and say nothing of fewer. */
function takesLess({ latest }: WorkloadFacts): boolean {
  return records(latest, 'spec', 'podSets').some((podSet) => number(podSet, 'minCount') !== undefined);
}

/** Without the right to read Workloads, the last word of Kueue on the Job tells that it was deactivated. */
function deactivatedByEvent(history: History, job: JobFacts): Cause | undefined {
  const last = lastStop(history, job);
  if (last === undefined || !/workload is deactivated/i.test(last.message) || !job.wasSuspendedAt(last.at)) return undefined;
  return { code: 'Deactivated', detail: last.message, knownAt: last.at };
}

/** `preempted after 4s` while the Job waits because of it. */
function preemption(history: History, job: JobFacts, workload: WorkloadFacts | undefined): string | undefined {
  const last = lastStop(history, job);
  const isPreempted = workload?.condition('Preempted')?.isTrue === true || (last !== undefined && isPreemption(last.message));
  if (!isPreempted) return undefined;
  const [before, now] = job.suspensions.slice(-2);
  const ran = before === undefined || now === undefined ? workload?.ranBefore ?? 0 : Math.round(now.from - before.to);
  return ran > 0 ? `preempted after ${ran}s` : 'preempted';
}

/** What Kueue said when it last stopped the Job, unless it has started it since. */
function lastStop(history: History, job: JobFacts): Saying | undefined {
  const sayings = history.eventsOf(job.uid);
  const [stopped, started] = [lastOf(sayings.of('Stopped')), lastOf(sayings.of('Started'))];
  return stopped !== undefined && (started === undefined || started.at <= stopped.at) ? stopped : undefined;
}

/** What an Event said, and when it was last reported. */
interface Saying {
  readonly message: string;
  readonly at: number;
}

function lastOf(events: readonly EventFact[]): Saying | undefined {
  const sayings = events.map(({ message, sightings }) => ({ message, at: Math.max(...sightings) }));
  return sayings.sort((a, b) => a.at - b.at).at(-1);
}

/** What Kueue says of a Job that it stops for one of higher priority. */
function isPreemption(message: string): boolean {
  return message.startsWith('Preempted');
}

/**
 * Tells of pods, by when they went, whether they were ended because their Job had to make room for another in the queue: Kueue says so in
 * the Workload before it suspends the Job, and in an Event afterwards, which may come late.
 */
export function preemptions(history: History, job: JobFacts): (wentAt: number | undefined) => boolean {
  const isWithin = (moment: number, { from, to }: JobFacts['suspensions'][number]): boolean => from - slack <= moment && moment <= to;
  const moments = job.suspensions.length === 0 ? [] : preemptionsOf(history, job);
  const suspensions = [...job.suspensions];
  return (wentAt) => {
    const suspension = wentAt === undefined ? undefined : suspensions.find((each) => isWithin(wentAt, each));
    return suspension !== undefined && moments.some((moment) => isWithin(moment, suspension));
  };
}

/** When the Job was seen to make room for another, by its Events and by its Workload. */
function preemptionsOf(history: History, job: JobFacts): readonly number[] {
  const byEvents = history.eventsOf(job.uid).of('Stopped').filter(({ message }) => isPreemption(message)).flatMap(({ sightings }) => sightings);
  return [...byEvents, ...history.workloadOf(job)?.preemptedAt ?? []];
}

/** Seconds by which the streams of Jobs, pods and Events may be apart. */
const slack = 2;

/** How a Job of a queue spent its time, by the clock of the cluster; null for a Job that is in none. */
export function queueRecord(history: History, job: JobFacts | undefined): QueueRecord | null {
  if (job === undefined || !isInQueue(history, job)) return null;
  const workload = history.workloadOf(job);
  const started = seconds(job.status, 'startTime');
  const end = endOf(job);
  const created = seconds(job.latest, 'metadata', 'creationTimestamp');
  const ran = started === undefined || end === undefined ? undefined : Math.max(0, end - started) + (workload?.ranBefore ?? 0);
  const stops = history.eventsOf(job.uid).of('Stopped').filter(({ message }) => isPreemption(message));
  const told = stops.reduce((sum, { sightings }) => sum + sightings.length, 0);
  return {
    name: queueOf(job.latest) ?? text(workload?.latest, 'spec', 'queueName') ?? null,
    queuedSeconds: ran === undefined || created === undefined || end === undefined ? null : Math.max(0, end - created - ran),
    ranSeconds: ran ?? null,
    preemptions: Math.max(told, workload?.preemptedAt.length ?? 0),
  };
}

function endOf(job: JobFacts): number | undefined {
  const ended = trueCondition(job.latest, 'Complete') ?? trueCondition(job.latest, 'Failed');
  return seconds(job.status, 'completionTime') ?? seconds(ended, 'lastTransitionTime');
}
