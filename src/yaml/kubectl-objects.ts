import { given } from '../core/given';
import { isObject } from '../core/json';

/** An object that kubectl sends: a document, or an item of a list. */
export interface KubectlObject {
  readonly value: Readonly<Record<string, unknown>>;
  /** The prefix of the object's own paths: empty, or `items[2].`. */
  readonly pathPrefix: string;
}

/** Something that kubectl refuses without asking the server. */
export interface KubectlRefusal {
  /** The field at fault: `metadata.labels[app]`; empty for the object itself. */
  readonly field: string;
  /** What is wrong, in kubectl's words. */
  readonly message: string;
  /** What to write instead, where that is known. */
  readonly hint?: string;
  /** Whether kubectl stops reading: nothing after this document is sent. */
  readonly endsStream: boolean;
}

/** What kubectl makes of one document. */
interface KubectlReading {
  readonly objects: readonly KubectlObject[];
  readonly refusals: readonly KubectlRefusal[];
}

/**
 * The objects that kubectl would send for a document, and what it refuses itself: objects without kind, metadata of the wrong types.
 *
 * A list is its items, whatever its kind; the items of an `XxxList` are of kind `Xxx`. Null labels and annotations become empty texts.
 *
 * @source staging/src/k8s.io/cli-runtime/pkg/resource/visitor.go StreamVisitor, FlattenListVisitor; mapper.go infoForData (v1.37)
 */
export function readKubectlObjects(document: unknown): KubectlReading {
  const gate = findGateFault(document);
  if (gate !== undefined) return { objects: [], refusals: [{ field: '', message: gate, endsStream: true }] };
  if (!isObject(document)) return { objects: [], refusals: [] };
  const objects: KubectlObject[] = [];
  const refusals: KubectlRefusal[] = [];
  for (const { value, pathPrefix } of flatten(document)) {
    const faults = findDecodeFaults(value);
    refusals.push(...faults.map(([field, message, hint]) => ({ field: `${pathPrefix}${field}`, message, ...given({ hint }), endsStream: false })));
    if (faults.length === 0) objects.push({ value: withTexts(value), pathPrefix });
  }
  return { objects, refusals };
}

/** The objects of a document that a field of it is about: the one, or one item of a list. */
export function objectsAt({ objects }: KubectlReading, field: string): readonly KubectlObject['value'][] {
  return objects.filter(({ pathPrefix }) => field.startsWith(pathPrefix)).map(({ value }) => value);
}

function findGateFault(value: unknown): string | undefined {
  if (!isObject(value)) return 'invalid object to validate';
  const problems = [findNameFault(value, 'apiVersion'), findNameFault(value, 'kind')].filter((problem) => problem !== undefined);
  if (problems.length > 1) return `[${problems.join(', ')}]`;
  if (problems.length > 0) return problems[0];
  if (value.apiVersion !== 'v1' || value.kind !== 'List') return undefined;
  const { items } = value;
  const isSound = Array.isArray(items) && items.every((item) => isObject(item) && findGateFault(item) === undefined);
  return isSound ? undefined : 'invalid object to validate';
}

function findNameFault(value: Readonly<Record<string, unknown>>, field: 'apiVersion' | 'kind'): string | undefined {
  const name = value[field];
  if (name === undefined || name === null) return `${field} not set`;
  return typeof name === 'string' ? undefined : `${field} isn't string type`;
}

function flatten(value: Readonly<Record<string, unknown>>): KubectlObject[] {
  const { apiVersion, kind, items } = value;
  if (!Array.isArray(items)) return [{ value, pathPrefix: '' }];
  const itemKind = typeof kind === 'string' && kind.endsWith('List') && kind !== 'List' ? kind.slice(0, -'List'.length) : undefined;
  return items.map((item: unknown, position) => ({
    value: !isObject(item) ? {} : itemKind === undefined ? item : { apiVersion, kind: itemKind, ...item },
    pathPrefix: `items[${position}].`,
  }));
}

type Fault = readonly [field: string, message: string, hint?: string];

const textFields: readonly string[] = ['name', 'generateName', 'namespace', 'selfLink', 'uid', 'resourceVersion'];

/** Whether kubectl takes a value for a text. */
function isText(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string';
}

function findDecodeFaults({ kind, metadata }: Readonly<Record<string, unknown>>): Fault[] {
  if (kind === undefined || kind === '') return [['kind', "Object 'Kind' is missing"]];
  if (metadata === undefined || metadata === null) return [];
  if (!isObject(metadata)) return [['metadata', unmarshal(metadata, 'metadataOnlyObject.metadata', 'v1.ObjectMeta')]];
  return [
    ...textFields.filter((field) => !isText(metadata[field])).map((field) => textFault(`metadata.${field}`, metadata[field], `metadata.${field}`)),
    ...findMapFaults('metadata.labels', metadata.labels),
    ...findMapFaults('metadata.annotations', metadata.annotations),
  ];
}

function textFault(field: string, value: unknown, goField: string): Fault {
  const message = unmarshal(value, `ObjectMeta.${goField}`, goField === 'metadata.uid' ? 'types.UID' : 'string');
  return typeof value === 'object' ? [field, message] : [field, message, 'write it in quotes'];
}

function findMapFaults(field: string, value: unknown): Fault[] {
  if (value === undefined || value === null) return [];
  if (!isObject(value)) return [[field, unmarshal(value, `ObjectMeta.${field}`, 'map[string]string')]];
  return Object.keys(value).filter((key) => !isText(value[key])).map((key) => textFault(`${field}[${key}]`, value[key], field));
}

function unmarshal(value: unknown, field: string, type: string): string {
  return `json: cannot unmarshal ${typeName(value)} into Go struct field ${field} of type ${type}`;
}

/** The names of JSON's types in Go's messages. */
function typeName(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

function withTexts(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { metadata } = value;
  if (!isObject(metadata) || (!holdsNull(metadata.labels) && !holdsNull(metadata.annotations))) return value;
  const changed = { ...metadata };
  for (const field of ['labels', 'annotations']) {
    const map = metadata[field];
    if (isObject(map)) changed[field] = Object.fromEntries(Object.entries(map).map(([key, entry]) => [key, entry ?? '']));
  }
  return { ...value, metadata: changed };
}

function holdsNull(map: unknown): boolean {
  return isObject(map) && Object.values(map).includes(null);
}
