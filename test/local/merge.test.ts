import { applyManifest, jsonPatch, mergePatch } from '../../src/local/merge';

const container = (name: string, image: string, more = {}) => ({ name, image, ...more });
const job = (spec: object) => ({ kind: 'Job', metadata: { name: 'j' }, spec });

test.each<[string, object, object | undefined, object, object]>([
  ['a field that is given wins', { parallelism: 1 }, undefined, { parallelism: 2 }, { parallelism: 2 }],
  ['a field that others set stays', { parallelism: 1, backoffLimit: 6 }, undefined, { parallelism: 2 }, { parallelism: 2, backoffLimit: 6 }],
  ['a field that is no longer given goes', { suspend: true, completions: 1 }, { suspend: true }, {}, { completions: 1 }],
  [
    'containers merge by name',
    { template: { spec: { containers: [container('a', 'x:1', { imagePullPolicy: 'Always' }), container('b', 'y:1')] } } },
    { template: { spec: { containers: [container('a', 'x:1'), container('b', 'y:1')] } } },
    { template: { spec: { containers: [container('a', 'x:2')] } } },
    { template: { spec: { containers: [container('a', 'x:2', { imagePullPolicy: 'Always' })] } } },
  ],
  [
    'ports without a protocol are those of TCP',
    { template: { spec: { containers: [container('a', 'x', { ports: [{ containerPort: 80, protocol: 'TCP' }, { containerPort: 80, protocol: 'UDP' }] })] } } },
    undefined,
    { template: { spec: { containers: [container('a', 'x', { ports: [{ containerPort: 80, name: 'web' }] })] } } },
    { template: { spec: { containers: [container('a', 'x', { ports: [{ containerPort: 80, protocol: 'TCP', name: 'web' }, { containerPort: 80, protocol: 'UDP' }] })] } } },
  ],
  [
    'commands are replaced whole',
    { template: { spec: { containers: [container('a', 'x', { command: ['a', 'b'] })] } } },
    undefined,
    { template: { spec: { containers: [container('a', 'x', { command: ['c'] })] } } },
    { template: { spec: { containers: [container('a', 'x', { command: ['c'] })] } } },
  ],
])('applying: %s', (_, live, last, applied, expected) => {
  expect(applyManifest(job(live), last === undefined ? undefined : job(last), job(applied))).toEqual(job(expected));
});

test('a merge patch removes with null and merges objects', () => {
  expect(mergePatch({ a: { b: 1, c: 2 }, d: [1] }, { a: { b: null, e: 3 }, d: [2] })).toEqual({ a: { c: 2, e: 3 }, d: [2] });
});

test('a JSON patch adds, replaces, removes and tests', () => {
  const operations = [
    { op: 'test', path: '/a', value: 1 },
    { op: 'replace', path: '/a', value: 2 },
    { op: 'add', path: '/list/-', value: 3 },
    { op: 'remove', path: '/list/0' },
    { op: 'add', path: '/m/a~1b', value: 'x' },
  ];
  expect(jsonPatch({ a: 1, list: [1, 2], m: {} }, operations)).toEqual({ a: 2, list: [2, 3], m: { 'a/b': 'x' } });
  expect(() => jsonPatch({ a: 1 }, [{ op: 'remove', path: '/b' }])).toThrow('path /b leads nowhere');
});
