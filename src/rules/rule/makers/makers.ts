import { blameAll, type Entry, makeRule } from './make-rule';
import { type NameKind } from './names';
import { isEmpty, type Judge } from './reader';
import { byteLength } from '../../../api/names';
import { type Rule, type RuleExamples } from '../rule';

/** A field without which the API server refuses the target. */
export function required<Target>(entry: Entry<Target> & {
  /** Whether an empty value will do, because the field is a pointer on the API server. */
  readonly takesEmpty?: boolean;
}): Rule<Target> {
  const { takesEmpty = false, ...rule } = entry;
  const shape = { type: 'Required', message: '', checks: 'all', empty: takesEmpty ? undefined : '' } as const;
  return makeRule(rule, shape, (fault) => (value, scope, trail) => {
    if (value === undefined || (!takesEmpty && isEmpty(value))) fault(value, scope, trail);
  });
}

/** A field that may not be given, or not beside others; `where` says when. */
export function forbidden<Target>(entry: Entry<Target> & { readonly message: string }): Rule<Target> {
  return makeRule(entry, { type: 'Forbidden', message: entry.message, checks: 'given' }, (fault) => fault);
}

/** A field that may hold one of a few values, listed in the API server's order. */
export function oneOf<Target>(entry: Entry<Target> & { readonly values: readonly string[] }): Rule<Target> {
  const { values, ...rule } = entry;
  const shape = { type: 'NotSupported', message: supportedValues(values), checks: 'given', empty: '' } as const;
  return makeRule(rule, shape, (fault) => (value, scope, trail) => {
    if (!values.includes(value as string)) fault(value, scope, trail);
  });
}

/** A field that must be written as names of a certain kind are. */
export function wellNamed<Target>(entry: Entry<Target> & { readonly as: NameKind }): Rule<Target> {
  const { as: { check, message }, ...rule } = entry;
  return makeRule(rule, { type: 'Invalid', message, checks: 'filled', empty: '' }, () => (value, scope, trail) => {
    blameAll(check(value as string, scope.server), value, scope, trail);
  });
}

/** A number within limits, both inclusive. Without examples of its own, the rule is shown with the first numbers beyond them and within. */
export function inRange<Target>(entry: Omit<Entry<Target>, 'examples'> & {
  readonly min?: number;
  readonly max?: number;
  readonly examples?: RuleExamples;
  /** What must stand beside the field in such an example. */
  readonly beside?: object;
}): Rule<Target> {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, beside = {}, ...rule } = entry;
  const example = (value: number): object => ({ ...beside, [rule.field]: value });
  const beyond = [min - 1, max + 1].filter(Number.isFinite);
  const examples = { bad: beyond.map(example), good: [example(Number.isFinite(max) ? max : min)] };
  const shape = { type: 'Invalid', message: rangeMessage(min, max), checks: 'given', empty: 0 } as const;
  return makeRule({ examples, ...rule }, shape, (fault) => (value, scope, trail) => {
    if ((value as number) < min || (value as number) > max) fault(value, scope, trail);
  });
}

/** A number that is zero or more. */
export function notNegative<Target>(entry: Parameters<typeof inRange<Target>>[0]): Rule<Target> {
  return inRange({ ...entry, min: 0 });
}

/** A list that may have only so many elements. */
export function withinItems<Target>(entry: Entry<Target> & { readonly most: number }): Rule<Target> {
  const { most, ...rule } = entry;
  return makeRule(rule, { type: 'TooMany', message: `must have at most ${most} items`, checks: 'filled' }, (fault) => (value, scope, trail) => {
    const { length } = value as readonly unknown[];
    if (length > most) fault(length, scope, trail);
  });
}

/** A text that may have only so many bytes in UTF-8. */
export function withinBytes<Target>(entry: Entry<Target> & { readonly most: number }): Rule<Target> {
  const { most, ...rule } = entry;
  return makeRule(rule, { type: 'TooLong', message: `may not be more than ${most} bytes`, checks: 'filled' }, (fault) => (value, scope, trail) => {
    if (byteLength(value as string) > most) fault(value, scope, trail);
  });
}

/** A field that must differ in all elements of a list. */
export function unique<Target>(entry: Entry<Target>): Rule<Target> {
  // Most lists have one element: the set is only made for the second.
  let first: unknown;
  let seen: Set<unknown> | undefined;
  const judgeWith = (fault: Judge): Judge => (value, scope, trail) => {
    if (first === undefined) {
      first = value;
      return;
    }
    seen ??= new Set([first]);
    if (seen.has(value)) fault(value, scope, trail);
    seen.add(value);
  };
  return makeRule(entry, { type: 'Duplicate', message: '', checks: 'all', empty: '' }, judgeWith, () => { first = seen = undefined; });
}

/** The words for values that are not among the supported ones. */
export function supportedValues(values: readonly string[]): string {
  return `supported values: ${quoted(values)}`;
}

/** Values as most messages list them. */
export function quoted(values: readonly string[]): string {
  return values.map((value) => `"${value}"`).join(', ');
}

/** The words for a missing value, where the API server lists the valid ones. */
export function validValues(values: readonly string[]): string {
  return `valid values: [${values.map((value) => `"${value}"`).join(' ')}]`;
}

function rangeMessage(min: number, max: number): string {
  if (max === Number.POSITIVE_INFINITY) return `must be greater than or equal to ${min}`;
  return min === Number.NEGATIVE_INFINITY ? `must be less than or equal to ${max}` : `must be between ${min} and ${max}, inclusive`;
}
