import { placeOfReviewed, type ReviewedObject, type ReviewReport } from './place-review';
import { changeWords, refusalWords, titleOf } from './review-words';
import type { Outcome } from '../../gitops/outcomes';
import { workflowCommand } from '../terminal/workflow-commands';

const commands: Readonly<Record<Outcome, string>> = {
  'refused': 'error', 'runs again': 'warning', 'removed': 'warning', 'new': 'notice', 'in place': 'notice', 'unchanged': 'notice',
};

/** A review as commands for GitHub Actions, which puts them on lines of a pull request; what is unchanged and sound has none. */
export function reviewAnnotations({ review: { reviewed } }: ReviewReport): string[] {
  return reviewed.filter(({ outcome, runsForEver, notes }) => outcome !== 'unchanged' || runsForEver || notes.length > 0).map((one) => {
    const { file, line, column } = placeOfReviewed(one);
    const title = `${one.outcome}: ${titleOf(one)}`;
    return workflowCommand(one.runsForEver ? 'error' : commands[one.outcome], { file, line, col: column, title }, messageOf(one));
  });
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
