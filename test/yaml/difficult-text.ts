import * as fc from 'fast-check';

const words = [
  'y', 'N', 'yes', 'oN', 'off', 'True', 'null', '~', 'nil', 'None', 'NaN', '.nan', '.inf', '-.Inf', '+.INF', '=', '<<', '?', '-', ':', '...', '---',
  '--- a', '... a', '0o17', '0O17', '0B101', '0X1F', '0o7_7', '586E_22', '08_1E3', '1_000', '1:30', '12:30:45', '2026-01-01', '017', '0x1F', '1e3',
  '.5', '._5', '1.', '+1', '-1', 'e8', '-e8', 'e4875786509', '1e400', '1,000', 'a: b', 'a #b', '# c', '* x', '*a', '&a', '!a', '!!int', '%x', '@x',
  '`x`', '{a}', '[a]', '{{ x }}', '| x', '> x', '"q"', "'q'", '\\', '$(VAR)', ':x', 'x:', '- a', '? a', 'a:b', '500m', '1.2.3', '1.2.3-rc1',
  '--flag=v', './x', '../x', '.x', '5%', '10.0.0.1', '0 3 * * *', '* * * * *', 'word '.repeat(20), 'x'.repeat(60), '64Mi', '2E', '1.5Gi',
];
const characters = [
  'a', 'B', '0', '7', '.', '_', '+', '-', 'e', 'o', 'x', ' ', '  ', '\t', '\n', '\n\n', '\r', ':', '#', '"', "'", '\\', '/', '\u0000', '\u0007',
  '\u001b', '\u007f', '\u0080', '\u0085', '\u00a0', 'é', '\u2028', '\u2029', '\ufeff', '\ufffe', '\uffff', '😀', '\u{1f9ff}', '\u{2a6df}', '\u200b',
  '\u202e', '\u3000', '<', '=', '>', '|', '{', '}', '[', ']', ',', '&', '*', '!', '%', '@', '`', '~', '?', ';', '(', ')', '$',
];
const lines = ['a', 'x: y', '- z', '# c', '\tindented', '  indented', 'ends ', 'tab\tinside', '', '', ' ', '---', '...'];

/** Texts that some reader or writer of YAML gets wrong; without half surrogate pairs, which no YAML can carry. */
export const difficultText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...words),
  fc.array(fc.constantFrom(...'0179._eE+-xXoObB'), { minLength: 1, maxLength: 7 }).map((parts) => parts.join('')),
  fc.array(fc.constantFrom(...characters), { maxLength: 7 }).map((parts) => parts.join('')),
  fc.array(fc.constantFrom(...lines), { minLength: 1, maxLength: 6 }).map((parts) => parts.join('\n')),
  fc.tuple(fc.constantFrom(...words), fc.constantFrom(...characters), fc.constantFrom(...words)).map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme' }),
);
