import { refusalOfScheduled } from '../../src/engine/cron-job-admission';
import { scheduledJob } from '../../src/engine/cron-job-template';
import type { StoredCronJob } from '../../src/engine/objects';

const minute = 60_000;
const start = Date.UTC(2026, 0, 1);

function cronJob(labels: Readonly<Record<string, string>> = {}, timeZone?: string): StoredCronJob {
  const template = { metadata: { labels }, spec: { restartPolicy: 'Never' as const, containers: [{ name: 'main', image: 'x' }] } };
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'tick', namespace: 'default', uid: 'u', resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: { schedule: '* * * * *', jobTemplate: { spec: { template } }, ...(timeZone === undefined ? {} : { timeZone }) },
    status: {},
  };
}

/** How often the API server is asked about the Jobs of these times. */
function askedFor(cronJobs: readonly StoredCronJob[], times: readonly number[], answer?: string): number {
  const refuse = jest.fn(() => answer);
  const answers = cronJobs.flatMap((one) => times.map((at) => refusalOfScheduled(scheduledJob(one, at), one, refuse)));
  expect(new Set(answers)).toEqual(new Set([answer]));
  return refuse.mock.calls.length;
}

const one = cronJob();
const times = [start, start + minute, start + 2 * minute];

test.each<readonly [string, readonly StoredCronJob[], readonly number[], string | undefined, number]>([
  ['Jobs of one template are judged once', [one, { ...one, status: { lastScheduleTime: '2026-01-01T00:00:00Z' } }], times, undefined, 1],
  ['a longer name is judged anew', [cronJob()], [(10 ** 7 - 1) * minute, 10 ** 7 * minute, (10 ** 7 + 1) * minute], undefined, 2],
  ['a time that is written longer is judged anew', [cronJob({}, 'Europe/London')], [start, Date.UTC(2026, 5, 1), Date.UTC(2026, 5, 2)], undefined, 2],
  ['another template is judged anew', [cronJob(), cronJob()], times, undefined, 2],
  ['a refused Job is judged each time', [cronJob()], times, 'no', 3],
  ['a template that names a Job is judged until another was accepted', [cronJob({ 'job-name': `tick-${start / minute}` })], times, undefined, 2],
])('%s', (_, cronJobs, at, answer, asked) => {
  expect(askedFor(cronJobs, at, answer)).toBe(asked);
});

test('another API server is asked for itself', () => {
  const known = cronJob();
  expect([askedFor([known], times), askedFor([known], times, 'no'), askedFor([known], times)]).toEqual([1, 3, 1]);
});
