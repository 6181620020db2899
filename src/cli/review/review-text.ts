import { placeOfReviewed, type ReviewedObject, type ReviewReport } from './place-review';
import { aboutWords, changeWords, countWords, placeWords, printable, refusalWords, titleOf } from './review-words';
import type { Outcome } from '../../gitops/outcomes';
import { columns } from '../tables/columns';
import type { Output, TextStyle } from '../terminal/output';

const styles: Readonly<Record<Outcome, TextStyle>> = {
  'refused': 'red', 'runs again': 'yellow', 'removed': 'yellow', 'new': 'green', 'in place': 'cyan', 'unchanged': 'dim',
};
const weights: Readonly<Record<'error' | 'warning' | 'advice', TextStyle>> = { error: 'red', warning: 'yellow', advice: 'dim' };

const outcomeWidth = 'runs again'.length;
const indent = ' '.repeat(outcomeWidth + 2);

/** A review as lines for a terminal: outcome, name and place, and below it what has changed and what follows. */
export function reviewLines(report: ReviewReport, output: Output): string[] {
  const { review: { reviewed } } = report;
  const titleWidth = Math.max(0, ...reviewed.filter(({ outcome }) => outcome !== 'unchanged').map((one) => titleOf(one).length));
  const lines = reviewed.flatMap((one) => {
    const outcome = output.paint(styles[one.outcome], one.outcome.padEnd(outcomeWidth));
    const place = output.paint('dim', placeWords(placeOfReviewed(one)));
    return [`${outcome}  ${titleOf(one).padEnd(titleWidth)}  ${place}`, ...detailLines(one, output)];
  });
  return [...lines, ...(lines.length === 0 ? [] : ['']), `${aboutWords(report)}: ${countWords(report)}`];
}

function detailLines({ changes, refusals, instead, notes, findings }: ReviewedObject, output: Output): string[] {
  const changed = columns(changes.map((change) => [printable(change.field), changeWords(change), change.isImmutable ? 'immutable' : '']));
  return [
    ...changed,
    ...refusals.map((finding) => output.paint('red', refusalWords(finding))),
    ...(instead === undefined ? [] : [`${output.paint('cyan', 'instead')}: ${instead}`]),
    ...notes.map(({ severity, text }) => output.paint(weights[severity], printable(text))),
    ...findings.map((finding) => `${output.paint(weights[finding.severity], `new ${finding.severity}`)}: ${refusalWords(finding)}  ${output.paint('dim', finding.rule)}`),
  ].map((line) => `${indent}${line}`);
}
