import fc from 'fast-check';
import { findJsonProblem } from '../../src/core/go-json';

describe('what Go says of a text that is no JSON', () => {
  test.each([
    ['x', 'invalid character \'x\' looking for beginning of value'],
    ['é', 'invalid character \'Ã\' looking for beginning of value'],
    ['\u0001', 'invalid character \'\\x01\' looking for beginning of value'],
    ['{1}', 'invalid character \'1\' looking for beginning of object key string'],
    ['{"a" 1}', 'invalid character \'1\' after object key'],
    ['{"a":1 "b"}', 'invalid character \'"\' after object key:value pair'],
    ['[1 2]', 'invalid character \'2\' after array element'],
    ['{} {}', 'invalid character \'{\' after top-level value'],
    ['"\n"', 'invalid character \'\\n\' in string literal'],
    ['"\\q"', 'invalid character \'q\' in string escape code'],
    ['"\\u00g"', 'invalid character \'g\' in \\u hexadecimal character escape'],
    ['-x', 'invalid character \'x\' in numeric literal'],
    ['01', 'invalid character \'1\' after top-level value'],
    ['1.e', 'invalid character \'e\' after decimal point in numeric literal'],
    ['1e', 'invalid character \' \' in exponent of numeric literal'],
    ['falsy', 'invalid character \'y\' in literal false (expecting \'e\')'],
    ['', 'unexpected end of JSON input'],
    ['{"a":', 'unexpected end of JSON input'],
    ['["a', 'unexpected end of JSON input'],
  ])('%j', (text, problem) => {
    expect(findJsonProblem(text)).toBe(problem);
  });
});

test('it finds a problem where JSON.parse does, and nowhere else', () => {
  const nearly = fc.tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', ']', '0', '\\', 'e', '-', ' ', 'é'), fc.boolean());
  fc.assert(fc.property(nearly, ([text, at, character, replaces]) => {
    const place = at % (text.length + 1);
    const other = text.slice(0, place) + character + text.slice(place + (replaces ? 1 : 0));
    expect(findJsonProblem(other) === undefined).toBe(isJson(other));
  }), { numRuns: 2000 });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
