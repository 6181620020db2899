/**
 * A function that answers once for each object and remembers the answer as long as that object is there; neither may change afterwards.
 *
 * It needs no invalidation: what is stored is never changed in place, so that something else is another object.
 */
export function rememberedFor<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, Value>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined || known.has(key)) return before as Value;
    const value = make(key);
    known.set(key, value);
    return value;
  };
}
