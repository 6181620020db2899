import { apiServer, defaultMinor } from '../../src/api/api-server';
import { type FeatureGate, type FeatureGates, isOnByDefault } from '../../src/api/feature-gates';
import { FieldPath } from '../../src/core/field-path';
import { type Finding } from '../../src/core/finding';
import { given } from '../../src/core/given';
import { allRules, ruleGroups } from '../../src/rules/all-rules';
import { type Rule, type RuleGroup, Scope } from '../../src/rules/rule/rule';
import { kubernetesVersions } from '../../src/rules/rule/versions';
import { validateManifest } from '../../src/rules/validate-manifest';
import { validateUpdate } from '../../src/rules/validate-update';
import { validateCommitted } from '../gitops/validate-committed';

type Case = [string, Rule, RuleGroup];

const cases: Case[] = ruleGroups.flatMap((group) => group.rules.map((rule): Case => [rule.id, rule, group]));

/** The gates that an example needs, where the newest version that has the rule does not have them so by default. */
function gatesFor({ gate, examples }: Rule, minor: number): FeatureGates | undefined {
  const wanted = [...gate === undefined ? [] : [gate], ...examples.gates ?? []].map((text) => [text.replace('!', '') as FeatureGate, !text.startsWith('!')] as const);
  const set = wanted.filter(([name, isOn]) => isOnByDefault(name, minor) !== isOn);
  return set.length === 0 ? undefined : Object.fromEntries(set);
}

function check(group: RuleGroup, example: object, rule: Rule): Finding[] {
  const minor = rule.examples.minor ?? rule.until ?? defaultMinor;
  const options = { kubernetesVersion: kubernetesVersions.find((text) => text === `1.${minor}`) ?? '1.37', ...given({ featureGates: gatesFor(rule, minor) }) };
  const manifest = group.wrap(example);
  if (group.gitops !== undefined) return validateCommitted((manifest as { readonly items: readonly object[] }).items, group.gitops);
  return 'before' in manifest && 'after' in manifest
    ? validateUpdate(manifest.before, manifest.after, { ...options, advice: 'all' })
    : validateManifest(manifest, { ...options, advice: 'all' });
}

describe.each(cases)('%s', (id, rule, group) => {
  test('finds its bad examples and accepts its good ones', () => {
    for (const bad of rule.examples.bad) {
      expect(check(group, bad, rule)).toContainEqual(expect.objectContaining({ rule: id, type: rule.type, severity: rule.severity ?? 'error' }));
    }
    for (const good of rule.examples.good) {
      const found = check(group, good, rule);
      expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(found.map((finding) => finding.rule)).not.toContain(id);
    }
  });

  test('is well formed', () => {
    // Messages end without a full stop, but for one that the API server writes.
    const message = id === 'iscsi-name-and-portal-within-64-characters' ? rule.message.replace(/\.$/, '') : rule.message;
    expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)+$/);
    expect(message).toMatch(/^(?:|[^.\s].*[^.\s])$/);
    expect(rule.source ?? group.source).toMatch(/\((?:v1|(?:JobSet|Kueue) v0)\.[\d.]+\)|^advice of cdk8s-jobs|^docs\/gitops-cases\.md [AF]\d+/);
    expect(rule.examples.good.length).toBeGreaterThan(0);
    expect(rule.since ?? 31).toBeLessThanOrEqual(rule.until ?? 38);
  });
});

/** A target as examples are, without one field. */
function without(example: object, field: string): object {
  return Object.fromEntries(Object.entries(example).filter(([name]) => name !== field));
}

test.each(cases.filter(([, { when }]) => when !== undefined))('%s finds nothing where the field that it looks at is not there', (_, rule, group) => {
  const { when = '', ...always } = rule as unknown as Rule<object> & { readonly when?: string };
  const examples = group.rules.flatMap(({ examples: { bad, good } }) => [...bad, ...good]);
  for (const example of examples) {
    const scope = new Scope(apiServer(), 'Job');
    // Without its condition, so that it is asked.
    scope.check<object>({ ...group, rules: [always] }, without(example, when), FieldPath.root);
    expect(scope.findings).toEqual([]);
  }
});

test('no two rules have the same id', () => {
  const ids = allRules.map(({ id }) => id);
  expect(ids.filter((id, position) => ids.indexOf(id) !== position)).toEqual([]);
});

test('a message repeats neither the path nor the type of its fault', () => {
  expect(allRules.filter(({ message }) => /^(?:Required|Invalid|Unsupported) value/.test(message))).toEqual([]);
});
