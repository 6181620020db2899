import { gitOpsCases, type GitOpsCase, type ToolCase } from './cases';
import { gitOpsTools } from '../../../src/api/gitops';

const headings = { argocd: 'Argo CD', flux: 'Flux' } as const;

/** What starts the part of a page that is this table; the end has its own. */
export const tableMarks = { start: '<!-- cases: written by "npx projen generate" -->', end: '<!-- end of the cases -->' } as const;

/** The cases as a table of Markdown: what is in Git, what happens, and what each tool makes of it. */
export function gitOpsTable(cases: readonly GitOpsCase[] = gitOpsCases): string {
  const tools = gitOpsTools.filter((tool) => cases.some((each) => each[tool] !== undefined));
  const rows = cases.map((each) => [each.job, each.happens, ...tools.map((tool) => cell(each[tool]))]);
  const heads = ['In Git', 'What happens', ...tools.map((tool) => headings[tool])];
  const lines = [heads, heads.map(() => '---'), ...rows];
  return lines.map((columns) => `| ${columns.join(' | ')} |\n`).join('');
}

/** Replaces the table in the text of a page. */
export function withTable(page: string, table = gitOpsTable()): string {
  const start = page.indexOf(tableMarks.start);
  const end = page.indexOf(tableMarks.end);
  if (start === -1 || end < start) throw new Error(`Cannot find the place of the table: ${tableMarks.start} … ${tableMarks.end}`);
  return `${page.slice(0, start)}${tableMarks.start}\n\n${table}\n${page.slice(end)}`;
}

function cell(toolCase: ToolCase | undefined): string {
  if (toolCase === undefined) return '';
  return toolCase.told === undefined ? `**${toolCase.outcome}**` : `**${toolCase.outcome}**, with ${toolCase.told}`;
}
