import type { FieldTypes } from './field-table-file';
import { bareName, type Field, formatField } from '../src/api/field-entry';

/** The part of an OpenAPI v3 document that is read here. */
export interface OpenApiDocument {
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface Schema {
  readonly '$ref'?: string;
  /** One reference, where a default or a description stands beside it. */
  readonly 'allOf'?: readonly Schema[];
  readonly 'type'?: string;
  readonly 'format'?: string;
  readonly 'enum'?: readonly string[];
  readonly 'items'?: Schema;
  readonly 'additionalProperties'?: Schema;
  readonly 'properties'?: Readonly<Record<string, Schema>>;
  readonly 'required'?: readonly string[];
  readonly 'x-kubernetes-list-type'?: 'atomic' | 'set' | 'map';
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-map-type'?: 'atomic' | 'granular';
}

/** The kinds that the table begins with; every type that they lead to is in it. */
const kinds = ['io.k8s.api.batch.v1.Job', 'io.k8s.api.batch.v1.CronJob'];

/** The first minor version that has a field, 0 for all: what `since` of an entry says. */
export type SinceOf = (type: string, field: string) => number;

/** Where the sources of Kubernetes have the document of batch/v1 that is published: it has no choices. */
export const publishedDocument = 'api/openapi-spec/v3/apis__batch__v1_openapi.json';

/** Whether a document says what fields there are; that of a server which was built by too old a Go does not. */
export function hasFields({ components: { schemas } }: OpenApiDocument): boolean {
  return kinds.every((kind) => schemas[kind]?.properties !== undefined);
}

/**
 * The types of Job and CronJob as the document of a server describes them, in alphabetical order.
 *
 * What a list may hold is not in the entries where only certain words are allowed: no entry has room for it, and no rule needs it.
 * @throws {Error} that names two types of one name, or a schema that no entry can say
 */
export function readTypes({ components: { schemas } }: OpenApiDocument, sinceOf: SinceOf = () => 0): FieldTypes {
  const types = new Map<string, { readonly schema: string; readonly fields: Readonly<Record<string, string>> }>();
  const waiting = [...kinds];
  for (let schema = waiting.pop(); schema !== undefined; schema = waiting.pop()) {
    const type = typeName(schema);
    const known = types.get(type)?.schema;
    if (known === schema) continue;
    if (known !== undefined) throw new Error(`Cannot tell ${known} from ${schema}: both are called ${type}`);
    const description = schemas[schema];
    if (description === undefined) throw new Error(`Cannot find ${schema} in the document`);
    types.set(type, { schema, fields: fieldsIn(description, (field) => sinceOf(type, field)) });
    waiting.push(...Object.values(description.properties ?? {}).flatMap(referenceIn));
  }
  return sorted([...types].map(([type, { fields }]) => [type, fields]));
}

function fieldsIn({ properties, required = [], ...scalar }: Schema, sinceOf: (field: string) => number): Readonly<Record<string, string>> {
  if (properties === undefined) return { '': formatField(fieldIn(scalar)) };
  return sorted(Object.entries(properties).map(([name, schema]) => {
    const field = { ...fieldIn(schema), required: required.includes(name), since: sinceOf(name) };
    return [name, formatField(field)];
  }));
}

function fieldIn(schema: Schema): Field {
  const { items, additionalProperties: values, 'x-kubernetes-map-type': map } = schema;
  const holds = items !== undefined ? 'list' : values !== undefined ? 'map' : 'value';
  return {
    holds,
    ...typeOf(items ?? values ?? schema),
    required: false,
    choices: schema.enum ?? [],
    list: schema['x-kubernetes-list-type'],
    keys: schema['x-kubernetes-list-map-keys'] ?? [],
    map: holds === 'map' && map === 'atomic' ? map : undefined,
    since: 0,
  };
}

/** The type of one value. Quantities and their like may be of several types of JSON, and are texts in the table. */
function typeOf(schema: Schema): Pick<Field, 'type' | 'format'> {
  const [reference] = referenceIn(schema);
  if (reference !== undefined) return { type: typeName(reference), format: undefined };
  const { type = 'string', format } = schema;
  if (type === 'array' || schema.additionalProperties !== undefined) throw new Error(`Cannot write lists in lists: ${JSON.stringify(schema)}`);
  if (type === 'integer') return { type: format ?? type, format: undefined };
  return { type, format };
}

function referenceIn(schema: Schema): readonly string[] {
  const part = schema.items ?? schema.additionalProperties ?? schema;
  const { $ref } = part.allOf?.[0] ?? part;
  return $ref === undefined ? [] : [$ref.slice($ref.lastIndexOf('/') + 1)];
}

/** `v1.PodSpec` of `io.k8s.api.core.v1.PodSpec`; what all API groups share has no version: ObjectMeta. */
function typeName(schema: string): string {
  return /^io\.k8s\.api\.\w+\.(\w+\.\w+)$/.exec(schema)?.[1] ?? bareName(schema);
}

function sorted<Value>(entries: ReadonlyArray<readonly [name: string, value: Value]>): Readonly<Record<string, Value>> {
  return Object.fromEntries([...entries].sort(([one], [other]) => (one < other ? -1 : 1)));
}
