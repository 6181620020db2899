import { types } from 'node:util';
import fc from 'fast-check';
import { copyJson, withFields } from '../../src/core/copy-json';

test('property: a copy is what it was made from, and shares nothing with it', () => {
  fc.assert(fc.property(fc.object({ maxDepth: 4, withNullPrototype: true, withDate: true }), (value) => {
    const copy = copyJson(value);
    expect(withTimes(copy)).toEqual(withTimes(structuredClone(value)));
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

test('property: a copy with more fields is what a spread one is', () => {
  const fields = fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), fc.option(fc.nat(), { nil: undefined }), { noNullPrototype: true });
  fc.assert(fc.property(fields, fields, (object, more) => {
    const copy = withFields(object, more);
    expect(Object.entries(copy)).toEqual(Object.entries({ ...object, ...more }));
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  }));
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

/** A value with its dates as their times: Jest finds no invalid date equal to another. */
function withTimes(value: unknown): unknown {
  if (types.isDate(value)) return { time: value.getTime() };
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withTimes);
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, withTimes(field)]));
}
