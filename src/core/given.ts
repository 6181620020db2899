/** Fields without those that are undefined: a field that may be undefined is one that may be missing. */
type Given<T> =
  & { [K in keyof T as undefined extends T[K] ? never : K]: T[K] }
  & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> };

/**
 * The fields that are given: a copy without those that are undefined, in the same order. Null is a value and stays.
 *
 * For what a user leaves out, as in `{ resource, ...given({ namespace, uid }) }`: a field that is there and undefined is one more
 * case in every comparison, in `in` and in `Object.keys`.
 */
export function given<T extends object>(fields: T): Given<T> {
  const kept: Record<PropertyKey, unknown> = {};
  // The entries, as a list of pairs, would take twice as long.
  for (const name of Object.keys(fields) as Array<keyof T>) if (fields[name] !== undefined) kept[name] = fields[name];
  return kept as Given<T>;
}
