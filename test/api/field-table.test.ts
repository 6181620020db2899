import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bareName, type Field, formatField, parseField, partOf } from '../../src/api/field-entry';
import { fieldsOfType, isKnownType, knownTypes, scalarOf } from '../../src/api/field-table';
import { fields } from '../../src/api/fields';
import { InternalError } from '../../src/core/errors';

const plain: Field = {
  holds: 'value', type: 'string', format: undefined, required: false, choices: [], list: undefined, keys: [], map: undefined, since: 0,
};

describe('an entry says', () => {
  test.each<[what: string, entry: string, says: Partial<Field>]>([
    ['a scalar', 'string', {}],
    ['a scalar with a format', 'string(int-or-string)', { format: 'int-or-string' }],
    ['an object', 'v1.PodSpec', { type: 'v1.PodSpec' }],
    ['a required field', 'int32 required', { type: 'int32', required: true }],
    ['a choice', 'string required one of In|NotIn', { required: true, choices: ['In', 'NotIn'] }],
    ['a choice of the empty text', 'string one of |File', { choices: ['', 'File'] }],
    ['a choice of words with signs', 'string one of SIGRTMAX-1|SIGRTMIN+1', { choices: ['SIGRTMAX-1', 'SIGRTMIN+1'] }],
    ['a first version', 'boolean since 1.34', { type: 'boolean', since: 34 }],
    ['a choice and a first version', 'string one of A|B since 1.37', { choices: ['A', 'B'], since: 37 }],
    ['a list', 'string[] list=atomic', { holds: 'list', list: 'atomic' }],
    ['a list of different values', 'string[] required list=set', { holds: 'list', required: true, list: 'set' }],
    ['a list with a key', 'v1.EnvVar[] list=map(name) since 1.31', { holds: 'list', type: 'v1.EnvVar', list: 'map', keys: ['name'], since: 31 }],
    ['a list with two keys', 'v1.ContainerPort[] list=map(containerPort,protocol)',
      { holds: 'list', type: 'v1.ContainerPort', list: 'map', keys: ['containerPort', 'protocol'] }],
    ['a map', 'map<string, Quantity>', { holds: 'map', type: 'Quantity' }],
    ['a map that is replaced as a whole', 'map<string, string> map=atomic', { holds: 'map', map: 'atomic' }],
  ])('%s: %s', (_what, entry, says) => {
    expect(parseField(entry)).toEqual({ ...plain, ...says });
  });

  test.each(['', ' ', 'string ', 'string since', 'string since 1.34 required', 'string required required', 'map<int32, string>', 'string[][]', 'string list=other', 'string one of'])(
    'nothing, and that is a bug of ours: "%s"',
    (entry) => {
      expect(() => parseField(entry)).toThrow(InternalError);
    },
  );
});

test('every entry of the table prints back to itself', () => {
  const entries = Object.values(fields).flatMap((members) => Object.values(members));
  expect(entries.length).toBeGreaterThan(500);
  expect(entries.map((entry) => formatField(parseField(entry)))).toEqual(entries);
});

test('every type that a field names is a scalar of JSON or in the table', () => {
  const named = new Set(knownTypes().flatMap((type) => [...fieldsOfType(type).values()].map((field) => field.type)));
  expect([...named].filter((type) => !isKnownType(type)).sort()).toEqual(['boolean', 'int32', 'int64', 'string']);
});

test('the keys of a list are fields of its items', () => {
  const lists = knownTypes().flatMap((type) => [...fieldsOfType(type).values()]).filter(({ keys }) => keys.length > 0);
  expect(lists.length).toBeGreaterThan(10);
  expect(lists.filter(({ type, keys }) => !keys.every((key) => fieldsOfType(type).has(key)))).toEqual([]);
});

test.each<[what: string, entry: string, part: Partial<Field>]>([
  ['an item of a list', 'v1.EnvVar[] required list=map(name)', { type: 'v1.EnvVar' }],
  ['a value of a map', 'map<string, Quantity> since 1.35', { type: 'Quantity' }],
])('%s knows nothing of the whole', (_what, entry, part) => {
  expect(partOf(parseField(entry))).toEqual({ ...plain, ...part });
});

test('a type has the fields of the table', () => {
  expect([...fieldsOfType('v1.EnvVar').keys()]).toEqual(['name', 'value', 'valueFrom']);
  expect(fieldsOfType('v1.EnvVar').get('name')).toEqual({ ...plain, required: true });
  expect(fieldsOfType('v1.EnvVar')).toBe(fieldsOfType('v1.EnvVar'));
  expect(scalarOf('v1.EnvVar')).toBeUndefined();
});

test('a scalar has no fields', () => {
  expect([...fieldsOfType('Time')]).toEqual([]);
  expect(scalarOf('Time')).toEqual({ ...plain, format: 'date-time' });
});

test.each(['v1.Pod', 'constructor', '__proto__', ''])('"%s" is no type of the table', (type) => {
  expect(isKnownType(type)).toBe(false);
  expect([...fieldsOfType(type)]).toEqual([]);
  expect(scalarOf(type)).toBeUndefined();
});

test.each([['v1.JobSpec', 'JobSpec'], ['v1alpha3.TopologyConstraint', 'TopologyConstraint'], ['ObjectMeta', 'ObjectMeta']])('%s is %s without its package', (type, name) => {
  expect(bareName(type)).toBe(name);
});

test('only the field table reads the entries', () => {
  const root = join(__dirname, '..', '..');
  const sources = ['src', 'scripts', 'test', 'bench'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts')).map((path) => join(folder, path)));
  const paths = sources.map((path) => path.replaceAll('\\', '/')).sort();
  const isReader = (path: string): boolean =>
    (path.startsWith('src/api/') ? /from '\.\/fields'/ : /\/api\/fields'/).test(readFileSync(join(root, path), 'utf8'));
  expect(paths.filter(isReader)).toEqual(['src/api/field-table.ts', 'test/api/field-table.test.ts']);
});
