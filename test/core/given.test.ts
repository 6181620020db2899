import { given } from '../../src/core/given';

test('a field that is undefined is left out, and no other', () => {
  expect(Object.entries(given({ a: 1, b: undefined, c: null, d: '', e: 0, f: false }))).toEqual([['a', 1], ['c', null], ['d', ''], ['e', 0], ['f', false]]);
});

test('what is given to it stays as it is', () => {
  const fields = { a: undefined, b: 2 };
  given(fields);
  expect(Object.keys(fields)).toEqual(['a', 'b']);
});

test('a field that may be undefined becomes one that may be missing, the others stay required', () => {
  const read = (namespace: string | undefined): { readonly name: string; readonly namespace?: string } => given({ name: 'demo', namespace });
  expect(read(undefined)).toStrictEqual({ name: 'demo' });
  expect(read('jobs')).toStrictEqual({ name: 'demo', namespace: 'jobs' });
});

test('a field that is missing already stays missing', () => {
  const read = (options: { readonly limit?: number }): { readonly limit?: number } => given(options);
  expect(read({})).toStrictEqual({});
});
