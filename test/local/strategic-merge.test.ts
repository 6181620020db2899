import { a, b, strategicCases } from './strategic-cases';
import { strategicMerge } from '../../src/local/strategic-merge';

test.each(strategicCases)('%s', (_, live, patch, merged) => {
  const before = JSON.stringify([live, patch]);
  expect(strategicMerge(live, patch, 'Job')).toEqual(merged);
  expect(JSON.stringify([live, patch])).toBe(before);
});

test('the pod of a Pod has keys too', () => {
  expect(strategicMerge({ spec: { containers: [a, b] } }, { spec: { containers: [{ name: 'b', image: 'b:2' }] } }, 'Pod'))
    .toEqual({ spec: { containers: [a, { name: 'b', image: 'b:2' }] } });
});

test('the lists of a kind that is not known are replaced', () => {
  expect(strategicMerge({ data: { a: '1' }, list: [{ name: 'a' }] }, { data: { b: '2' }, list: [{ name: 'b' }] }, 'ConfigMap'))
    .toEqual({ data: { a: '1', b: '2' }, list: [{ name: 'b' }] });
});
