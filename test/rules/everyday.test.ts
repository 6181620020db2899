/** Advice must earn its place: what is told by default of manifests as people write them, and what on request. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findErrors, validateManifest } from '../../src/rules/validate-manifest';
import { readManifests } from '../../src/yaml/read-manifests';

const everyday = ['jobs.yaml', 'cron-jobs.yaml']
  .flatMap((name) => readManifests(readFileSync(join(__dirname, 'everyday', name))).map(({ value }) => value));
const accepted = readFileSync(join(__dirname, 'vectors/create.jsonl'), 'utf8').trim().split('\n')
  .map((line) => (JSON.parse(line) as { readonly manifest: unknown }).manifest)
  .filter((manifest) => findErrors(manifest).length === 0);

function adviceOn(manifests: readonly unknown[], advice: 'default' | 'all'): string[] {
  return manifests.flatMap((manifest) => validateManifest(manifest, { advice }).filter(({ severity }) => severity === 'advice').map(({ rule }) => rule));
}

test.each([
  ['everyday manifests', everyday, 30],
  ['what API servers accept of the recorded manifests', accepted, 300],
])('%s get at most one line of advice in five', (_, manifests, least) => {
  expect(manifests.length).toBeGreaterThan(least);
  expect(adviceOn(manifests, 'default').length).toBeLessThanOrEqual(manifests.length / 5);
});

test('everyday manifests are accepted without a warning, and what goes wrong in them is told', () => {
  const told = everyday.flatMap((manifest) => validateManifest(manifest));
  expect(told.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual([
    'advice command-in-words', 'advice schedule-uneven-step', 'advice image-filled-in',
  ]);
});

test('on request the choices are told too, which would be most lines', () => {
  const all = adviceOn(everyday, 'all');
  expect(all.length).toBeGreaterThan(everyday.length / 2);
  expect(new Set(all.filter((rule) => !adviceOn(everyday, 'default').includes(rule)))).toEqual(new Set(['on-failure-hides-logs']));
});
