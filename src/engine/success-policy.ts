import { type IndexSet, containsIndex, indexesOf, parseIndexSet, sizeOfIndexSet } from '../api/index-set';
import type { JobSpec, SuccessPolicyRule } from '../api/kubernetes';

/**
 * Why the success policy is met, by its first rule that is, or undefined; it is never met without a succeeded index.
 *
 * @source pkg/controller/job/success_policy.go matchSuccessPolicy (v1.37)
 */
export function matchSuccessPolicy({ successPolicy, completions = 0 }: JobSpec, succeeded: IndexSet): string | undefined {
  if (sizeOfIndexSet(succeeded) === 0) return undefined;
  const index = successPolicy?.rules.findIndex((rule) => isMet(rule, completions, succeeded)) ?? -1;
  return index < 0 ? undefined : `Matched rules at index ${index}`;
}

/** Whether a rule is met; if it lists indexes, only those count. */
function isMet({ succeededIndexes, succeededCount }: SuccessPolicyRule, completions: number, succeeded: IndexSet): boolean {
  if (succeededIndexes === undefined) return succeededCount !== undefined && sizeOfIndexSet(succeeded) >= succeededCount;
  const wanted = parseIndexSet(succeededIndexes, completions);
  let found = 0;
  for (const index of indexesOf(wanted)) if (containsIndex(succeeded, index)) found += 1;
  return found >= (succeededCount ?? sizeOfIndexSet(wanted));
}
