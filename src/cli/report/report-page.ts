import { layoutGraph, type Outcome } from './graph-layout';
import { graphPicture } from './graph-picture';
import { escapeHtml } from './html';
import { reportStyle } from './report-style';
import type { LogTail, ReportedJob, RunReport } from './run-report';
import { timelineLegend, timelinePicture } from './timeline-picture';
import { countAttempts } from '../../verdict/attempts';
import type { Attempt, JobVerdict } from '../../verdict/job-verdict';
import { titleOf, twinNames } from '../tables/job-titles';
import { beforeOf, keyOf } from '../tables/order-words';
import { doneOf, headlineOf, isLeftOut } from '../tables/verdict-words';

/** How many rows a table may have and still be open; a longer one is folded. */
const longestOpenTable = 12;
/** How many rows a table shows; a report of thousands of pods is not read here. */
const mostAttempts = 500;

/** How every page begins: this tells it is one of ours. */
export const reportStart = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="generator" content="cdk8s-jobs">
`;

/** A report while it is written. */
interface Page extends RunReport {
  /** The names of the Jobs that each waits for, by its key. */
  readonly after: ReadonlyMap<string, string>;
  /** The names that Jobs of several namespaces have. */
  readonly twins: ReadonlySet<string>;
}

/** A report as one self-contained HTML page: no script, no font, no picture from elsewhere. */
export function reportPage(report: RunReport): string {
  const { jobs, cluster, startedAt, seconds, error } = report;
  const twins = twinNames(jobs.map(({ verdict }) => verdict));
  const after = new Map(report.order.map((job) => [keyOf(job), job.after.map((earlier) => titleOf(earlier, twins)).join(', ')]));
  const page: Page = { ...report, after, twins };
  const completed = jobs.filter(({ verdict }) => verdict.verdict === 'Complete').length;
  const ordered = [...jobs].sort((a, b) => rankOf(a) - rankOf(b));
  const title = error !== undefined ? 'The run ended with an error' : `${completed} of ${jobs.length} ${jobs.length === 1 ? 'Job' : 'Jobs'} completed`;
  const when = startedAt.toISOString().replace('T', ' ').replace(/\.\d+Z$/, ' UTC');
  return `${reportStart}<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${reportStyle}</style>
<h1 class="${error === undefined && completed === jobs.length ? 'good' : 'bad'}">${title}</h1>
<p class="soft">${escapeHtml(cluster)} · ${when} · ${seconds.toFixed(1)}s</p>
${error === undefined ? '' : `<p class="bad">${escapeHtml(error)}</p>\n`}${orderPicture(ordered, page)}${jobs.length > 1 ? jobIndex(ordered, page) : ''}${ordered.map((job, position) => jobSection(job, position, page)).join('\n')}
</html>
`;
}

/** What went wrong comes first, then what has not ended, what was not started, and what went well. */
function rankOf({ verdict }: ReportedJob): number {
  return { bad: 0, open: 1, left: 2, good: 3 }[outcomeOf(verdict)];
}

function outcomeOf(job: JobVerdict): Outcome {
  const { verdict, over, timedOutAfter, stuck } = job;
  if (verdict === 'Complete') return 'good';
  if (isLeftOut(job)) return 'left';
  return !over && timedOutAfter === null && !stuck ? 'open' : 'bad';
}

/** What waits for what, as a picture that leads to the sections of the Jobs; empty where nothing waits. */
function orderPicture(jobs: readonly ReportedJob[], { order, twins }: Page): string {
  if (order.length === 0) return '';
  const sections = new Map(jobs.map(({ verdict }, position) => [keyOf(verdict), { verdict, target: `job-${position + 1}` }]));
  const outcomes = order.map((job): Outcome => {
    const verdict = sections.get(keyOf(job))?.verdict;
    return verdict === undefined ? 'open' : outcomeOf(verdict);
  });
  const names = order.map((job) => titleOf(job, twins));
  const layout = layoutGraph(names.map((name, position) => ({ name, outcome: outcomes[position] ?? 'open' })), beforeOf(order));
  return `${graphPicture(layout, ({ jobs: [first = 0, ...others] }) => {
    const title = [first, ...others].map((position) => names[position] ?? '').join(', ');
    const section = sections.get(order[first] === undefined ? '' : keyOf(order[first]));
    if (others.length > 0) return { target: undefined, title };
    return { target: section?.target, title: `${title}: ${section === undefined ? 'not started' : wordsOf(section.verdict)}` };
  })}\n`;
}

function wordsOf(verdict: JobVerdict): string {
  return verdict.verdict === 'Complete' ? headlineOf(verdict) : `${headlineOf(verdict)}: ${verdict.message}`;
}

/** All Jobs in the order of the page, each with a link to its section. */
function jobIndex(jobs: readonly ReportedJob[], report: Page): string {
  const items = jobs.map(({ verdict }, position) => {
    const cause = verdict.verdict === 'Complete' ? `<span class="soft">${escapeHtml(doneOf(verdict))} done</span>` : escapeHtml(verdict.message);
    return `<li>${badge(verdict, report)}<a href="#job-${position + 1}">${escapeHtml(titleOf(verdict, report.twins))}</a> ${cause}</li>`;
  });
  return `<nav><ul>\n${items.join('\n')}\n</ul></nav>\n`;
}

function badge(verdict: JobVerdict, { isInterrupted }: RunReport): string {
  const outcome = outcomeOf(verdict);
  return `<span class="badge ${outcome}">${escapeHtml(outcome === 'open' && isInterrupted ? 'interrupted' : headlineOf(verdict))}</span>`;
}

/** The section of one Job; among several, those that completed are folded. */
function jobSection(job: ReportedJob, position: number, report: Page): string {
  const { verdict } = job;
  const title = `<h2>${escapeHtml(titleOf(verdict, report.twins))} ${badge(verdict, report)}</h2>`;
  const isFolded = report.jobs.length > 1 && verdict.verdict === 'Complete';
  const body = jobBody(job, report);
  const content = isFolded ? `<details class="job"><summary>${title}</summary>\n${body}\n</details>` : `${title}\n${body}`;
  return `<section id="job-${position + 1}">\n${content}\n</section>`;
}

function jobBody({ verdict, rows, tails }: ReportedJob, { seconds, after }: Page): string {
  const { namespace, message, hint, attempts } = verdict;
  const names = after.get(keyOf(verdict)) ?? '';
  const waited = names === '' ? '' : ` · after ${escapeHtml(names)}`;
  const outcome = outcomeOf(verdict);
  const subjects = new Set(attempts.map(({ pod, index }) => index ?? pod)).size;
  return [
    `<p class="soft">${namespace === null ? '' : `namespace ${escapeHtml(namespace)} · `}${escapeHtml(doneOf(verdict))} done${waited}</p>`,
    ...(outcome === 'good' ? [] : [`<p>${escapeHtml(message)}</p>`]),
    ...(outcome !== 'bad' || hint === '' ? [] : [`<p class="hint">${escapeHtml(hint)}</p>`]),
    ...(rows.length === 0 ? [] : [timelinePicture(rows, seconds), timelineLegend(rows)]),
    ...(rows.length < subjects ? [`<p class="soft">and ${subjects - rows.length} more, which went well</p>`] : []),
    ...attemptsTable(verdict),
    ...tails.map(tailSection),
  ].join('\n');
}

function attemptsTable({ attempts }: JobVerdict): string[] {
  if (attempts.length === 0) return [];
  const isIndexed = attempts.some(({ index }) => index !== null);
  const cell = (text: string | number | null, tag = 'td'): string => `<${tag}>${escapeHtml(String(text ?? '-'))}</${tag}>`;
  const row = ({ pod, index, container, result, reason, exitCode, seconds }: Attempt): string => [
    ...(isIndexed ? [cell(index)] : []), cell(pod), cell(container), cell(reason === null || result === 'succeeded' ? result : `${result} (${reason})`),
    cell(exitCode), cell(seconds === null ? null : `${seconds}s`),
  ].join('');
  const head = [...(isIndexed ? ['index'] : []), 'pod', 'container', 'result', 'exit', 'time'].map((text) => cell(text, 'th')).join('');
  const ordered = isIndexed ? [...attempts].sort((a, b) => (a.index ?? 0) - (b.index ?? 0)) : attempts;
  const shown = ordered.slice(0, mostAttempts);
  const rest = attempts.length === shown.length ? '' : ` (the first ${shown.length} runs of containers)`;
  const count = countAttempts(attempts);
  return [
    `<details${attempts.length <= longestOpenTable ? ' open' : ''}><summary>${count} ${count === 1 ? 'attempt' : 'attempts'}${rest}</summary>`,
    `<div class="scroll"><table><tr>${head}</tr>\n${shown.map((attempt) => `<tr>${row(attempt)}</tr>`).join('\n')}</table></div></details>`,
  ];
}

function tailSection({ pod, container, attempt, lines, leftOut }: LogTail): string {
  const run = attempt === 0 ? '' : `, run ${attempt + 1}`;
  const before = leftOut === 0 ? '' : `<span class="soft">… ${leftOut} lines before</span>\n`;
  return `<details open><summary>Last output of ${escapeHtml(pod)}, ${escapeHtml(container)}${run}</summary>` +
    `<pre>${before}${escapeHtml(lines.join('\n'))}</pre></details>`;
}
