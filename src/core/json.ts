/** An object of JSON; what is in its fields is not known. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value has fields: it is neither a scalar nor null nor a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value whose fields are to be read: itself, or an object without fields when it has none. */
export function fieldsOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
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
