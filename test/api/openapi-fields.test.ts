import { minorOf, readFieldTable } from '../../scripts/field-table-file';
import { type OpenApiDocument, readTypes } from '../../scripts/openapi-fields';
import { kubernetesVersions } from '../../src/rules/rule/versions';

const kinds = { 'io.k8s.api.batch.v1.Job': { properties: {} }, 'io.k8s.api.batch.v1.CronJob': { properties: {} } };
const text = { type: 'string' };
const reference = (schema: string): object => ({ $ref: `#/components/schemas/${schema}` });
const documentOf = (schemas: object): OpenApiDocument => ({ components: { schemas: { ...kinds, ...schemas } } }) as OpenApiDocument;
const jobWith = (field: object, others: object = {}): OpenApiDocument => documentOf({ 'io.k8s.api.batch.v1.Job': { properties: { field } }, ...others });

describe('a schema becomes the entry', () => {
  test.each<[schema: object, entry: string]>([
    [text, 'string'],
    [{ type: 'boolean', default: false }, 'boolean'],
    [{ type: 'integer', format: 'int32' }, 'int32'],
    [{ type: 'string', enum: ['', 'File'] }, 'string one of |File'],
    [{ 'type': 'array', 'items': text, 'x-kubernetes-list-type': 'set' }, 'string[] list=set'],
    [{ 'type': 'array', 'items': { ...text, enum: ['A'] }, 'x-kubernetes-list-type': 'atomic' }, 'string[] list=atomic'],
    [{ type: 'object', additionalProperties: text }, 'map<string, string>'],
    [{ 'type': 'object', 'additionalProperties': text, 'x-kubernetes-map-type': 'atomic' }, 'map<string, string> map=atomic'],
  ])('%j: %s', (schema, entry) => {
    expect(readTypes(jobWith(schema))['v1.Job']).toEqual({ field: entry });
  });

  const port = { 'io.k8s.api.core.v1.Port': { 'properties': { name: text, number: text }, 'required': ['number'], 'x-kubernetes-map-type': 'atomic' } };
  test.each<[how: string, schema: object, entry: string]>([
    ['plainly', reference('io.k8s.api.core.v1.Port'), 'v1.Port'],
    ['beside a default', { allOf: [reference('io.k8s.api.core.v1.Port')], default: {} }, 'v1.Port'],
    ['in a list', { 'type': 'array', 'items': reference('io.k8s.api.core.v1.Port'), 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] }, 'v1.Port[] list=map(name)'],
    ['in a list, beside a default', { 'type': 'array', 'items': { allOf: [reference('io.k8s.api.core.v1.Port')] }, 'x-kubernetes-list-type': 'atomic' }, 'v1.Port[] list=atomic'],
    ['in a map', { type: 'object', additionalProperties: reference('io.k8s.api.core.v1.Port') }, 'map<string, v1.Port>'],
  ])('of a type that it names %s, and the type comes along', (_how, schema, entry) => {
    expect(readTypes(jobWith(schema, port))).toEqual({
      'v1.CronJob': {}, 'v1.Job': { field: entry }, 'v1.Port': { name: 'string', number: 'string required' },
    });
  });

  test.each<[schema: string, scalar: object, type: string, entry: string]>([
    ['io.k8s.apimachinery.pkg.apis.meta.v1.Time', { type: 'string', format: 'date-time' }, 'Time', 'string(date-time)'],
    ['io.k8s.apimachinery.pkg.api.resource.Quantity', { oneOf: [text, { type: 'number' }] }, 'Quantity', 'string'],
    ['io.k8s.apimachinery.pkg.util.intstr.IntOrString', { format: 'int-or-string', oneOf: [{ type: 'integer' }, text] }, 'IntOrString', 'string(int-or-string)'],
    ['io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1', { type: 'object' }, 'FieldsV1', 'object'],
  ])('of a scalar: %s', (schema, scalar, type, entry) => {
    expect(readTypes(jobWith(reference(schema), { [schema]: scalar }))).toMatchObject({ 'v1.Job': { field: type }, [type]: { '': entry } });
  });
});

test('a type may lead back to itself, and what nothing leads to is left out', () => {
  const job = 'io.k8s.api.batch.v1.Job';
  expect(readTypes(jobWith(reference(job), { 'io.k8s.api.batch.v1.JobList': { properties: {} } }))).toEqual({ 'v1.CronJob': {}, 'v1.Job': { field: 'v1.Job' } });
});

test('first versions are those that it is told', () => {
  expect(readTypes(jobWith(text), (type, field) => (type === 'v1.Job' && field === 'field' ? 36 : 0))['v1.Job']).toEqual({ field: 'string since 1.36' });
});

describe('it refuses', () => {
  test.each<[what: string, field: object, others: object, message: RegExp]>([
    ['a list of lists', { type: 'array', items: { type: 'array', items: text } }, {}, /^Cannot write lists in lists/],
    ['a reference to nowhere', reference('io.k8s.api.core.v1.Port'), {}, /^Cannot find io\.k8s\.api\.core\.v1\.Port/],
    ['two types of one name', reference('io.k8s.api.core.v1.CronJob'), { 'io.k8s.api.core.v1.CronJob': { properties: {} } }, /both are called v1\.CronJob$/],
  ])('%s', (_what, field, others, message) => {
    expect(() => readTypes(jobWith(field, others))).toThrow(message);
  });
});

test('the committed table is read from the versions whose rules are known', () => {
  const { version, olderVersions, preview } = readFieldTable();
  expect([...olderVersions, version, ...preview === undefined ? [] : [preview.version]].map((each) => `1.${minorOf(each)}`)).toEqual(kubernetesVersions);
});
