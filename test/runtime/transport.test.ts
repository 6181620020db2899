import { FakeApiServer } from './fake-api-server';
import { jobManifest } from './objects';
import type { KubernetesObject } from '../../src/port/cluster-port';
import { jobs } from '../../src/port/resources';
import { applyObject } from '../../src/runtime/apply-object';
import { KubernetesCluster } from '../../src/runtime/connection/kubernetes-cluster';

const server = new FakeApiServer();
const quick = { backoff: { first: 1, longest: 2 } };
let cluster: KubernetesCluster;

beforeAll(() => server.start());
afterAll(() => server.stop());
beforeEach(() => {
  server.requests.length = 0;
  cluster = new KubernetesCluster(server.identity(), quick);
});
afterEach(() => cluster.close());

const failure = (call: Promise<unknown>): Promise<unknown> => call.then(() => 'no error', (error: unknown) => error);

test('fields that nobody here knows go to the server and come back', async () => {
  const object = { ...jobManifest('unknown-fields'), spec: { ...jobManifest('x').spec as object, futureField: { deep: [1, null] } } };
  const { object: stored, code } = await cluster.apply(object);
  expect(code).toBe(201);
  expect((stored.spec as { futureField: unknown }).futureField).toEqual({ deep: [1, null] });
  expect((await cluster.get({ resource: jobs, name: 'unknown-fields' })).spec).toEqual(object.spec);
});

test('server-side apply as field manager cdk8s-jobs, strictly checked', async () => {
  await cluster.apply(jobManifest('managed'), { force: true });
  const [request] = server.requests;
  expect(request).toMatchObject({ method: 'PATCH', path: '/apis/batch/v1/namespaces/default/jobs/managed' });
  expect(Object.fromEntries(request?.query ?? [])).toEqual({ fieldManager: 'cdk8s-jobs', force: 'true', fieldValidation: 'Strict' });
  expect(request?.headers['content-type']).toBe('application/apply-patch+yaml');
});

test('a deletion names its policy and the incarnation', async () => {
  const { object } = await cluster.apply(jobManifest('doomed'));
  await cluster.delete({ resource: jobs, name: 'doomed' }, { propagationPolicy: 'Foreground', uid: object.metadata?.uid ?? '' });
  expect(server.requests.at(-1)?.body).toMatchObject({ propagationPolicy: 'Foreground', preconditions: { uid: object.metadata?.uid } });
});

test.each([
  [401, 'Unauthorized', 'UNAUTHENTICATED', 2],
  [403, 'Forbidden', 'FORBIDDEN', 1],
  [404, 'NotFound', 'NOT_FOUND', 1],
  [409, 'AlreadyExists', 'CONFLICT', 1],
  [410, 'Expired', 'EXPIRED', 1],
  [422, 'Invalid', 'INVALID', 1],
  [400, 'BadRequest', 'API', 1],
  [500, 'InternalError', 'UNAVAILABLE', 1],
])('HTTP %i %s is %s', async (status, reason, code, times) => {
  for (let time = 0; time < times; time += 1) server.fail('POST', { type: 'answer', status, body: { kind: 'Status', code: status, reason, message: 'because' } });
  expect(await failure(cluster.create(jobManifest('refused')))).toMatchObject({
    code, status, reason, message: 'Cannot create jobs "refused" in namespace default: because',
  });
});

test('the causes of a 422 are findings as the offline validator has them', async () => {
  const causes = [
    { reason: 'FieldValueInvalid', message: 'Invalid value: -1: must be greater than or equal to 0', field: 'spec.parallelism' },
    { reason: 'FieldValueRequired', message: 'Required value', field: 'spec.template.spec.containers' },
  ];
  server.fail('PATCH', { type: 'answer', status: 422, body: { code: 422, reason: 'Invalid', message: 'invalid', details: { causes } } });
  expect(await failure(cluster.apply(jobManifest('bad')))).toMatchObject({
    findings: [
      { field: 'spec.parallelism', type: 'Invalid', message: '-1: must be greater than or equal to 0', severity: 'error' },
      { field: 'spec.template.spec.containers', type: 'Required', message: '' },
    ],
  });
});

test('what is immutable is said in one line, and what to do', async () => {
  const message = 'Job.batch "etl" is invalid: spec.template: Invalid value: core.PodTemplateSpec{…}: field is immutable';
  const causes = [{ reason: 'FieldValueInvalid', message: 'Invalid value: core.PodTemplateSpec{…}: field is immutable', field: 'spec.template' }];
  server.fail('PATCH', { type: 'answer', status: 422, body: { code: 422, reason: 'Invalid', message, details: { causes } } });
  expect(await failure(applyObject(cluster, jobManifest('etl')))).toMatchObject({
    code: 'INVALID',
    message: 'Cannot apply Job etl: spec.template cannot be changed in a Job that is there already',
    findings: [{ field: 'spec.template', message: 'field is immutable' }],
  });
});

test('an object comes whole, a list without managedFields', async () => {
  const managedFields = [{ manager: 'kubectl', fieldsV1: {} }];
  server.cluster.put({ ...jobManifest('etl'), metadata: { name: 'etl', namespace: 'default', managedFields } });
  const { metadata } = await cluster.get({ resource: jobs, name: 'etl', namespace: 'default' });
  expect(metadata).toMatchObject({ managedFields });
  const { managedFields: _, ...rest } = metadata ?? {};
  expect((await cluster.list(jobs, { namespace: 'default' })).items.find((item) => item.metadata?.name === 'etl')?.metadata).toEqual(rest);
});

test('credentials that have expired are renewed once', async () => {
  cluster = new KubernetesCluster(server.identity('expired'), quick);
  const { items } = await cluster.list(jobs);
  expect(items).toBeInstanceOf(Array);
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer expired', 'Bearer renewed']);
});

test.each([
  ['429 with Retry-After', { type: 'answer', status: 429, headers: { 'Retry-After': '0' } }],
  ['503', { type: 'answer', status: 503 }],
  ['a reset', { type: 'reset' }],
] as const)('a call is made again after %s', async (_, fault) => {
  server.fail('GET', fault);
  await cluster.list(jobs);
  expect(server.requests).toHaveLength(2);
});

test('a create that may have happened is not made again', async () => {
  server.fail('POST', { type: 'reset' });
  expect(await failure(cluster.create(jobManifest('once')))).toMatchObject({ code: 'UNREACHABLE' });
  expect(server.requests).toHaveLength(1);
});

test('a server that never answers', async () => {
  cluster = new KubernetesCluster(server.identity(), { ...quick, timeout: 20 });
  server.fail('GET', { type: 'hang' });
  expect(await failure(cluster.list(jobs))).toMatchObject({ code: 'UNREACHABLE', message: expect.stringContaining('did not answer in time') as string });
});

test('nobody there', async () => {
  const gone = new FakeApiServer();
  await gone.start();
  const identity = gone.identity();
  await gone.stop();
  cluster = new KubernetesCluster(identity, quick);
  expect(await failure(cluster.list(jobs))).toMatchObject({ code: 'UNREACHABLE', message: expect.stringContaining('connection refused') as string });
});

test('an answer of somebody who is no API server', async () => {
  server.fail('GET', { type: 'answer', status: 502, body: '<html>' });
  server.fail('GET', { type: 'answer', status: 502, body: '<html>' });
  server.fail('GET', { type: 'answer', status: 502, body: '<html>' });
  server.fail('GET', { type: 'answer', status: 502, body: '<html>' });
  server.fail('GET', { type: 'answer', status: 502, body: '<html>' });
  expect(await failure(cluster.list(jobs))).toMatchObject({ code: 'UNAVAILABLE', status: 502 });
});

test('what does not fit its kind is invalid, with its fields, although the server answers 500', async () => {
  const message = 'failed to create typed patch object (default/c; /v1, Kind=ConfigMap): errors:\n  .dataa: field not declared in schema\n'
    + '  .data.a: expected string, got &value.valueUnstructured{Value:5}';
  server.fail('PATCH', { type: 'answer', status: 500, body: { code: 500, reason: 'InternalError', message } });
  expect(await failure(cluster.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } }))).toMatchObject({
    code: 'INVALID',
    status: 500,
    transient: false,
    findings: [
      { field: 'dataa', type: 'Unknown', message: 'field not declared in schema' }, { field: 'data.a', type: 'Decode', message: 'expected string, got 5' },
    ],
  });
});

test('warnings come with the answer', async () => {
  const body: KubernetesObject = jobManifest('warned');
  server.fail('PATCH', { type: 'answer', status: 201, headers: { Warning: '299 - "would violate \\"restricted\\"", 299 - "second"' }, body });
  expect((await cluster.apply(body)).warnings).toEqual(['would violate "restricted"', 'second']);
});

test('a kind that is not known here is looked up', async () => {
  server.fail('GET', { type: 'answer', status: 200, body: { resources: [{ name: 'widgets/status', kind: 'Widget', namespaced: true }, { name: 'widgets', kind: 'Widget', namespaced: true }] } });
  server.fail('PATCH', { type: 'answer', status: 201, body: { kind: 'Widget' } });
  await cluster.apply({ apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w', namespace: 'team' } });
  expect(server.requests.map(({ path }) => path)).toEqual(['/apis/example.com/v1', '/apis/example.com/v1/namespaces/team/widgets/w']);
});
