import { ruleGroups } from '../all-rules';
import { type FoundField, membersOf } from './find-field';
import { pathOf, versionsOf } from './render-docs';
import { onSince } from '../../api/feature-gates';
import { bareName, type Field, formatType } from '../../api/field-entry';
import { meaningOf } from '../../api/field-meaning';
import { toCronJobPath, toJobPath } from '../../api/kinds';
import { kindRefuses } from '../../api/props/refusals';
import { faultTexts } from '../../core/finding';
import { shownText } from '../../core/shown-text';
import { fieldGates } from '../decode/gates';
import { fieldSince } from '../decode/shapes';
import { type Rule, type RuleGroup } from '../rule/rule';
import { defaultVersion, kubernetesVersions } from '../rule/versions';

/** What there is to say about a field, as plain text: its meaning, type, default and versions, who has it, and the rules about it. */
export function describeField(found: FoundField): string {
  const { field } = found;
  const { sentence, preset } = meaningOf(found.owner, found.name, field);
  const members = membersOf(found);
  const rules = rulesAt(found);
  const facts = [
    ['one of', field.choices.map(shownText).join(', ')],
    ['default', preset],
    ['versions', versionsWords(found)],
    ['found in', kindsWords(found)],
    ['changes', changeWords(found, rules)],
    ...constructWords(found).map((text) => ['construct', text] as const),
  ].filter(([, text]) => text !== '');
  return [
    `${nameOf(found)}  <${shownType(field)}>${field.required ? '  required' : ''}`,
    ...sentence === '' ? [] : ['', `  ${sentence}`],
    ...facts.length === 0 ? [] : ['', ...facts.map(([label, text]) => `  ${label}: ${text}`)],
    ...members.length === 0 ? [] : ['', '  fields:', ...aligned(members.map((member) => [`${member.name}  <${shownType(member.field)}>`, firstSentence(member)]))],
    ...rules.length === 0 ? [] : ['', '  rules:', ...aligned(rules.map(({ rule, group }) => [rule.id, ruleWords(rule, group)]))],
    '',
  ].join('\n');
}

/** Fields as a list to choose from: each with its full path and the first sentence about it. */
export function listFields(fields: readonly FoundField[]): string[] {
  return aligned(fields.map((field) => [nameOf(field), firstSentence(field)]));
}

/** The path with its kind in front, as `explain` takes it: `job.spec.parallelism`. */
function nameOf({ kind, path }: FoundField): string {
  return path === '' ? kind.toLowerCase() : `${kind.toLowerCase()}.${path}`;
}

function firstSentence({ owner, name, field }: FoundField): string {
  const { sentence } = meaningOf(owner, name, field);
  return /^.*?[.:](?= |$)/.exec(sentence)?.[0].replace(/[.:]$/, '') ?? sentence;
}

function versionsWords({ owner, name }: FoundField): string {
  const since = fieldSince(owner, name) ?? 0;
  const gate = fieldGates[owner]?.[name];
  const newest = defaultVersion;
  const known = since !== 0 ? `since Kubernetes 1.${since}` : owner === '' ? '' : `all of ${kubernetesVersions[0]} to ${newest}`;
  const on = gate === undefined ? since : onSince(gate);
  if (gate === undefined || on === since || on === 0) return known;
  const kept = on === undefined ? `dropped without the feature gate ${gate}` : `kept since 1.${on}, dropped before without the feature gate ${gate}`;
  return since === 0 ? kept : `${known}; ${kept}`;
}

function kindsWords({ kind, path }: FoundField): string {
  if (path === '' || path.startsWith('metadata') || path.startsWith('status')) return '';
  const inJob = toJobPath(path);
  if (kind === 'CronJob' && inJob === path) return 'CronJob';
  return `Job as ${inJob}, CronJob as ${toCronJobPath(inJob)}`;
}

/** What an update may do to the field. */
function changeWords({ kind, path }: FoundField, rules: readonly FoundRule[]): string {
  if (path.startsWith('status') || path === '') return '';
  const ofTemplate = toJobPath(path);
  if (kind === 'CronJob' && path.startsWith('spec')) return ofTemplate === path ? 'any time' : 'any time; existing Jobs stay as they are';
  const own = rules.filter(({ rule }) => rule.message === immutable || /can only be modified/.test(rule.message));
  if (own.length > 0) return own.length === 1 ? 'immutable' : 'immutable, but see the rules';
  if (/^spec\.template\b/.test(path)) {
    return placement.test(path) ? 'immutable, except while the Job is suspended' : 'immutable: it is part of spec.template';
  }
  const isFixed = (rule: Rule, group: RuleGroup): boolean => rule.message === immutable && path.startsWith(`${pathOf(rule, group)}.`);
  if (ruleGroups.some((group) => group.rules.some((rule) => isFixed(rule, group)))) return 'immutable';
  return path.startsWith('spec.') ? 'any time' : '';
}

const immutable = 'field is immutable';
/** @source pkg/registry/batch/job/strategy.go and pkg/apis/batch/validation/validation.go validatePodTemplateUpdate (v1.37) */
const placement = /^spec\.template\.(?:metadata\.(?:labels|annotations)|spec\.(?:nodeSelector|tolerations|schedulingGates|affinity\.nodeAffinity))\b/;

const refusals: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  NonParallelJob: kindRefuses.NonParallel,
  FixedCompletionJob: kindRefuses.FixedCompletion,
  IndexedJob: kindRefuses.Indexed,
  WorkQueueJob: kindRefuses.WorkQueue,
};

/** Which constructs do not take a field of the Job, and why. */
function constructWords({ owner, name }: FoundField): readonly string[] {
  if (owner !== 'v1.JobSpec' || name === 'template') return [];
  return Object.entries(refusals).flatMap(([construct, refused]) => {
    const sentence = Object.hasOwn(refused, name) ? refused[name] : undefined;
    return sentence === undefined ? [] : [`not in ${construct}: ${sentence.replace(/^\w+: /, '')}`];
  });
}

/** A rule and the group that says where it looks. */
interface FoundRule {
  readonly rule: Rule;
  readonly group: RuleGroup;
}

/** The rules that blame exactly this field; rules about containers are about init containers too. */
function rulesAt({ kind, path }: FoundField): readonly FoundRule[] {
  const inJob = toJobPath(path);
  const paths = new Set([path, inJob, inJob.replace('.initContainers', '.containers')]);
  const groups = kind === 'Job' ? ruleGroups.filter((group) => !isOfCronJobs(group)) : ruleGroups;
  return groups.flatMap((group) => group.rules.filter((rule) => (
    !(kind === 'CronJob' && inJob !== path && rule.message === immutable) && blamedPaths(rule, group).some((blamed) => paths.has(blamed))
  )).map((rule) => ({ rule, group })));
}

const known = new Map<Rule, readonly string[]>();

/** The paths that a rule blames; cached, because every explanation goes through all rules. */
function blamedPaths(rule: Rule, group: RuleGroup): readonly string[] {
  let paths = known.get(rule);
  if (paths === undefined) known.set(rule, paths = expand(pathOf(rule, group)));
  return paths;
}

/** Whether the rules of a group look at CronJobs only: then their examples are CronJobs. */
function isOfCronJobs({ wrap }: RuleGroup): boolean {
  return (wrap({}) as { readonly kind?: unknown }).kind === 'CronJob';
}

/** The paths that one with braces stands for, without indexes and keys: `{a,b}[*].c` is `a.c` and `b.c`. */
function expand(path: string): readonly string[] {
  const plain = path.replaceAll(/\[[^\]]*\]/g, '');
  const [whole = '', list = ''] = /\{([^}]*)\}/.exec(plain) ?? [];
  return whole === '' ? [plain] : list.split(',').flatMap((name) => expand(plain.replace(whole, name)));
}

function ruleWords(rule: Rule, group: RuleGroup): string {
  const { type, message, severity = 'error' } = rule;
  const versions = versionsOf(rule, group);
  const words = message === '' ? faultTexts[type] : `${severity === 'error' ? faultTexts[type] : severity}: ${message}`;
  return `${words}${versions === 'all' ? '' : ` (${versions})`}`;
}

function aligned(rows: ReadonlyArray<readonly [left: string, right: string]>): string[] {
  const width = Math.max(0, ...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `    ${left.padEnd(width)}  ${right}`.trimEnd());
}

function shownType(field: Field): string {
  return formatType({ ...field, type: bareName(field.type) });
}
