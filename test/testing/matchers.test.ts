import '../../src/testing/jest';
import { assertThat, toComplete, toFail } from '../../src/testing/matchers';
import { simulate } from '../../src/testing/simulate';

const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'x' }] } };

function job(spec: object): object {
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'resize' }, spec: { template, ...spec } };
}

test('a Job that succeeds completes', () => {
  expect(simulate(job({}))).toComplete();
  expect(simulate(job({}))).not.toFail();
});

test('a Job that fails does so for a reason', () => {
  const trace = simulate(job({ backoffLimit: 0 }), { default: { after: 1, exit: 3 } });
  expect(trace).toFail();
  expect(trace).toFail('BackoffLimitExceeded');
  expect(trace).not.toFail('DeadlineExceeded');
  expect(trace).not.toComplete();
});

test('an index that fails once is retried once', () => {
  const indexed = job({ completionMode: 'Indexed', completions: 2, parallelism: 2 });
  const trace = simulate(indexed, { byIndex: { 1: [{ after: 1, exit: 1 }, { after: 1, exit: 0 }] } });
  expect(trace).toRetryIndex(1);
  expect(trace).toRetryIndex(1, 1);
  expect(trace).not.toRetryIndex(0);
});

test('a failing expectation prints what happened, and the seed', () => {
  const trace = simulate(job({ backoffLimit: 0 }), { default: { after: 1, exit: 3 } }, { seed: 7 });
  expect(toFail(trace, 'DeadlineExceeded').message().split('\n')).toEqual([
    'Expected the Job to fail with DeadlineExceeded.',
    'It ended as Failed: BackoffLimitExceeded, Job has reached the specified backoff limit',
    expect.stringMatching(/^ {5}0\.0s {2}Job resize {2}SuccessfulCreate: Created pod: resize-\w{5}$/),
    '     0.0s  Job resize  nothing active',
    '     0.0s  Job resize  active 1',
    '     1.0s  Job resize  active 1, ready 1',
    expect.stringMatching(/^ {5}1\.0s {2}Pod resize-\w{5} {2}ended with exit code 3$/),
    '     2.0s  Job resize  BackoffLimitExceeded: Job has reached the specified backoff limit',
    '     2.0s  Job resize  FailureTarget (BackoffLimitExceeded)',
    '     2.0s  Job resize  failed 1, FailureTarget (BackoffLimitExceeded), Failed (BackoffLimitExceeded)',
    '(seed 7)',
  ]);
});

test('a manifest that is refused says why', () => {
  const trace = simulate(job({ completions: -1 }));
  expect(toFail(trace).pass).toBe(false);
  expect(toFail(trace).message()).toContain('spec.completions: Invalid value: -1: must be greater than or equal to 0');
});

test.each<[string, unknown, string]>([
  ['nothing', undefined, 'undefined'],
  ['a manifest', job({}), 'a manifest of kind Job'],
  ['a promise', Promise.resolve(), 'a promise'],
  ['a list', [job({})], 'a list of 1'],
  ['a text', 'Complete', 'the string "Complete"'],
  ['an object of a class', new Map(), 'a Map'],
  ['any other object', { condition: 'Complete' }, 'an object without condition, pods and findings'],
])('%s is no trace, neither with not nor without', (_, value, described) => {
  const sentence = `toComplete takes a trace, which simulate returns, but got ${described}`;
  expect(() => expect(value).toComplete()).toThrow(sentence);
  expect(() => expect(value).not.toComplete()).toThrow(sentence);
});

test('assertThat throws what a matcher says', () => {
  const trace = simulate(job({ backoffLimit: 0 }), { default: { after: 1, exit: 3 } });
  expect(() => assertThat(toFail(trace))).not.toThrow();
  expect(() => assertThat(toComplete(trace))).toThrow('Expected the Job to complete.\nIt ended as Failed');
});

describe('of a CronJob', () => {
  const schedule = (spec: object): object => ({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'tick' },
    spec: { schedule: '* * * * *', jobTemplate: { spec: { backoffLimit: 0, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'x' }] } } } }, ...spec },
  });
  const startAt = new Date('2026-01-01T00:00:10Z');

  test('all Jobs must complete, and the first that did not decides', () => {
    const works = { after: 5 };
    const good = simulate(schedule({}), { default: works }, { startAt, until: 180 });
    expect(toComplete(good).pass).toBe(true);
    const bad = simulate(schedule({}), { byOrder: [works, { after: 5, exit: 3 }, works] }, { startAt, until: 180 });
    expect(bad).toMatchObject({ condition: 'Failed', reason: 'BackoffLimitExceeded' });
    expect(toComplete(bad).pass).toBe(false);
    expect(toFail(bad, 'BackoffLimitExceeded').pass).toBe(true);
    expect(toComplete(bad).message().split('\n').slice(0, 4)).toEqual([
      'Expected the Jobs to complete.',
      'tick-29453761: Complete after 6s (CompletionsReached: Reached expected number of succeeded pods)',
      'tick-29453762: Failed after 6s (BackoffLimitExceeded: Job has reached the specified backoff limit)',
      'tick-29453763: Complete after 6s (CompletionsReached: Reached expected number of succeeded pods)',
    ]);
  });

  test('a Job that Replace deleted has not completed, nor has one that still runs', () => {
    const trace = simulate(schedule({ concurrencyPolicy: 'Replace' }), { default: { after: 90 } }, { startAt, until: 130 });
    expect(trace.condition).toBeNull();
    expect(toComplete(trace).message()).toContain('\ntick-29453761: deleted at 110.1s, before it ended\ntick-29453762: still running\n');
  });
});
