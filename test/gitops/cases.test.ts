/** Every measured case: what is found in its manifests is what docs/gitops-cases.md says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitOpsCases } from './cases';
import { validateCommitted } from './validate-committed';
import { allRules } from '../../src/rules/all-rules';

interface Row {
  readonly id: string;
  readonly committed: string;
  readonly expected: readonly string[];
}

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'gitops-cases.md'), 'utf8');

const rows = page.split('\n').flatMap((line): Row[] => {
  const [, id, committed, findings] = /^\| ([AF]\d+) \| (.*?) \| .* \| (.*?) \|$/.exec(line) ?? [];
  if (id === undefined || committed === undefined || findings === undefined) return [];
  return [{ id, committed, expected: [...findings.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '') }];
});

test.each(rows)('$id: $committed', ({ id, expected }) => {
  const { objects, files } = gitOpsCases[id] ?? { objects: [] };
  expect(objects).not.toEqual([]);
  const found = validateCommitted(objects, id.startsWith('A') ? 'argocd' : 'flux', files).map(({ rule }) => rule);
  expect([...new Set(found)].filter((rule) => /^(?:argocd|flux)-/.test(rule)).sort()).toEqual([...expected].sort());
});

test('every case has its manifests, and each number is given once', () => {
  expect(rows.map(({ id }) => id)).toEqual(Object.keys(gitOpsCases));
});

test.each(allRules.filter(({ id }) => /^(?:argocd|flux)-/.test(id)))('$id names cases that there are', ({ source = '' }) => {
  const cited = source.match(/\b[AF]\d+\b/g) ?? [];
  expect(cited.length).toBeGreaterThan(0);
  expect(cited.filter((id) => !(id in gitOpsCases))).toEqual([]);
});

test('every rule but those about misspelt values is shown by a case', () => {
  const shown = new Set(rows.flatMap(({ expected }) => expected));
  const ours = allRules.map(({ id }) => id).filter((id) => /^(?:argocd|flux)-/.test(id));
  expect(ours.filter((id) => !shown.has(id) && !/-known$|-is-integer$/.test(id))).toEqual([]);
  expect([...shown].filter((id) => !ours.includes(id))).toEqual([]);
});
