import { Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { difficultText } from './difficult-text';
import { yamlWriter } from '../../src/yaml/write-like-yaml';

/** How many values each property draws: few by default, CDK8S_JOBS_TEST_RUNS=100000 before a change of the writer. */
const numRuns = Number(process.env.CDK8S_JOBS_TEST_RUNS ?? 500);

const cdk8s = (...documents: unknown[]): string => Yaml.stringify(...documents);
const write = yamlWriter((document) => Yaml.stringify(document));
const ours = (...documents: unknown[]): string => write(documents);

const shared = { a: 1 };
const circle: { self?: unknown; list: unknown[] } = { list: [] };
circle.self = circle;

test.each<[string, unknown[]]>([
  ['a Job as people write it', [{
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'etl', labels: {}, annotations: { 'example.com/on': 'yes', 'n': '017' } },
    spec: {
      backoffLimit: 4,
      template: {
        spec: {
          containers: [{
            name: 'c',
            image: 'registry.example/app:7',
            command: ['sh', '-c', 'set -e\n\n  echo "$HOME" # x\nexit 0\n'],
            args: [],
            env: [{ name: 'AT', value: '30 2 * * *' }, { name: 'STARS', value: '* * *' }, { name: 'EMPTY', value: '' }, { name: 'N', value: '7' }],
            resources: { limits: { cpu: '1.5', memory: '64Mi' }, requests: { cpu: '500m' } },
          }],
        },
      },
    },
  }]],
  ['no document', []],
  ['documents that are missing, null and texts', [undefined, null, 'text', 1, [], {}, undefined]],
  ['lists in lists', [[[1, [2, []]], [[]], [{ a: [[{}]] }]]]],
  ['an object in two places', [{ x: shared, y: [shared, shared] }]],
  ['an empty list in two places', [{ x: circle.list, y: circle.list }]],
  ['an object in itself', [circle]],
  ['the same object in two documents', [{ shared }, { shared }]],
  ['what is no plain data', [{ d: new Date(0) }, { m: new Map([[1, 2]]) }, { s: new Set([1]) }, { b: new Uint8Array([1, 2]) }, { e: Object('boxed') as unknown }]],
  ['objects that say how they are written', [{ a: { toJSON: () => ({ b: 1 }) } }, { toJSON: () => [1] }]],
  ['objects without a prototype, of a class, and with symbols', [Object.create(null), { a: Object.assign(Object.create({ z: 1 }) as object, { b: 1 }) }, { a: { [Symbol.iterator]: () => [1][Symbol.iterator]() } }]],
  ['entries that are undefined', [{ a: undefined, b: [undefined, null], c: { d: undefined } }]],
  ['numbers of all kinds', [[0, -0, 1.5, -1, 1e21, 1e-7, Number.NaN, Infinity, -Infinity, 2 ** 53, 123456789012345680000, 10n]]],
  ['long keys', [{ ['k'.repeat(999)]: 1 }, { ['k'.repeat(1024)]: 1 }, { ['k'.repeat(1025)]: { a: 1 } }, { [`${'k'.repeat(1022)}: `]: 1 }]],
  ['keys that are no words', [{ '': 1, '1': 2, 'true': 3, 'a: b': 4, '- x': 5, '? y': 6, '__proto__x': 7, 'a\nb': 8, '"q"': 9, "'": 10 }]],
])('%s', (_, documents) => {
  expect(ours(...documents)).toBe(cdk8s(...documents));
});

test('a value that nobody can write is refused as cdk8s refuses it', () => {
  expect(() => ours({ a: Symbol('x') })).toThrow(captured(() => cdk8s({ a: Symbol('x') })));
});

function captured(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

const printable = fc.string({ unit: fc.constantFrom(...' :#-?,[]{}&*!|>\'"%@`~=<+./\\$()_^;eEyYnN017aBz'), maxLength: 12 });
const lines = fc.array(fc.oneof(printable, fc.constantFrom('', '', 'echo a', '  b')), { minLength: 2, maxLength: 5 }).map((parts) => parts.join('\n'));
const anyText = fc.oneof(printable, lines, difficultText, fc.stringMatching(/^[-+0-9.eEoxbMmiKG:]{1,8}$/));

test('every text comes out as from cdk8s, wherever it stands', () => {
  fc.assert(fc.property(anyText, (text) => {
    const document = { first: text, list: [text, [text]], deep: { er: [{ k: text, z: 1 }, { [`a${text}`]: text }] }, last: text };
    expect(ours(document)).toBe(cdk8s(document));
  }), { numRuns });
});

test('every key comes out as from cdk8s', () => {
  fc.assert(fc.property(anyText, (text) => {
    const document = { a: { [text]: 1, z: [{ [text]: [] }] }, [text]: { [text]: 'x' } };
    expect(ours(document)).toBe(cdk8s(document));
  }), { numRuns });
});

const anyDocument = fc.oneof(fc.jsonValue({ maxDepth: 4 }), fc.dictionary(anyText, fc.jsonValue({ maxDepth: 3 })));

test('every JSON value comes out as from cdk8s', () => {
  fc.assert(fc.property(fc.array(anyDocument, { maxLength: 3 }), (documents) => {
    expect(ours(...documents)).toBe(cdk8s(...documents));
  }), { numRuns });
});
