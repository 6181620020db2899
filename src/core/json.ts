/** An object of JSON; what is in its fields is not known. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value has fields: it is neither a scalar nor null nor a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is an object of no class, as a literal or a parser makes it. */
export function isPlainObject(value: unknown): value is JsonObject {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A value whose fields are to be read: itself, or an object without fields when it has none. */
export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : none;
}

const none: JsonObject = Object.freeze({});

/** An object with all its fields as its own: those of a class may be accessors, which its prototype holds. */
export function ownFields(object: JsonObject): JsonObject {
  const given: unknown = object;
  if (isPlainObject(given)) return given;
  const fields: Record<string, unknown> = { ...object };
  for (let prototype: unknown = Object.getPrototypeOf(object); prototype !== null; prototype = Object.getPrototypeOf(prototype)) {
    for (const [name, { get }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (get !== undefined && name !== '__proto__' && !Object.hasOwn(fields, name)) fields[name] = object[name];
    }
  }
  return fields;
}

/** What stands at a path of field names; undefined where one of them is missing. What an object inherits is no field of it. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const name of path) {
    if (!isObject(found) || !Object.hasOwn(found, name)) return undefined;
    found = found[name];
  }
  return found;
}
