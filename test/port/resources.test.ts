import { jobs, resources, tryFindResource } from '../../src/port/resources';

test.each(resources.map((resource) => [resource.kind, resource] as const))('%s is found by its apiVersion and kind', (_, resource) => {
  expect(tryFindResource(resource.apiVersion, resource.kind)).toBe(resource);
});

test('a kind of another group is not ours', () => {
  expect(tryFindResource('batch.volcano.sh/v1alpha1', jobs.kind)).toBeUndefined();
});

test('no two kinds share a path', () => {
  expect(new Set(resources.map(({ apiVersion, plural }) => `${apiVersion}/${plural}`)).size).toBe(resources.length);
});
