import type { Cause } from './cause';
import type { History } from './history';
import type { JobFacts } from './job-facts';
import { isEndedHealthy } from './pod-work';
import { countNotSuspended } from './pods-in';
import { number, record, records, text } from './read';

/** What a hint may use. */
export interface Situation {
  readonly history: History;
  /** Undefined before the Job was seen. */
  readonly job: JobFacts | undefined;
  readonly cause: Cause;
  /** The reason of the Job's own failure, null while it has not failed. */
  readonly reason: string | null;
}

/** The first text in double quotes of the API's words, or a stand-in. */
export function quoted(words: string, standIn: string): string {
  return /"([^"]+)"/.exec(words)?.[1] ?? standIn;
}

/** The deciding container in words: `container "main"`, `init container "migrate"`. */
export function theContainer({ cause }: Situation): string {
  const isInit = records(cause.pod?.latest, 'spec', 'initContainers').some(({ name }) => name === cause.container);
  const index = cause.pod?.index ?? null;
  const where = index === null ? '' : ` of index ${index}`;
  return cause.container === undefined ? 'the container' : `${isInit ? 'init container' : 'container'} "${cause.container}"${where}`;
}

/** The spec of the container that the cause names, or of the pod's first. */
export function containerSpec({ cause }: Situation): Readonly<Record<string, unknown>> {
  const pod = cause.pod?.latest;
  const all = [...records(pod, 'spec', 'containers'), ...records(pod, 'spec', 'initContainers')];
  return all.find(({ name }) => name === cause.container) ?? all[0] ?? {};
}

/** The memory limit of the container: ` of 16Mi`, or nothing. */
export function memoryLimit(situation: Situation): string {
  const limit = text(containerSpec(situation), 'resources', 'limits', 'memory');
  return limit === undefined ? '' : ` of ${limit}`;
}

/** What happened to the Job after the bad end, as a clause. */
export function whatFollowed({ job, cause, reason }: Situation): string {
  if (job === undefined) return 'the Job goes on';
  switch (reason) {
    case null: return 'the Job tries again while its limits allow it';
    case 'BackoffLimitExceeded': return gaveUp(job, cause, reason);
    case 'DeadlineExceeded': return 'the deadline of the Job passed before it could succeed';
    case 'PodFailurePolicy': return 'a rule of its podFailurePolicy ends the Job at once';
    case 'FailedIndexes': return `indexes ${text(job.status, 'failedIndexes') ?? ''} of the Job failed`.replace('  ', ' ');
    case 'MaxFailedIndexesExceeded': return `more indexes failed than maxFailedIndexes allows (${number(job.spec, 'maxFailedIndexes') ?? 0})`;
    default: return `the Job failed with ${reason}`;
  }
}

/** Whether the Job gave up on containers that were restarted in place: it deletes their pod then. */
export function isLogLost({ cause: { pod }, reason }: Pick<Situation, 'cause' | 'reason'>): boolean {
  return reason === 'BackoffLimitExceeded' && text(pod?.latest, 'spec', 'restartPolicy') === 'OnFailure';
}

function gaveUp(job: JobFacts, cause: Cause, reason: string): string {
  const limit = number(job.spec, 'backoffLimit') ?? 6;
  if (isLogLost({ cause, reason })) return 'the Job gave up and deleted the pod, so of its log only what was read before is left';
  return limit === 0 ? 'the Job allows no retry (backoffLimit 0)' : `the Job gave up after ${limit === 1 ? 'one retry' : `${limit} retries`}`;
}

/** What became of the Job, when it is gone already: ` The Job was removed by its ttl of 0 s.` */
export function whatIsGone({ job }: Situation): string {
  const ttl = number(job?.spec, 'ttlSecondsAfterFinished');
  const isGone = job !== undefined && job.finished && (job.deletedAt ?? job.deletingAt) !== undefined;
  return isGone && ttl !== undefined ? ` The Job was removed by its ttl of ${ttl} s.` : '';
}

/** What the container said last: its termination message, or the last lines of its output. */
export function output({ history, cause }: Situation): string {
  const { pod, container, run } = cause;
  if (pod === undefined || container === undefined) return '';
  return run !== undefined && run.message.trim() !== '' ? run.message : history.outputOf(pod.name, container);
}

/** The last line of what the container said. */
export function lastWords(situation: Situation): string {
  const line = output(situation).trim().split('\n').at(-1)?.trim() ?? '';
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

/** The healthy pods of other indexes that the Job ended because one failed: `; 2 healthy pods were ended with it`, or nothing. */
export function endedWithIt({ history, job, cause, reason }: Situation): string {
  if (job === undefined || reason === null || reason === 'DeadlineExceeded') return '';
  const { pod } = cause;
  const isOneItself = pod !== undefined && isEndedHealthy(pod) && !job.wasSuspendedAt(pod.deletingAt ?? Infinity);
  const healthy = countNotSuspended(job, history.podsOf(job).sum, 'endedHealthy') - Number(isOneItself);
  if (healthy === 0) return '';
  return `; ${healthy === 1 ? 'a healthy pod was' : `${healthy} healthy pods were`} ended with it`;
}

const longest = 200;

/** Whether the template, and not only the pod, has a field at a path below its container's spec. */
export function templateHasMemoryLimit({ job, cause }: Situation): boolean {
  const template = record(job?.spec, 'template', 'spec');
  const containers = [...records(template, 'containers'), ...records(template, 'initContainers')];
  return text(containers.find(({ name }) => name === cause.container), 'resources', 'limits', 'memory') !== undefined;
}
