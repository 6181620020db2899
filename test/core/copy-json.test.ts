import fc from 'fast-check';
import { copyJson } from '../../src/core/copy-json';

test('property: a copy is what it was made from, and shares nothing with it', () => {
  fc.assert(fc.property(fc.object({ maxDepth: 4, withNullPrototype: true, withDate: true }), (value) => {
    const copy = copyJson(value);
    expect(copy).toEqual(structuredClone(value));
    const before = JSON.stringify(value);
    spoil(copy);
    expect(JSON.stringify(value)).toBe(before);
  }));
});

test('a field called __proto__ is a field like any other', () => {
  const copy = copyJson(JSON.parse('{ "__proto__": { "a": [1] }, "b": 2 }') as object);
  expect(JSON.stringify(copy)).toBe('{"__proto__":{"a":[1]},"b":2}');
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
});

/** Changes everything that is in a value. */
function spoil(value: unknown): void {
  if (typeof value !== 'object' || value === null || value instanceof Date) return;
  const fields = value as Record<string, unknown>;
  for (const name of Object.keys(fields)) {
    spoil(fields[name]);
    fields[name] = 'spoilt';
  }
}
