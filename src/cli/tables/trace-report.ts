import { formatTime } from '../../core/time';
import type { Trace } from '../../testing/trace';
import { describeEnds, formatSeconds } from '../../testing/trace-ends';
import { describeEndOfPod } from '../../testing/trace-pod';

/**
 * A trace as a timeline for people: who was created, what ended how, what the controllers said, and how each Job ended.
 *
 * @param begin when the virtual clock began, in milliseconds since 1970, to show times of day; default: show seconds since the beginning.
 */
export function renderTrace(trace: Trace, begin?: number): string[] {
  const formatAt = (at: number): string => begin === undefined ? formatSeconds(at) : formatTime(begin + at * 1000);
  const rows = collectRows(trace).sort((one, other) => one.at - other.at);
  const width = rows.reduce((widest, { at }) => Math.max(widest, formatAt(at).length), 0);
  return [...rows.map(({ at, text }) => `${formatAt(at).padStart(width)}  ${text}`), '', ...describeEnds(trace, formatAt)];
}

interface Row {
  readonly at: number;
  readonly text: string;
}

function collectRows({ jobs, pods, events, answers, queued = [] }: Trace): Row[] {
  const rows: Row[] = [];
  for (const { name, createdAt, deletedAt } of jobs) {
    rows.push({ at: createdAt, text: `job ${name} created` });
    if (deletedAt !== undefined) rows.push({ at: deletedAt, text: `job ${name} deleted` });
  }
  for (const pod of pods) {
    const index = pod.index === undefined ? '' : ` for index ${pod.index}`;
    rows.push({ at: pod.createdAt, text: `pod ${pod.name} created${index}` });
    for (const [run, at] of pod.containerStarts.entries()) rows.push({ at, text: `pod ${pod.name} ${run === 0 ? 'started' : 'restarted'}` });
    // One that has not ended may be on a node that does not hear it.
    const why = pod.endedAt === undefined ? describeEndOfPod(pod) : '';
    if (pod.deletedAt !== undefined) rows.push({ at: pod.deletedAt, text: `pod ${pod.name} told to stop${why}` });
    if (pod.endedAt !== undefined) rows.push({ at: pod.endedAt, text: `pod ${pod.name} ended${describeEndOfPod(pod)}` });
  }
  // The rows above say that pods came and went.
  const said = new Set(['SuccessfulCreate', 'SuccessfulDelete']);
  for (const { at, on, name, reason, message } of events) {
    if (on !== 'Pod' && !said.has(reason)) rows.push({ at, text: `${on === 'Job' ? 'job' : 'cronjob'} ${name} ${reason}: ${message}` });
  }
  for (const { at, job, message } of queued) rows.push({ at, text: `job ${job} waits in its queue: ${message}` });
  for (const { at, op, code, message } of answers) {
    rows.push({ at, text: `action ${op}: ${code}${message === undefined ? '' : ` ${message}`}` });
  }
  return rows;
}
