import type { OrderedJob } from '../../runtime/ordered-jobs';
import type { JobVerdict } from '../../verdict/job-verdict';
import { attemptTable } from '../tables/attempt-table';
import { titleOf, twinNames } from '../tables/job-titles';
import { keyOf } from '../tables/order-words';
import { doneOf, headlineOf, isLeftOut } from '../tables/verdict-words';

/** What became of the Jobs, as Markdown for the summary of a step: a table, and below it what to do about those that have not completed. */
export function githubSummary(jobs: readonly JobVerdict[], order: readonly OrderedJob[] = []): string {
  const completed = jobs.filter(({ verdict }) => verdict === 'Complete');
  const twins = twinNames(jobs);
  const after = new Map(order.map((job) => [keyOf(job), job.after.map((earlier) => titleOf(earlier, twins)).join(', ')]));
  const rows = jobs.map((job) => {
    const isComplete = job.verdict === 'Complete';
    const waited = order.length === 0 ? [] : [after.get(keyOf(job)) ?? ''];
    const mark = isComplete ? '✅' : isLeftOut(job) ? '⏭️' : '❌';
    const cells = [mark, titleOf(job, twins), ...waited, headlineOf(job), doneOf(job), isComplete ? '' : job.message];
    return `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  });
  return [
    `### ${completed.length} of ${jobs.length} ${jobs.length === 1 ? 'Job' : 'Jobs'} completed`,
    '',
    `| | Job | ${order.length === 0 ? '' : 'After | '}Result | Done | Cause |`,
    `|---|---|${order.length === 0 ? '' : '---|'}---|---|---|`,
    ...rows,
    '',
    ...jobs.filter(({ verdict }) => verdict !== 'Complete').flatMap((job) => detailsOf(job, titleOf(job, twins))),
  ].join('\n').concat('\n');
}

function detailsOf({ hint, attempts }: JobVerdict, title: string): string[] {
  const table = attemptTable(attempts);
  return [
    ...(hint === '' ? [] : [`**${escapeMarkdown(title)}**: ${escapeMarkdown(hint)}`, '']),
    ...(table.length === 0 ? [] : ['```text', ...table.map((line) => line.replaceAll('`', "'")), '```', '']),
  ];
}

/** Escapes text, so that nothing a container says becomes a table, a link, a picture or an element. */
function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replace(/[\\`*_~|#![\](){}>@]/g, '\\$&');
}
