import { groupOf, isCronJob, isJob, isPod, kindInBatch, kindMeantBy, kindNames, kindOf, kinds, toCronJobPath, toJobPath } from '../../src/api/kinds';
import { valueAt } from '../../src/core/json';

const ofOthers: ReadonlyArray<readonly [apiVersion: unknown, kind: unknown]> = [
  ['batch.volcano.sh/v1alpha1', 'Job'], ['batch.volcano.sh/v1', 'CronJob'], ['apps/v1', 'Deployment'], ['batch/v1', 'job'], ['batch/v1', 'toString'],
  ['v1', 'ConfigMap'], [undefined, undefined], [1, 2],
];

test.each([['Job', kinds.Job], ['CronJob', kinds.CronJob]])('batch/v1 %s is a kind', (kind, expected) => {
  expect(kindOf({ apiVersion: 'batch/v1', kind })).toBe(expected);
  expect(kindMeantBy({ apiVersion: 'batch/v1', kind })).toBe(expected);
});

test.each(ofOthers)('%j %j is none', (apiVersion, kind) => {
  expect(kindOf({ apiVersion, kind })).toBeUndefined();
  expect(kindMeantBy({ apiVersion, kind })).toBeUndefined();
  expect(kindInBatch({ apiVersion, kind })).toBeUndefined();
  expect([isJob, isCronJob, isPod].some((is) => is({ apiVersion, kind }))).toBe(false);
});

test.each(['batch/v1beta1', 'batch/v2', 'v1', 'apps/v1', undefined])('a Job of %j is meant for a Job, and none', (apiVersion) => {
  expect(kindMeantBy({ apiVersion, kind: 'Job' })).toBe(kinds.Job);
  expect(kindOf({ apiVersion, kind: 'Job' })).toBeUndefined();
  expect(isJob({ apiVersion, kind: 'Job' })).toBe(false);
});

test.each(['batch/v1', 'batch/v1beta1', 'batch/'])('a CronJob of %j is of the group batch', (apiVersion) => {
  expect(kindInBatch({ apiVersion, kind: 'CronJob' })).toBe(kinds.CronJob);
});

test.each([['batch/v1', 'batch'], ['batch.volcano.sh/v1alpha1', 'batch.volcano.sh'], ['v1', ''], [undefined, ''], [1, '']])('the group of %j is %j', (apiVersion, group) => {
  expect(groupOf(apiVersion)).toBe(group);
});

test.each([
  ['Job', { spec: { template: 'pods' } }],
  ['CronJob', { spec: { jobTemplate: { spec: { template: 'pods' } } } }],
] as const)('the pods of a %s stand where its path says', (name, object) => {
  const kind = kinds[name];
  expect(kind.kind).toBe(name);
  expect(valueAt(object, kind.podTemplate)).toBe('pods');
  expect(valueAt(object, kind.jobSpec)).toEqual({ template: 'pods' });
});

test.each([
  ['spec', 'spec.jobTemplate.spec'],
  ['spec.suspend', 'spec.jobTemplate.spec.suspend'],
  ['spec.template.spec.containers[0].image', 'spec.jobTemplate.spec.template.spec.containers[0].image'],
])('the field %s of a Job is %s of its CronJob, and back', (ofJob, ofCronJob) => {
  expect(toCronJobPath(ofJob)).toBe(ofCronJob);
  expect(toJobPath(ofCronJob)).toBe(ofJob);
});

test.each(['spec.schedule', 'metadata.name', 'spec.jobTemplate.metadata'])('%s is of a CronJob alone', (path) => {
  expect(toJobPath(path)).toBe(path);
});

test('kinds are listed as they are named to people', () => {
  expect(kindNames).toEqual(['Job', 'CronJob']);
});
