import { runMain } from './run-main';
import { findField } from '../../src/cli/field-facts';

test.each([
  ['a field of a Job', 'spec.parallelism', { path: 'Job.spec.parallelism', type: 'int32' }],
  ['a field that only a CronJob has', 'spec.schedule', { path: 'CronJob.spec.schedule', type: 'string', isRequired: true }],
  ['a field by its kind', 'cronjob.spec.suspend', { path: 'CronJob.spec.suspend', type: 'boolean' }],
  ['a field with listed values', 'spec.podReplacementPolicy', { values: ['Failed', 'TerminatingOrFailed'] }],
  ['a field of an element', 'spec.template.spec.containers[0].image', { path: 'Job.spec.template.spec.containers.image', type: 'string' }],
  ['a list', 'spec.template.spec.containers', { type: 'list of Container', isRequired: true, list: 'map(name)' }],
  ['an entry of a map', 'spec.template.spec.containers[0].resources.limits[memory]', { type: 'map of Quantity (string)' }],
  ['a kind itself', 'job', { path: 'Job', members: expect.arrayContaining(['spec', 'metadata']) }],
])('%s is found', (_, text, facts) => {
  expect(findField(text)).toMatchObject(facts);
});

test('the text names type and values', async () => {
  expect(await runMain(['explain', 'spec.podReplacementPolicy'])).toEqual({
    status: 0, stderr: '', stdout: 'Job.spec.podReplacementPolicy\n  type       string\n  one of     Failed, TerminatingOrFailed\n',
  });
});

test.each([
  ['spec.paralelism', 'there is no field Job.spec.paralelism', 'did you mean Job.spec.parallelism?'],
  ['spec.shedule', 'there is no field CronJob.spec.shedule', 'did you mean CronJob.spec.schedule?'],
])('a mistyped path gets the nearest one: %s', async (text, message, hint) => {
  const { status, stdout, stderr } = await runMain(['explain', text]);
  expect({ status, stdout }).toEqual({ status: 125, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).toContain(hint);
});
