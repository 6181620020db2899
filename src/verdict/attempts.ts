import { type ContainerView, containersOf, isRunning } from './containers';
import type { JobFacts } from './job-facts';
import type { Attempt, JobCounts } from './job-verdict';
import type { PodFacts } from './pod-facts';
import { number, record, text } from './read';
import type { Run } from './run';

/** Every run of a container of a pod, ended or not; a pod that never got a container is one attempt without one. */
export function attemptsOfPod(pod: PodFacts): readonly Attempt[] {
  const ended = pod.runs.map((run) => endedAttempt(pod, run));
  const open = containersOf(pod.latest).map((container) => openAttempt(pod, container)).filter((attempt) => attempt !== undefined);
  return ended.length + open.length > 0 ? [...ended, ...open] : [bareAttempt(pod)];
}

/** How often pods ran, or were to run: however many containers a pod has, one run of them all is one attempt. */
export function countAttempts(attempts: readonly Attempt[]): number {
  const runs = new Map<string, Map<string | null, number>>();
  for (const { pod, container } of attempts) {
    const ofPod = runs.get(pod) ?? new Map<string | null, number>();
    runs.set(pod, ofPod.set(container, (ofPod.get(container) ?? 0) + 1));
  }
  return [...runs.values()].reduce((sum, ofPod) => sum + Math.max(...ofPod.values()), 0);
}

function endedAttempt(pod: PodFacts, { container, role, exitCode, reason, startedAt, finishedAt, endedByItself }: Run): Attempt {
  const isEndOfSidecar = role === 'sidecar' && pod.phase === 'Succeeded';
  const isKilled = exitCode !== 0 && (!endedByItself || isEndOfSidecar);
  const result = isKilled ? 'killed' : exitCode === 0 ? 'succeeded' : 'failed';
  const took = startedAt === undefined || finishedAt === undefined || startedAt <= 0 ? null : Math.max(0, finishedAt - startedAt);
  return { pod: pod.name, index: pod.index, container, result, exitCode, reason, seconds: took };
}

function openAttempt(pod: PodFacts, { name, status }: ContainerView): Attempt | undefined {
  const common = { pod: pod.name, index: pod.index, container: name, exitCode: null, seconds: null };
  const isOver = pod.goneAt !== undefined || pod.endedAt !== undefined;
  // The end of a container that went with its node, or by force, is never reported.
  if (isRunning(status)) return { ...common, result: isOver ? 'killed' : 'running', reason: isOver ? pod.disruptions[0]?.reason ?? null : null };
  if (isOver) return undefined;
  const waiting = record(status, 'state', 'waiting');
  return text(waiting, 'reason') === undefined ? undefined : { ...common, result: 'waiting', reason: text(waiting, 'reason') ?? null };
}

function bareAttempt(pod: PodFacts): Attempt {
  const result = pod.phase === 'Failed' ? 'failed' : pod.goneAt === undefined ? 'waiting' : 'killed';
  const reason = pod.reason ?? pod.disruptions[0]?.reason ?? pod.trouble?.code ?? null;
  return { pod: pod.name, index: pod.index, container: null, result, exitCode: null, reason, seconds: null };
}

/** The counters of a Job's status; 0 where the API leaves them out. */
export function countsOf(job: JobFacts | undefined): JobCounts {
  const count = (name: string): number => number(job?.status, name) ?? 0;
  return {
    active: count('active'),
    ready: count('ready'),
    succeeded: count('succeeded'),
    failed: count('failed'),
    terminating: count('terminating'),
    wanted: number(job?.spec, 'completions') ?? null,
  };
}
