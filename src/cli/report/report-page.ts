import { escapeHtml } from './html';
import { reportStyle } from './report-style';
import type { LogTail, ReportedJob, RunReport } from './run-report';
import { timelineLegend, timelinePicture } from './timeline-picture';
import type { Attempt, JobVerdict } from '../../verdict/job-verdict';
import { doneOf, headlineOf } from '../tables/verdict-words';

/** A longer table is folded. */
const longestOpenTable = 12;
/** Rows of a table; a report of thousands of pods is read elsewhere. */
const mostAttempts = 500;

/** How every page begins: by this it is known as one of ours. */
export const reportStart = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="generator" content="cdk8s-jobs">
`;

/** A report as one HTML page that needs nothing else: no script, no font, no picture from elsewhere. */
export function reportPage(report: RunReport): string {
  const { jobs, cluster, startedAt, seconds, error } = report;
  const completed = jobs.filter(({ verdict }) => verdict.verdict === 'Complete').length;
  const title = error !== undefined ? 'The run ended with an error' : `${completed} of ${jobs.length} ${jobs.length === 1 ? 'Job' : 'Jobs'} completed`;
  const when = startedAt.toISOString().replace('T', ' ').replace(/\.\d+Z$/, ' UTC');
  return `${reportStart}<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${reportStyle}</style>
<h1 class="${error === undefined && completed === jobs.length ? 'good' : 'bad'}">${title}</h1>
<p class="soft">${escapeHtml(cluster)} · ${when} · ${seconds.toFixed(1)}s</p>
${error === undefined ? '' : `<p class="bad">${escapeHtml(error)}</p>\n`}${jobs.map((job) => jobSection(job, report)).join('\n')}
</html>
`;
}

function jobSection({ verdict, rows, tails }: ReportedJob, { seconds, isInterrupted }: RunReport): string {
  const { name, namespace, message, hint, attempts } = verdict;
  const isComplete = verdict.verdict === 'Complete';
  const isOpen = !verdict.over && verdict.timedOutAfter === null && !verdict.stuck;
  const words = isOpen && isInterrupted ? 'interrupted' : headlineOf(verdict);
  const subjects = new Set(attempts.map(({ pod, index }) => index ?? pod)).size;
  return [
    `<section>\n<h2>${escapeHtml(name ?? '')} <span class="badge ${isComplete ? 'good' : isOpen ? 'open' : 'bad'}">${escapeHtml(words)}</span></h2>`,
    `<p class="soft">${namespace === null ? '' : `namespace ${escapeHtml(namespace)} · `}${escapeHtml(doneOf(verdict))} done</p>`,
    ...(isComplete ? [] : [`<p>${escapeHtml(message)}</p>`]),
    ...(isComplete || isOpen || hint === '' ? [] : [`<p class="hint">${escapeHtml(hint)}</p>`]),
    ...(rows.length === 0 ? [] : [timelinePicture(rows, seconds), timelineLegend(rows)]),
    ...(rows.length < subjects ? [`<p class="soft">and ${subjects - rows.length} more, which went well</p>`] : []),
    ...attemptsTable(verdict),
    ...tails.map(tailSection),
    '</section>',
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
  const rest = attempts.length === shown.length ? '' : ` (the first ${shown.length})`;
  return [
    `<details${attempts.length <= longestOpenTable ? ' open' : ''}><summary>${attempts.length} ${attempts.length === 1 ? 'attempt' : 'attempts'}${rest}</summary>`,
    `<table><tr>${head}</tr>\n${shown.map((attempt) => `<tr>${row(attempt)}</tr>`).join('\n')}</table></details>`,
  ];
}

function tailSection({ pod, container, attempt, lines, leftOut }: LogTail): string {
  const run = attempt === 0 ? '' : `, run ${attempt + 1}`;
  const before = leftOut === 0 ? '' : `<span class="soft">… ${leftOut} lines before</span>\n`;
  return `<details open><summary>Last output of ${escapeHtml(pod)}, ${escapeHtml(container)}${run}</summary>` +
    `<pre>${before}${escapeHtml(lines.join('\n'))}</pre></details>`;
}
