/**
 * What a map of a history is before it has entries: a wait for thousands of Jobs has a history of each, and most of those never see an
 * Event, a CronJob or output.
 */
export const nothing: ReadonlyMap<never, never> = new Map<never, never>();

/** The map with one more entry: the same one, unless that has none yet. */
export function withEntry<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key, value: Value): ReadonlyMap<Key, Value> {
  return map.size === 0 ? new Map([[key, value]]) : (map as Map<Key, Value>).set(key, value);
}

/** The map without an entry. */
export function withoutEntry<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): ReadonlyMap<Key, Value> {
  return new Map([...map].filter(([each]) => each !== key));
}
