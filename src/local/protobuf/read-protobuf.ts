import { messages } from './messages';
import { readFields, type WireField } from './wire';
import { ClusterError } from '../../port/cluster-port';
import { badRequest } from '../api-query';

/** What every body begins with: `k8s` and a zero. */
const magic = Buffer.from([0x6b, 0x38, 0x73, 0x00]);

/**
 * The JSON of an object in protobuf, as kubectl sends the objects that it makes itself. What a newer version has is left out.
 *
 * @throws {ClusterError} `API` (400) for anything else, and for a kind that this server does not have.
 * @source staging/src/k8s.io/apimachinery/pkg/runtime/serializer/protobuf/protobuf.go Serializer.Decode (v1.37)
 */
export function readProtobuf(body: Buffer): Readonly<Record<string, unknown>> {
  if (!body.subarray(0, magic.length).equals(magic)) throw badRequest('provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]');
  try {
    const { apiVersion, kind, raw } = readEnvelope(body.subarray(magic.length));
    if (!Object.hasOwn(messages, kind)) throw badRequest(`no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)}`);
    return { apiVersion, kind, ...readMessage(kind, raw) };
  } catch (error) {
    if (error instanceof ClusterError) throw error;
    throw badRequest(`the body is no protobuf: ${(error as Error).message}`);
  }
}

/** The message `Unknown` of runtime/generated.proto: the bytes of an object, and what it is. */
function readEnvelope(body: Buffer): { readonly apiVersion: string; readonly kind: string; readonly raw: Buffer } {
  const parts = new Map([...readFields(body)].map((field) => [field.number, bytesOf(field)]));
  const types = new Map([...readFields(parts.get(1) ?? Buffer.alloc(0))].map((field) => [field.number, textOf(field)]));
  return { apiVersion: types.get(1) ?? '', kind: types.get(2) ?? '', raw: parts.get(2) ?? Buffer.alloc(0) };
}

/** The fields of a message of the table. */
function readMessage(name: string, bytes: Buffer): Record<string, unknown> {
  const entries = messages[name] ?? {};
  const object: Record<string, unknown> = {};
  for (const field of readFields(bytes)) {
    const entry = entries[field.number];
    if (entry === undefined) continue;
    if (entry.startsWith('...')) {
      Object.assign(object, readMessage(entry.slice('...'.length), bytesOf(field)));
      continue;
    }
    const [, key = '', keepsZero, type = ''] = /^(\w+)(!)? (.+)$/.exec(entry) ?? [];
    addValue(object, key, type, field, keepsZero !== undefined);
  }
  return object;
}

/** Adds a value to an object: to its list or its map, or as the only one. */
function addValue(object: Record<string, unknown>, key: string, type: string, field: WireField, keepsZero: boolean): void {
  if (type.endsWith('[]')) {
    object[key] = [...(object[key] as readonly unknown[] | undefined) ?? [], readValue(type.slice(0, -'[]'.length), field)];
  } else if (type.startsWith('map<')) {
    const valueType = type.slice('map<'.length, -1);
    const [name, value] = readEntry(valueType, bytesOf(field));
    // Defined, not assigned: a key may be called __proto__.
    object[key] = Object.fromEntries([...Object.entries((object[key] as object | undefined) ?? {}), [name, value]]);
  } else {
    const value = readValue(type, field);
    if (keepsZero || !isZero(value)) object[key] = value ?? null;
  }
}

function readEntry(type: string, bytes: Buffer): readonly [key: string, value: unknown] {
  const parts = new Map([...readFields(bytes)].map((field) => [field.number, field]));
  const key = parts.get(1);
  return [key === undefined ? '' : textOf(key), readValue(type, parts.get(2) ?? { number: 2, bytes: Buffer.alloc(0) })];
}

/** A value in JSON; undefined for a time that is not set. */
function readValue(type: string, field: WireField): unknown {
  switch (type) {
    case 'string': return textOf(field);
    case 'bytes': return bytesOf(field).toString('base64');
    case 'boolean': return numberOf(field) !== 0;
    case 'int32': case 'int64': return numberOf(field);
    case 'Time': return readTime(bytesOf(field));
    case 'MicroTime': return readTime(bytesOf(field), 6);
    case 'Quantity': return textOf(partsOf(field).get(1) ?? noBytes);
    case 'FieldsV1': return JSON.parse(textOf(partsOf(field).get(1) ?? noBytes)) as unknown;
    case 'IntOrString': {
      const parts = partsOf(field);
      return numberOf(parts.get(1) ?? zero) === 0 ? numberOf(parts.get(2) ?? zero) : textOf(parts.get(3) ?? noBytes);
    }
    default: return readMessage(type, bytesOf(field));
  }
}

const noBytes: WireField = { number: 0, bytes: Buffer.alloc(0) };
const zero: WireField = { number: 0, value: 0n };

function partsOf(field: WireField): ReadonlyMap<number, WireField> {
  return new Map([...readFields(bytesOf(field))].map((part) => [part.number, part]));
}

/** A time in RFC 3339, with some digits of a second; a time that is not set is a message without fields. */
function readTime(bytes: Buffer, digits = 0): string | undefined {
  const parts = new Map([...readFields(bytes)].map((field) => [field.number, numberOf(field)]));
  const seconds = parts.get(1);
  if (seconds === undefined) return undefined;
  const text = new Date(seconds * 1000).toISOString().slice(0, -'.000Z'.length);
  const fraction = String(parts.get(2) ?? 0).padStart(9, '0').slice(0, digits);
  return `${text}${digits === 0 ? '' : `.${fraction}`}Z`;
}

function isZero(value: unknown): boolean {
  return value === undefined || value === '' || value === 0 || value === false || typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function numberOf(field: WireField): number {
  if (!('value' in field)) throw new RangeError(`wrong wireType for field ${field.number}`);
  return Number(field.value);
}

function bytesOf(field: WireField): Buffer {
  if (!('bytes' in field)) throw new RangeError(`wrong wireType for field ${field.number}`);
  return field.bytes;
}

function textOf(field: WireField): string {
  return bytesOf(field).toString('utf8');
}
