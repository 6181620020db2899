import fc from 'fast-check';
import { afterLines, countLines, isWholeLines, lastLines, splitLines } from '../../src/core/byte-lines';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

test.each([
  ['', [], true],
  ['\n', ['\n'], true],
  ['a', ['a'], false],
  ['a\nb\n', ['a\n', 'b\n'], true],
  ['\n\na', ['\n', '\n', 'a'], false],
] as const)('the lines of %j are %j', (written, lines, isWhole) => {
  const bytes = Buffer.from(written);
  expect([...splitLines(bytes)].map(text)).toEqual(lines);
  expect(countLines(bytes)).toBe(lines.length);
  expect(isWholeLines(bytes)).toBe(isWhole);
});

test('property: the first lines and the last lines make up the whole', () => {
  fc.assert(fc.property(fc.stringMatching(/^[a\n]{0,12}$/), fc.nat({ max: 14 }), (written, count) => {
    const bytes = Buffer.from(written);
    const lines = [...splitLines(bytes)].map(text);
    expect(text(afterLines(bytes, count))).toBe(lines.slice(count).join(''));
    expect(text(lastLines(bytes, count))).toBe(count === 0 ? '' : lines.slice(-count).join(''));
  }));
});
