import { columns } from './columns';
import { titleOf, twinNames } from './job-titles';
import { doneOf, headlineOf } from './verdict-words';
import type { JobVerdict } from '../../verdict/job-verdict';
import type { TextStyle } from '../terminal/output';

/** How many completed Jobs are named; failed Jobs are never left out. */
const mostCompleted = 20;

/**
 * What became of several Jobs, one line each: those that completed first, so that the failures, with their cause, are what is read last.
 *
 * Empty for a single Job, of which everything has been said.
 *
 * @param paint a text in colour.
 */
export function jobSummary(jobs: readonly JobVerdict[], paint: (style: TextStyle, text: string) => string): string[] {
  if (jobs.length < 2) return [];
  const completed = jobs.filter(({ verdict }) => verdict === 'Complete');
  const named = completed.slice(0, mostCompleted);
  const failures = jobs.filter(({ verdict }) => verdict !== 'Complete');
  const left = completed.length - named.length;
  const twins = twinNames(jobs);
  const lines = columns([...named, ...failures].map((job) =>
    [`  ${titleOf(job, twins)}`, headlineOf(job), `${doneOf(job)} done`, job.verdict === 'Complete' ? '' : job.message]));
  return [
    paint(failures.length === 0 ? 'green' : 'red', `${completed.length} of ${jobs.length} Jobs completed`),
    ...lines.slice(0, named.length),
    ...(left === 0 ? [] : [`  and ${left} more`]),
    ...lines.slice(named.length),
  ];
}
