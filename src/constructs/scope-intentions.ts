import type { IConstruct } from 'constructs';
import { noteChange } from './render/changes';
import type { GitOpsTool } from '../api/gitops';
import type { Intention } from '../gitops/intentions';

/** What was applied to each scope, by tool. */
const applied = new WeakMap<object, Map<GitOpsTool, Intention>>();
let count = 0;

/** Applies an intention to a scope, in place of an earlier one for the same tool. */
export function applyIntention(scope: object, tool: GitOpsTool, intention: Intention): void {
  count += 1;
  noteChange();
  const intentions = applied.get(scope) ?? new Map<GitOpsTool, Intention>();
  applied.set(scope, intentions.set(tool, intention));
}

/** How often an intention was applied to a scope: what holds for an object may be another one when this has changed. */
export function appliedIntentions(): number {
  return count;
}

/** What is intended for a construct, by tool: each option from the nearest scope that has it. */
export function intentionsFor(construct: IConstruct, own?: readonly [GitOpsTool, Intention]): ReadonlyMap<GitOpsTool, Intention> {
  const intended = new Map<GitOpsTool, Intention>(own === undefined ? [] : [own]);
  if (count === 0) return intended;
  for (let scope: IConstruct | undefined = construct; scope !== undefined; scope = scope.node.scope) {
    for (const [tool, intention] of applied.get(scope) ?? []) intended.set(tool, addFarther(intended.get(tool) ?? {}, intention));
  }
  return intended;
}

/** Adds what a farther scope intends. What says how a Job is started and cleaned up belongs to `run`, and goes with it. */
function addFarther(nearer: Intention, farther: Intention): Intention {
  if (nearer.run === undefined) return { ...farther, ...nearer };
  const { start: _, cleanUp: __, ...rest } = farther;
  return { ...rest, ...nearer };
}
