/** Documents that are read line by line: where that is done, it gives what the parser gives. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { difficultText } from './difficult-text';
import { tryReadBlocks } from '../../src/yaml/block-lines';
import { constructValue } from '../../src/yaml/construct-value';
import { buildTree } from '../../src/yaml/node-tree';
import { parseYaml } from '../../src/yaml/parse-yaml';
import { TextFault } from '../../src/yaml/text-fault';

/** How many texts each property draws: CDK8S_JOBS_TEST_RUNS=100000 before a change of the reader. */
const numRuns = Number(process.env.CDK8S_JOBS_TEST_RUNS ?? 2000);

const job = `---
# Loads what came in the night.
apiVersion: batch/v1
kind: Job
metadata:
  name: etl   # its name
  labels: {}
  annotations:
    app.kubernetes.io/part-of: 'the nightly: run'
    note: "a # b"
spec:
  parallelism: 3
  suspend: no
  backoffLimit:
  template:
    spec:
      containers:
      - name: main
        image: registry.example/app:7
        args: ["-c", 'x y', word, -v]
        command:
          - sh
          - -c
          - |
            echo a: b

              echo "$X"
          - |-
            end
      -
        name: other
        env: []
        resources:
          limits:
            cpu: 500m
            memory: 1.5
      restartPolicy: Never
`;

/** What the parser makes of a text, as far as it matters here. */
function parse(text: string): unknown {
  try {
    const { parsed, ignoredFrom } = parseYaml(text);
    const root = buildTree(parsed);
    return root === undefined ? 'nothing' : { ...constructValue(root), start: root.offset, ignoredFrom };
  } catch (error) {
    if (error instanceof TextFault) return error.reason;
    throw error;
  }
}

/** Holds what is read line by line against the parser; says whether it was read. */
function expectAlike(text: string): boolean {
  const blocks = tryReadBlocks(text);
  if (blocks !== undefined) expect({ text, ...blocks, faults: [], ignoredFrom: undefined }).toEqual({ text, ...parse(text) as object });
  return blocks !== undefined;
}

test.each<[string, string]>([
  ['a Job', job],
  ['a list at the top', '- a\n- b: 1\n  c: 2\n- - x\n  - y\n-\n  - z\n'],
  ['a list in line with its key', 'a:\n- b\n-   c: 1\n    d: 2\ne:\n'],
  ['comments anywhere', '# a\n\n  # b\na: # c\n    # d\n  b: 1 # e\n # f\n  c: "x" # g\n# h\n'],
  ['numbers, booleans and nothing', 'a: 017\nb: 1e3\nc: ~\nd: .5\ne: -1\nf: 0x1F\ng: yes\nh: "yes"\ni: -e8\nj: 1_000\n'],
  ['words with signs in them', 'a: x:y\nb: x#y\nc: a  b\nd: $(X) & y\ne: a, [b] {c}\nf: --flag=a\ng: a -b - c\nh: it\'s "so"\n'],
  ['literal texts', 'a: |\n  x\n\n   y: z\n  # no comment\n\n\nb: |-\n    p\n\n# comment\nc:\n- |\n x\n- d: |-\n    y\n  e: 1\n'],
  ['lists of words', 'a: []\nb: [ ]\nc: [a]\nd: ["x, y", \'z\', -c, 1, true]\ne: [ a , b ]\n'],
])('%s is read line by line', (_, text) => {
  expect(expectAlike(text)).toBe(true);
});

test.each<[string, string]>([
  ['no content', '# a\n\n'],
  ['a scalar at the top', 'text\n'],
  ['a key that stands twice', 'a: 1\na: 2\n'],
  ['a key that is no text', 'yes: 1\n'],
  ['a key of which JavaScript thinks its own', '__proto__: 1\n'],
  ['a merge', '<<: {a: 1}\n'],
  ['an anchor', 'a: &x 1\n'],
  ['a tag', 'a: !!str 1\n'],
  ['a text that goes on below', 'a: b\n  c\n'],
  ['a text that goes on below a comment', 'a: b # c\n  d\n'],
  ['a quoted text that goes on below', 'a: "b\n  c"\n'],
  ['an escape', 'a: "\\n"\n'],
  ['two quotes', "a: 'it''s'\n"],
  ['a folded text', 'a: >\n  b\n'],
  ['a literal text that begins with an empty line', 'a: |\n\n  b\n'],
  ['a literal text with a line of blanks that are too few', 'a: |\n  b\n \n  c\n'],
  ['a map in braces', 'a: {b: 1}\n'],
  ['a tab', 'a:\tb\n'],
  ['letters beyond ASCII', 'a: ü\n'],
  ['a number that JavaScript does not have', 'a: 9007199254740993\n'],
  ['a line too far to the right', 'a: 1\n  b: 2\n'],
  ['a line between two levels', 'a:\n    b: 1\n  c: 2\n'],
  ['a text after the end of the document', 'a: 1\n...\nb: 2\n'],
  ['two colons on a line', 'a: b: c\n'],
])('%s is left to the parser', (_, text) => {
  expect(expectAlike(text)).toBe(false);
});

test('texts that kubectl was asked about', () => {
  const texts = readFileSync(join(__dirname, 'vectors', 'reading.jsonl'), 'utf8').trim().split('\n')
    .map((line) => (JSON.parse(line) as { readonly text?: string }).text ?? '');
  expect(texts.filter(expectAlike).length).toBeGreaterThan(texts.length / 8);
});

test('a manifest with something inserted anywhere', () => {
  fc.assert(fc.property(fc.nat(job.length), difficultText, fc.nat(3), (at, inserted, removed) => {
    expectAlike(job.slice(0, at) + inserted + job.slice(at + removed));
  }), { numRuns });
});

test('lines of all kinds, one below the other', () => {
  const line = fc.tuple(fc.nat(4), fc.constantFrom(
    '- a', '- b: 1', '-', '- - c', 'd:', 'e: 1', 'f: |', 'g: |-', '# h', '', 'i: []', 'j: {}', '- |', 'k', '-l', 'm: "n"', "o: 'p' # q", '- r:', '...',
    's: [t, "u"]', 'v:w', 'x: - y', '- z: |', '? a', 'e: 2',
  )).map(([indent, text]) => ' '.repeat(indent) + text);
  fc.assert(fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
    expectAlike(`${lines.join('\n')}\n`);
  }), { numRuns: 5 * numRuns });
});

test('a value of all kinds', () => {
  const lead = fc.constantFrom('a: ', '- ', 'a:\n  - ', '- b: ', 'a: [', 'a: "', "a: '");
  fc.assert(fc.property(lead, difficultText, fc.constantFrom('\n', ']\n', '"\n', "'\n", ' # c\n', '\nb: 1\n'), (before, value, behind) => {
    expectAlike(before + value + behind);
  }), { numRuns: 5 * numRuns });
});
