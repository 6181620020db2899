/** The local engine behind its API server, asked by a real kubectl, and compared with what a real cluster shows. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNamespace, deleteNamespace, kubectl as anyKubectl, type ProgramResult, testCluster, until } from './api';
import { openKubeApi } from './kube-api';
import { type ApiServer, serveCluster } from '../../src/local/api-server';
import { createServedCluster } from '../../src/local/local-cluster';
import { readProtobuf } from '../../src/local/protobuf/read-protobuf';
import type { ClusterPort, KubernetesObject } from '../../src/port/cluster-port';
import { defaultVersion } from '../../src/rules/rule/versions';
import { writeKubeconfig } from '../end-to-end/served-stage';
import { strategicCases } from '../local/strategic-cases';

const real = testCluster();
const folder = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-serve-'));
const kubeconfig = join(folder, 'kubeconfig');
const served = { ...real, kubeconfig };
let engine: ClusterPort;
let server: ApiServer;

beforeAll(async () => {
  const cluster = await createServedCluster();
  engine = cluster;
  server = await serveCluster(cluster, { secret: 'of-this-test', version: defaultVersion, clock: Date });
  writeKubeconfig(folder, server.url);
});

afterAll(async () => {
  await server.close();
  await engine.close();
  rmSync(folder, { recursive: true });
});

const kubectl = (args: readonly string[], input?: object): Promise<ProgramResult> =>
  anyKubectl(served, ['--cache-dir', join(folder, 'cache'), ...args], input === undefined ? '' : JSON.stringify(input));

/** kubectl's output; fails with its error. */
async function mustKubectl(args: readonly string[], input?: object): Promise<string> {
  const { status, stdout, stderr } = await kubectl(args, input);
  if (status !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
  return stdout;
}

const job = (name: string, script: string, spec: object = {}): object => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name },
  spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox', command: ['sh', '-c', script] }] } }, ...spec },
});

test('kubectl applies, waits, shows and deletes a Job', async () => {
  expect(await mustKubectl(['apply', '-f', '-'], job('one', 'echo hello'))).toBe('job.batch/one created\n');
  expect(await mustKubectl(['wait', '--for=condition=Complete', 'job/one', '--timeout=60s'])).toBe('job.batch/one condition met\n');
  expect(await mustKubectl(['logs', 'job/one'])).toBe('hello\n');
  expect(await mustKubectl(['get', 'all'])).toMatch(/pod\/one-\w{5} +0\/1 +Completed[\s\S]*job\.batch\/one +Complete +1\/1/);
  expect(await mustKubectl(['describe', 'job', 'one'])).toMatch(/SuccessfulCreate[\s\S]*Completed/);
  expect(await mustKubectl(['events', '--for', 'job/one'])).toMatch(/Job completed/);
  expect(await mustKubectl(['apply', '-f', '-'], job('one', 'echo hello'))).toBe('job.batch/one unchanged\n');
  expect(await mustKubectl(['delete', 'job', 'one'])).toMatch(/deleted/);
  expect(await mustKubectl(['get', 'jobs,pods', '-o', 'name'])).toBe('');
});

test('kubectl changes an object in every way', async () => {
  const suspended = job('two', 'echo', { suspend: true, parallelism: 1 });
  await mustKubectl(['apply', '--server-side', '-f', '-'], suspended);
  const parallelism = async (): Promise<string> => mustKubectl(['get', 'job', 'two', '-o', 'jsonpath={.spec.parallelism}']);
  await mustKubectl(['patch', 'job', 'two', '-p', '{"spec":{"parallelism":2}}']);
  expect(await parallelism()).toBe('2');
  await mustKubectl(['patch', 'job', 'two', '--type=merge', '-p', '{"spec":{"parallelism":3}}']);
  expect(await parallelism()).toBe('3');
  await mustKubectl(['patch', 'job', 'two', '--type=json', '-p', '[{"op":"replace","path":"/spec/parallelism","value":4}]']);
  expect(await parallelism()).toBe('4');
  await mustKubectl(['apply', '-f', '-'], job('two', 'echo', { suspend: true, parallelism: 5 }));
  expect(await parallelism()).toBe('5');
  const diff = (): Promise<ProgramResult> => kubectl(['diff', '-f', '-'], job('two', 'echo', { suspend: true, parallelism: 7 }));
  expect((await diff()).stdout).toContain('+  parallelism: 7');
  await mustKubectl(['replace', '-f', '-'], JSON.parse((await mustKubectl(['get', 'job', 'two', '-o', 'json'])).replace('"parallelism": 5', '"parallelism": 6')) as object);
  expect(await parallelism()).toBe('6');
  // The Job that was read is the configuration that was applied last, from now on: without its selector it is another one, on any server.
  expect((await diff()).stderr).toMatch(/spec\.selector: Required value[^]*spec\.selector: Invalid value: .*field is immutable/);
  await mustKubectl(['label', 'job', 'two', 'a=b']);
  await mustKubectl(['annotate', 'job', 'two', 'a=b']);
  expect(await mustKubectl(['get', 'jobs', '-l', 'a=b', '-o', 'name'])).toBe('job.batch/two\n');
});

test('what is refused is refused in the words of the API server', async () => {
  const { stderr } = await kubectl(['apply', '-f', '-'], job('bad', 'echo', { parallelism: -1, suspend: true }));
  expect(stderr).toBe('The Job "bad" is invalid: spec.parallelism: Invalid value: -1: must be greater than or equal to 0\n');
  expect((await kubectl(['get', 'deployments'])).stderr).toContain('the server doesn\'t have a resource type "deployments"');
  expect((await kubectl(['get', 'job', 'none'])).stderr).toMatch(/NotFound/);
});

describe('an answer to faults is that of a real server', () => {
  const path = '/apis/batch/v1/namespaces/default/jobs';
  const changed = (spec: object): object => job('faulty', 'echo', { suspend: true, ...spec });
  const api = openKubeApi(real.kubeconfig);
  const askServed = async (method: string, target: string, body: object, type: string): Promise<unknown> => (
    (await fetch(`${server.url}${target}`, { method, body: JSON.stringify(body), headers: { 'content-type': type } })).json()
  );

  beforeAll(async () => {
    await api.mustRequest('POST', path, changed({}));
    await askServed('POST', path, changed({}), 'application/json');
  });
  afterAll(async () => api.mustRequest('DELETE', `${path}/faulty?propagationPolicy=Background`));

  test.each<[sentence: string, method: string, target: string, body: object, type: string]>([
    ['one fault of a new Job', 'POST', path, job('bad', 'echo', { parallelism: -1 }), 'application/json'],
    ['several', 'POST', path, job('bad', 'echo', { parallelism: -1, completions: -2, backoffLimit: -3, completionMode: 'Often' }), 'application/json'],
    ['several of a Job without a name', 'POST', path, { ...job('', 'echo', { parallelism: -1 }), metadata: {} }, 'application/json'],
    ['several of a patch', 'PATCH', `${path}/faulty`, { spec: { parallelism: -1, backoffLimit: -2 } }, 'application/merge-patch+json'],
  ])('%s', async (_, method, target, body, type) => {
    expect(await askServed(method, target, body, type)).toEqual((await api.request(method, target, body, { 'content-type': type })).body);
  });

  test('several of a replacement of what was read', async () => {
    const faulty = `${path}/faulty`;
    const spoiled = (live: KubernetesObject): object => ({ ...live, spec: { ...live.spec as object, parallelism: -1, completions: 5 } });
    const json = { 'content-type': 'application/json' };
    const ofServed = await (await fetch(`${server.url}${faulty}`)).json() as KubernetesObject;
    const ofReal = (await api.request('GET', faulty)).body as KubernetesObject;
    expect(await askServed('PUT', faulty, spoiled(ofServed), json['content-type'])).toEqual((await api.request('PUT', faulty, spoiled(ofReal), json)).body);
  });
});

test('kubectl makes objects itself, and sends them in protobuf', async () => {
  expect(await mustKubectl(['create', 'job', 'made', '--image=busybox', '--', 'echo', 'hello'])).toBe('job.batch/made created\n');
  expect(await mustKubectl(['create', 'cronjob', 'tick', '--image=busybox', '--schedule=0 0 1 1 *', '--', 'true'])).toBe('cronjob.batch/tick created\n');
  expect(await mustKubectl(['create', 'job', 'now', '--from=cronjob/tick'])).toBe('job.batch/now created\n');
  await mustKubectl(['wait', '--for=condition=Complete', 'job/made', 'job/now', '--timeout=60s']);
  expect(await mustKubectl(['logs', 'job/made'])).toBe('hello\n');
  expect(await mustKubectl(['create', 'namespace', 'team'])).toBe('namespace/team created\n');
  expect(await mustKubectl(['create', 'serviceaccount', 'robot', '-n', 'team'])).toBe('serviceaccount/robot created\n');
  expect(await mustKubectl(['delete', 'namespace', 'team'])).toMatch(/deleted/);
  expect((await kubectl(['get', 'namespace', 'team'])).stderr).toContain('namespaces "team" not found');
});

test('kubectl explain shows what fields mean', async () => {
  expect(await mustKubectl(['explain', 'job.spec.backoffLimit'])).toMatch(/FIELD: backoffLimit <integer>[\s\S]*DESCRIPTION:\s+How many failed pods/);
});

test.each<[words: readonly string[]]>([
  [['-n', 'nope', 'create', 'job', 'x', '--image=busybox', '--', 'true']],
  [['-n', 'nope', 'create', 'serviceaccount', 'x']],
  [['-n', 'nope', 'create', 'configmap', 'x', '--dry-run=server']],
  [['-n', 'nope', 'get', 'job', 'x']],
  [['-n', 'nope', 'get', 'jobs']],
  [['create', 'namespace', 'default']],
  [['delete', 'namespace', 'kube-system']],
  [['delete', 'namespace', 'nope']],
  [['run', 'x', '--image=busybox', '--restart=Never', '--overrides={"spec":{"serviceAccountName":"gone"}}', '--command', '--', 'true']],
])('the answer to %j is that of a real server', async (words) => {
  const { status, stdout, stderr } = await kubectl(words);
  const answer = await anyKubectl(real, words);
  expect({ status, stdout, stderr }).toEqual({ status: answer.status, stdout: answer.stdout, stderr: answer.stderr });
});

describe('protobuf', () => {
  let namespace: string;
  const api = openKubeApi(real.kubeconfig);

  beforeAll(async () => {
    namespace = await createNamespace(real, 'protobuf');
    const pod = {
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 0,
      volumes: [{ name: 'v', emptyDir: { sizeLimit: '1Mi' } }, { name: 'p', projected: { sources: [{ downwardAPI: { items: [{ path: 'a', fieldRef: { fieldPath: 'metadata.name' } }] } }] } }],
      affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: { matchExpressions: [{ key: 'a', operator: 'Exists' }] } }] } },
      containers: [{
        name: 'main',
        image: 'busybox',
        imagePullPolicy: 'IfNotPresent',
        command: ['sh', '-c', 'sleep 600'],
        env: [{ name: 'A', value: '' }, { name: 'B', valueFrom: { configMapKeyRef: { name: 'c', key: 'a', optional: true } } }],
        resources: { requests: { cpu: '1m' }, limits: { memory: '64Mi' } },
        livenessProbe: { httpGet: { port: 80 }, initialDelaySeconds: 600 },
        readinessProbe: { httpGet: { port: 'http' } },
        volumeMounts: [{ name: 'v', mountPath: '/v' }],
      }],
    };
    const policy = { rules: [{ action: 'Ignore', onExitCodes: { operator: 'In', values: [3, 4] } }, { action: 'Count', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }] };
    const spec = { completions: 3, parallelism: 1, backoffLimit: 0, completionMode: 'Indexed', podFailurePolicy: policy, template: { metadata: { labels: { a: 'b' } }, spec: pod } };
    const items = [
      { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'one', annotations: { a: '' } }, spec },
      { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'one' }, spec: { schedule: '0 0 1 1 *', suspend: true, startingDeadlineSeconds: 0, jobTemplate: { spec } } },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'one' }, data: { a: 'b', c: '' }, binaryData: { d: 'AP8=' } },
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'one' }, stringData: { a: 'b' } },
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 'one' }, spec: { selector: { a: 'b' }, ports: [{ port: 80, targetPort: 'http' }] } },
      { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'one' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } },
    ];
    const { status, stderr } = await anyKubectl(real, ['create', '-n', namespace, '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
    expect([status, stderr]).toEqual([0, '']);
    await until('a pod that runs', async () => (await anyKubectl(real, ['get', 'pods', '-n', namespace])).stdout.includes('Running') ? true : undefined);
  });

  afterAll(async () => deleteNamespace(real, namespace));

  test.each([
    'apis/batch/v1 jobs', 'apis/batch/v1 cronjobs', 'api/v1 pods', 'api/v1 events', 'api/v1 configmaps', 'api/v1 secrets', 'api/v1 serviceaccounts', 'api/v1 persistentvolumeclaims',
    'api/v1 services',
  ])('one of the %s of a real server is read as its JSON', async (resource) => {
    const [group = '', plural = ''] = resource.split(' ');
    const list = `/${group}/namespaces/${namespace}/${plural}`;
    const { items } = (await api.mustRequest('GET', list)).body as { readonly items: readonly KubernetesObject[] };
    const path = `${list}/${items[0]?.metadata?.name ?? ''}`;
    // Its status may change between the two answers.
    const [read, json] = await until('two answers of one version', async () => {
      const { body } = await api.mustRequest('GET', path, undefined, { accept: 'application/vnd.kubernetes.protobuf' });
      const answers = [readProtobuf(body as Buffer), (await api.mustRequest('GET', path)).body as KubernetesObject] as const;
      return versionOf(answers[0]) === versionOf(answers[1]) ? answers : undefined;
    });
    expect(read).toEqual(json);
  });
});

function versionOf(object: object): string | undefined {
  return (object as KubernetesObject).metadata?.resourceVersion;
}

describe('tables', () => {
  let namespace: string;

  beforeAll(async () => {
    namespace = await createNamespace(real, 'tables');
    const container = { name: 'main', image: 'busybox', command: ['true'] };
    const objects = [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      job('one', 'true', { suspend: true, completions: 3 }),
      { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'one' }, spec: { schedule: '0 0 1 1 *', suspend: true, jobTemplate: { spec: { template: { spec: { restartPolicy: 'Never', containers: [container] } } } } } },
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'one' }, spec: { restartPolicy: 'Never', schedulingGates: [{ name: 'example.com/wait' }], containers: [container] } },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'one' }, data: { a: 'b' } },
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'one' }, stringData: { a: 'b' } },
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 'one' }, spec: { clusterIP: 'None', selector: { a: 'b' }, ports: [{ port: 80 }, { port: 53, protocol: 'UDP', name: 'dns' }].map((port, index) => ({ name: `p${index}`, ...port })) } },
    ];
    await mustKubectl(['create', '-n', namespace, '-f', '-'], { apiVersion: 'v1', kind: 'List', items: objects });
    await anyKubectl(real, ['create', '-n', namespace, '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects.slice(1) }));
    await until('an Event of each Job', async () => {
      const counts = await Promise.all([served, real].map(async (cluster) => (await anyKubectl(cluster, ['get', 'events', '-n', namespace, '-o', 'name'])).stdout));
      return counts.includes('') ? undefined : true;
    });
  });

  afterAll(async () => deleteNamespace(real, namespace));

  /** The cells of the first line, or of the line that begins with `one`; ages differ. */
  const lineOf = (text: string, begin?: string): readonly string[] =>
    (text.split('\n').find((line) => begin === undefined || line.startsWith(begin)) ?? '').split(/\s{2,}/).filter((cell) => !/^\d+m?\d*s$/.test(cell));

  test.each(['jobs', 'cronjobs', 'pods', 'events', 'configmaps', 'secrets', 'services', 'namespaces'])('%s have the columns of a real server', async (plural) => {
    for (const format of [[], ['-o', 'wide']]) {
      const words = ['get', plural, '-n', namespace, ...format];
      const header = lineOf(await mustKubectl(words));
      expect(header).toEqual(lineOf((await anyKubectl(real, words)).stdout));
      expect(header.length).toBeGreaterThan(2);
    }
  });

  test.each(['jobs', 'cronjobs', 'pods', 'configmaps', 'secrets', 'services'])('one of the %s looks as on a real server', async (plural) => {
    const words = ['get', plural, '-n', namespace];
    const line = lineOf(await mustKubectl(words), 'one');
    expect(line).toEqual(lineOf((await anyKubectl(real, words)).stdout, 'one'));
    expect(line[0]).toBe('one');
  });
});

test.each(strategicCases)('kubectl merges a strategic patch in the same way: %s', async (sentence, live, patch, merged) => {
  const file = join(folder, `${strategicCases.findIndex(([other]) => other === sentence)}.json`);
  writeFileSync(file, JSON.stringify({ apiVersion: 'batch/v1', kind: 'Job', ...live }));
  const printed = JSON.parse(await mustKubectl(['patch', '--local', '-f', file, '-o', 'json', '-p', JSON.stringify(patch)])) as object;
  expect(dropEmpty(printed)).toEqual(dropEmpty({ apiVersion: 'batch/v1', kind: 'Job', ...merged }));
});

/** kubectl's types print what is empty or leave it out; neither is meant here. */
function dropEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropEmpty);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, entry]) => [name, dropEmpty(entry)] as const);
  return Object.fromEntries(entries.filter(([, entry]) => entry !== null && (typeof entry !== 'object' || Object.keys(entry as object).length > 0)));
}
