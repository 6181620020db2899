import { container, inContainer, inJob, type Mistake, object, plusContainer } from './mistake';

const two = (first: string, second: string): string => `[${first}, ${second}]`;
const volume = (id: string, name: string): string => `kplus.Volume.fromEmptyDir(chart, '${id}', '${name}')`;
const probe = "{ exec: { command: ['true'] } }";
const resources = (id: number, title: string, text: string, plus: Mistake['plus']): Mistake => inContainer(id, title, { resources: text }, plus);
const cpu = (text: string): Readonly<Record<string, string>> => ({ resources: `{ cpu: { ${text} }, memory: {} }` });

/** What can be wrong with pods and containers. */
export const podMistakes: readonly Mistake[] = [
  inJob(63, 'no containers', { containers: '[]' }, { containers: '[]' }),
  inJob(64, 'two containers of one name',
    { containers: two(container(), container()) }, { containers: two(plusContainer(), plusContainer()) }),
  inJob(65, 'an init container named as a container',
    { initContainers: `[${container()}]` }, { initContainers: `[${plusContainer({ name: "'main'" })}]` }),
  inContainer(66, 'a container without an image', { image: '' }, { image: '' }),
  inContainer(67, 'an empty image', { image: "''" }, { image: "''" }),
  inContainer(68, 'an image with a blank at its end', { image: "'busybox:1.36 '" }, { image: "'busybox:1.36 '" }),
  inContainer(69, 'a container named Main_1', { name: "'Main_1'" }, { name: "'Main_1'" }),
  inContainer(70, "a variable with '=' in its name", { env: "[{ name: 'A=B', value: '1' }]" }, { envVariables: "{ 'A=B': kplus.EnvValue.fromValue('1') }" }),
  inContainer(71, 'a variable without a name', { env: "[{ name: '', value: '1' }]" }, { envVariables: "{ '': kplus.EnvValue.fromValue('1') }" }),
  inContainer(72, 'a variable whose value is a number', { env: "[{ name: 'A', value: 1 }]" }, { envVariables: '{ A: kplus.EnvValue.fromValue(1) }' }),
  resources(73, 'a cpu limit below the request', "{ requests: { cpu: '2' }, limits: { cpu: '1' } }",
    cpu('request: kplus.Cpu.units(2), limit: kplus.Cpu.units(1)')),
  resources(74, 'a memory limit below the request', "{ requests: { memory: '1Gi' }, limits: { memory: '512Mi' } }",
    { resources: '{ memory: { request: cdk8s.Size.gibibytes(1), limit: cdk8s.Size.mebibytes(512) } }' }),
  resources(75, "memory: '1 GB'", "{ limits: { memory: '1 GB' } }", 'prevented'),
  resources(76, 'a negative amount of cpu', "{ limits: { cpu: '-100m' } }", cpu('limit: kplus.Cpu.millis(-100)')),
  resources(77, 'cpu: Number(undefined)', '{ limits: { cpu: Number(undefined) } }', cpu('limit: kplus.Cpu.millis(Number(undefined))')),
  inContainer(78, 'a mount of a volume that is not there', { volumeMounts: "[{ name: 'data', mountPath: '/data' }]" }, 'prevented'),
  inJob(79, 'two mounts on one path', {
    volumes: "[{ name: 'a', emptyDir: {} }, { name: 'b', emptyDir: {} }]",
    containers: `[${container({ volumeMounts: "[{ name: 'a', mountPath: '/x' }, { name: 'b', mountPath: '/x' }]" })}]`,
  }, {
    containers: `[${plusContainer({ volumeMounts: `[{ path: '/x', volume: ${volume('a', 'a')} }, { path: '/x', volume: ${volume('b', 'b')} }]` })}]`,
  }),
  inJob(80, 'a volume named My_Vol', { volumes: "[{ name: 'My_Vol', emptyDir: {} }]" }, { volumes: `[${volume('a', 'My_Vol')}]` }),
  inJob(81, 'two volumes of one name', { volumes: "[{ name: 'a', emptyDir: {} }, { name: 'a', emptyDir: {} }]" },
    { volumes: `[${volume('a', 'a')}, ${volume('b', 'a')}]` }),
  inContainer(82, 'port 70000', { ports: '[{ containerPort: 70000 }]' }, { ports: '[{ number: 70000 }]' }),
  inContainer(83, 'two ports of one name', { ports: "[{ name: 'web', containerPort: 80 }, { name: 'web', containerPort: 81 }]" },
    { ports: "[{ name: 'web', number: 80 }, { name: 'web', number: 81 }]" }),
  inJob(84, 'a liveness probe on an init container', { initContainers: `[${container({ name: "'first'", livenessProbe: probe })}]` },
    { initContainers: `[${plusContainer({ name: "'first'", liveness: "kplus.Probe.fromCommand(['true'])" })}]` }),
  inContainer(85, "imagePullPolicy: 'always', in lower case", { imagePullPolicy: "'always'" }, { imagePullPolicy: "'always'" }),
  inContainer(86, 'a command that is a text', { command: "'echo hi'" }, { command: "'echo hi'" }),
  inContainer(87, 'user 0 where root is refused', { securityContext: object({ runAsUser: '0', runAsNonRoot: 'true' }) }, { securityContext: '{ user: 0 }' }),
  inJob(88, 'a negative grace period', { terminationGracePeriodSeconds: '-1' }, { terminationGracePeriod: 'cdk8s.Duration.seconds(-1)' }),
  inJob(89, 'a node name in upper case', { nodeName: "'Node_1'" }, {}),
  inJob(90, 'a toleration Exists with a value', { tolerations: "[{ key: 'k', operator: 'Exists', value: 'v' }]" }, 'prevented'),
];
