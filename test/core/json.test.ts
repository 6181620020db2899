import { fieldsOf, isObject, valueAt } from '../../src/core/json';

test.each([[{}], [{ a: 1 }], [Object.create(null)], [new Date(0)]])('%p has fields', (value) => {
  expect(isObject(value)).toBe(true);
  expect(fieldsOf(value)).toBe(value);
});

test.each([[undefined], [null], [[]], ['text'], [1], [true]])('%p has none', (value) => {
  expect(isObject(value)).toBe(false);
  expect(fieldsOf(value)).toEqual({});
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
