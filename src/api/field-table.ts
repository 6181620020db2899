/** The fields of the API types, read from the table in fields.ts: a type is parsed when it is first asked for. */
import { type Field, parseField } from './field-entry';
import { fields } from './fields';
import { jobSetFields } from './job-set-fields';

const noFields: ReadonlyMap<string, Field> = new Map();
const parsed = new Map<string, ReadonlyMap<string, Field>>();

/**
 * The fields of a type such as `v1.PodSpec` or `jobset.JobSetSpec`, in the order of their names; none for a scalar and for an unknown type.
 */
export function fieldsOfType(type: string): ReadonlyMap<string, Field> {
  const known = parsed.get(type);
  if (known !== undefined) return known;
  const table = isKnownType(type) ? fields : jobSetFields;
  if (!Object.hasOwn(table, type)) return noFields;
  const entries = Object.entries(table[type] ?? {}).filter(([name]) => name !== '');
  const members = new Map(entries.map(([name, entry]) => [name, parseField(entry)]));
  parsed.set(type, members);
  return members;
}

/** How a type without fields is written in JSON: `Quantity` as a text; undefined for a type with fields and for an unknown one. */
export function scalarOf(type: string): Field | undefined {
  const entry = isKnownType(type) ? fields[type]?.[''] : undefined;
  return entry === undefined ? undefined : parseField(entry);
}

/** Whether the table of Kubernetes has the type. */
export function isKnownType(type: string): boolean {
  return Object.hasOwn(fields, type);
}

/** The names of all types of Kubernetes in the table: `v1.PodSpec`. */
export function knownTypes(): readonly string[] {
  return Object.keys(fields);
}
