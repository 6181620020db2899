import { invariant, unreachable } from '../../src/core/assert';
import { CronSyntaxError, InternalError, InvalidManifestError, JobsError, UsageError } from '../../src/core/errors';
import { type Finding, formatFinding } from '../../src/core/finding';

const finding: Finding = {
  rule: 'parallelism-not-negative', field: 'spec.parallelism', type: 'Invalid', message: 'must be greater than or equal to 0', value: -1, severity: 'error',
};

test('an invalid manifest names every error in the words of the API server', () => {
  const error = new InvalidManifestError('Job "x"', [finding, { ...finding, severity: 'advice' }]);
  expect(error.message).toBe('Cannot accept Job "x":\n  spec.parallelism: Invalid value: -1: must be greater than or equal to 0');
  expect(error).toMatchObject({ code: 'INVALID_MANIFEST', name: 'InvalidManifestError' });
});

test.each<[string, Finding, string]>([
  ['a value where there is one to show', finding, 'spec.parallelism: Invalid value: -1: must be greater than or equal to 0'],
  ['no value for what is required', { ...finding, type: 'Required', value: '' }, 'spec.parallelism: Required value: must be greater than or equal to 0'],
  ['the type alone when there is no detail', { ...finding, type: 'Required', message: '' }, 'spec.parallelism: Required value'],
  ['a long value cut', { ...finding, value: 'x'.repeat(500), message: 'm' }, `spec.parallelism: Invalid value: "${'x'.repeat(199)}…: m`],
])('a finding prints %s', (_, one, expected) => {
  expect(formatFinding(one)).toBe(expected);
});

test('errors are recognised across copies of the package and keep name and code', () => {
  const error = new CronSyntaxError('61 * * * *', "minute '61' is not in 0-59", 0, 'a minute of 0-59');
  expect(JobsError.is(error)).toBe(true);
  expect(JobsError.is(new Error('x'))).toBe(false);
  expect(JobsError.is(null)).toBe(false);
  expect(String(error)).toBe('CronSyntaxError: Cannot read the schedule "61 * * * *": minute \'61\' is not in 0-59');
  expect(Object.keys(error)).not.toContain('name');
  expect(new UsageError('Cannot do x', 'do y')).toMatchObject({ code: 'USAGE', hint: 'do y' });
});

test('a broken invariant is our fault and says so', () => {
  expect(() => invariant(false, 'two pods of one name')).toThrow(InternalError);
  expect(() => unreachable('x' as never)).toThrow('Unexpected value "x" (a bug in cdk8s-jobs: please report it)');
});
