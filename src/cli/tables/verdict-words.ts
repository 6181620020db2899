import type { JobVerdict } from '../../verdict/job-verdict';

/** How a Job ended, in few words: `Complete`, `Failed (BackoffLimitExceeded)`, `Running, timed out after 5s`, `Stuck`, `not started`. */
export function headlineOf({ verdict, reason, timedOutAfter, stuck }: JobVerdict): string {
  if (verdict === 'NotStarted') return 'not started';
  const late = timedOutAfter === null ? '' : `, timed out after ${timedOutAfter}s`;
  return `${stuck ? 'Stuck' : verdict}${reason === null || verdict === 'Complete' ? '' : ` (${reason})`}${late}`;
}

/** Whether a Job was not started for no reason of its own: another one stopped it, or whoever ran it gave up. */
export function isLeftOut({ verdict, diagnosis }: JobVerdict): boolean {
  return verdict === 'NotStarted' && diagnosis === 'NotStarted';
}

/** How much of a Job was done: `2/4`; of a work queue the number of its pods that succeeded. */
export function doneOf({ counts: { succeeded, wanted } }: JobVerdict): string {
  return wanted === null ? String(succeeded) : `${succeeded}/${wanted}`;
}

/** How a Job of a queue spent its time until its end: ` (queued 12s, ran 4s, preempted once)`; empty for others, and while it goes on. */
export function queueWords({ queue }: JobVerdict): string {
  if (queue === null || queue.ranSeconds === null) return '';
  const { queuedSeconds, ranSeconds, preemptions } = queue;
  const queued = queuedSeconds === null ? [] : [`queued ${queuedSeconds}s`];
  const preempted = preemptions === 0 ? [] : [`preempted ${preemptions === 1 ? 'once' : `${preemptions} times`}`];
  return ` (${[...queued, `ran ${ranSeconds}s`, ...preempted].join(', ')})`;
}
