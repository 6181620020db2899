import { isEqual, isEqualBut } from '../../src/engine/equal';

test.each<readonly [unknown, unknown, boolean]>([
  [{ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 }, true],
  [{ a: 1, b: undefined }, { a: 1 }, true],
  [{ a: 1 }, { a: 1, b: undefined }, true],
  [{ a: 1 }, { a: 1, b: 2 }, false],
  [{ a: 1, b: 2 }, { a: 1 }, false],
  [{ a: null }, { a: undefined }, false],
  [[1, 2], [2, 1], false],
  [[], {}, false],
])('%j and %j: equal is %p', (one, other, expected) => {
  expect(isEqual(one, other)).toBe(expected);
});

test.each<readonly [object, object, boolean]>([
  [{ a: 1, x: 1 }, { a: 1, x: 2 }, true],
  [{ a: 1, x: 1 }, { a: 1 }, true],
  [{ a: 1 }, { a: 1, x: 2 }, true],
  [{ a: 1, x: 1 }, { a: 2, x: 1 }, false],
  [{ a: { x: 1 } }, { a: { x: 2 } }, false],
])('%j and %j: equal but for the field x is %p', (one, other, expected) => {
  expect(isEqualBut(one, other, 'x')).toBe(expected);
});
