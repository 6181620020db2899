import type { Trace, TraceJob } from './trace';

/** How each Job of a simulation ended, a line each: `extract: Failed after 13s (FailedIndexes: Job has failed indexes)`. */
export function describeEnds(trace: Trace, formatAt: (at: number) => string = formatSeconds): string[] {
  const { jobs, notStarted } = trace;
  const left = notStarted.map(({ name, why }) => `${name}: not started: ${why}`);
  if (jobs.length === 0 && left.length === 0) return ['no job was created in this time'];
  const states = openStates(trace);
  return [...jobs.map((job) => describeEnd(job, states.get(job.name) ?? 'still running', formatAt)), ...left];
}

/** A time of a simulation: `12.5s`. */
export function formatSeconds(seconds: number): string {
  return `${Number(seconds.toFixed(3))}s`;
}

function describeEnd(job: TraceJob, state: string, formatAt: (at: number) => string): string {
  const { name, condition, reason, message, createdAt, endedAt, deletingAt, deletedAt } = job;
  const gone = deletedAt === undefined ? undefined : `deleted at ${formatAt(deletedAt)}`;
  if (condition === null && gone !== undefined) return `${name}: ${gone}, before it ended`;
  const going = gone ?? (deletingAt === undefined ? undefined : `being deleted since ${formatAt(deletingAt)}`);
  if (condition === null) return `${name}: ${going ?? state}`;
  const duration = endedAt === undefined ? '' : ` after ${formatSeconds(endedAt - createdAt)}`;
  return `${name}: ${condition}${duration}${inParentheses(reason, message)}${going === undefined ? '' : `, ${going}`}`;
}

/** What the newest Jobs of their names are at: they only wait for their pods to end, or a pod of theirs does not start. */
function openStates({ jobs, pods, revisions }: Trace): ReadonlyMap<string, string> {
  const states = new Map<string, string>();
  const since = new Map(jobs.map(({ name, createdAt }) => [name, createdAt]));
  const isPast = (job: string, at: number): boolean => at < (since.get(job) ?? 0);
  for (const { name, job, reason, createdAt, endedAt, goneAt } of pods) {
    const isWaiting = reason !== undefined && endedAt === undefined && goneAt === undefined;
    if (isWaiting && !isPast(job, createdAt)) states.set(job, `still running, pod ${name} waits (${reason})`);
  }
  for (const { at, job, status } of revisions) {
    if (isPast(job, at)) continue;
    const announced = status.conditions?.find(({ type, status: value }) => value === 'True' && Object.hasOwn(announcements, type));
    if (announced === undefined) continue;
    const { type, reason = null, message = null } = announced;
    states.set(job, `${announcements[type]} when its last pod has ended${inParentheses(reason, message)}`);
  }
  return states;
}

const announcements: Readonly<Record<string, string>> = { FailureTarget: 'Failed', SuccessCriteriaMet: 'Complete' };

function inParentheses(...parts: ReadonlyArray<string | null>): string {
  const said = parts.filter((part) => part !== null && part !== '');
  return said.length === 0 ? '' : ` (${said.join(': ')})`;
}
