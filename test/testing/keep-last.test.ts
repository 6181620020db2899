import { simulate } from '../../src/testing/simulate';
import type { Trace } from '../../src/testing/trace';

const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox:1.36', command: ['true'] }] } };
const cronJob = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'tick' },
  spec: { schedule: '* * * * *', jobTemplate: { spec: { backoffLimit: 0, template } } },
};
const twoHours = { until: 7200 };
const lists = ['pods', 'jobs', 'revisions', 'cronJobRevisions', 'events'] as const;

describe('a trace that keeps only what is new', () => {
  const script = { default: { after: 5 } };
  const whole = simulate(cronJob, script, twoHours);
  const cut = simulate(cronJob, script, { ...twoHours, keepLast: 4 });

  test('says of the end what a whole one says', () => {
    const endOf = ({ condition, reason, message, status, elapsed }: Trace): object => ({ condition, reason, message, status, elapsed });
    expect(endOf(cut)).toEqual(endOf(whole));
  });

  test.each(lists)('has the last of all %s, and says how many there were before', (list) => {
    const kept: readonly unknown[] = cut[list];
    const all: readonly unknown[] = whole[list];
    expect(all).toEqual(expect.arrayContaining([...kept]));
    expect(kept.at(-1)).toEqual(all.at(-1));
    expect(kept.length + (cut.leftOut?.[list] ?? 0)).toBe(all.length);
    expect(kept.length).toBeLessThan(12);
  });

  test('leaves nothing out unless it is told to', () => {
    expect(whole).not.toHaveProperty('leftOut');
    expect(whole.jobs).toHaveLength(119);
  });
});

test('the first Job that failed is kept: the outcome depends on it', () => {
  const failing = { default: { after: 5 }, byOrder: [{ after: 5 }, { after: 5, exit: 1 }, { after: 5 }] };
  const trace = simulate(cronJob, failing, { ...twoHours, keepLast: 2 });
  expect(trace).toMatchObject({ condition: 'Failed', reason: 'BackoffLimitExceeded' });
  expect(trace.jobs.map(({ condition }) => condition).slice(0, 2)).toEqual(['Complete', 'Failed']);
});

test.each([-1, 1.5, '2'])('%j is no number to keep', (keepLast) => {
  expect(() => simulate(cronJob, {}, { keepLast: keepLast as number })).toThrow(/options\.keepLast.*a whole number, 0 or more/);
});
