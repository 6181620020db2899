import type { Trace, TraceJob } from './trace';
import type { TracePod } from './trace-pod';

/** How each Job of a simulation ended, a line each: `extract: Failed after 13s (FailedIndexes: Job has failed indexes)`. */
export function describeEnds({ jobs, pods, notStarted }: Trace, formatAt: (at: number) => string = formatSeconds): string[] {
  const left = notStarted.map(({ name, why }) => `${name}: not started: ${why}`);
  if (jobs.length === 0 && left.length === 0) return ['no job was created in this time'];
  return [...jobs.map((job) => describeEnd(job, pods, formatAt)), ...left];
}

/** A time of a simulation: `12.5s`. */
export function formatSeconds(seconds: number): string {
  return `${Number(seconds.toFixed(3))}s`;
}

function describeEnd(job: TraceJob, pods: readonly TracePod[], formatAt: (at: number) => string): string {
  const { name, condition, reason, message, createdAt, endedAt, deletedAt } = job;
  const deleted = deletedAt === undefined ? '' : `deleted at ${formatAt(deletedAt)}`;
  if (condition === null) return `${name}: ${deleted === '' ? `still running${describeWait(job, pods)}` : `${deleted}, before it ended`}`;
  const why = [reason, message].filter((part) => part !== null && part !== '').join(': ');
  const duration = endedAt === undefined ? '' : ` after ${formatSeconds(endedAt - createdAt)}`;
  return `${name}: ${condition}${duration}${why === '' ? '' : ` (${why})`}${deleted === '' ? '' : `, ${deleted}`}`;
}

/** What a Job that is still there waits for, as far as its pods show it. */
function describeWait({ name }: TraceJob, pods: readonly TracePod[]): string {
  const waiting = pods.find(({ job, reason, endedAt, goneAt }) => job === name && reason !== undefined && endedAt === undefined && goneAt === undefined);
  return waiting === undefined ? '' : `, pod ${waiting.name} waits (${waiting.reason})`;
}
