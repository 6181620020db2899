import type { Container } from '../../src/api/kubernetes';
import { type FindObject, containerEnvironment, expandCommand, machineEnvironment } from '../../src/local/container-environment';

const pod = {
  metadata: { name: 'j-0-abcde', namespace: 'media', annotations: { 'batch.kubernetes.io/job-completion-index': '0' } },
  spec: { hostname: 'j-0', containers: [] },
};
const objects: Record<string, Record<string, string>> = { 'ConfigMap/settings': { mode: 'fast' }, 'Secret/login': { password: 'aHVudGVyMg==' } };
const find: FindObject = (kind, name) => {
  const data = objects[`${kind}/${name}`];
  return data === undefined ? undefined : { kind, metadata: { name }, data };
};
const node = { 'cpu': '8', 'memory': '16Gi', 'ephemeral-storage': '1T' };
const environment = (container: Partial<Container>) =>
  containerEnvironment(pod, { name: 'main', ...container }, { base: { PATH: '/bin' }, node, find });

test.each<[string, Partial<Container>, Record<string, string>]>([
  ['a literal', { env: [{ name: 'A', value: '1' }] }, { A: '1' }],
  ['a reference to an earlier variable', { env: [{ name: 'A', value: '1' }, { name: 'B', value: '$(A)$(C)$$(A)' }] }, { B: '1$(C)$(A)' }],
  ['a reference to a variable of a config map', {
    envFrom: [{ configMapRef: { name: 'settings' } }, { prefix: 'X_', secretRef: { name: 'login' } }],
    env: [{ name: 'B', value: '$(mode) $(X_password) $(PATH)' }],
  }, { B: 'fast hunter2 $(PATH)' }],
  ['a variable of its own name in a config map', { envFrom: [{ configMapRef: { name: 'settings' } }], env: [{ name: 'mode', value: 'very $(mode)' }] }, { mode: 'very fast' }],
  ['an annotation of the pod', {
    env: [{ name: 'JOB_COMPLETION_INDEX', valueFrom: { fieldRef: { fieldPath: "metadata.annotations['batch.kubernetes.io/job-completion-index']" } } }],
  }, { JOB_COMPLETION_INDEX: '0' }],
  ['a field of the pod', { env: [{ name: 'NS', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } }] }, { NS: 'media' }],
  ['a key of a config map', { env: [{ name: 'M', valueFrom: { configMapKeyRef: { name: 'settings', key: 'mode' } } }] }, { M: 'fast' }],
  ['a key of a secret, decoded', { env: [{ name: 'P', valueFrom: { secretKeyRef: { name: 'login', key: 'password' } } }] }, { P: 'hunter2' }],
  ['a whole config map with a prefix', { envFrom: [{ prefix: 'X_', configMapRef: { name: 'settings' } }] }, { X_mode: 'fast' }],
  ...([
    ['limits.cpu', undefined, '2'],
    ['limits.cpu', '0', '2'],
    ['requests.cpu', '1m', '100'],
    ['limits.memory', undefined, '67108864'],
    ['limits.memory', '1Mi', '64'],
    ['limits.memory', '1G', '1'],
    ['requests.memory', '1', '0'],
  ] as const).map(([resource, divisor, value]): [string, Partial<Container>, Record<string, string>] => [`${resource} by ${divisor ?? 'no divisor'}`, {
    resources: { requests: { cpu: '100m' }, limits: { cpu: '1500m', memory: '64Mi' } },
    env: [{ name: 'R', valueFrom: { resourceFieldRef: { resource, ...divisor === undefined ? {} : { divisor } } } }],
  }, { R: value }]),
  ...([
    ['limits.cpu', '8'],
    ['limits.memory', '17179869184'],
    ['limits.ephemeral-storage', '1000000000000'],
    ['requests.memory', '0'],
    ['limits.hugepages-2Mi', '0'],
  ] as const).map(([resource, value]): [string, Partial<Container>, Record<string, string>] => [`${resource} that is not set, or 0`, {
    resources: { limits: { memory: '0' } },
    env: [{ name: 'R', valueFrom: { resourceFieldRef: { resource } } }],
  }, { R: value }]),
  ['the host name of the pod', {}, { HOSTNAME: 'j-0', PATH: '/bin' }],
])('%s becomes a variable', (_, container, expected) => {
  expect(environment(container)).toMatchObject({ env: expected });
});

test('a limit that is not set is that of the pod, or of the container that is named', () => {
  const limits = (cpu: string): object => ({ resources: { limits: { cpu } } });
  const of = (containerName?: string): Container => ({
    name: 'main', env: [{ name: 'R', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', ...containerName === undefined ? {} : { containerName } } } }],
  });
  const spec = { ...limits('3'), initContainers: [{ name: 'init' }], containers: [{ name: 'main' }, { name: 'side', ...limits('2') }, { name: 'free' }] };
  const valueOf = (containerName?: string): unknown => {
    const result = containerEnvironment({ ...pod, spec }, of(containerName), { base: {}, node, find });
    return 'env' in result && result.env.R;
  };
  expect([undefined, 'side', 'free', 'init', 'gone'].map(valueOf)).toEqual(['3', '2', '3', '0', '0']);
});

test.each<[string, Partial<Container>, string]>([
  ['a missing config map', { env: [{ name: 'M', valueFrom: { configMapKeyRef: { name: 'nope', key: 'x' } } }] }, 'configmap "nope" not found'],
  ['a missing secret', { envFrom: [{ secretRef: { name: 'nope' } }] }, 'secret "nope" not found'],
  ['a missing key', {
    env: [{ name: 'M', valueFrom: { configMapKeyRef: { name: 'settings', key: 'x' } } }],
  }, "couldn't find key x in ConfigMap media/settings"],
])('%s keeps the container from starting', (_, container, problem) => {
  expect(environment(container)).toEqual({ problem });
});

test('what is optional may be missing', () => {
  const optional = { env: [{ name: 'M', valueFrom: { configMapKeyRef: { name: 'nope', key: 'x', optional: true } } }] };
  expect(environment(optional)).toEqual({ env: { PATH: '/bin', HOSTNAME: 'j-0' }, declared: {} });
});

test('a command sees the variables that its pod declares', () => {
  expect(expandCommand(['echo', '$(A)', '$(B)', '$$(A)'], { A: '1' })).toEqual(['echo', '1', '$(B)', '$(A)']);
});

test('only what a program needs to run is passed on from this machine', () => {
  expect(machineEnvironment({ PATH: '/bin', HOME: '/h', AWS_SECRET_ACCESS_KEY: 'x' })).toEqual({ PATH: '/bin', HOME: '/h' });
});
