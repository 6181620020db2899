import type { JobSpec } from '../../../src/api/kubernetes';
import type { JobScript, PodRun } from '../../../src/testing/pod-script';
import { type Random, pick, seededRandom } from '../validation/mutate';

/** A Job, and what its pods do. */
export interface RandomScenario {
  readonly name: string;
  readonly manifest: object;
  readonly script: JobScript;
}

/** Scenarios in which retries, policies and limits meet; the same seed gives the same ones. */
export function randomScenarios(seed: number, count: number): readonly RandomScenario[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, position) => {
    const isIndexed = random() < 0.7;
    const completions = 1 + Math.floor(random() * 5);
    const isPerIndex = isIndexed && random() < 0.5;
    const rules = random() < 0.5 ? rulesOf(isPerIndex, random) : [];
    const spec: Partial<JobSpec> = {
      completions,
      parallelism: 1 + Math.floor(random() * (completions + 1)),
      ...isIndexed ? { completionMode: 'Indexed' } : {},
      ...isPerIndex ? limitsOf(completions, random) : { backoffLimit: Math.floor(random() * 3) },
      ...rules.length > 0 ? { podFailurePolicy: { rules } } : random() < 0.3 ? { podReplacementPolicy: 'Failed' } : {},
      ...isIndexed && random() < 0.3 ? { successPolicy: { rules: [successOf(completions, random)] } } : {},
      ...random() < 0.15 ? { activeDeadlineSeconds: 5 } : {},
    };
    const name = `scenario-${position}`;
    const template = { spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 5, containers: [{ name: 'main', image: 'x' }] } };
    return { name, manifest: { apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: { ...spec, template } }, script: scriptOf(isIndexed, completions, random) };
  });
}

function limitsOf(completions: number, random: Random): Partial<JobSpec> {
  const most = Math.floor(random() * completions);
  return { backoffLimitPerIndex: Math.floor(random() * 2), ...random() < 0.5 ? { maxFailedIndexes: most } : {} };
}

type Rule = NonNullable<JobSpec['podFailurePolicy']>['rules'][number];

function rulesOf(isPerIndex: boolean, random: Random): readonly Rule[] {
  const rule = (action: Rule['action'], code: number): Rule => ({ action, onExitCodes: { operator: 'In', values: [code] } });
  const rules = [rule('FailJob', 42), rule('Ignore', 3), rule('Count', 1), ...isPerIndex ? [rule('FailIndex', 13)] : []];
  const some = rules.filter(() => random() < 0.6);
  return some.length > 0 ? some : rules;
}

function successOf(completions: number, random: Random): { readonly succeededCount?: number; readonly succeededIndexes?: string } {
  const last = Math.floor(random() * completions);
  return random() < 0.5 ? { succeededCount: 1 + last } : { succeededIndexes: last === 0 ? '0' : `0-${last}` };
}

/**
 * Failures first and a success last, mostly; what is ignored would otherwise be tried again for ever.
 *
 * Ends and new pods come at 2.5, 3.5, 6 and 9 seconds: a real cluster is later by up to a second, and the deadline of 5 stands between.
 */
function scriptOf(isIndexed: boolean, completions: number, random: Random): JobScript {
  const last: PodRun = { after: 2.5, exit: 0 };
  const run = (): PodRun => ({ after: pick([2.5, 9], random) ?? 9, exit: pick([0, 0, 1, 3, 13, 42], random) ?? 0 });
  const runs = (): readonly PodRun[] => [...Array.from({ length: Math.floor(random() * 3) }, run), last];
  if (!isIndexed) return { byOrder: runs() };
  return { byIndex: Object.fromEntries(Array.from({ length: completions }, (_, index) => [String(index), runs()])) };
}
