/** The committed table of fields is what the server says; `scripts/read-fields.ts` writes it anew. */
import { testCluster } from './api';
import { readSource } from './harness/kubernetes-module';
import { type FieldTypes, minorOf, readFieldTable } from '../../scripts/field-table-file';
import { hasFields, type OpenApiDocument, publishedDocument, readTypes } from '../../scripts/openapi-fields';
import { addedFields, typesWithPreview } from '../../scripts/preview-fields';
import { parseField } from '../../src/api/field-entry';

const { api } = testCluster();
const table = readFieldTable();
const committed = typesWithPreview(table);

const sinceIn = (types: FieldTypes, type: string, field: string): number => parseField(types[type]?.[field] ?? 'string').since;

test('the table knows the fields of the server as the server describes them', async () => {
  const version = ((await api.mustRequest('GET', '/version')).body as { gitVersion: string }).gitVersion.slice(1);
  const document = (await api.mustRequest('GET', '/openapi/v3/apis/batch/v1')).body as OpenApiDocument;
  const served = readTypes(document, (type, field) => sinceIn(committed, type, field));
  if (version === table.preview?.version) return expect(newFields(document, version)).toEqual(newIn(table.preview.types));
  const ofVersion = pathsIn(committed, (type, field) => sinceIn(committed, type, field) <= minorOf(version));
  expect(pathsIn(served, (type, field) => committed[type]?.[field] !== undefined)).toEqual(ofVersion);
  // Older versions describe some fields otherwise, and had fields that are gone.
  if (minorOf(version) === minorOf(table.version)) expect(served).toEqual(table.types);
});

/** What a release to come adds. What it calls the types of fields that are there already is not in the table yet. */
function newFields(served: OpenApiDocument, version: string): readonly string[] {
  const document = hasFields(served) ? served : JSON.parse(readSource(version, publishedDocument)) as OpenApiDocument;
  return newIn(addedFields(readTypes(document), table.types));
}

function newIn(types: FieldTypes): readonly string[] {
  return pathsIn(types, (type, field) => table.types[type]?.[field] === undefined);
}

/** The fields that pass, with the type in front: `v1.JobSpec.completions`. Scalars are no fields. */
function pathsIn(types: FieldTypes, passes: (type: string, field: string) => boolean): readonly string[] {
  return Object.entries(types).flatMap(([type, fields]) =>
    Object.keys(fields).filter((field) => field !== '' && passes(type, field)).map((field) => `${type}.${field}`));
}
