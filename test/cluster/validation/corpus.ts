import { validationVectors } from './vectors';
import { ruleGroups } from '../../../src/rules/all-rules';

/** Manifests to make others from: the recorded ones and every rule's examples, as Jobs and as CronJobs; the same list at each call. */
export function corpus(): object[] {
  const recorded = validationVectors().filter(({ text }) => isHarmless(text)).map(({ manifest }) => manifest);
  const examples = ruleGroups.flatMap(({ rules, wrap }) =>
    rules.flatMap(({ examples: { bad, good } }) => [...bad, ...good].map((example) => wrap(example))));
  return [...recorded, ...examples.filter(isManifest).flatMap((manifest) => [manifest, asCronJob(manifest)])];
}

/** Pairs of manifests before and after a change: those that the rules for updates have as examples. */
export function changes(): Array<{ readonly before: object; readonly after: object }> {
  const pairs = ruleGroups.flatMap(({ rules, wrap }) =>
    rules.flatMap(({ examples: { bad, good } }) => [...bad, ...good].map((example) => wrap(example))));
  return pairs.filter((pair) => 'before' in pair && 'after' in pair) as Array<{ before: object; after: object }>;
}

/** Without integers that JavaScript would change on the way, and without quantities that keep a server busy for minutes. */
function isHarmless(text: string): boolean {
  return !/\d{16}|\d[eE]\d{3}/.test(text);
}

function isManifest(manifest: object): boolean {
  // Only kinds of the API server's own: what judges a JobSet is not there.
  if ('before' in manifest || !('apiVersion' in manifest) || String(manifest.apiVersion).startsWith('jobset.')) return false;
  const text = JSON.stringify(manifest, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  return isHarmless(text) && text.length < 10_000;
}

function asCronJob(manifest: { kind?: unknown; spec?: unknown }): object {
  return manifest.kind === 'Job' ? { ...manifest, kind: 'CronJob', spec: { schedule: '@daily', jobTemplate: { spec: manifest.spec } } } : manifest;
}
