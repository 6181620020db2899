import { ApiObject, App, Chart } from 'cdk8s';
import fc from 'fast-check';
import { copyPlain } from '../../../src/constructs/render/plain-json';

const values = [fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant(undefined)];

test('plain data is copied as cdk8s copies it', () => {
  const app = new App();
  let count = 0;
  fc.assert(fc.property(fc.object({ key: fc.stringMatching(/^[a-z]{1,4}[A-Z/.-]?$/), maxDepth: 4, values }), (spec) => {
    const chart = new Chart(app, `chart${(count += 1)}`);
    const theirs = new ApiObject(chart, 'object', { apiVersion: 'v1', kind: 'Thing', spec }).toJson().spec;
    expect(JSON.stringify(copyPlain(spec, true))).toBe(JSON.stringify(theirs));
  }), { numRuns: 300 });
});

test('an array keeps its empty places as cdk8s does', () => {
  expect(copyPlain([null, undefined, 1], true)).toEqual([undefined, undefined, 1]);
});
