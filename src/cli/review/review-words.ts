import { type Place, type ReviewedObject, type ReviewReport } from './place-review';
import { type Finding, formatFinding } from '../../core/finding';
import { isObject } from '../../core/json';
import { type Outcome, outcomes } from '../../gitops/outcomes';
import { showValue } from '../tables/show-value';

/** An object as kubectl names it, with the namespace that is written: `job.batch/etl in media`. */
export function titleOf({ kind, namespace, name, oldName }: ReviewedObject): string {
  const title = printable(`${kind.toLowerCase()}.batch/${name}${namespace === undefined ? '' : ` in ${namespace}`}`);
  return oldName === undefined ? title : `${title} (was ${printable(oldName)})`;
}

/** A change of a field: `app:1 → app:2`. */
export function changeWords({ from, to }: { readonly from: unknown; readonly to: unknown }): string {
  return `${printable(showValue(from))} → ${printable(showValue(to))}`;
}

/** The words of the API server, without the objects that it prints: they fill a screen. */
export function refusalWords(finding: Finding): string {
  const { value, ...rest } = finding;
  return printable(formatFinding(isObject(value) || Array.isArray(value) ? rest : finding));
}

/** A place as compilers write it: `dist/jobs.yaml:8:3`. */
export function placeWords({ file, line, column }: Place): string {
  return printable([file, line, column].filter((part) => part !== undefined).join(':'));
}

/** How many there are of each outcome: `1 refused, 2 unchanged`. */
export function countWords({ review: { reviewed } }: ReviewReport): string {
  const counts = outcomes.map((outcome) => [reviewed.filter((one) => one.outcome === outcome).length, outcome] as const);
  const forEver = reviewed.filter(({ runsForEver }) => runsForEver).length;
  const words = counts.filter(([count]) => count > 0).map(([count, outcome]) => `${count} ${plural(count, outcome)}`);
  if (forEver > 0) words.push(`${forEver} ${forEver === 1 ? 'runs' : 'run'} for ever`);
  const found = reviewed.reduce((count, { findings }) => count + findings.length, 0);
  if (found > 0) words.push(`${found} new ${found === 1 ? 'finding' : 'findings'}`);
  return words.length === 0 ? 'no Job or CronJob' : words.join(', ');
}

function plural(count: number, outcome: Outcome): string {
  return outcome === 'runs again' && count !== 1 ? 'run again' : outcome;
}

/** What was compared, and for whom: `the working tree against main, for Argo CD`. */
export function aboutWords({ names: [base, head], gitops }: ReviewReport): string {
  const tool = gitops === undefined ? '' : `, for ${gitops === 'argocd' ? 'Argo CD' : 'Flux'}`;
  return `${printable(head)} against ${printable(base)}${tool}`;
}

/** Text without what moves a cursor or turns the direction of writing: values come from files that anybody may have written. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, (character) => (
    `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  ));
}
