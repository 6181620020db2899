import { placeOfReviewed, type ReviewedObject, type ReviewReport } from './place-review';
import { aboutWords, changeWords, countWords, placeWords, printable, refusalWords, titleOf } from './review-words';

/** GitHub takes 65,536 characters in a comment. */
const longestComment = 64_000;
const mostChanges = 20;

/** The first line of every comment: whoever posts the next one finds the last by it. */
const marker = '<!-- cdk8s-jobs review -->';

/**
 * A review as the comment of a pull request, below 65,000 characters: what is unchanged is folded, and what does not fit is counted.
 *
 * Whatever stands in a manifest is shown as code: it mentions nobody, and becomes no link and no element.
 */
export function reviewMarkdown(report: ReviewReport): string {
  const { reviewed } = report.review;
  const isQuiet = ({ outcome, notes, findings }: ReviewedObject): boolean => outcome === 'unchanged' && notes.length + findings.length === 0;
  const loud = reviewed.filter((one) => !isQuiet(one));
  const quiet = reviewed.filter(isQuiet);
  const head = [marker, `### Jobs: ${countWords(report)}`, '', `${code(aboutWords(report))}`, ''].join('\n');
  const [items, left] = fit(loud.map(itemOf), longestComment - head.length - reserve);
  const [names, leftNames] = fit(quiet.map((one) => `- unchanged ${code(titleOf(one))}`), longestComment - head.length - items.length - reserve);
  return [
    head,
    ...(items === '' ? [] : [items, '']),
    ...(left === 0 ? [] : [`_${left} more ${left === 1 ? 'has' : 'have'} no room in this comment:_ ${code(report.call)} _shows all._`, '']),
    ...(quiet.length === 0 ? [] : [
      '<details>', `<summary>${quiet.length} unchanged</summary>`, '',
      ...(names === '' ? [] : [names]), ...(leftNames === 0 ? [] : [`- and ${leftNames} more`]),
      '', '</details>', '',
    ]),
  ].join('\n');
}

/** Room for what stands around the lists. */
const reserve = 1000;

/** As many texts as fit, from the first one on, and how many are left. */
function fit(texts: readonly string[], room: number): [text: string, left: number] {
  let length = 0;
  let count = 0;
  for (const text of texts) {
    length += text.length + 1;
    if (length > room) break;
    count += 1;
  }
  return [texts.slice(0, count).join('\n'), texts.length - count];
}

function itemOf(one: ReviewedObject): string {
  const { outcome, changes, refusals, instead, notes, findings } = one;
  const more = changes.length - mostChanges;
  return [
    `- **${outcome}** ${code(titleOf(one))} in ${code(placeWords(placeOfReviewed(one)))}`,
    ...changes.slice(0, mostChanges).map((change) => `  - ${code(printable(change.field))}: ${code(changeWords(change))}${change.isImmutable ? ', immutable' : ''}`),
    ...(more > 0 ? [`  - and ${more} more ${more === 1 ? 'field' : 'fields'}`] : []),
    ...refusals.map((finding) => `  - The API server says: ${code(refusalWords(finding))}`),
    ...(instead === undefined ? [] : [`  - Instead: ${prose(instead)}`]),
    ...notes.map(({ severity, text }) => `  - ${severity === 'error' ? '**Wrong:** ' : ''}${prose(text)}`),
    ...findings.slice(0, mostChanges).map((finding) => `  - New ${finding.severity}: ${code(refusalWords(finding))} (${code(finding.rule)})`),
    ...(findings.length > mostChanges ? [`  - and ${findings.length - mostChanges} more findings`] : []),
  ].join('\n');
}

/** Our own sentences have names of objects in them. */
function prose(text: string): string {
  return printable(text).replace(/[&<>]/g, (character) => entities[character] ?? '').replace(/[\\`*_~|#[\]@]/g, '\\$&').replace(/\\@/g, '@\u2060');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text as code: in more backticks than stand in it. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const edge = text.startsWith('`') || text.endsWith('`') || text.trim() === '' ? ' ' : '';
  return `${fence}${edge}${text}${edge}${fence}`;
}
