import { parseTarget } from '../../src/local/api-target';

const table: ReadonlyArray<readonly [sentence: string, path: string, target: object]> = [
  ['a collection in a namespace', '/apis/batch/v1/namespaces/media/jobs', { type: 'collection', plural: 'jobs', namespace: 'media' }],
  ['a collection in all namespaces', '/api/v1/pods', { type: 'collection', plural: 'pods' }],
  ['an object', '/apis/batch/v1/namespaces/media/cronjobs/nightly', { type: 'object', plural: 'cronjobs', namespace: 'media', name: 'nightly' }],
  ['a part of an object', '/api/v1/namespaces/media/pods/a-1/log', { type: 'object', plural: 'pods', namespace: 'media', name: 'a-1', subresource: 'log' }],
  ['all namespaces', '/api/v1/namespaces', { type: 'collection', plural: 'namespaces' }],
  ['one namespace', '/api/v1/namespaces/media', { type: 'object', plural: 'namespaces', name: 'media' }],
  ['the status of a namespace', '/api/v1/namespaces/media/status', { type: 'object', plural: 'namespaces', name: 'media', subresource: 'status' }],
  ['an encoded name', '/api/v1/namespaces/media/pods/a%2Db', { type: 'object', plural: 'pods', namespace: 'media', name: 'a-b' }],
  ['a name encoded badly', '/api/v1/namespaces/media/pods/%zz', { type: 'object', plural: 'pods', namespace: 'media', name: '%zz' }],
  ['an object without its namespace', '/api/v1/pods/a-1', { type: 'unknown' }],
  ['a kind that there is not', '/apis/apps/v1/namespaces/media/deployments', { type: 'unknown' }],
  ['a path that is too long', '/api/v1/namespaces/media/pods/a/log/b', { type: 'unknown' }],
  ['a namespaced kind of the wrong group', '/api/v1/namespaces/media/jobs', { type: 'unknown' }],
  ['the versions', '/api', { type: 'document', path: '/api' }],
  ['the kinds of a group', '/apis/batch/v1', { type: 'document', path: '/apis/batch/v1' }],
  ['a health check', '/readyz', { type: 'document', path: '/readyz' }],
  ['a review', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', { type: 'document' }],
  ['nothing', '/', { type: 'document', path: '/' }],
];

test.each(table)('%s', (_, path, { plural, ...expected }: { plural?: string }) => {
  const target = parseTarget(path);
  expect(target).toMatchObject(expected);
  expect('resource' in target ? target.resource.plural : undefined).toBe(plural);
  expect('namespace' in target).toBe('namespace' in expected);
});
