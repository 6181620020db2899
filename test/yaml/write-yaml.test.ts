import * as fc from 'fast-check';
import { load, loadAll, YAML11_SCHEMA } from 'js-yaml';
import { parse } from 'yaml';
import { difficultText } from './difficult-text';
import { readManifests } from '../../src/yaml/read-manifests';
import { writeYaml } from '../../src/yaml/write-yaml';

test('objects are written as people write them', () => {
  const manifest = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'nightly', labels: {}, annotations: { 'example.com/on': 'yes', 'n': '017', 'missing': undefined } },
    spec: {
      schedule: '30 2 * * *',
      suspend: false,
      jobTemplate: {
        spec: {
          parallelism: 2,
          template: {
            spec: {
              containers: [
                { name: 'c', image: 'registry.example/report:3', command: ['sh', '-c', 'set -e\necho "$HOME"\n'], args: [], resources: { limits: { memory: '64Mi', cpu: '1.5' } } },
                { name: 'd', args: [['--flag=x', '5'], { a: 'text without end\nof line' }] },
              ],
            },
          },
        },
      },
    },
  };
  expect(writeYaml(manifest, { b: 1 })).toBe(`apiVersion: batch/v1
kind: CronJob
metadata:
  name: nightly
  labels: {}
  annotations:
    example.com/on: "yes"
    "n": "017"
spec:
  schedule: "30 2 * * *"
  suspend: false
  jobTemplate:
    spec:
      parallelism: 2
      template:
        spec:
          containers:
            - name: c
              image: registry.example/report:3
              command:
                - sh
                - -c
                - |
                  set -e
                  echo "$HOME"
              args: []
              resources:
                limits:
                  memory: 64Mi
                  cpu: "1.5"
            - name: d
              args:
                - - --flag=x
                  - "5"
                - a: |-
                    text without end
                    of line
---
b: 1
`);
});

test.each([
  ['large whole numbers as digits', 1e21, '1000000000000000000000\n'],
  ['small numbers with a point', 1e-7, '1.0e-7\n'],
  ['what JSON has no number for as null', Number.NaN, 'null\n'],
  ['nothing as null', undefined, 'null\n'],
  ['a function as null', () => 1, 'null\n'],
  ['a date as its text', new Date(0), '"1970-01-01T00:00:00.000Z"\n'],
  ['an empty list', [], '[]\n'],
  ['an empty object', {}, '{}\n'],
])('%s', (_, value, text) => {
  expect(writeYaml(value)).toBe(text);
});

test('a long key is announced', () => {
  const key = 'k'.repeat(1100);
  expect(writeYaml({ [key]: { a: 1 } })).toBe(`? ${key}\n:\n  a: 1\n`);
  expect(readManifests(writeYaml({ [key]: { a: 1 } }))[0]?.value).toEqual({ [key]: { a: 1 } });
});

const readers: ReadonlyArray<readonly [name: string, read: (text: string) => unknown]> = [
  ['kubectl', (text) => readManifests(text)[0]?.value],
  ['js-yaml', (text) => load(text)],
  ['js-yaml in YAML 1.1', (text) => load(text, { schema: YAML11_SCHEMA })],
  ['yaml', (text) => parse(text) as unknown],
  ['yaml in YAML 1.1', (text) => parse(text, { version: '1.1' }) as unknown],
];

test.each(readers)('%s reads back every text, wherever it stands', (_, read) => {
  fc.assert(fc.property(difficultText, (text) => {
    const value = { first: text, list: [text, [text]], deep: { er: [{ k: text, z: 1 }] }, last: text };
    expect(read(writeYaml(value))).toEqual(value);
  }), { numRuns: 2000 });
});

test.each(readers)('%s reads back every key', (_, read) => {
  fc.assert(fc.property(difficultText, (text) => {
    fc.pre(text !== '__proto__');
    const value = { a: { [text]: 1, ['z z']: [{ [text]: 'x' }] } };
    expect(read(writeYaml(value))).toEqual(value);
  }), { numRuns: 1000 });
});

test('every reader reads back every JSON value', () => {
  const anyDocuments = fc.array(fc.dictionary(difficultText, fc.jsonValue({ maxDepth: 3 })), { minLength: 1, maxLength: 3 });
  fc.assert(fc.property(anyDocuments, (documents) => {
    const expected = JSON.parse(JSON.stringify(documents)) as unknown[];
    const text = writeYaml(...documents);
    expect(JSON.stringify(loadAll(text))).toBe(JSON.stringify(expected));
    expect(JSON.stringify(readManifests(text).map(({ value }) => value))).toBe(JSON.stringify(expected));
  }), { numRuns: 500 });
});
