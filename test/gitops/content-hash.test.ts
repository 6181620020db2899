import { type HashOptions, hashInput, hashedName } from '../../src/gitops/content-hash';

/** A Job with these fields in its spec, and these in its pods and their container. */
function job(spec: object = {}, pod: object = {}, container: object = {}): object {
  const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'tool:1', ...container }], ...pod } };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'migrate' }, spec: { template, ...spec } };
}

const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { level: 'info' } };
const token = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'token' }, stringData: { key: 'hidden' } };

interface Deployed {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: object };
  readonly [field: string]: unknown;
}

function deployedWith(...objects: readonly Deployed[]): HashOptions['find'] {
  return (kind, name) => objects.find((object) => object.kind === kind && object.metadata.name === name);
}

function nameOf(manifest: object, options: Partial<HashOptions> = {}): string | undefined {
  return hashedName(manifest, 63, { name: 'migrate', find: deployedWith(settings, token), ...options });
}

const reads = { envFrom: [{ configMapRef: { name: 'settings' } }] };
const knows = { env: [{ name: 'KEY', valueFrom: { secretKeyRef: { name: 'token', key: 'key' } } }] };

test.each<[string, object, object]>([
  ['the parallelism', job({ completions: 1 }), job({ completions: 1, parallelism: 3 })],
  ['suspend, deadline, TTL and backoff limit', job(), job({ suspend: true, activeDeadlineSeconds: 60, ttlSecondsAfterFinished: 60, backoffLimit: 0 })],
  ['labels and annotations of the Job', job(), { ...job(), metadata: { name: 'migrate', labels: { a: 'b' }, annotations: { a: 'b' } } }],
  ['a written default', job(), job({ completions: 1, completionMode: 'NonIndexed' }, { dnsPolicy: 'ClusterFirst' }, { imagePullPolicy: 'IfNotPresent' })],
  ['null, and an empty list', job(), job({ podFailurePolicy: null }, { volumes: [], nodeSelector: {} })],
  ['another way to write a quantity', job({}, {}, { resources: { limits: { cpu: '1', memory: '1Gi' } } }),
    job({}, {}, { resources: { limits: { memory: 1_073_741_824, cpu: '1000m' } } })],
])('no new name for %s', (_, before, after) => {
  expect(nameOf(after)).toBe(nameOf(before));
});

test.each<[string, object, object]>([
  ['the image', job(), job({}, {}, { image: 'tool:2' })],
  ['the order of arguments', job({}, {}, { args: ['a', 'b'] }), job({}, {}, { args: ['b', 'a'] })],
  ['the order of variables', job({}, {}, { env: [{ name: 'A' }, { name: 'B' }] }), job({}, {}, { env: [{ name: 'B' }, { name: 'A' }] })],
  ['the completions', job({ completions: 2 }), job({ completions: 3 })],
  ['a parallelism that makes a work queue of it', job(), job({ parallelism: 3 })],
  ['an annotation of the pods', job(), job({ template: { metadata: { annotations: { a: 'b' } }, spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'tool:1' }] } } })],
  ['a zero that the API server tells from nothing', job(),
    job({ template: { metadata: { deletionGracePeriodSeconds: 0 }, spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'tool:1' }] } } })],
  ['who manages it', job(), job({ managedBy: 'example.com/queue' })],
])('a new name for %s', (_, before, after) => {
  expect(nameOf(after)).not.toBe(nameOf(before));
});

test.each<[string, object, Partial<HashOptions>, Partial<HashOptions>]>([
  ['a ConfigMap read with envFrom', job({}, {}, reads), {}, { find: deployedWith({ ...settings, data: { level: 'debug' } }) }],
  ['a key of a ConfigMap', job({}, {}, { env: [{ name: 'L', valueFrom: { configMapKeyRef: { name: 'settings', key: 'level' } } }] }), {},
    { find: deployedWith({ ...settings, data: { level: 'debug' } }) }],
  ['a mounted ConfigMap', job({}, { volumes: [{ name: 'v', configMap: { name: 'settings' } }] }), {}, { find: deployedWith({ ...settings, data: {} }) }],
  ['a projected ConfigMap', job({}, { volumes: [{ name: 'v', projected: { sources: [{ configMap: { name: 'settings' } }] } }] }), {},
    { find: deployedWith({ ...settings, binaryData: { a: 'AAAA' } }) }],
  ['a mounted Secret', job({}, { volumes: [{ name: 'v', secret: { secretName: 'token' } }] }), {}, { find: deployedWith({ ...token, stringData: { key: 'other' } }) }],
  ['a Secret that an init container reads', job({}, { initContainers: [{ name: 'first', image: 'tool:1', ...knows }] }), {},
    { find: deployedWith({ ...token, stringData: { key: 'other' } }) }],
  ['a Secret that is not deployed with it any more', job({}, {}, knows), {}, { find: deployedWith() }],
  ['the mark of a release', job(), { on: 'v1' }, { on: 'v2' }],
])('a new name for %s', (_, manifest, before, after) => {
  expect(nameOf(manifest, after)).not.toBe(nameOf(manifest, before));
});

test.each<[string, object, Partial<HashOptions>]>([
  ['a ConfigMap that it does not read', job(), { find: deployedWith({ ...settings, data: { level: 'debug' } }) }],
  ['the labels of a ConfigMap', job({}, {}, reads), { find: deployedWith({ ...settings, metadata: { name: 'settings', labels: { a: 'b' } } }) }],
  ['a Secret whose text is written in base64', job({}, {}, knows),
    { find: deployedWith({ kind: 'Secret', metadata: { name: 'token' }, data: { key: Buffer.from('hidden').toString('base64') } }) }],
  ['the Secret with which images are pulled', job({}, { imagePullSecrets: [{ name: 'token' }] }), { find: deployedWith({ ...token, stringData: { key: 'other' } }) }],
])('no new name for %s', (_, manifest, options) => {
  expect(nameOf(manifest, options)).toBe(nameOf(manifest));
});

test('a name that is too long loses its end, and two such names stay apart', () => {
  const [one, other] = [`${'a'.repeat(60)}-one`, `${'a'.repeat(60)}-other`].map((name) => nameOf(job(), { name }));
  expect(one).toMatch(/^a{52}-[2-9bcdfghj-np-tv-xz]{10}$/);
  expect(other).toMatch(/^a{52}-/);
  expect(one).not.toBe(other);
});

test('no dash and no dot is left in front of the hash', () => {
  expect(nameOf(job(), { name: `${'a'.repeat(50)}.-b-c-d-e` })).toMatch(/^a{50}-[2-9b-z]{10}$/);
});

test('what is no readable Job has no name of this kind', () => {
  expect(nameOf({ kind: 'Job' })).toBeUndefined();
  expect(nameOf({ apiVersion: 'batch/v1', kind: 'CronJob', spec: {} })).toBeUndefined();
  expect(nameOf(job({ completions: 'many' }))).toBeUndefined();
});

/** These texts and names are a contract: a change runs every Job of every user again. docs/hash-names.md describes them. */
test.each<[string, object, Partial<HashOptions>, string, string]>([
  ['a small Job', job(), {},
    '{"name":"migrate","spec":{"completionMode":"NonIndexed","completions":1,"template":{"spec":{"containers":[{"image":"tool:1",'
    + '"imagePullPolicy":"IfNotPresent","name":"main","terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"}],'
    + '"dnsPolicy":"ClusterFirst","restartPolicy":"Never","schedulerName":"default-scheduler","securityContext":{},"terminationGracePeriodSeconds":30}}}}',
    'migrate-x2mhzqfc8s'],
  ['one with quantities, content and a mark', job(
    { completions: 3, completionMode: 'Indexed', backoffLimitPerIndex: 0, parallelism: 2 },
    { volumes: [{ name: 'v', secret: { secretName: 'token' } }, { name: 'tmp', emptyDir: { sizeLimit: '1Gi' } }], nodeSelector: { 10: 'b', 9: 'é' } },
    { ...reads, resources: { limits: { cpu: '250m' } } },
  ), { on: '2026.11' },
  '{"content":{"ConfigMap/settings":{"data":{"level":"info"}},"Secret/token":{"data":{"key":"aGlkZGVu"}}},"name":"migrate","on":"2026.11",'
  + '"spec":{"backoffLimitPerIndex":0,"completionMode":"Indexed","completions":3,"template":{"spec":{"containers":[{'
  + '"envFrom":[{"configMapRef":{"name":"settings"}}],"image":"tool:1","imagePullPolicy":"IfNotPresent","name":"main",'
  + '"resources":{"limits":{"cpu":"250000000"}},"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"}],'
  + '"dnsPolicy":"ClusterFirst","nodeSelector":{"10":"b","9":"é"},"restartPolicy":"Never","schedulerName":"default-scheduler","securityContext":{},'
  + '"terminationGracePeriodSeconds":30,"volumes":[{"name":"v","secret":{"defaultMode":420,"secretName":"token"}},'
  + '{"emptyDir":{"sizeLimit":"1073741824000000000"},"name":"tmp"}]}}}}',
  'migrate-wrq6dfjnll'],
])('the hashed text and the name of %s stay as they are', (_, manifest, options, text, name) => {
  const all = { name: 'migrate', find: deployedWith(settings, token), ...options };
  expect(hashInput(manifest, all)).toBe(text);
  expect(nameOf(manifest, options)).toBe(name);
});
