/** What doctor says to each way in which a cluster can answer, over real sockets. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KubernetesCluster } from '../../src/runtime/connection/kubernetes-cluster';
import { type DoctorReport, examineCluster } from '../../src/runtime/doctor/doctor';
import { featureState, jobFeatures } from '../../src/runtime/doctor/job-features';

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A right that is asked for: `create jobs`. */
type Asked = string;

interface Behaviour {
  readonly version?: Answer;
  readonly user?: Answer;
  readonly namespace?: Answer;
  readonly kueue?: Answer;
  readonly queues?: Answer;
  readonly isAllowed?: (asked: Asked) => boolean;
}

const refusal = (status: number, reason: string, message: string): Answer => ({ status, body: { kind: 'Status', code: status, reason, message } });
const versionAnswer = (minor: number, gitVersion = `v1.${minor}.0`): Answer => ({ status: 200, body: { major: '1', minor: String(minor), gitVersion } });
const unauthorized = refusal(401, 'Unauthorized', 'Unauthorized');

let server: Server;
let asked: Asked[] = [];
let behaviour: Behaviour = {};

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Uint8Array[] = [];
    request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const { status, body } = answer(request.url ?? '', text === '' ? undefined : JSON.parse(text));
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => new Promise((resolve) => {
  server.closeAllConnections();
  server.close(resolve);
}));
beforeEach(() => { asked = []; });

function answer(path: string, body: unknown): Answer {
  const { version, user, namespace, kueue, queues, isAllowed = () => true } = behaviour;
  if (path === '/version') return version ?? versionAnswer(37);
  if (path === '/apis/kueue.x-k8s.io') return kueue ?? refusal(404, 'NotFound', 'the server could not find the requested resource');
  if (path.endsWith('/localqueues')) return queues ?? { status: 200, body: { items: [] } };
  if (path.endsWith('/selfsubjectreviews')) return user ?? { status: 201, body: { status: { userInfo: { username: 'jane' } } } };
  if (path.endsWith('/selfsubjectaccessreviews')) {
    const { spec: { resourceAttributes: { verb, resource, subresource, namespace: where } } } = body as {
      readonly spec: { readonly resourceAttributes: Readonly<Record<string, string>> };
    };
    const right = `${verb} ${resource}${subresource === undefined ? '' : `/${subresource}`}`;
    asked.push(`${right} in ${where}`);
    return { status: 201, body: { status: { allowed: isAllowed(right) } } };
  }
  return namespace ?? { status: 200, body: { kind: 'Namespace', metadata: { name: 'media' } } };
}

async function examine(given: Behaviour): Promise<DoctorReport> {
  behaviour = given;
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const cluster = new KubernetesCluster(
    { context: 'dev', namespace: 'media', server: url, credentials: async () => ({ headers: {}, tls: {} }) }, { backoff: { first: 1, longest: 1 } },
  );
  try {
    return await examineCluster(cluster);
  } finally {
    await cluster.close();
  }
}

test('everything that run does is asked for, in the namespace', async () => {
  const report = await examine({});
  expect(report).toMatchObject({ context: 'dev', namespace: 'media', version: 'v1.37.0', user: 'jane', ok: true });
  expect(asked).toEqual(expect.arrayContaining([
    'create jobs in media', 'patch jobs in media', 'get jobs in media', 'list jobs in media', 'watch jobs in media', 'delete jobs in media',
    'list pods in media', 'watch pods in media', 'get pods/log in media', 'list events in media', 'watch events in media', 'get cronjobs in media',
  ]));
  expect(new Set(asked).size).toBe(asked.length);
  expect(report.checks.filter(({ result }) => result !== 'ok')).toEqual([]);
});

const kueue: Answer = { status: 200, body: { kind: 'APIGroup', versions: [{ version: 'v1beta2' }, { version: 'v1beta1' }] } };
const queue = (name: string, ...conditions: readonly object[]): object => ({ metadata: { name }, status: { conditions } });
const twoQueues = [queue('team', { type: 'Active', status: 'True' }), queue('dangling', { type: 'Active', status: 'False', reason: 'ClusterQueueDoesNotExist' })];

test.each<[string, Behaviour, string]>([
  ['its queues', { kueue, queues: { status: 200, body: { items: twoQueues } } }, 'v1beta2; queues here: team (active), dangling (ClusterQueueDoesNotExist)'],
  ['that there are none', { kueue }, 'v1beta2; no queues here'],
  ['that they may not be listed', { kueue, queues: refusal(403, 'Forbidden', 'localqueues is forbidden: User "jane" cannot list resource "localqueues"') }, 'v1beta2; we may not list its queues'],
  ['that it is too new', { kueue: { status: 200, body: { versions: [{ version: 'v2' }] } } }, 'its API is v2, and v1beta2 and v1beta1 are known'],
])('of Kueue is told %s, and what may be done with Workloads', async (_, given, detail) => {
  const { ok, checks } = await examine({ ...given, isAllowed: (right) => right !== 'patch workloads' });
  expect(ok).toBe(true);
  expect(checks).toContainEqual(expect.objectContaining({ subject: 'kueue', detail }));
  expect(checks).toContainEqual(expect.objectContaining({ subject: 'workloads', verb: 'patch', result: 'warning', detail: 'Jobs in queues can be neither suspended nor resumed' }));
});

test('of a cluster without Kueue nothing is said or asked that has to do with it', async () => {
  expect((await examine({})).checks.map(({ subject }) => subject)).not.toContain('kueue');
  expect(asked.filter((right) => right.includes('workloads'))).toEqual([]);
});

test.each<[string, Behaviour, string, string | undefined]>([
  ['a token that has expired', { version: unauthorized, user: unauthorized }, 'authentication: Cannot ask who we are: Unauthorized', 'log in again'],
  ['a token that only counts beyond the version', { user: unauthorized }, 'authentication: Cannot ask who we are: Unauthorized', 'log in again'],
  [
    'no credentials at all', { user: { status: 201, body: { status: { userInfo: { username: 'system:anonymous' } } } } },
    'authentication: the request carried no credentials', 'log in',
  ],
  [
    'no credentials, and no right to ask',
    { user: refusal(403, 'Forbidden', 'selfsubjectreviews.authentication.k8s.io is forbidden: User "system:anonymous" cannot create resource') },
    'authentication: the request carried no credentials', 'log in',
  ],
  ['a namespace that is not there', { namespace: refusal(404, 'NotFound', 'namespaces "media" not found') }, 'namespace: there is no namespace media', 'kubectl create namespace media'],
  [
    'a namespace that goes', { namespace: { status: 200, body: { metadata: { name: 'media', deletionTimestamp: '2027-01-01T00:00:00Z' } } } },
    'namespace: media is being deleted', '--namespace',
  ],
  ['no right to make Jobs', { isAllowed: (right) => right !== 'create jobs' }, 'jobs: run cannot make jobs', 'cdk8s-jobs rbac run --namespace media'],
  ['no right to apply Jobs', { isAllowed: (right) => right !== 'patch jobs' }, 'jobs: run cannot apply jobs', 'cdk8s-jobs rbac run --namespace media'],
  ['no right to watch Jobs', { isAllowed: (right) => right !== 'watch jobs' }, 'jobs: run cannot follow jobs', 'cdk8s-jobs rbac run --namespace media'],
  ['a server that is no Kubernetes', { version: { status: 200, body: { hello: 'world' } } }, 'what answers there is no Kubernetes', undefined],
  ['a server that knows no version', { version: { status: 404, body: {} } }, 'Cannot read the version', undefined],
])('run cannot work with %s', async (_, given, detail, advice) => {
  const { ok, checks } = await examine(given);
  const failures = checks.filter(({ result }) => result === 'failed');
  expect(ok).toBe(false);
  expect(failures).toHaveLength(1);
  expect(`${failures[0]?.subject}: ${failures[0]?.detail}`).toContain(detail);
  if (advice === undefined) expect(failures[0]?.advice).toBeUndefined();
  else expect(failures[0]?.advice).toContain(advice);
});

test.each<[string, Behaviour, string, string]>([
  ['events', { isAllowed: (right) => !right.endsWith('events') }, 'events', 'quotas, admission and volumes are not known as causes'],
  ['the output of pods', { isAllowed: (right) => right !== 'get pods/log' }, 'pods/log', 'the output of the pods is not shown'],
  ['deletion', { isAllowed: (right) => right !== 'delete jobs' }, 'jobs', 'these do not work: delete, retry, --on-interrupt=delete'],
  ['CronJobs', { isAllowed: (right) => !right.endsWith('cronjobs') }, 'cronjobs', 'these do not work: diff, trigger'],
  ['a version that was tested', { version: versionAnswer(30) }, 'version', 'older than 1.31, the oldest that is tested'],
  ['a version that exists yet', { version: versionAnswer(41) }, 'version', 'newer than 1.37, the newest that is tested'],
  ['a right to see the version', { version: refusal(403, 'Forbidden', 'forbidden: User "jane" cannot get path "/version"') }, 'version', 'not told'],
])('run works without %s, and what is lost is said', async (_, given, subject, detail) => {
  const { ok, checks } = await examine(given);
  expect(ok).toBe(true);
  const warnings = checks.filter(({ result }) => result === 'warning');
  expect(warnings.map((check) => check.subject)).toContain(subject);
  expect(warnings.map((check) => check.detail).join('\n')).toContain(detail);
});

test('a namespace that one may not look at may be there', async () => {
  const { ok, checks } = await examine({ namespace: refusal(403, 'Forbidden', 'namespaces "media" is forbidden: User "jane" cannot get resource "namespaces"') });
  expect(ok).toBe(true);
  expect(checks).toContainEqual({ subject: 'namespace', result: 'ok', detail: 'media (not allowed to look whether it is there)' });
});

test('nothing is asked of who is not let in', async () => {
  await examine({ version: unauthorized, user: unauthorized });
  expect(asked).toEqual([]);
});

test('a cluster that nobody answers for', async () => {
  const cluster = new KubernetesCluster(
    { context: 'gone', namespace: 'media', server: 'http://127.0.0.1:1', credentials: async () => ({ headers: {}, tls: {} }) }, { backoff: { first: 1, longest: 1 } },
  );
  const { ok, checks, features, version } = await examineCluster(cluster);
  expect({ ok, version, features }).toEqual({ ok: false, version: null, features: [] });
  expect(checks).toHaveLength(1);
  expect(checks[0]).toMatchObject({ subject: 'cluster', result: 'failed', detail: expect.stringContaining('nothing listens there'), advice: expect.any(String) });
});

test.each<[string, string, readonly [minor: number, state: string][]]>([
  ['successPolicy', 'successPolicy', [[30, 'off'], [31, 'beta'], [32, 'beta'], [33, 'stable'], [37, 'stable']]],
  ['backoffLimitPerIndex', 'backoffLimitPerIndex, maxFailedIndexes', [[28, 'off'], [29, 'beta'], [33, 'stable']]],
  ['podReplacementPolicy', 'podReplacementPolicy', [[28, 'off'], [29, 'beta'], [33, 'beta'], [34, 'stable']]],
  ['managedBy', 'managedBy', [[31, 'off'], [32, 'beta'], [34, 'beta'], [35, 'stable']]],
  ['podFailurePolicy', 'podFailurePolicy', [[25, 'off'], [26, 'beta'], [31, 'stable']]],
])('%s is off, on and stable when Kubernetes made it so', (_, field, states) => {
  const feature = jobFeatures.find((candidate) => candidate.field === field);
  expect(states.map(([minor]) => [minor, feature === undefined ? undefined : featureState(feature, minor)])).toEqual(states);
});

test('the features of the version are reported, the missing ones too', async () => {
  const { features } = await examine({ version: versionAnswer(31, 'v1.31.4-gke.100') });
  expect(features.filter(({ state }) => state === 'off')).toEqual([
    { field: 'managedBy', state: 'off', since: '1.32', otherwise: 'the Job controller takes every Job' },
  ]);
  expect(features).toContainEqual(expect.objectContaining({ field: 'successPolicy', state: 'beta', since: '1.31' }));
});
