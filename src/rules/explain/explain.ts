import { allRules, ruleGroups } from '../all-rules';
import { describeField, listFields } from './describe-field';
import { allFields, findFields } from './find-field';
import { otherFindings } from './other-findings';
import { renderFinding, renderRule } from './render-docs';
import { nearestName } from './suggest';
import { type Rule, type RuleGroup } from '../rule/rule';

/** What there is to say about a rule or a field, which fields have the name, or what may have been meant. */
type Explanation =
  | { readonly kind: 'rule'; readonly text: string }
  | { readonly kind: 'field'; readonly text: string }
  | { readonly kind: 'choice'; readonly text: string }
  | { readonly kind: 'unknown'; readonly suggestion?: string };

/** How many fields of the same name are listed beside the one that is explained. */
const mostOthers = 8;

/**
 * Explains a rule or another finding by its id, or a field by its path as in `kubectl explain`: `job.spec.backoffLimit`,
 * `spec.template.spec.containers[0].env`; the end of a path is enough: `containers.image`, `parallelism`.
 *
 * A path without a kind is one of a Job, or of a CronJob when no Job has it. Of several fields with one name, the one with the shortest
 * path is explained and the others are listed; where several paths are equally short, all are listed.
 */
export function explain(subject: string): Explanation {
  const found = findRule(subject);
  if (found !== undefined) return { kind: 'rule', text: renderRule(found.rule, found.group) };
  const finding = otherFindings.get(subject);
  if (finding !== undefined) return { kind: 'rule', text: renderFinding(subject, finding) };
  const [first, ...others] = findFields(subject);
  if (first === undefined) return unknown(subject);
  const depth = (path: string): number => path.split('.').length;
  const asShort = others.filter(({ kind, path }) => kind === first.kind && depth(path) === depth(first.path));
  if (asShort.length > 0) {
    return { kind: 'choice', text: [`Several fields are called ${subject}:`, ...listFields([first, ...others]), ''].join('\n') };
  }
  const list = others.length === 0 ? [] : ['  also of this name:', ...listFields(others.slice(0, mostOthers))];
  const left = others.length - mostOthers;
  return { kind: 'field', text: [describeField(first), ...list, ...left > 0 ? [`    and ${left} more`] : [], ''].join('\n') };
}

function unknown(subject: string): Explanation {
  const names = [...allRules.map(({ id }) => id), ...otherFindings.keys(), ...new Set(allFields().map(({ name }) => name))];
  const suggestion = nearestName(subject, names) ?? nearestName(subject.slice(subject.lastIndexOf('.') + 1), names);
  return suggestion === undefined ? { kind: 'unknown' } : { kind: 'unknown', suggestion };
}

function findRule(id: string): { readonly rule: Rule; readonly group: RuleGroup } | undefined {
  for (const group of ruleGroups) {
    const rule = group.rules.find((entry) => entry.id === id);
    if (rule !== undefined) return { rule, group };
  }
  return undefined;
}
