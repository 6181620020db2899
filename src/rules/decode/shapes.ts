import { fieldGates } from './gates';
import { type ApiServer } from '../../api/api-server';
import { type FeatureGate } from '../../api/feature-gates';
import { type Field } from '../../api/field-entry';
import { fieldsOfType } from '../../api/field-table';

/** What the API server can decode into a field. */
export type Shape =
  | { readonly kind: 'string' | 'boolean' | 'int32' | 'int64' | 'quantity' | 'int-or-string' | 'time' | 'any' }
  | { readonly kind: 'list'; readonly item: Shape }
  | { readonly kind: 'map'; readonly entry: FieldShape }
  | ObjectShape;

/** An object with named fields. */
export interface ObjectShape {
  readonly kind: 'object';
  /** Its type in the field table: `v1.PodSpec`. */
  readonly name: string;
  readonly fields: ReadonlyMap<string, FieldShape>;
}

/** A field of an object. */
interface FieldShape {
  readonly shape: Shape;
  /** The feature gate for whose lack the API server decodes the field and then drops it; undefined for a field that it keeps. */
  readonly dropped: FeatureGate | undefined;
}

const scalars: Readonly<Record<string, Shape>> = {
  'string': { kind: 'string' },
  'boolean': { kind: 'boolean' },
  'int32': { kind: 'int32' },
  'int64': { kind: 'int64' },
  'Quantity': { kind: 'quantity' },
  'IntOrString': { kind: 'int-or-string' },
  'Time': { kind: 'time' },
  'FieldsV1': { kind: 'any' },
  'Any': { kind: 'any' },
  // Judged as the Job that is made of it.
  'jobset.JobTemplate': { kind: 'any' },
};
const known = new Map<ApiServer, Map<string, ObjectShape>>();

/** The shape of a type on an API server, compiled from the field table on first use and kept. */
export function shapeOf(type: string, server: ApiServer): ObjectShape {
  let shapes = known.get(server);
  if (shapes === undefined) known.set(server, shapes = new Map());
  const shape = shapes.get(type);
  if (shape !== undefined) return shape;
  const members = new Map<string, FieldShape>();
  const compiled: ObjectShape = { kind: 'object', name: type, fields: members };
  shapes.set(type, compiled);
  for (const [name, field] of fieldsOfType(type)) {
    if (server.minor >= field.since) members.set(name, { shape: shapeIn(field, server), dropped: gateMissing(type, name, server) });
  }
  return compiled;
}

/** First minor version that knows a field, or undefined for a field that no version knows. */
export function fieldSince(type: string, name: string): number | undefined {
  return fieldsOfType(type).get(name)?.since;
}

function gateMissing(type: string, name: string, { gates }: ApiServer): FeatureGate | undefined {
  const gate = fieldGates[type]?.[name];
  return gate === undefined || gates.has(gate) ? undefined : gate;
}

function shapeIn({ holds, type }: Field, server: ApiServer): Shape {
  const part = scalars[type] ?? shapeOf(type, server);
  switch (holds) {
    case 'map': return { kind: 'map', entry: { shape: part, dropped: undefined } };
    case 'list': return { kind: 'list', item: part };
    case 'value': return part;
  }
}
