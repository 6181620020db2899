import { type Field, parseField, partOf } from '../api/field-entry';
import { meaningOf, meaningOfType } from '../api/field-meaning';
import { fieldsOfType, isKnownType, knownTypes, scalarOf } from '../api/field-table';
import { given } from '../core/given';
import { resources } from '../port/resources';

/**
 * The answer to an OpenAPI request: `kubectl apply` asks whether the server checks fields itself, `kubectl explain` which fields exist.
 *
 * `prefix` stands before all paths of this server. Undefined for a path that is not of OpenAPI.
 */
export function openapiDocument(path: string, prefix: string): object | undefined {
  switch (path) {
    case '/openapi/v3': return {
      paths: Object.fromEntries(['api/v1', 'apis/batch/v1'].map((name) => [name, { serverRelativeURL: `${prefix}/openapi/v3/${name}` }])),
    };
    case '/openapi/v3/api/v1': return specification('v1');
    case '/openapi/v3/apis/batch/v1': return specification('batch/v1');
    default: return undefined;
  }
}

/** The media type of OpenAPI v2 in protobuf; clients ask for it with an @, which no media type may hold. */
export const openapiV2Type = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

/**
 * An OpenAPI v2 document that describes nothing, in protobuf: kubectl wants one before it sends a List, and leaves the checks to the
 * server where it finds no description.
 */
export function emptyOpenapiV2(): Uint8Array {
  const text = (field: number, value: string): number[] => [field * 8 + 2, value.length, ...Buffer.from(value)];
  const info = [...text(1, 'cdk8s-jobs'), ...text(2, 'local')];
  return Uint8Array.from([...text(1, '2.0'), 2 * 8 + 2, info.length, ...info, 8 * 8 + 2, 0]);
}

function specification(apiVersion: string): object {
  const [group, version = group] = apiVersion.split('/');
  const kinds = resources.filter((resource) => resource.apiVersion === apiVersion);
  const gvk = (kind: string): object => ({ group: group === version ? '' : group, version, kind });
  const root = group === version ? `/api/${version}` : `/apis/${apiVersion}`;
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map((name) => ({ name, in: 'query', schema: { type: 'string', uniqueItems: true } }));
  const paths = kinds.map(({ kind, plural, namespaced }) => [
    `${root}${namespaced ? '/namespaces/{namespace}' : ''}/${plural}/{name}`,
    { patch: { 'operationId': `patch${kind}`, 'responses': {}, parameters, 'x-kubernetes-action': 'patch', 'x-kubernetes-group-version-kind': gvk(kind) } },
  ]);
  const tops = kinds.map(({ kind }) => [`v1.${kind}`, { ...schemaOf(`v1.${kind}`), 'x-kubernetes-group-version-kind': [gvk(kind)] }]);
  const parts = knownTypes().filter((type) => !kinds.some(({ kind }) => type === `v1.${kind}`)).map((type) => [type, schemaOf(type)]);
  return {
    openapi: '3.0.0',
    info: { title: 'cdk8s-jobs', version: 'local' },
    paths: Object.fromEntries(paths),
    components: { schemas: Object.fromEntries([...tops, ...parts]) },
  };
}

/** The fields of kinds that a Job only refers to. */
const fieldsOfEveryObject: ReadonlyMap<string, Field> = new Map([
  ['apiVersion', parseField('string')], ['kind', parseField('string')], ['metadata', parseField('ObjectMeta')],
]);

function schemaOf(type: string): object {
  const scalar = scalarOf(type);
  const description = described(meaningOfType(type));
  if (scalar !== undefined) return { ...valueOf(scalar), ...description };
  const fields = [...(isKnownType(type) ? fieldsOfType(type) : fieldsOfEveryObject)];
  const required = fields.filter(([, field]) => field.required).map(([name]) => name);
  return {
    type: 'object',
    ...description,
    properties: Object.fromEntries(fields.map(([name, field]) => [name, { ...valueOf(field), ...described(textOf(type, name, field)) }])),
    ...(required.length === 0 ? {} : { required }),
  };
}

/** A field in sentences; what its type says already is not said twice. */
function textOf(owner: string, name: string, field: Field): string {
  const { sentence, preset } = meaningOf(owner, name, field);
  if (sentence === meaningOfType(field.type)) return '';
  return preset === '' ? sentence : `${sentence} Default: ${preset}.`;
}

function described(description: string): object {
  return description === '' ? {} : { description };
}

function valueOf(field: Field): object {
  const { holds, type, format } = field;
  if (holds === 'map') return { type: 'object', additionalProperties: valueOf(partOf(field)) };
  if (holds === 'list') return { type: 'array', items: valueOf(partOf(field)), ...listOf(field) };
  if (isKnownType(type)) return { allOf: [{ $ref: `#/components/schemas/${type}` }] };
  if (type === 'int32' || type === 'int64') return { type: 'integer', format: type };
  return { type, ...given({ format }) };
}

function listOf({ list, keys }: Field): object {
  const type = given({ 'x-kubernetes-list-type': list });
  return keys.length === 0 ? type : { ...type, 'x-kubernetes-list-map-keys': keys, 'x-kubernetes-patch-merge-key': keys[0], 'x-kubernetes-patch-strategy': 'merge' };
}
