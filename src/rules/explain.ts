import { ruleGroups } from './all-rules';
import { pathOf, renderRule } from './render-docs';
import { type Rule, type RuleGroup } from './rule';
import { fieldSince } from './shapes';
import { nearestName } from './suggest';
import { fields } from '../spec/fields';

/** What there is to say of a rule or a field, or what was perhaps meant. */
export type Explanation =
  | { readonly kind: 'rule'; readonly text: string }
  | { readonly kind: 'field'; readonly text: string }
  | { readonly kind: 'unknown'; readonly suggestion?: string };

/** A field that a path leads to. */
interface FoundField {
  readonly path: string;
  readonly type: string;
  readonly name: string;
  readonly description: string;
}

/**
 * Explains a rule by its id, or a field by its path as in `kubectl explain`: `job.spec.backoffLimit`,
 * `spec.template.spec.containers[0].env`.
 *
 * A path without kind is one of a Job, and of a CronJob when no Job has it.
 */
export function explain(subject: string): Explanation {
  const found = findRule(subject);
  if (found !== undefined) return { kind: 'rule', text: renderRule(found.rule, found.group) };
  const field = findField(subject);
  if (field !== undefined) return { kind: 'field', text: describeField(field) };
  const ids = ruleGroups.flatMap(({ rules }) => rules.map(({ id }) => id));
  const suggestion = nearestName(subject, ids);
  return suggestion === undefined ? { kind: 'unknown' } : { kind: 'unknown', suggestion };
}

function findRule(id: string): { readonly rule: Rule; readonly group: RuleGroup } | undefined {
  for (const group of ruleGroups) {
    const rule = group.rules.find((entry) => entry.id === id);
    if (rule !== undefined) return { rule, group };
  }
  return undefined;
}

function findField(text: string): FoundField | undefined {
  const names = text.replaceAll(/\[[^\]]*\]/g, '').split('.').filter((name) => name !== '');
  const kind = names[0]?.toLowerCase();
  if (kind === 'job' || kind === 'jobs') return walk('v1.Job', names.slice(1));
  if (kind === 'cronjob' || kind === 'cronjobs') return walk('v1.CronJob', names.slice(1));
  return walk('v1.Job', names) ?? walk('v1.CronJob', names);
}

function walk(root: string, names: readonly string[]): FoundField | undefined {
  let type = root;
  let found: FoundField | undefined;
  for (const [position, name] of names.entries()) {
    const members = fields[type];
    const description = members !== undefined && Object.hasOwn(members, name) ? members[name] : undefined;
    if (description === undefined) return undefined;
    found = { path: names.slice(0, position + 1).join('.'), type, name, description };
    type = typeOf(description).replace(/\[\]$/, '');
  }
  return found;
}

function typeOf(description: string): string {
  return /^(?:map<[^>]*>|\S+)/.exec(description)?.[0] ?? '';
}

function describeField({ path, type, name, description }: FoundField): string {
  const since = fieldSince(type, name) ?? 0;
  const choices = /one of (\S+)/.exec(description)?.[1]?.split('|') ?? [];
  const members = Object.entries(fields[typeOf(description).replace(/\[\]$/, '')] ?? {}).filter(([member]) => member !== '');
  const rules = rulesAt(path);
  return [
    `${path}  <${typeOf(description).replace(/^v1\w*\./, '')}>${description.includes(' required') ? '  required' : ''}`,
    ...choices.length === 0 ? [] : [`  one of: ${choices.map((choice) => (choice === '' ? '""' : choice)).join(', ')}`],
    ...since === 0 ? [] : [`  since Kubernetes 1.${since}`],
    ...members.length === 0 ? [] : ['', '  fields:', ...members.map(([member, text]) => `    ${member}  <${typeOf(text).replace(/^v1\w*\./, '')}>`)],
    ...rules.length === 0 ? [] : ['', '  rules:', ...rules.map(({ id, message, type: fault }) => `    ${id}  ${fault}${message === '' ? '' : `: ${message}`}`)],
    '',
  ].join('\n');
}

/** The rules that blame exactly this field. */
function rulesAt(path: string): readonly Rule[] {
  const plain = (text: string): string => text.replaceAll(/\[[^\]]*\]/g, '');
  const inJob = path.replace(/^spec\.jobTemplate\.spec\b/, 'spec');
  return ruleGroups.flatMap((group) => group.rules.filter((rule) => plain(pathOf(rule, group)) === inJob));
}
