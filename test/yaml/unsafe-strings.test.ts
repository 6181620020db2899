import { findUnsafeStrings } from '../../src/yaml/unsafe-strings';

const corrupted: ReadonlyArray<readonly [name: string, text: string, says: string]> = [
  ['DEL refuses the file', 'a\u007fb', 'holds U+007F'],
  ['a C1 control refuses the file', '\u0080', 'holds U+0080'],
  ['a noncharacter refuses the file', 'a\uffff', 'holds U+FFFF'],
  ['half a surrogate pair cannot be written', 'a\ud83d', 'holds U+D83D'],
  ['NEL becomes a blank', 'a\u0085b', 'holds U+0085'],
  ['a line separator breaks a line', 'a\u2028b', 'holds U+2028'],
  ['an octal number of YAML 1.2 loses its spelling', '0o17', 'reads it as 15: write "15"'],
  ['an octal number in capitals', '0O17', 'reads it as 15'],
  ['a binary number in capitals', '0B101', 'reads it as 5'],
  ['a hexadecimal number in capitals', '0X1F', 'reads it as 31'],
  ['underscores in an exponent', '586E_22', 'reads it as 5.86e+24'],
  ['a byte order mark at the start is dropped', '\ufeffa', 'begins with U+FEFF'],
  ['a text of lines that begins with a tab', '\tif x:\n\t\ty\n', 'begins with a tab'],
  ['a tab after empty lines', '\n\n\tx\ny', 'begins with a tab'],
  ['a line of one blank in a long quoted text', 'a fairly long text with a bell \u0007\n \nand more', 'writes a backslash'],
];

const intact: ReadonlyArray<readonly [name: string, text: string]> = [
  ['an ordinary word', 'nightly'],
  ['an empty text', ''],
  ['a word that YAML 1.1 takes for a boolean, because it is quoted', 'yes'],
  ['an octal number of YAML 1.1, because it is quoted', '0777'],
  ['a date, because it is quoted', '2026-01-01'],
  ['an exponent too large for a number', '1e400'],
  ['a script', '#!/bin/sh\nset -e\n\techo hi\n'],
  ['line breaks alone', '\n\n'],
  ['control characters that JSON escapes', 'a\u0007b\u001b'],
  ['emoji', '😀'],
  ['a schedule', '*/5 * * * *'],
  ['the merge sign as a value', '<<'],
];

test.each(corrupted)('%s', (_, text, says) => {
  const [finding] = findUnsafeStrings({ spec: { template: { spec: { containers: [{ env: [{ name: 'X', value: text }] }] } } } });
  expect(finding).toMatchObject({
    rule: 'yaml-writer-corrupts', field: 'spec.template.spec.containers[0].env[0].value', type: 'Invalid', severity: 'error', value: text,
  });
  expect(finding?.message).toContain(says);
});

test.each(intact)('%s arrives as it is', (_, text) => {
  expect(findUnsafeStrings({ a: text, list: [text], nested: { deep: [{ b: text }] } })).toEqual([]);
});

test('the merge sign as a key refuses the whole file', () => {
  expect(findUnsafeStrings({ metadata: { annotations: { '<<': 'x' } } })).toMatchObject([
    { field: 'metadata.annotations[<<]', message: expect.stringContaining('the key is written without quotes') },
  ]);
});

test('a number as a key changes the key, and a map key is printed in brackets', () => {
  expect(findUnsafeStrings({ metadata: { labels: { '0o17': '0o20' } } }).map(({ field }) => field)).toEqual([
    'metadata.labels[0o17]', 'metadata.labels[0o17]',
  ]);
});

test('long runs of blanks are no finding (and a quadratic search of them would not come back)', () => {
  const long = ' '.repeat(200_000);
  expect(findUnsafeStrings({ a: `${long}x`, b: `${long}\n${long}x\n${long}` })).toEqual([]);
});

test('numbers, booleans and nothing are no strings', () => {
  expect(findUnsafeStrings({ a: 15, b: true, c: null, d: undefined })).toEqual([]);
});
