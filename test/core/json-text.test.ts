import fc from 'fast-check';
import { parseJsonText, writtenJsonOf } from '../../src/core/json-text';

interface Parsed { readonly a: object; readonly b: readonly unknown[]; readonly c: { readonly d: object } }

test('numbers and escapes are remembered as they were written, wherever they stand', () => {
  const value = parseJsonText('{"a": {"n": 1.0, "m": 1, "x": "\\u0031"}, "b": [1e3, [2E0], "x"], "c": {"d": {"big": 9007199254740993}}}') as Parsed;
  expect(writtenJsonOf(value)).toBeUndefined();
  expect(writtenJsonOf(value.a)?.texts).toEqual(new Map([['n', '1.0'], ['x', '"\\u0031"']]));
  expect(writtenJsonOf(value.b)?.texts).toEqual(new Map([[0, '1e3']]));
  expect(writtenJsonOf(value.b[1] as object)?.texts).toEqual(new Map([[0, '2E0']]));
  expect(writtenJsonOf(value.c.d)?.texts).toEqual(new Map([['big', '9007199254740993']]));
});

test('a name that is written twice is known, and the last value counts', () => {
  const value = parseJsonText('{"a": {"n": 1.0, "n": {"m": 1, "m": 2.0}, "k": 3.0}, "b": [], "c": {"d": {}}}') as Parsed & { readonly a: { readonly n: object } };
  expect(writtenJsonOf(value.a)).toEqual({
    texts: new Map([['k', '3.0']]),
    entries: [{ name: 'n', value: 1, text: '1.0' }, { name: 'n', value: { m: 2 } }, { name: 'k', value: 3, text: '3.0' }],
  });
  expect(writtenJsonOf(value.a.n)).toMatchObject({ texts: new Map([['m', '2.0']]), entries: [{ value: 1 }, { value: 2 }] });
});

test('it parses what JSON.parse parses, and remembers nothing of what JSON.stringify writes', () => {
  expect(parseJsonText('{"__proto__": {"a": 1}}')).toEqual(JSON.parse('{"__proto__": {"a": 1}}'));
  fc.assert(fc.property(fc.json(), (text) => {
    const value = parseJsonText(text);
    expect(value).toEqual(JSON.parse(text));
    const again = parseJsonText(JSON.stringify(value).replaceAll(/\\./g, 'x'));
    if (typeof again === 'object' && again !== null) expect(writtenJsonOf(again)?.entries ?? []).toEqual([]);
  }));
});
