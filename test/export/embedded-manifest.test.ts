import fc from 'fast-check';
import { parse } from 'yaml';
import { embeddedManifest, hasBraces } from '../../src/export/embedded-manifest';

test.each<readonly [string, object]>([
  ['a command for a template engine', { args: ['render', '{{ .Values.name }}', '{{{x}}}', '{', '{ {'] }],
  ['a script of several lines', { script: 'for x in {{a..b}}; do\n  echo "$x"\ndone\n' }],
  ['a key', { '{{key}}': 1 }],
  ['the escape itself, as text', { a: '\\x7B{{', b: '\\uFDD0', c: '\ufdd1' }],
  ['an object without braces', { a: ['b', { c: 'multi\nline\n' }] }],
])('%s is read back as it was, and Argo finds no parameter in it', (_, object) => {
  const text = embeddedManifest(object);
  expect(parse(text)).toEqual(object);
  expect(text).not.toContain('{{');
});

test('any object is read back as it was, and Argo finds no parameter in it', () => {
  const texts = fc.oneof(fc.string(), fc.stringMatching(/^[{}\\ax7B \n"]{0,12}$/));
  fc.assert(fc.property(fc.dictionary(fc.stringMatching(/^[a-z{]{1,4}$/), fc.array(texts)), (object) => {
    const text = embeddedManifest(object);
    expect(parse(text)).toEqual(object);
    expect(text).not.toContain('{{');
    expect(hasBraces(object)).toBe(JSON.stringify(object).includes('{{'));
  }));
});
