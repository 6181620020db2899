const pod = (spec: object): object => ({ spec: { template: { spec } } });
const containers = (...list: readonly object[]): object => pod({ containers: list });
/** Three containers. */
export const a = { name: 'a', image: 'a:1', env: [{ name: 'X', value: '1' }, { name: 'Y', value: '2' }] };
export const b = { name: 'b', image: 'b:1' };
export const c = { name: 'c', image: 'c:1' };

/** Patches of a Job: what it was, the patch, what it becomes. The cluster suite asks kubectl the same. */
export const strategicCases: ReadonlyArray<readonly [sentence: string, live: object, patch: object, merged: object]> = [
  ['objects merge', { spec: { suspend: true, parallelism: 1 } }, { spec: { parallelism: 2 } }, { spec: { suspend: true, parallelism: 2 } }],
  ['null removes', { spec: { suspend: true, parallelism: 1 } }, { spec: { suspend: null } }, { spec: { parallelism: 1 } }],
  ['null of what is not there changes nothing', { spec: {} }, { spec: { suspend: null } }, { spec: {} }],
  ['a new object holds no nulls', {}, { spec: { suspend: null, parallelism: 1 } }, { spec: { parallelism: 1 } }],
  ['containers merge by name', containers(a, b), containers({ name: 'b', image: 'b:2' }), containers(a, { name: 'b', image: 'b:2' })],
  ['a new container comes first', containers(a), containers(b), containers(b, a)],
  ['a new container comes where the client wants it', containers(a), pod({ '$setElementOrder/containers': [{ name: 'a' }, { name: 'b' }], 'containers': [b] }), containers(a, b)],
  ['known and new containers', containers(a, c), containers({ name: 'c', image: 'c:2' }, b), containers(a, { name: 'c', image: 'c:2' }, b)],
  ['variables merge by name', containers(a), containers({ name: 'a', env: [{ name: 'Y', value: '3' }] }),
    containers({ ...a, env: [{ name: 'X', value: '1' }, { name: 'Y', value: '3' }] })],
  ['an item is deleted by its key', containers(a, b), containers({ $patch: 'delete', name: 'a' }), containers(b)],
  ['deleting what is not there changes nothing', containers(b), containers({ $patch: 'delete', name: 'a' }), containers(b)],
  ['a list is replaced', containers(a, b), containers({ $patch: 'replace' }, c), containers(c)],
  ['the order is as the client wants', containers(a, b), pod({ '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }], 'containers': [{ name: 'a', image: 'a:2' }] }),
    containers(b, { ...a, image: 'a:2' })],
  ['an order alone sorts', containers(a, b), pod({ '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }] }), containers(b, a)],
  ['what only the server knows stays before what it stood before', containers(c, a, b),
    pod({ '$setElementOrder/containers': [{ name: 'a' }, { name: 'b' }], 'containers': [{ name: 'b', image: 'b:2' }] }), containers(c, a, { ...b, image: 'b:2' })],
  ['lists without keys are replaced', containers({ ...a, command: ['x', 'y'] }), containers({ name: 'a', command: ['z'] }), containers({ ...a, command: ['z'] })],
  ['a set grows', { metadata: { finalizers: ['a'] } }, { metadata: { finalizers: ['b', 'a'] } }, { metadata: { finalizers: ['b', 'a'] } }],
  ['a set shrinks', { metadata: { finalizers: ['a', 'b'] } }, { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'] } }, { metadata: { finalizers: ['b'] } }],
  ['an object is replaced', { spec: { suspend: true } }, { spec: { $patch: 'replace', parallelism: 1 } }, { spec: { parallelism: 1 } }],
  ['an object is emptied', { metadata: { labels: { a: 'b' } } }, { metadata: { labels: { $patch: 'delete' } } }, { metadata: { labels: {} } }],
  ['only the named keys are kept', pod({ volumes: [{ name: 'v', emptyDir: {} }] }),
    pod({ volumes: [{ $retainKeys: ['name', 'secret'], name: 'v', secret: { secretName: 's' } }] }), pod({ volumes: [{ name: 'v', secret: { secretName: 's' } }] })],
  ['labels are a map', { metadata: { labels: { a: '1', b: '2' } } }, { metadata: { labels: { a: null, c: '3' } } }, { metadata: { labels: { b: '2', c: '3' } } }],
];
