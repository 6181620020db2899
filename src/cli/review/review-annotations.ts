import { placeOfFinding, placeOfReviewed, type ReviewedObject, type ReviewReport } from './place-review';
import { changeWords, refusalWords, titleOf } from './review-words';
import type { Finding } from '../../core/finding';
import type { Outcome } from '../../gitops/outcomes';
import { workflowCommand } from '../terminal/workflow-commands';

const commands: Readonly<Record<Outcome, string>> = {
  'refused': 'error', 'runs again': 'warning', 'removed': 'warning', 'new': 'notice', 'in place': 'notice', 'unchanged': 'notice',
};

/**
 * A review as commands for GitHub Actions, which puts them on lines of a pull request: one for each Job and CronJob, and one for each
 * finding. What is unchanged and sound has none.
 */
export function reviewAnnotations({ review: { reviewed } }: ReviewReport): string[] {
  return reviewed.flatMap((one) => [...isQuiet(one) ? [] : [annotationOf(one)], ...one.findings.map((finding) => findingOf(one, finding))]);
}

function isQuiet({ outcome, runsForEver, notes }: ReviewedObject): boolean {
  return outcome === 'unchanged' && !runsForEver && notes.length === 0;
}

function annotationOf(one: ReviewedObject): string {
  const { file, line, column } = placeOfReviewed(one);
  const title = `${one.outcome}: ${titleOf(one)}`;
  return workflowCommand(one.runsForEver ? 'error' : commands[one.outcome], { file, line, col: column, title }, messageOf(one));
}

function findingOf(one: ReviewedObject, finding: Finding): string {
  const { file, line, column } = placeOfFinding(one, finding.field);
  return workflowCommand(finding.severity === 'error' ? 'error' : 'warning', { file, line, col: column, title: finding.rule }, refusalWords(finding));
}

function messageOf({ outcome, changes, refusals, instead, notes }: ReviewedObject): string {
  const lines = [
    ...refusals.map(refusalWords),
    ...changes.map((change) => `${change.field}: ${changeWords(change)}${change.isImmutable ? ' (immutable)' : ''}`),
    ...(instead === undefined ? [] : [`instead: ${instead}`]),
    ...notes.map(({ text }) => text),
  ];
  return lines.length === 0 ? outcome : lines.join('\n');
}
