/** The short way to a document's value: where it is taken, it gives what the long way gives. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { difficultText } from './difficult-text';
import { constructValue } from '../../src/yaml/construct-value';
import { buildTree, startOf } from '../../src/yaml/node-tree';
import { parseYaml } from '../../src/yaml/parse-yaml';
import { tryReadSimple } from '../../src/yaml/simple-value';
import { TextFault } from '../../src/yaml/text-fault';

const job = `apiVersion: batch/v1
kind: Job
metadata: {name: etl, labels: {app: 'x'}}
spec:
  parallelism: 3
  template:
    spec:
      containers:
      - name: "main"
        args: [a, 017, 1e3, ~, .5]
        command:
          - |
            echo
          - >-
            a
            b
`;

/** What both ways say of a text, or undefined where the short one is not taken. */
function readBoth(text: string): { readonly short: unknown; readonly long: unknown } | undefined {
  try {
    const { parsed } = parseYaml(text);
    const value = tryReadSimple(parsed);
    if (value === undefined) return undefined;
    const root = buildTree(parsed);
    if (root === undefined) return { short: value, long: undefined };
    return { short: { value, faults: [], start: startOf(parsed) }, long: { ...constructValue(root), start: root.offset } };
  } catch (error) {
    if (error instanceof TextFault) return undefined;
    throw error;
  }
}

test.each<[string, string, boolean]>([
  ['maps, lists and scalars', job, true],
  ['an alias', 'a: &x 1\nb: *x\n', false],
  ['a tag', 'a: !!str 1\n', false],
  ['a merge', '<<: {a: 1}\n', false],
  ['a key that stands twice', 'a: 1\na: 2\n', false],
  ['a key that is no text', '1: a\n', false],
  ['a number that JSON does not have', 'a: .nan\n', false],
  ['a key of which JavaScript thinks its own', '__proto__: 1\n', false],
  ['a key with the name of a method', 'toString: 1\nconstructor: 2\n', true],
])('%s', (_, text, isSimple) => {
  const both = readBoth(text);
  expect(both !== undefined).toBe(isSimple);
  expect(both?.short).toEqual(both?.long);
});

test('texts that kubectl was asked about', () => {
  const texts = readFileSync(join(__dirname, 'vectors', 'reading.jsonl'), 'utf8').trim().split('\n')
    .map((line) => (JSON.parse(line) as { readonly text?: string }).text ?? '');
  const simple = texts.map(readBoth).filter((both) => both !== undefined);
  expect(simple.length).toBeGreaterThan(texts.length / 4);
  expect(simple.map(({ short }) => short)).toEqual(simple.map(({ long }) => long));
});

test('a manifest with something inserted anywhere', () => {
  fc.assert(fc.property(fc.nat(job.length), difficultText, fc.nat(3), (at, inserted, removed) => {
    const both = readBoth(job.slice(0, at) + inserted + job.slice(at + removed));
    expect(both?.short).toEqual(both?.long);
  }), { numRuns: 2000 });
});
