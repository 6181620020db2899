import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allRules, ruleChapters } from '../../src/rules/all-rules';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'validation-coverage.md'), 'utf8');
/** The cells that name rules: the second ones of each row. */
const named = new Set(page.split('\n').filter((line) => line.startsWith('| ')).flatMap((line) => {
  return [...(line.split(' | ')[1] ?? '').matchAll(/`([a-z0-9]+(?:-[a-z0-9]+)+)`/g)].map(([, id]) => id ?? '');
}));
/** Rules that speak for an API server about a Job or a CronJob, not for a tool or another kind. */
const ofValidation = ruleChapters.filter(({ title }) => !/JobSet|Jobs in Git|Advice|Warnings/.test(title))
  .flatMap(({ groups }) => groups.flatMap(({ rules }) => rules)).filter(({ severity = 'error' }) => severity === 'error');

test('the page about coverage names rules that exist', () => {
  const known = new Set(allRules.map(({ id }) => id));
  expect(named.size).toBeGreaterThan(300);
  expect([...named].filter((id) => !known.has(id))).toEqual([]);
});

test('the page about coverage names every rule about an error of the API server', () => {
  expect(ofValidation.map(({ id }) => id).filter((id) => !named.has(id))).toEqual([]);
});

test('the page about coverage gives every function a rule or a reason', () => {
  expect(page.split('\n').filter((line) => /^\| `\w+` \| \??\s*\|$/.test(line))).toEqual([]);
});
