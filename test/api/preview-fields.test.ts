import { addedFields, typesWithPreview } from '../../scripts/preview-fields';

const known = {
  'v1.Job': { spec: 'v1.JobSpec' },
  'v1.JobSpec': { group: 'v1alpha1.Group', mode: 'string one of A|B', size: 'int32' },
  'v1alpha1.Group': { name: 'string' },
};

test('what a release adds: fields, the types that they lead to, and words', () => {
  const types = {
    'v1.Job': { spec: 'v1.JobSpec required' },
    'v1.JobSpec': { group: 'v1.Group', mode: 'string required one of A|B|C', profile: 'v1.Profile since 1.38', size: 'int32 required' },
    'v1.Group': { name: 'string' },
    'v1.Profile': { base: 'v1.Base since 1.38', names: 'string[] list=atomic since 1.38' },
    'v1.Base': { type: 'string required since 1.38' },
  };
  const added = addedFields(types, known);
  expect(added).toEqual({
    'v1.Base': { type: 'string required since 1.38' },
    'v1.JobSpec': { mode: 'string one of A|B|C', profile: 'v1.Profile since 1.38' },
    'v1.Profile': { base: 'v1.Base since 1.38', names: 'string[] list=atomic since 1.38' },
  });
  const table = { version: '1.37.2', olderVersions: [], types: known, preview: { version: '1.38.0-beta.0', types: added } };
  expect(typesWithPreview(table)).toEqual({
    ...known, ...added, 'v1.JobSpec': { ...known['v1.JobSpec'], ...added['v1.JobSpec'] },
  });
  expect(Object.keys(typesWithPreview(table)['v1.JobSpec'] ?? {})).toEqual(['group', 'mode', 'profile', 'size']);
});

test('a release that adds nothing, and a table without a preview', () => {
  expect(addedFields(known, known)).toEqual({});
  expect(typesWithPreview({ version: '1.37.2', olderVersions: [], types: known })).toBe(known);
});
