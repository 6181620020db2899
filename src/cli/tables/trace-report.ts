import type { Trace } from '../../testing/trace';

/** A trace as a timeline for people: who was created, what ended how, what the controllers said, and the verdict. */
export function renderTrace(trace: Trace): string[] {
  const rows = collectRows(trace).sort((one, other) => one.at - other.at);
  const width = Math.max(0, ...rows.map(({ at }) => formatSeconds(at).length));
  return [...rows.map(({ at, text }) => `${formatSeconds(at).padStart(width)}  ${text}`), '', describeEnd(trace)];
}

interface Row {
  readonly at: number;
  readonly text: string;
}

function collectRows({ jobs, pods, events, answers }: Trace): Row[] {
  const rows: Row[] = [];
  for (const { name, createdAt, deletedAt } of jobs) {
    rows.push({ at: createdAt, text: `job ${name} created` });
    if (deletedAt !== undefined) rows.push({ at: deletedAt, text: `job ${name} deleted` });
  }
  for (const pod of pods) {
    const index = pod.index === undefined ? '' : ` for index ${pod.index}`;
    rows.push({ at: pod.createdAt, text: `pod ${pod.name} created${index}` });
    for (const [run, at] of pod.containerStarts.entries()) rows.push({ at, text: `pod ${pod.name} ${run === 0 ? 'started' : 'restarted'}` });
    if (pod.deletedAt !== undefined) rows.push({ at: pod.deletedAt, text: `pod ${pod.name} told to stop` });
    if (pod.endedAt !== undefined) rows.push({ at: pod.endedAt, text: `pod ${pod.name} ended${describeExit(pod.exitCode)}` });
  }
  // That pods came and went has been said.
  const said = new Set(['SuccessfulCreate', 'SuccessfulDelete']);
  for (const { at, on, name, reason, message } of events) {
    if (on !== 'Pod' && !said.has(reason)) rows.push({ at, text: `${on === 'Job' ? 'job' : 'cronjob'} ${name} ${reason}: ${message}` });
  }
  for (const { at, op, code, message } of answers) {
    rows.push({ at, text: `action ${op}: ${code}${message === undefined ? '' : ` ${message}`}` });
  }
  return rows;
}

function describeExit(exitCode: number | undefined): string {
  return exitCode === undefined ? '' : ` with exit code ${exitCode}`;
}

function describeEnd({ condition, reason, message, elapsed, jobs }: Trace): string {
  const [job] = jobs;
  if (job === undefined) return 'no job was created';
  if (condition === null) return `${job.name}: still running`;
  const duration = elapsed === undefined ? '' : ` after ${formatSeconds(elapsed)}`;
  const why = [reason, message].filter((part) => part !== null && part !== '').join(': ');
  return `${job.name}: ${condition}${duration}${why === '' ? '' : ` (${why})`}`;
}

function formatSeconds(seconds: number): string {
  return `${Number(seconds.toFixed(3))}s`;
}
