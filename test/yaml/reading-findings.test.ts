import { readManifests } from '../../src/yaml/read-manifests';
import { findReadingFaults } from '../../src/yaml/reading-findings';

test.each([
  ['a key that is written twice', 'spec:\n  parallelism: 1\n  parallelism: 2\n', ['3:3 yaml-duplicate-key spec.parallelism']],
  ['a merge behind the key that it overwrites', 'x: &x {k: 1}\nz:\n  k: 2\n  <<: *x\n', ['1:8 yaml-merge-overwrites z.k']],
  ['a boolean as a key', 'labels:\n  on: x\n', ['2:3 yaml-key-not-a-string labels[true]']],
  ['a number as a key', 'data:\n  017: x\n', ['2:3 yaml-key-not-a-string data[15]']],
  [
    'keys that become the same text', 'data:\n  1: x\n  "1": y\n',
    ['2:3 yaml-key-not-a-string data[1]', '2:3 yaml-colliding-keys data[1]'],
  ],
  ['text behind three dots', 'a: 1\n...\nkind: Job\n', ['2:1 yaml-text-ignored ']],
  ['text behind a root that has ended', '  a: 1\nb: 2\n', ['2:1 yaml-text-ignored ']],
])('%s is a warning', (_, text, expected) => {
  const found = readManifests(text).flatMap(findReadingFaults);
  expect(found.map(({ line, column, rule, field }) => `${line}:${column} ${rule} ${field}`)).toEqual(expected);
  expect(new Set(found.map(({ severity }) => severity))).toEqual(new Set(['warning']));
});

test.each([
  ['a merge that comes first', 'x: &x {k: 1}\nz:\n  <<: *x\n  k: 2\n'],
  ['comments behind three dots', 'a: 1\n...\n# bye\n'],
  ['quoted keys', 'data:\n  "on": x\n  "1": y\n'],
  ['an alias used twice', 'a: &a {k: 1}\nb: *a\nc: *a\n'],
])('%s is fine', (_, text) => {
  expect(readManifests(text).flatMap(findReadingFaults)).toEqual([]);
});

test('bytes that are no text are a warning', () => {
  const bytes = new Uint8Array([...Buffer.from('a: caf'), 0xe9, 0x0a]);
  expect(readManifests(bytes).flatMap(findReadingFaults)).toMatchObject([{ rule: 'yaml-damaged-text', line: 1 }]);
});
