import { fieldGates } from './gates';
import { type Field } from '../../api/field-entry';
import { fieldsOfType } from '../../api/field-table';

/** What the API server can decode into a field. */
export type Shape =
  | { readonly kind: 'string' | 'boolean' | 'int32' | 'int64' | 'quantity' | 'int-or-string' | 'time' | 'any' }
  | { readonly kind: 'list'; readonly item: Shape }
  | { readonly kind: 'map'; readonly value: Shape }
  | ObjectShape;

/** An object with named fields. */
export interface ObjectShape {
  readonly kind: 'object';
  /** Its type in the field table: `v1.PodSpec`. */
  readonly name: string;
  readonly fields: ReadonlyMap<string, FieldShape>;
}

/** A field of an object. */
export interface FieldShape {
  readonly shape: Shape;
  /** Whether the version decodes the field and then drops it, because its feature gate is off. */
  readonly dropped: boolean;
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
const known = new Map<number, Map<string, ObjectShape>>();

/** The shape of a type in a version, compiled from the field table on first use and kept. */
export function shapeOf(type: string, minor: number): ObjectShape {
  let shapes = known.get(minor);
  if (shapes === undefined) known.set(minor, shapes = new Map());
  const shape = shapes.get(type);
  if (shape !== undefined) return shape;
  const members = new Map<string, FieldShape>();
  const compiled: ObjectShape = { kind: 'object', name: type, fields: members };
  shapes.set(type, compiled);
  for (const [name, field] of fieldsOfType(type)) {
    if (minor >= field.since) members.set(name, { shape: shapeIn(field, minor), dropped: isDropped(type, name, minor) });
  }
  return compiled;
}

/** First minor version that knows a field, or undefined for a field that no version knows. */
export function fieldSince(type: string, name: string): number | undefined {
  return fieldsOfType(type).get(name)?.since;
}

/** Whether a version decodes a field and drops it. */
function isDropped(type: string, name: string, minor: number): boolean {
  const gate = fieldGates[type]?.[name];
  return gate !== undefined && (gate.kept === undefined || minor < gate.kept);
}

function shapeIn({ holds, type }: Field, minor: number): Shape {
  const part = scalars[type] ?? shapeOf(type, minor);
  switch (holds) {
    case 'map': return { kind: 'map', value: part };
    case 'list': return { kind: 'list', item: part };
    case 'value': return part;
  }
}
