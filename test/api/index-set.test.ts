import fc from 'fast-check';
import {
  containsIndex, countIndexes, formatIndexSet, indexesOf, parseIndexSet, sizeOfIndexSet, toIndexSet, uniteIndexSets,
} from '../../src/api/index-set';

describe('what the Job controller reads', () => {
  test.each<[string, string, number, number[]]>([
    ['nothing', '', 5, []],
    ['single indexes and spans', '0,3-5', 10, [0, 3, 4, 5]],
    ['neighbours as one span', '1,2,3', 10, [1, 2, 3]],
    ['nothing at or above completions', '0-3,5', 2, [0, 1]],
    ['past what cannot be read', 'x,2', 10, [2]],
  ])('%s', (_, text, completions, indexes) => {
    expect([...indexesOf(parseIndexSet(text, completions))]).toEqual(indexes);
  });
});

test.each([
  [[], ''],
  [[4], '4'],
  [[1, 2], '1,2'],
  [[1, 2, 3, 7, 9, 8], '1-3,7-9'],
])('%j is written %j', (indexes, text) => {
  expect(formatIndexSet(toIndexSet(indexes))).toBe(text);
});

describe('what the API server makes of succeededIndexes with 5 completions', () => {
  test.each([['', 0], ['0', 1], ['0-4', 5], ['0,2-3', 3], ['+1,03', 2]])('%j lists %i', (text, size) => {
    expect(countIndexes(text, 5)).toEqual({ size });
  });
  test.each(['5', '0-5', '1-1', '3-2', '2,1', '0-2,2-3', '1-2-3', '1, 2', '1,', '-1', 'a', ',1', '1--2'])('%j is refused', (text) => {
    expect(countIndexes(text, 5)).toEqual({ problem: expect.any(String) });
  });
});

describe('properties', () => {
  const indexes = fc.uniqueArray(fc.nat(200));
  test('writing and reading gives the same set', () => {
    fc.assert(fc.property(indexes, (some) => {
      const set = toIndexSet(some);
      expect(parseIndexSet(formatIndexSet(set))).toEqual(set);
      expect(sizeOfIndexSet(set)).toBe(some.length);
    }));
  });
  test('membership and union agree with sets of numbers', () => {
    fc.assert(fc.property(indexes, indexes, fc.nat(200), (one, other, index) => {
      const union = uniteIndexSets(toIndexSet(one), toIndexSet(other));
      expect(containsIndex(union, index)).toBe(one.includes(index) || other.includes(index));
      expect(union).toEqual(toIndexSet([...one, ...other]));
    }));
  });
});
