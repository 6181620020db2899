import { runMain } from './run-main';
import { findNearestField } from '../../src/cli/input/nearest-field';

test.each([
  ['a field of a Job', 'spec.podReplacementPolicy', 'TerminatingOrFailed'],
  ['a field of a CronJob', 'cronjob.spec.concurrencyPolicy', 'Forbid'],
  ['a field by its name alone', 'parallelism', 'How many pods may run at the same time.'],
  ['a name of several fields', 'image', 'job.spec.template.spec.volumes.image'],
  ['a rule', 'success-policy-has-rules', 'at least one rules must be specified'],
])('%s is explained', async (_, subject, says) => {
  const { status, stdout, stderr } = await runMain(['explain', subject]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain(says);
});

test.each([
  ['a mistyped field', 'spec.paralelism', 'did you mean spec.parallelism?'],
  ['a mistyped name', 'paralelism', 'did you mean parallelism?'],
  ['a mistyped rule', 'success-policy-has-rule', 'did you mean success-policy-has-rules?'],
  ['a name like no other', 'frobnicate', 'validate names the rule at the end of each line'],
])('%s gets a hint', async (_, subject, hint) => {
  const { status, stdout, stderr } = await runMain(['explain', subject]);
  expect({ status, stdout }).toEqual({ status: 125, stdout: '' });
  expect(stderr).toContain(`Cannot explain ${subject}`);
  expect(stderr).toContain(`hint: ${hint}`);
});

test.each([
  ['spec.paralelism', 'spec.parallelism'],
  ['spec.shedule', 'spec.schedule'],
  ['cronjob.spec.shedule', 'cronjob.spec.schedule'],
  ['spec.template.spec.containers[0].imag', 'spec.template.spec.containers.image'],
  ['spec.template.specs.x.y', 'spec.template.spec'],
  ['frobnicate', undefined],
])('the field nearest to %s is %s', (text, nearest) => {
  expect(findNearestField(text)).toBe(nearest);
});
