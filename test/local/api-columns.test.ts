import { tableOf } from '../../src/local/api-columns';
import type { KubernetesObject } from '../../src/port/cluster-port';

const now = Date.parse('2026-11-28T12:00:00Z');
const ago = (seconds: number): string => new Date(now - seconds * 1000).toISOString();
const cells = (kind: string, object: object): ReadonlyArray<string | number> =>
  tableOf(kind).cells({ kind, metadata: { name: 'x', creationTimestamp: ago(90), ...(object as KubernetesObject).metadata }, ...object } as KubernetesObject, now);
const by = (kind: string, object: object, name: string): string | number | undefined =>
  cells(kind, object)[tableOf(kind).columns.findIndex((column) => column.name === name)];
const condition = (type: string): object => ({ status: { conditions: [{ type, status: 'True' }] } });

test.each([
  ['Complete', condition('Complete')],
  ['Failed', condition('Failed')],
  ['Suspended', condition('Suspended')],
  ['FailureTarget', condition('FailureTarget')],
  ['SuccessCriteriaMet', condition('SuccessCriteriaMet')],
  ['Running', {}],
  ['Running', { status: { conditions: [{ type: 'Suspended', status: 'False' }] } }],
  ['Terminating', { metadata: { name: 'x', deletionTimestamp: ago(1) } }],
  ['Failed', { ...condition('Failed'), metadata: { name: 'x', deletionTimestamp: ago(1) } }],
])('a Job is %s with %j', (text, job) => {
  expect(by('Job', job, 'Status')).toBe(text);
});

test.each([
  ['0/3', { spec: { completions: 3 } }],
  ['2/3', { spec: { completions: 3 }, status: { succeeded: 2 } }],
  ['0/1', { spec: { parallelism: 1 } }],
  ['1/1 of 4', { spec: { parallelism: 4 }, status: { succeeded: 1 } }],
])('completions are %s of %j', (text, job) => {
  expect(by('Job', job, 'Completions')).toBe(text);
});

test.each([
  ['', {}],
  ['30s', { status: { startTime: ago(30) } }],
  ['20s', { status: { startTime: ago(30), completionTime: ago(10) } }],
])('the duration is "%s" of %j', (text, job) => {
  expect(by('Job', job, 'Duration')).toBe(text);
});

test('a Job and a CronJob in full', () => {
  const template = { spec: { containers: [{ name: 'a', image: 'i:1' }, { name: 'b', image: 'i:2' }] } };
  expect(cells('Job', { spec: { template, selector: { matchLabels: { b: '2', a: '1' } } } }))
    .toEqual(['x', 'Running', '0/1', '', '90s', 'a,b', 'i:1,i:2', 'a=1,b=2']);
  expect(cells('CronJob', { spec: { schedule: '* * * * *', suspend: true, jobTemplate: { spec: { template } } }, status: { lastScheduleTime: ago(60), active: [{}] } }))
    .toEqual(['x', '* * * * *', '<none>', 'True', 1, '60s', '90s', 'a,b', 'i:1,i:2', '<none>']);
  expect(cells('CronJob', { spec: { schedule: '@daily', timeZone: 'Europe/Berlin' } }).slice(1, 6)).toEqual(['@daily', 'Europe/Berlin', 'False', 0, '<none>']);
});

const container = (state: object, more: object = {}): object => ({ name: 'main', ready: false, restartCount: 0, state, lastState: {}, ...more });
const running = { running: { startedAt: ago(5) } };
const ended = (exitCode: number, reason = ''): object => ({ terminated: { exitCode, reason, finishedAt: ago(5) } });
const pod = (status: object, spec: object = { containers: [{ name: 'main' }] }): object => ({ spec, status });
const withInit = { containers: [{ name: 'main' }], initContainers: [{ name: 'one' }, { name: 'two' }] };
const withSidecar = { containers: [{ name: 'main' }], initContainers: [{ name: 'side', restartPolicy: 'Always' }] };

test.each<[sentence: string, ready: string, status: string, restarts: string, pod: object]>([
  ['waits for a node', '0/1', 'Pending', '0', pod({ phase: 'Pending' })],
  ['is held back', '0/1', 'SchedulingGated', '0', pod({ phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }] })],
  ['gets its image', '0/1', 'ContainerCreating', '0', pod({ phase: 'Pending', containerStatuses: [container({ waiting: { reason: 'ContainerCreating' } })] })],
  ['runs', '1/1', 'Running', '0', pod({ phase: 'Running', containerStatuses: [container(running, { ready: true })] })],
  ['has ended well', '0/1', 'Completed', '0', pod({ phase: 'Succeeded', containerStatuses: [container(ended(0, 'Completed'))] })],
  ['has failed', '0/1', 'Error', '0', pod({ phase: 'Failed', containerStatuses: [container(ended(1, 'Error'))] })],
  ['has failed without a reason', '0/1', 'ExitCode:3', '0', pod({ phase: 'Failed', containerStatuses: [container(ended(3))] })],
  ['was killed', '0/1', 'Signal:9', '0', pod({ phase: 'Failed', containerStatuses: [container({ terminated: { exitCode: 137, signal: 9 } })] })],
  ['was evicted', '0/1', 'Evicted', '0', pod({ phase: 'Failed', reason: 'Evicted' })],
  ['backs off', '0/1', 'CrashLoopBackOff', '4 (5s ago)',
    pod({ phase: 'Running', containerStatuses: [container({ waiting: { reason: 'CrashLoopBackOff' } }, { restartCount: 4, lastState: ended(1) })] })],
  ['is in its second init container', '0/1', 'Init:1/2', '0',
    pod({ phase: 'Pending', initContainerStatuses: [container(ended(0)), container({ waiting: { reason: 'PodInitializing' } })] }, withInit)],
  ['fails in an init container', '0/1', 'Init:Error', '2 (5s ago)',
    pod({ phase: 'Pending', initContainerStatuses: [container(ended(1, 'Error'), { restartCount: 2, lastState: ended(1) })] }, withInit)],
  ['has a sidecar', '2/2', 'Running', '0', pod({
    phase: 'Running',
    initContainerStatuses: [container(running, { name: 'side', ready: true, started: true })],
    containerStatuses: [container(running, { ready: true })],
  }, withSidecar)],
  ['has one container that ended and one that runs', '1/2', 'NotReady', '0', pod({
    phase: 'Running', containerStatuses: [container(ended(0, 'Completed')), container(running, { ready: true })],
  }, { containers: [{ name: 'main' }, { name: 'other' }] })],
])('a pod that %s', (_, ready, status, restarts, given) => {
  expect([by('Pod', given, 'Ready'), by('Pod', given, 'Status'), by('Pod', given, 'Restarts')]).toEqual([ready, status, restarts]);
});

test('a pod that is being deleted, unless it has ended', () => {
  const metadata = { name: 'x', deletionTimestamp: ago(1) };
  expect(by('Pod', { ...pod({ phase: 'Running' }), metadata }, 'Status')).toBe('Terminating');
  expect(by('Pod', { ...pod({ phase: 'Succeeded' }), metadata }, 'Status')).toBe('Succeeded');
});

test('an Event, a ConfigMap, a Secret, a Namespace, and any other kind', () => {
  const event = {
    involvedObject: { kind: 'Job', name: 'etl' },
    source: { component: 'job-controller' },
    type: 'Normal',
    reason: 'Completed',
    message: 'Job completed\n',
    firstTimestamp: ago(10),
    lastTimestamp: ago(3),
    count: 2,
  };
  expect(cells('Event', event)).toEqual(['3s', 'Normal', 'Completed', 'job/etl', '', 'job-controller', 'Job completed', '10s', 2, 'x']);
  expect(cells('ConfigMap', { data: { a: '1', b: '2' }, binaryData: { c: '' } })).toEqual(['x', 3, '90s']);
  expect(cells('Secret', { data: { a: '' } })).toEqual(['x', 'Opaque', 1, '90s']);
  expect(cells('Namespace', {})).toEqual(['x', 'Active', '90s']);
  expect(cells('ServiceAccount', {})).toEqual(['x', '90s']);
  expect(by('ServiceAccount', { metadata: { name: 'x' } }, 'Age')).toBe('<unknown>');
});

test.each<[string, object, readonly unknown[]]>([
  ['a headless one', { type: 'ClusterIP', clusterIPs: ['None'], selector: { b: '2', a: '1' }, ports: [{ port: 80, protocol: 'TCP' }, { port: 53, protocol: 'UDP' }] }, ['x', 'ClusterIP', 'None', '<none>', '80/TCP,53/UDP', '90s', 'a=1,b=2']],
  ['one without an address', { type: 'ClusterIP', ports: [] }, ['x', 'ClusterIP', '<none>', '<none>', '<none>', '90s', '<none>']],
  ['one of nodes', { type: 'NodePort', externalIPs: ['10.0.0.1', '10.0.0.2'], ports: [{ port: 80, nodePort: 30080, protocol: 'TCP' }] }, ['x', 'NodePort', '<none>', '10.0.0.1,10.0.0.2', '80:30080/TCP', '90s', '<none>']],
  ['one with a load balancer', { type: 'LoadBalancer' }, ['x', 'LoadBalancer', '<none>', '<pending>', '<none>', '90s', '<none>']],
  ['one for a name', { type: 'ExternalName', externalName: 'example.com', externalIPs: ['10.0.0.1'] }, ['x', 'ExternalName', '<none>', 'example.com', '<none>', '90s', '<none>']],
])('a Service: %s', (_, spec, expected) => {
  expect(cells('Service', { spec })).toEqual(expected);
});
