/** Requests to the API server, one by one, and what it answers. Long because it goes through all verbs. */
import { type ApiAnswer, openServedEngine, type ServedEngine } from './served-engine';
import type { KubernetesObject } from '../../src/port/cluster-port';

let served: ServedEngine;

beforeEach(async () => {
  served = await openServedEngine();
});

afterEach(async () => served.close());

const call: ServedEngine['call'] = async (...words) => served.call(...words);

const jobs = '/apis/batch/v1/namespaces/default/jobs';
const configMaps = '/api/v1/namespaces/default/configmaps';
const pods = '/api/v1/namespaces/default/pods';
const job = (name: string, spec: object = {}): KubernetesObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name },
  spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox', command: ['true'] }] } }, ...spec },
});

test('the address is of the loopback interface, and holds the secret', () => {
  expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/s3cret$/);
});

test.each(['/', '/api', '/s3cre/api', '/s3cret', '/s3cretx/api', '//s3cret/api'])('without the secret, %s is forbidden', async (path) => {
  const response = await fetch(`${new URL(served.url).origin}${path}`);
  expect([response.status, await response.json()]).toMatchObject([403, { kind: 'Status', reason: 'Forbidden' }]);
});

test('it is healthy, has a version, and lets do everything', async () => {
  expect(await (await fetch(`${served.url}/readyz`)).text()).toBe('ok');
  expect((await call('GET', '/version')).body).toMatchObject({ major: '1', minor: '37' });
  expect((await call('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {})).body).toMatchObject({ status: { allowed: true } });
});

test('what it has can be discovered, in both forms', async () => {
  expect((await call('GET', '/apis/batch/v1')).body).toMatchObject({ kind: 'APIResourceList', groupVersion: 'batch/v1' });
  expect((await call('GET', '/api')).body).toMatchObject({ kind: 'APIVersions' });
  const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
  const { body, headers } = await call('GET', '/apis', undefined, { accept });
  expect(headers.get('content-type')).toBe('application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList');
  expect(body).toMatchObject({ kind: 'APIGroupDiscoveryList', items: [{ metadata: { name: 'batch' } }] });
});

test('a field by which nothing can be selected is refused, and nothing is chosen', async () => {
  await call('POST', jobs, job('one'));
  const { code, body } = await call('DELETE', `${jobs}?fieldSelector=stauts.successful!%3D1`);
  expect({ code, body }).toMatchObject({ code: 400, body: { reason: 'BadRequest', message: 'field label "stauts.successful" not supported for Job' } });
  expect((await call('GET', `${jobs}?fieldSelector=status.successful%3D0`)).body.items).toHaveLength(1);
});

test('OpenAPI says which fields there are, and that the server checks them', async () => {
  const { body } = await call('GET', '/openapi/v3');
  const { paths } = body as unknown as { paths: Record<string, { serverRelativeURL: string }> };
  expect(paths['apis/batch/v1']?.serverRelativeURL).toBe('/s3cret/openapi/v3/apis/batch/v1');
  const document = (await call('GET', '/openapi/v3/apis/batch/v1')).body;
  const text = JSON.stringify(document);
  expect(text).toContain('"fieldValidation"');
  for (const [, type = ''] of text.matchAll(/#\/components\/schemas\/([^"]+)/g)) expect(document).toHaveProperty(['components', 'schemas', type]);
  expect(document).toMatchObject({ components: { schemas: { 'v1.JobSpec': { properties: { parallelism: { type: 'integer', format: 'int32' } } } } } });
});

test('OpenAPI says what types and fields mean, and what a default is', async () => {
  const { components } = (await call('GET', '/openapi/v3/apis/batch/v1')).body as { readonly components?: object };
  expect(components).toMatchObject({
    schemas: {
      'v1.Job': { description: 'Pods that run until enough of them have succeeded.' },
      'v1.JobSpec': {
        properties: {
          backoffLimit: { type: 'integer', description: expect.stringMatching(/^How many failed pods.* Default: 6, or no limit when backoffLimitPerIndex is set\.$/) },
          suspend: { description: expect.stringMatching(/ Default: false\.$/) },
        },
      },
      'v1.PodSpec': { properties: { affinity: { allOf: [{ $ref: '#/components/schemas/v1.Affinity' }] } } },
      'v1.Affinity': { description: expect.stringMatching(/^Where the scheduler/) },
    },
  });
});

test('a Job is made, runs, and is read in every way', async () => {
  const created = await call('POST', jobs, job('one'));
  expect([created.code, created.body.metadata]).toMatchObject([201, { name: 'one', namespace: 'default', generation: 1 }]);
  await served.clock.advance(1);
  served.executor.containers[0]?.print('hello\nworld\n');
  const list = (await call('GET', `${pods}?labelSelector=job-name%3Done`)).body;
  expect(list).toMatchObject({ kind: 'PodList', items: [{ status: { phase: 'Running' } }] });
  const name = list.items?.[0]?.metadata?.name ?? '';
  const log = async (query: string): Promise<string> => (await fetch(`${served.url}${pods}/${name}/log${query}`)).text();
  expect(await log('')).toBe('hello\nworld\n');
  expect(await log('?tailLines=1')).toBe('world\n');
  expect(await log('?limitBytes=3')).toBe('hel');
  expect(await log('?container=none')).toContain('container none is not valid');
  served.executor.containers[0]?.end({ exitCode: 0 });
  await served.clock.advance(3);
  expect(await log('?follow=true')).toBe('hello\nworld\n');
  expect((await call('GET', `${jobs}/one`)).body).toMatchObject({ status: { succeeded: 1 } });
  expect((await call('GET', `${jobs}/one/status`)).body).toMatchObject({ kind: 'Job' });
  expect((await call('GET', '/apis/batch/v1/jobs?fieldSelector=metadata.name%3Dtwo')).body.items).toEqual([]);
  const table = (await call('GET', `${jobs}/one`, undefined, { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' })).body;
  expect(table).toMatchObject({ kind: 'Table', rows: [{ cells: expect.arrayContaining(['one', 'Complete', '1/1']), object: { kind: 'PartialObjectMetadata' } }] });
});

test('a list comes in pages', async () => {
  for (const name of ['c', 'a', 'e', 'b', 'd']) await call('POST', configMaps, { metadata: { name } });
  const namesOf = (items: readonly KubernetesObject[] = []): unknown[] => items.map(({ metadata }) => metadata?.name);
  const first = (await call('GET', `${configMaps}?limit=2`)).body;
  expect([namesOf(first.items), first.metadata]).toMatchObject([['a', 'b'], { remainingItemCount: 3 }]);
  const token = (first.metadata as { readonly continue?: string }).continue ?? '';
  await call('POST', configMaps, { metadata: { name: 'aa' } });
  const second = (await call('GET', `${configMaps}?limit=2&continue=${token}`)).body;
  expect([namesOf(second.items), second.metadata]).toMatchObject([['c', 'd'], { remainingItemCount: 1, resourceVersion: first.metadata?.resourceVersion }]);
  expect(namesOf((await call('GET', `${configMaps}?continue=${token}`)).body.items)).toEqual(['c', 'd', 'e']);
  expect((await call('GET', `${configMaps}?limit=6`)).body.metadata).not.toHaveProperty('continue');
  expect((await call('GET', `${configMaps}?limit=2&fieldSelector=metadata.name!%3Da`)).body.metadata).not.toHaveProperty('remainingItemCount');
  const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io';
  expect((await call('GET', '/api/v1/configmaps?limit=2', undefined, { accept })).body).toMatchObject({ rows: [{}, {}], metadata: { remainingItemCount: 4 } });
  await call('DELETE', `${configMaps}?limit=1`);
  expect((await call('GET', `${configMaps}?limit=-1`)).body.items).toEqual([]);
});

describe('a list that is read in pages', () => {
  const namesOf = (items: readonly KubernetesObject[] = []): unknown[] => items.map(({ metadata }) => metadata?.name);
  const tokenOf = ({ body }: ApiAnswer): string => String(body.metadata?.continue ?? '');
  const page = async (query: string): Promise<ApiAnswer> => call('GET', `${configMaps}?${query}`);
  /** Reads a first page, then changes what comes after it. */
  const interrupted = async (): Promise<ApiAnswer> => {
    for (const name of ['a', 'b', 'c', 'd']) await call('POST', configMaps, { metadata: { name }, data: { written: 'before' } });
    const first = await page('limit=2');
    await call('DELETE', `${configMaps}/c`);
    await call('POST', configMaps, { metadata: { name: 'cc' } });
    await call('PATCH', `${configMaps}/d`, { data: { written: 'after' } }, { 'content-type': 'application/merge-patch+json' });
    return first;
  };

  test('goes on as it was when the first page was read', async () => {
    const first = await interrupted();
    const { body: { items, metadata } } = await page(`limit=9&continue=${tokenOf(first)}`);
    expect(items).toMatchObject([{ metadata: { name: 'c' } }, { metadata: { name: 'd' }, data: { written: 'before' } }]);
    expect(metadata).toEqual({ resourceVersion: first.body.metadata?.resourceVersion });
  });

  test('goes on with what there is by then when the first page is too old, if the client wants to', async () => {
    const first = await interrupted();
    await served.clock.advance(301);
    const refused = await page(`limit=1&continue=${tokenOf(first)}`);
    expect(refused).toMatchObject({ code: 410, body: { kind: 'Status', reason: 'Expired', message: /^The provided continue parameter is too old/ } });
    const next = await page(`limit=1&continue=${tokenOf(refused)}`);
    expect([namesOf(next.body.items), namesOf((await page(`limit=1&continue=${tokenOf(next)}`)).body.items)]).toEqual([['cc'], ['d']]);
    expect(Number(next.body.metadata?.resourceVersion)).toBeGreaterThan(Number(first.body.metadata?.resourceVersion));
  });

  test.each([
    ['resourceVersion=VERSION&resourceVersionMatch=Exact', ['a', 'b', 'c', 'd']],
    ['resourceVersion=VERSION&limit=9', ['a', 'b', 'c', 'd']],
    ['resourceVersion=VERSION', ['a', 'b', 'cc', 'd']],
    ['resourceVersion=VERSION&resourceVersionMatch=NotOlderThan&limit=3', ['a', 'b', 'cc']],
    ['resourceVersion=0&limit=1', ['a', 'b', 'cc', 'd']],
  ])('%s asks for %j', async (query, names) => {
    const { body: { metadata } } = await interrupted();
    const answer = await page(query.replace('VERSION', String(metadata?.resourceVersion)));
    expect(namesOf(answer.body.items)).toEqual(names);
  });

  test('a version that is too old is refused where exactly that one is wanted', async () => {
    const { body: { metadata } } = await interrupted();
    await served.clock.advance(301);
    const query = `resourceVersion=${String(metadata?.resourceVersion)}`;
    expect(await page(`${query}&resourceVersionMatch=Exact`)).toMatchObject({ code: 410, body: { message: 'The resourceVersion for the provided list is too old.' } });
    expect(namesOf((await page(query)).body.items)).toEqual(['a', 'b', 'cc', 'd']);
  });

  test('a match that makes no sense is refused as the API server refuses it', async () => {
    const message = 'Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided';
    expect((await page('resourceVersionMatch=Exact')).body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: `ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: ${message}`,
      reason: 'Invalid',
      details: { group: 'meta.k8s.io', kind: 'ListOptions', causes: [{ reason: 'FieldValueForbidden', message, field: 'resourceVersionMatch' }] },
      code: 422,
    });
  });

  test.each(['resourceVersion=99999', 'resourceVersion=99999&resourceVersionMatch=Exact'])('%s is still to come', async (query) => {
    const { code, body } = await page(query);
    expect([code, body]).toMatchObject([504, { reason: 'Timeout', message: /^Timeout: Too large resource version: 99999, current: \d+$/, details: { causes: [{ reason: 'ResourceVersionTooLarge' }] } }]);
  });
});

test('a watch begins with all there is and says when that was all, then follows', async () => {
  await call('POST', jobs, job('one', { suspend: true }));
  const query = '?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
  const events = served.watch(`${jobs}${query}`, 3);
  await served.clock.advance(1);
  await call('PATCH', `${jobs}/one`, { spec: { parallelism: 2 } }, { 'content-type': 'application/merge-patch+json' });
  const [added, bookmark, modified] = await events;
  expect([added?.type, bookmark?.type, modified?.type]).toEqual(['ADDED', 'BOOKMARK', 'MODIFIED']);
  expect(bookmark?.object.metadata?.annotations).toEqual({ 'k8s.io/initial-events-end': 'true' });
});

test('a watch from a version shows only what came after it, as a table when that is asked for', async () => {
  await call('POST', jobs, job('one', { suspend: true }));
  await served.clock.advance(2);
  const { metadata } = (await call('GET', jobs)).body;
  await call('POST', jobs, job('two', { suspend: true }));
  const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io';
  const [event] = await served.watch(`${jobs}?watch=1&resourceVersion=${metadata?.resourceVersion}`, 1, { accept });
  expect(event).toMatchObject({ type: 'ADDED', object: { kind: 'Table', rows: [{ cells: expect.arrayContaining(['two', '0/1', '0s']) }] } });
});

test('a watch ends when its time is up, and when the server ends', async () => {
  const timed = await fetch(`${served.url}${jobs}?watch=true&timeoutSeconds=0`);
  expect(await timed.text()).toBe('');
  const endless = await fetch(`${served.url}${jobs}?watch=true`);
  const text = endless.text().catch(() => 'cut');
  await served.stop();
  expect(await text).toMatch(/^(cut)?$/);
});

test('a Job in protobuf is made as the same one in JSON', async () => {
  // The body of `kubectl create job made --image=busybox -- sh -c 'echo hello'`, version 1.37.2.
  const body = 'azhzAAoPCghiYXRjaC92MRIDSm9iEpIBChQKBG1hZGUSABoAIgAqADIAOABCABJwMm4KEAoAEgAaACIAKgAyADgAQgASWhI3CgRtYWRlEgdidXN5Ym94GgJzaBoCLWMaCmVjaG8gaGVsbG8qAEIAagByAIABAIgBAJABAKIBABoFTmV2ZXIyAEIASgBSAFgAYABoAIIBAIoBAJoBAMIBABoIIAAoADAAOgAaACIA';
  const made = await call('POST', jobs, Buffer.from(body, 'base64'), { 'content-type': 'application/vnd.kubernetes.protobuf' });
  expect([made.code, made.body.metadata?.name, made.body.status]).toEqual([201, 'made', {}]);
  await served.clock.advance(1);
  expect(served.executor.containers.map(({ run }) => run.command)).toEqual([['sh', '-c', 'echo hello']]);
});

test('a dry run decides and stores nothing', async () => {
  expect((await call('POST', `${jobs}?dryRun=All`, job('one'))).code).toBe(201);
  expect((await call('GET', `${jobs}/one`)).code).toBe(404);
  expect((await call('POST', `${jobs}?dryRun=Some`, job('one'))).code).toBe(400);
});

test('server-side apply makes an object and changes it', async () => {
  const apply = async (query: string, object: object): Promise<ApiAnswer> =>
    call('PATCH', `${jobs}/one${query}`, object, { 'content-type': 'application/apply-patch+yaml' });
  expect((await apply('?fieldManager=me', job('one', { suspend: true }))).code).toBe(201);
  expect((await apply('?fieldManager=me', job('one', { suspend: true, parallelism: 3 }))).body).toMatchObject({ spec: { parallelism: 3 } });
  expect((await apply('', job('one'))).code).toBe(400);
});

test('each manager takes back what it applied itself, and nothing else', async () => {
  const apply = async (manager: string, object: object): Promise<ApiAnswer> =>
    call('PATCH', `${configMaps}/one?fieldManager=${manager}`, object, { 'content-type': 'application/apply-patch+yaml' });
  await apply('a', { data: { x: '1', y: '1' } });
  // As kubectl does once it applies on the server's side what it has applied on its own before.
  await apply('b', { metadata: { annotations: { note: 'b' } } });
  expect((await call('GET', `${configMaps}/one`)).body).toMatchObject({ metadata: { annotations: { note: 'b' } }, data: { x: '1', y: '1' } });
  expect((await apply('a', { data: { x: '2' } })).body.data).toEqual({ x: '2' });
  await call('DELETE', `${configMaps}/one`);
  await call('POST', configMaps, { metadata: { name: 'one' }, data: { x: '1', y: '1' } });
  expect((await apply('a', { data: { y: '2' } })).body.data).toEqual({ x: '1', y: '2' });
});

describe('a Service', () => {
  const services = '/api/v1/namespaces/default/services';
  const ring = { metadata: { name: 'ring' }, spec: { clusterIP: 'None', selector: { app: 'ring' }, ports: [{ name: 'http', port: 80 }, { port: 443, targetPort: 8443 }] } };

  test('is kept as an API server would, without an address, and the client is told', async () => {
    const { code, body, headers } = await call('POST', services, ring);
    expect([code, headers.get('warning')]).toEqual([201, expect.stringContaining('the local engine only keeps Services')]);
    expect(body).toMatchObject({
      kind: 'Service',
      spec: {
        type: 'ClusterIP',
        clusterIP: 'None',
        clusterIPs: ['None'],
        sessionAffinity: 'None',
        internalTrafficPolicy: 'Cluster',
        ipFamilies: ['IPv4'],
        ipFamilyPolicy: 'SingleStack',
        selector: { app: 'ring' },
        ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 80 }, { port: 443, protocol: 'TCP', targetPort: 8443 }],
      },
      status: { loadBalancer: {} },
    });
    expect(body.metadata).not.toHaveProperty('generation');
    const web = (await call('POST', services, { metadata: { name: 'web' }, spec: { ports: [{ port: 80 }] } })).body;
    expect(web.spec).not.toHaveProperty('clusterIP');
    const away = (await call('POST', services, { metadata: { name: 'away' }, spec: { type: 'ExternalName', externalName: 'example.com' } })).body;
    expect(away.spec).toEqual({ type: 'ExternalName', externalName: 'example.com', sessionAffinity: 'None' });
  });

  test('is listed, found, changed and deleted as any object', async () => {
    await call('POST', services, ring);
    const { items } = (await call('GET', '/api/v1/services')).body;
    expect(items).toHaveLength(1);
    const strategic = { 'content-type': 'application/strategic-merge-patch+json' };
    const { body } = await call('PATCH', `${services}/ring`, { spec: { ports: [{ port: 80, name: 'web' }] } }, strategic);
    expect(body.spec).toMatchObject({ ports: [{ name: 'web', port: 80 }, { port: 443 }] });
    expect(body.metadata).not.toHaveProperty('generation');
    const applied = await call('PATCH', `${services}/ring?fieldManager=me`, { spec: { ports: [{ port: 80, targetPort: 8080 }] } }, { 'content-type': 'application/apply-patch+yaml' });
    expect(applied.body.spec).toMatchObject({ ports: [{ port: 80, targetPort: 8080, protocol: 'TCP' }, { port: 443 }] });
    expect((await call('DELETE', `${services}/ring`)).body).toMatchObject({ status: 'Success' });
    expect((await call('GET', `${services}/ring`)).code).toBe(404);
  });

  test('can be discovered, goes with its namespace, and is one of all that kubectl shows', async () => {
    const { resources = [] } = (await call('GET', '/api/v1')).body as { readonly resources?: readonly object[] };
    expect(resources).toContainEqual(expect.objectContaining({ name: 'services', kind: 'Service', shortNames: ['svc'], categories: ['all'] }));
    await call('POST', '/api/v1/namespaces', { metadata: { name: 'team' } });
    await call('POST', '/api/v1/namespaces/team/services', ring);
    await call('DELETE', '/api/v1/namespaces/team');
    await served.clock.advance(30);
    expect((await call('GET', '/api/v1/services')).body.items).toEqual([]);
  });
});

test('an object is replaced only by one of its own version', async () => {
  await call('POST', jobs, job('one', { suspend: true }));
  await served.clock.advance(2);
  const { body } = await call('GET', `${jobs}/one`);
  const changed = { ...body, spec: { ...(body.spec as object), parallelism: 2 } };
  expect((await call('PUT', `${jobs}/one`, changed)).body).toMatchObject({ spec: { parallelism: 2 } });
  expect((await call('PUT', `${jobs}/one`, { ...changed, spec: { ...changed.spec, parallelism: 3 } })).body).toMatchObject({ code: 409, reason: 'Conflict' });
});

test('a deletion follows the policy that the client names, and else leaves the pods of a Job', async () => {
  for (const name of ['one', 'two', 'three']) await call('POST', jobs, job(name));
  await served.clock.advance(1);
  const ownersOf = async (name: string): Promise<unknown[]> => ((await call('GET', `${pods}?labelSelector=job-name%3D${name}`)).body.items ?? [])
    .map(({ metadata }) => metadata?.ownerReferences?.length ?? 0);
  await call('DELETE', `${jobs}/one`);
  await served.clock.advance(1);
  expect(await ownersOf('one')).toEqual([0]);
  expect((await call('DELETE', `${jobs}/two`, { propagationPolicy: 'Background', preconditions: { uid: 'another' } })).code).toBe(409);
  const deleted = await call('DELETE', `${jobs}/two?propagationPolicy=Background`);
  expect(deleted.body).toMatchObject({ kind: 'Status', status: 'Success', details: { name: 'two', kind: 'jobs' } });
  expect((await call('DELETE', `${jobs}/three?propagationPolicy=Sideways`)).code).toBe(400);
  await call('DELETE', `${jobs}?labelSelector=x`, { propagationPolicy: 'Background' });
  expect((await call('GET', jobs)).body.items).toHaveLength(1);
  await call('DELETE', jobs, { propagationPolicy: 'Background' });
  expect((await call('GET', jobs)).body.items).toEqual([]);
});

test.each([
  ['GET', ','], ['DELETE', ','], ['DELETE', '!a b'], ['DELETE', 'a in (b'], ['GET', 'a b&watch=true'],
])('%s with the labels %s is refused, and nothing is chosen', async (method, selector) => {
  await call('POST', jobs, job('one'));
  const { code, body } = await call(method, `${jobs}?labelSelector=${selector}`);
  expect({ code, body }).toMatchObject({ code: 400, body: { kind: 'Status', reason: 'BadRequest', message: expect.stringMatching(/found '.*'.* expected: /) as string } });
  expect((await call('GET', jobs)).body.items).toHaveLength(1);
});

test.each<[sentence: string, method: string, path: string, body: unknown, type: string, code: number, words: RegExp]>([
  ['an invalid Job', 'POST', jobs, job('one', { parallelism: -1 }), 'application/json', 422, /parallelism: Invalid value: -1/],
  ['an unknown field', 'POST', jobs, job('one', { paralelism: 1 }), 'application/json', 400,
    /^Job in version "v1" cannot be handled as a Job: strict decoding error: unknown field "spec\.paralelism"$/],
  ['a value of another type', 'POST', jobs, job('one', { parallelism: '1', paralelism: 1 }), 'application/json', 400,
    /^Job in version "v1" cannot be handled as a Job: json: cannot unmarshal string into Go struct field JobSpec\.spec\.parallelism of type int32$/],
  ['what is called protobuf and is none', 'POST', jobs, 'k8s', 'application/vnd.kubernetes.protobuf', 400, /does not appear to be a protobuf message/],
  ['a format that there is not', 'POST', jobs, 'k8s', 'application/cbor', 415, /accepted media types include: application\/json, application\/yaml, application\/vnd\.kubernetes\.protobuf$/],
  ['no JSON', 'POST', jobs, '{', 'application/json', 400, /no JSON/],
  ['no object', 'POST', jobs, '[]', 'application/json', 400, /is no object/],
  ['a body that is too large', 'POST', jobs, ' '.repeat(3 * 1024 * 1024 + 1), 'application/json', 400, /too large/],
  ['another kind', 'POST', jobs, { ...job('one'), kind: 'Pod' }, 'application/json', 400, /cannot be handled as a Job/],
  ['another namespace', 'POST', jobs, { ...job('one'), metadata: { name: 'one', namespace: 'x' } }, 'application/json', 400, /namespace .* does not match/],
  ['another name', 'PUT', `${jobs}/two`, job('one'), 'application/json', 400, /does not match the name/],
  ['a kind that there is not', 'GET', '/apis/apps/v1/deployments', undefined, 'application/json', 404, /could not find the requested resource/],
  ['an object that there is not', 'DELETE', `${jobs}/none`, undefined, 'application/json', 404, /not found/],
  ['a patch of a type that there is not', 'PATCH', `${jobs}/one`, {}, 'application/json', 415, /media types/],
  ['a part that only real clusters have', 'POST', `${pods}/one/exec`, undefined, 'application/json', 405, /has no POST of pods\/exec/],
  ['a method that there is not', 'PUT', jobs, job('one'), 'application/json', 405, /does not allow PUT/],
  ['the log of a pod that there is not', 'GET', `${pods}/none/log`, undefined, 'application/json', 404, /not found/],
  ['a limit that is none', 'GET', `${jobs}?limit=abc`, undefined, 'application/json', 400, /^strconv\.ParseInt: parsing "abc": invalid syntax$/],
  ['a token that is none', 'GET', `${jobs}?continue=abc`, undefined, 'application/json', 400, /^invalid continue token: continue key is not valid/],
  ['a version that is none', 'GET', `${jobs}?resourceVersion=abc`, undefined, 'application/json', 400, /^invalid resource version: resourceVersion: Invalid value: "abc": strconv\.ParseUint: parsing "abc": invalid syntax$/],
  ['a match without a version', 'GET', `${jobs}?resourceVersionMatch=Exact`, undefined, 'application/json', 422, /^ListOptions\.meta\.k8s\.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided$/],
  ['a match beside a token', 'GET', `${jobs}?resourceVersionMatch=Foo&resourceVersion=1&continue=abc`, undefined, 'application/json', 422, /^ListOptions.* is invalid: \[resourceVersionMatch: Forbidden: .* when continue is provided, resourceVersionMatch: Unsupported value: "Foo": supported values: "Exact", "NotOlderThan", ""\]$/],
  ['a match of any version', 'GET', `${jobs}?resourceVersionMatch=Exact&resourceVersion=0`, undefined, 'application/json', 422, /forbidden for resourceVersion "0"$/],
  ['a token of no version', 'GET', `${jobs}?continue=${Buffer.from('{"v":"meta.k8s.io/v1","rv":0,"start":"a"}').toString('base64url')}`, undefined, 'application/json', 400, /^invalid continue token: incorrect encoded start resourceVersion/],
  ['a token of another time', 'GET', `${jobs}?continue=${Buffer.from('{"v":"meta.k8s.io/v9","rv":1,"start":"a"}').toString('base64url')}`, undefined, 'application/json', 400, /^invalid continue token: server does not recognize this encoded version "meta\.k8s\.io\/v9"$/],
  ['a token beside a version', 'GET', `${jobs}?continue=${Buffer.from('{"v":"meta.k8s.io/v1","rv":1,"start":"a"}').toString('base64url')}&resourceVersion=1`, undefined, 'application/json', 400, /^specifying resource version is not allowed when using continue$/],
  ['a number that is none', 'GET', `${jobs}?watch=true&timeoutSeconds=x`, undefined, 'application/json', 400, /no whole number/],
])('%s is refused', async (_, method, path, body, type, code, words) => {
  const answer = await call(method, path, body, { 'content-type': type });
  expect(answer.body).toMatchObject({ kind: 'Status', status: 'Failure', code });
  expect(answer.code).toBe(code);
  expect(answer.body.message).toMatch(words);
});

describe('what is invalid is refused with its kind, its name and all causes', () => {
  const details = (name: string, ...causes: readonly object[]): object => ({ name, group: 'batch', kind: 'Job', causes });
  const negative = (field: string, value: number): object => (
    { reason: 'FieldValueInvalid', message: `Invalid value: ${value}: must be greater than or equal to 0`, field }
  );
  const one = 'spec.parallelism: Invalid value: -1: must be greater than or equal to 0';

  test.each<[sentence: string, body: object, message: string, details: object]>([
    ['one fault', job('one', { parallelism: -1 }), `Job.batch "one" is invalid: ${one}`, details('one', negative('spec.parallelism', -1))],
    [
      'several', job('one', { parallelism: -1, completions: -2 }),
      `Job.batch "one" is invalid: [${one}, spec.completions: Invalid value: -2: must be greater than or equal to 0]`,
      details('one', negative('spec.parallelism', -1), negative('spec.completions', -2)),
    ],
  ])('a new Job with %s', async (_, sent, message, expected) => {
    expect((await call('POST', jobs, sent)).body).toMatchObject({ code: 422, reason: 'Invalid', message, details: expected });
  });

  test('a change with several', async () => {
    await call('POST', jobs, job('wide', { suspend: true }));
    const merge = { 'content-type': 'application/merge-patch+json' };
    const { body } = await call('PATCH', `${jobs}/wide`, { spec: { parallelism: -1, backoffLimit: -2 } }, merge);
    expect(body).toMatchObject({
      message: `Job.batch "wide" is invalid: [${one}, spec.backoffLimit: Invalid value: -2: must be greater than or equal to 0]`,
      details: details('wide', negative('spec.parallelism', -1), negative('spec.backoffLimit', -2)),
    });
    expect((await call('PUT', `${jobs}/wide`, job('wide', { completions: 1, parallelism: -1, backoffLimit: -2 }))).body).toMatchObject({ code: 422, message: body.message });
  });
});
