import { asObject, isObject, isPlainObject, ownFields, valueAt } from '../../src/core/json';

test.each([[{}], [{ a: 1 }], [Object.create(null)], [new Date(0)]])('%p has fields', (value) => {
  expect(isObject(value)).toBe(true);
  expect(asObject(value)).toBe(value);
});

test.each([[undefined], [null], [[]], ['text'], [1], [true]])('%p has none', (value) => {
  expect(isObject(value)).toBe(false);
  expect(asObject(value)).toEqual({});
});

test.each<[unknown, boolean]>([
  [{}, true],
  [Object.create(null), true],
  [JSON.parse('{ "a": 1 }'), true],
  [new Date(0), false],
  [new (class Labels {})(), false],
  [[], false],
  [null, false],
  ['text', false],
])('%p is a plain object: %p', (value, isPlain) => {
  expect(isPlainObject(value)).toBe(isPlain);
});

const pod = { metadata: { name: 'demo', labels: null }, spec: { containers: [{ name: 'main' }] } };

test.each<[string, unknown]>([
  ['', pod],
  ['metadata.name', 'demo'],
  ['metadata.labels', null],
  ['metadata.labels.app', undefined],
  ['metadata.name.length', undefined],
  ['metadata.uid', undefined],
  ['metadata.constructor', undefined],
  ['spec.containers.0', undefined],
  ['status.phase', undefined],
])('at "%s" stands %p', (path, value) => {
  expect(valueAt(pod, path === '' ? [] : path.split('.'))).toBe(value);
});

test('the fields of a class are its own and its accessors, those of its base too, and no methods', () => {
  class Base { public get a(): number { return 1; } public get b(): number { return 1; } }
  class Derived extends Base { public override get b(): number { return 2; } public readonly c = 3; public d(): number { return 4; } }
  expect(ownFields(asObject(new Derived()))).toEqual({ a: 1, b: 2, c: 3 });
  const plain = { a: 1 };
  expect(ownFields(plain)).toBe(plain);
  expect(ownFields(Object.create(null) as object as { a: 1 })).toEqual({});
});
