import { ManifestSyntaxError } from '../../src/core/errors';
import { readManifests, readManifestStream } from '../../src/yaml/read-manifests';

function valuesOf(text: string | Uint8Array): unknown[] {
  return readManifests(text).map(({ value }) => value);
}

const accepted: ReadonlyArray<readonly [name: string, text: string, values: readonly unknown[]]> = [
  ['an empty text has no documents', '', []],
  ['comments and separators are no documents', '# a\n---\n# b\n---\n', []],
  ['null documents are none', 'null\n---\na: 1\n', [{ a: 1 }]],
  ['words of YAML 1.1 are booleans', 'a: yes\nb: Off\nc: tRUE\n', [{ a: true, b: false, c: 'tRUE' }]],
  ['numbers of YAML 1.1 and of Go', 'a: 017\nb: 0o17\nc: 0X1f\nd: 1_000\ne: 1e3\nf: 08\n', [{ a: 15, b: 15, c: 31, d: 1000, e: 1000, f: 8 }]],
  ['numbers beyond all floats are strings', 'a: 1e400\nb: 18446744073709551615\n', [{ a: '1e400', b: 18446744073709552000 }]],
  ['times and dates are strings', 'a: 12:30:45\nb: 2026-01-01\n', [{ a: '12:30:45', b: '2026-01-01' }]],
  ['keys become strings', 'y: 1\n017: 2\n1.5: 3\n16777217.0: 4\n', [{ 'true': 1, '15': 2, '1.5': 3, '1.6777216e+07': 4 }]],
  ['tags decide', 'a: !!str 5\nb: !!int "5"\nc: !x 5\nd: !!binary aGk=\n', [{ a: '5', b: 5, c: '5', d: 'hi' }]],
  ['a merge is written where it stands', 's: &x {a: 1, b: 1}\nt: {a: 2, <<: *x, b: 2}\n', [{ s: { a: 1, b: 1 }, t: { a: 1, b: 2 } }]],
  ['the first of several merged maps wins', 's: &x {a: 1}\nt: &y {a: 2}\nu: {<<: [*x, *y]}\n', [{ s: { a: 1 }, t: { a: 2 }, u: { a: 1 } }]],
  ['the last of two equal keys wins whole', 'a: {b: 1}\na: {c: 1}\n', [{ a: { c: 1 } }]],
  ['what follows three dots is ignored', 'a: 1\n...\nb: {\n---\nc: 1\n', [{ a: 1 }, { c: 1 }]],
  ['what follows a root that has ended is ignored', '  a: 1\nb: 2\n', [{ a: 1 }]],
  ['JSON values follow each other', '{"a":1}{"b":2}\n{"c":3}', [{ a: 1 }, { b: 2 }, { c: 3 }]],
  ['JSON with a comment is YAML', '{"a": 1, # one\n}', [{ a: 1 }]],
  ['a quoted text may continue in column 0', 'a:\n  b: "x\ny"\n', [{ a: { b: 'x y' } }]],
  ['a flow collection may end in column 0', 'a:\n  b: {\n}\n  c: [\n1,\n]\n', [{ a: { b: {}, c: [1] } }]],
  ['a comment may follow a quote', 'a: "x"#c\nb: |#c\n  y\n', [{ a: 'x', b: 'y\n' }]],
  ['Windows line breaks are line breaks', 'a: |\r\n  x\r\n  y\r\n', [{ a: 'x\ny\n' }]],
  ['__proto__ is a key', '__proto__: 1\n', [JSON.parse('{"__proto__":1}')]],
];

test.each(accepted)('%s', (_, text, values) => {
  expect(JSON.stringify(valuesOf(text))).toBe(JSON.stringify(values));
});

const refused: ReadonlyArray<readonly [name: string, text: string, line: number, column: number, says: string]> = [
  ['text behind a separator', 'a: 1\n--- x\n', 2, 1, 'invalid Yaml document separator: x'],
  ['an unclosed quote', 'a: 1\nb: "x\n', 3, 1, 'unexpected end'],
  ['a control character, even in a comment', 'a: 1\nb: 2 # \u0007\n', 2, 8, 'control characters'],
  ['an unknown anchor', 'a: 1\n---\n\nb: *x\n', 4, 4, 'unknown anchor'],
  ['a self-reference', 'a: &a [*a]\n', 1, 8, 'contains itself'],
  ['a null key', 'a: 1\n~: 1\n', 2, 1, 'unsupported map key'],
  ['an infinite number', 'a:\n- .inf\n', 2, 3, 'unsupported value: +Inf'],
  ['an escape of JSON', 'a: "\\/"\n', 1, 5, 'unknown escape'],
  ['a tab as indentation', 'a:\n\tb: 1\n', 2, 1, 'tab'],
  ['a tab behind a dash', 'a:\n-\tb: 1\n', 2, 2, 'tab'],
  ['a question mark in a flow collection', 'a: [http://x/?q]\n', 1, 14, 'must be quoted'],
  ['no blank behind a colon in a flow collection', 'a: {b:{}}\n', 1, 6, 'blank'],
  ['a merge of something else', 'a: {<<: 1}\n', 1, 9, 'map merge requires'],
  ['a directive', '%YAML 1.1\n---\na: 1\n', 1, 1, 'directives'],
  ['three JSON values and a fault', '{}{}\n{,', 2, 2, 'invalid JSON'],
];

test.each(refused)('%s is refused with its place', (_, text, line, column, says) => {
  const { error } = readManifestStream(text);
  expect(error).toBeInstanceOf(ManifestSyntaxError);
  expect({ line: error?.line, column: error?.column }).toEqual({ line, column });
  expect(error?.message).toContain(says);
  expect(() => readManifests(text)).toThrow(ManifestSyntaxError);
});

test('an alias bomb is refused before it is built', () => {
  const levels = ['a: &a [x,x,x,x,x,x,x,x,x]', ...'bcdefghi'.split('').map((name, level) => `${name}: &${name} [${`*${'abcdefgh'[level] ?? ''},`.repeat(9)}]`)];
  expect(readManifestStream(levels.join('\n')).error?.message).toBe('document contains excessive aliasing');
});

test('documents before a fault are delivered with it', () => {
  const { documents, phase } = readManifestStream('a: 1\n---\nb: [\n---\nc: 1\n');
  expect(documents.map(({ value }) => value)).toEqual([{ a: 1 }]);
  expect(phase).toBe('parse');
});

test('a document knows the line on which its content begins', () => {
  expect(readManifests('# one\n\na: 1\n---\n\n# two\nb: 1\n').map(({ line }) => line)).toEqual([3, 7]);
  expect(readManifests('\n{"a":1}\n\n{"b":2}').map(({ line }) => line)).toEqual([2, 4]);
});

test('bytes are decoded by their byte order mark', () => {
  expect(valuesOf(new Uint8Array([0xff, 0xfe, 0x61, 0, 0x3a, 0, 0x20, 0, 0x31, 0]))).toEqual([{ a: 1 }]);
  expect(valuesOf(new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0x3a, 0x20, 0x31]))).toEqual([{ a: 1 }]);
  expect(valuesOf(new Uint8Array([0x61, 0x3a, 0x20, 0xff]))).toEqual([{ a: '\ufffd' }]);
});

test('nesting as deep as kubectl allows neither overflows nor hangs', () => {
  const nested = (depth: number): string => `a: ${'['.repeat(depth)}${']'.repeat(depth)}\n`;
  expect(readManifestStream(nested(500)).error).toBeUndefined();
  for (const depth of [2000, 5000, 9000]) expect(readManifestStream(nested(depth)).error?.message ?? 'deep').toContain('deep');
  expect(readManifestStream(nested(10_001)).error?.message).toContain('deep');
  expect(readManifestStream(`{"a":${'['.repeat(10_001)}${']'.repeat(10_001)}}`).error?.message).toContain('depth');
});

test.each<[string, string, boolean]>([
  ['a name that is an action', 'metadata:\n  name: {{ .Release.Name }}\n', true],
  ['an action around the whole', '{{- if .Values.enabled }}\nkind: Job\n{{- end }}\n', true],
  ['an action beside text', 'metadata:\n  name: {{ .Release.Name }}-x\nspec: {}\n', true],
  ['a fault after the line of an action', 'metadata:\n  {{- include "labels" . }}\n  name: x\n', true],
  ['braces in quotes', 'args: ["{{inputs.x}}", *none]\n', false],
  ['braces in a comment', 'a: [ # {{ x }}\n', false],
  ['a fault far from an action', 'a: |\n  {{ x }}\nb: 1\nc: 2\nd: [\n', false],
  ['another fault', 'a: [\n', false],
])('what cannot be read is told from a template of Helm: %s', (_, text, isTold) => {
  const { error, hint } = readManifestStream(text);
  expect(error).toBeDefined();
  expect(hint).toBe(isTold ? 'a template of Helm is no manifest: use what it renders' : undefined);
});
