/** The hash of a Job changes exactly if the API server would refuse the change under one name. */
import fc from 'fast-check';
import { hashOptions as options, isException, pairOf } from './hash-pairs';
import { hashInput, hashedName } from '../../src/gitops/content-hash';
import { findErrors } from '../../src/rules/validate-manifest';
import { validateUpdate } from '../../src/rules/validate-update';
import { randomChanges } from '../cluster/validation/changes';

/** The keys of every object in the opposite order, and nulls where nothing is. */
function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([key, inner]) => [key, reordered(inner)]));
}

test('the hash changes if and only if an update under one name would be refused, and never for the order of keys', () => {
  const seen = { changed: 0, unchanged: 0, grown: 0 };
  fc.assert(fc.property(fc.nat(), (seed) => {
    for (const change of randomChanges(seed, 200)) {
      const pair = pairOf(change);
      if (pair === undefined) continue;
      const [before, after] = pair;
      if ([before, after].some((job) => findErrors(job).length > 0)) continue;
      const isChanged = hashedName(before, 63, options) !== hashedName(after, 63, options);
      const refusals = validateUpdate(before, after).filter(({ severity }) => severity === 'error');
      expect(hashInput(reordered(after), options)).toBe(hashInput(after, options));
      if (isException(before, after) && refusals.length === 0) {
        seen.grown += 1;
        expect(isChanged).toBe(true);
        continue;
      }
      seen[isChanged ? 'changed' : 'unchanged'] += 1;
      if (isChanged !== refusals.length > 0) throw new Error(JSON.stringify({ isChanged, refusals, before, after }, undefined, 1));
    }
  }), { numRuns: 4, endOnFailure: true });
  // What is drawn differs from run to run; either kind must be among it in number.
  expect(seen.changed).toBeGreaterThan(20);
  expect(seen.unchanged).toBeGreaterThan(20);
}, 120_000);
