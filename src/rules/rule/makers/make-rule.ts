import { type Checks, finderOf, follow, type Judge, parsePath, type Path, type Trail } from './reader';
import { type FaultType } from '../../../core/finding';
import { given } from '../../../core/given';
import { type Rule, type Scope } from '../rule';

/** What the makers of rules take: a rule without what its shape says of it. */
export interface Entry<Target> extends Omit<Rule<Target>, 'type' | 'message' | 'finds'> {
  /** Default: what the shape says. */
  readonly type?: FaultType;
  /** Default: what the shape says, in the API server's words. */
  readonly message?: string;
  /** Where the values are, when the API server blames another place. */
  readonly reads?: string;
  /** Which values are judged. Default: those that most rules of the shape judge. */
  readonly checks?: Checks;
  /** Which targets the rule is about; default: all. */
  readonly where?: (target: Target, scope: Scope) => boolean;
}

/** What a shape says of its rules where an entry does not. */
interface Shape {
  readonly type: FaultType;
  readonly message: string;
  readonly checks: Checks;
  /** What stands for a missing value. */
  readonly empty?: unknown;
}

/** The types of fault that are reported without the value. */
const withoutValue: ReadonlySet<FaultType> = new Set<FaultType>(['Required', 'Forbidden', 'TooLong']);

/**
 * Makes a rule of an entry and its shape.
 *
 * `judgeWith` makes the function that judges each value of the field, from the one that it calls for a value at fault. `begin` is called
 * before the first value.
 */
export function makeRule<Target>(entry: Entry<Target>, shape: Shape, judgeWith: (fault: Judge) => Judge, begin?: () => void): Rule<Target> {
  const { reads, checks = shape.checks, where, type = shape.type, message = shape.message, ...rule } = entry;
  const path = parsePath(reads ?? entry.field);
  const judge = judgeWith(withoutValue.has(type) ? (_, scope, trail) => blame(undefined, scope, trail) : blame);
  // Where another place is blamed, the place of the value does not matter.
  const judgeInPlace: Judge = reads === undefined ? judge : (value, scope) => judge(value, scope, undefined);
  const find = finderOf({ path, checks, empty: shape.empty }, judgeInPlace);
  const finds: Rule<Target>['finds'] = where === undefined && begin === undefined ? find : (target, scope) => {
    begin?.();
    if (where?.(target, scope) !== false) find(target, scope);
  };
  const when = (entry.when ?? conditionOf(path, checks)) as Rule<Target>['when'];
  return { ...rule, type, message, ...given({ when }), finds };
}

/** Reports a value at its place. */
function blame(value: unknown, scope: Scope, trail: Trail | undefined): void {
  scope.report(value, trail === undefined ? undefined : follow(trail, scope.at));
}

/** Reports every problem of a value at its place. */
export function blameAll(problems: readonly string[], value: unknown, scope: Scope, trail: Trail | undefined): void {
  if (problems.length > 0) scope.reportAll(problems, value, trail === undefined ? undefined : follow(trail, scope.at));
}

/** The field of the target without which there is nothing to judge, when it is a single field. */
function conditionOf(path: Path, checks: Checks): string | undefined {
  const [first] = path;
  const isOfTarget = path.length === 1 && first?.isList === false;
  return first?.names.length !== 1 || (isOfTarget && checks === 'all') ? undefined : first.names[0];
}

/** The name of a field as rule ids spell it: `run-as-user` for `runAsUser`. */
export function kebab(field: string): string {
  return field.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
}
