import type { Finding } from '../../src/core/finding';
import { validateManifest } from '../../src/rules/validate-manifest';
import { validateUpdate } from '../../src/rules/validate-update';

/** Without values. */
const inWords = ({ field, type, message }: Finding): string => `${field}: ${type}: ${message}`;

const job = (pod: object, metadata: object = {}): object => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'demo', ...metadata },
  spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox', resources: { limits: { memory: '1Gi' } } }], ...pod } } },
});

const sysctls = (...names: readonly string[]): object => ({ hostIPC: true, hostNetwork: true, securityContext: { sysctls: names.map((name) => ({ name, value: '1' })) } });
const claim = (storage: string): object => ({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } });
const place = 'spec.template.spec';
const ofHost = (position: number, field: string): string =>
  `${place}.securityContext.sysctls[${position}].name: Invalid: may not be specified when '${field}' is true`;

test.each<[string, object, readonly string[]]>([
  ['the overhead is rounded up to thousandths before it is judged', job({ overhead: { 'cpu': '1', 'hugepages-2Mi': '100u' } }), [
    `${place}.overhead.limits[hugepages-2Mi]: Invalid: 1m is not positive integer multiple of hugepages-2Mi`,
  ]],
  ['and so is the disk that a pod claims', job({ volumes: [{ name: 'v', ephemeral: { volumeClaimTemplate: { spec: claim('-1u') } } }] }), [
    `${place}.volumes[0].ephemeral.volumeClaimTemplate.spec.resources[storage]: Invalid: must be greater than zero`,
  ]],
  ['a sysctl belongs to the namespace whose very name it has', job(sysctls('kernel.shmmax', 'kernel/msgmni', 'fs.mqueue.a', 'net/ipv4/a', 'kernel.sem')), [
    ofHost(0, 'hostIPC'), ofHost(1, 'hostIPC'), ofHost(2, 'hostIPC'), ofHost(3, 'hostNetwork'), ofHost(4, 'hostIPC'),
  ]],
  ['an annotation is compared with the types that the version knows', {
    ...job({}),
    spec: {
      template: {
        metadata: { annotations: { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' } },
        spec: {
          restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }], securityContext: { seccompProfile: { type: 'OCI' } },
        },
      },
    },
  }, [`${place}.securityContext.seccompProfile.type: NotSupported: supported values: "Localhost", "RuntimeDefault", "Unconfined"`]],
  ['and one with a like name to none', job(sysctls('kernel.shmother', 'kernel/shm/a', 'kernel.msgother', 'network.a')), []],
])('%s', (_, manifest, said) => {
  expect(validateManifest(manifest).filter(({ severity }) => severity === 'error').map(inWords)).toEqual(said);
});

test.each<[string, string]>([
  ['0-2,2-3:', 'cannot convert string to integer for index: "3:"'],
  ['0-2,2-3', 'non-increasing order, previous: 2, current: 2'],
  ['007', 'too large index: "007"'],
  ['1-+9', 'too large index: "+9"'],
  ['a\tb', 'cannot convert string to integer for index: "a\\tb"'],
  ['\u0001\u0007\u000b\\u0001', 'cannot convert string to integer for index: "\\x01\\a\\v\\\\u0001"'],
  ['1-2-"', 'the fragment "1-2-\\"" violates the requirement that an index interval can have at most two parts separated by \'-\''],
])('succeededIndexes %j: %s', (succeededIndexes, words) => {
  const { spec, ...others } = job({}) as { readonly spec: object };
  const manifest = { ...others, spec: { ...spec, completionMode: 'Indexed', completions: 5, successPolicy: { rules: [{ succeededIndexes }] } } };
  expect(validateManifest(manifest).filter(({ severity }) => severity === 'error').map(inWords)).toEqual([
    `spec.successPolicy.rules[0].succeededIndexes: Invalid: error parsing succeededIndexes: ${words}`,
  ]);
});

test('finalizers that are added to an object on its way out are named, sorted', () => {
  const deleted = (...finalizers: readonly string[]): object => job({}, { deletionTimestamp: '2026-01-01T00:00:00Z', finalizers });
  const said = validateUpdate(deleted('example.com/a'), deleted('example.com/c', 'example.com/a', 'example.com/b'));
  expect(said.filter(({ severity }) => severity === 'error').map(inWords)).toEqual([
    'metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, '
    + 'found new finalizers []string{"example.com/b", "example.com/c"}',
  ]);
});
