import { invariant } from '../../../core/assert';
import { type FieldPath } from '../../../core/field-path';
import { type Scope } from '../rule';

/** Which values of a field a rule judges: those that are not empty (`''`, `0`, `[]`), all that are given, or a missing one too. */
export type Checks = 'filled' | 'given' | 'all';

/** The names and indexes that lead from the target to a value within a list, which the field of the rule alone does not tell. */
export type Trail = readonly (string | number)[];

/** What a rule does with a value that it judges. */
export type Judge = (value: unknown, scope: Scope, trail: Trail | undefined) => void;

/** Finds the values that a field has in a target, for a judge. */
type Finder = (target: unknown, scope: Scope) => void;

/** The field that is read, and which of its values. */
interface Reading {
  readonly path: Path;
  readonly checks: Checks;
  /** What stands for a missing value. */
  readonly empty: unknown;
}

/** The path of a field, step by step. */
export type Path = readonly Step[];

interface Step {
  /** More than one where they stand in braces: `{limits,requests}`. */
  readonly names: readonly string[];
  readonly isList: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * The path of a field from the target: `name`, `os.name`, `hostAliases[*].hostnames[*]`, `{matchLabelKeys,mismatchLabelKeys}[*]`.
 *
 * @throws {InternalError} for a path with any other part, such as a key in brackets
 */
export function parsePath(field: string): Path {
  return field.split('.').map((text) => {
    const match = /^(?:(\w+)|\{([\w,]+)\})(\[\*\])?$/.exec(text);
    invariant(match, `${field} is no path that a rule can read`);
    return { names: match[1] === undefined ? (match[2] ?? '').split(',') : [match[1]], isList: match[3] !== undefined };
  });
}

/**
 * Passes the values of a field to a judge. Where an object on the way is missing there is nothing to read, whatever the rule judges.
 *
 * Every manifest goes through hundreds of these: each case has a function of its own, which allocates nothing.
 */
export function finderOf({ path, checks, empty }: Reading, judge: Judge): Finder {
  const [name = '', ...more] = path.map(({ names }) => names[0] ?? '');
  const isPlain = path.every(({ names, isList }, depth) => names.length === 1 && (depth === 0 || !isList));
  if (path[0]?.isList === true && isPlain && more.length < 2) return throughList(name, more[0], checks, empty, judge);
  if (path[0]?.isList === true || !isPlain) return throughLists(path, checks, empty, judge);
  if (more.length > 0) return throughObjects([name, ...more], checks, empty, judge);
  switch (checks) {
    case 'all': return (target, scope) => judge((target as Fields)[name] ?? empty, scope, undefined);
    case 'given': return (target, scope) => {
      const value = (target as Fields)[name];
      if (value !== undefined) judge(value, scope, undefined);
    };
    case 'filled': return (target, scope) => {
      const value = (target as Fields)[name];
      if (!isEmpty(value)) judge(value, scope, undefined);
    };
  }
}

/** The path that a trail leads to. */
export function follow(trail: Trail, from: FieldPath): FieldPath {
  return trail.reduce<FieldPath>((path, step) => (typeof step === 'number' ? path.index(step) : path.child(step)), from);
}

/** Whether a value is the same as a missing one to the API server, which has no pointers for most fields. */
export function isEmpty(value: unknown): boolean {
  return value === undefined || value === '' || value === 0 || (Array.isArray(value) && value.length === 0);
}

function throughObjects(names: readonly string[], checks: Checks, empty: unknown, judge: Judge): Finder {
  return (target, scope) => {
    let value: unknown = target;
    for (const name of names) {
      if (value === undefined) return;
      value = (value as Fields)[name];
    }
    if (isLookedAt(value, checks)) judge(value ?? empty, scope, undefined);
  };
}

function throughList(list: string, field: string | undefined, checks: Checks, empty: unknown, judge: Judge): Finder {
  const trail = field === undefined ? [list, 0] : [list, 0, field];
  return (target, scope) => {
    const items = (target as Fields)[list] as readonly unknown[] | undefined;
    if (items === undefined) return;
    for (let index = 0; index < items.length; index += 1) {
      const value = field === undefined ? items[index] : (items[index] as Fields)[field];
      if (!isLookedAt(value, checks)) continue;
      trail[1] = index;
      judge(value ?? empty, scope, trail);
    }
  };
}

function throughLists(path: Path, checks: Checks, empty: unknown, judge: Judge): Finder {
  const trail: (string | number)[] = [];
  const visit = (target: Fields, depth: number, scope: Scope): void => {
    const { names, isList } = path[depth] as Step;
    for (const name of names) {
      const value = target[name];
      if (value === undefined && (isList || depth + 1 < path.length)) continue;
      trail.push(name);
      if (isList) visitItems(value as readonly unknown[], depth + 1, scope);
      else visitValue(value, depth + 1, scope);
      trail.pop();
    }
  };
  const visitItems = (items: readonly unknown[], depth: number, scope: Scope): void => {
    for (let index = 0; index < items.length; index += 1) {
      trail.push(index);
      visitValue(items[index], depth, scope);
      trail.pop();
    }
  };
  const visitValue = (value: unknown, depth: number, scope: Scope): void => {
    if (depth < path.length) visit(value as Fields, depth, scope);
    else if (isLookedAt(value, checks)) judge(value ?? empty, scope, trail);
  };
  return (target, scope) => {
    trail.length = 0;
    visit(target as Fields, 0, scope);
  };
}

function isLookedAt(value: unknown, checks: Checks): boolean {
  return checks === 'all' || (checks === 'given' ? value !== undefined : !isEmpty(value));
}
