import { play, scenarios } from './scenario';

const cronJobs = scenarios.filter(({ cronJob, expect: { createCode } }) => cronJob !== undefined && createCode !== 422);

test.each(cronJobs)('$id: $expect.notes', (scenario) => {
  const { expect: expected, notEvent } = scenario;
  const { jobs, events } = play(scenario);
  const reasons = events.map(({ reason }) => reason);
  if (expected.jobsCreated !== undefined) expect(jobs).toHaveLength(expected.jobsCreated);
  const deleted = jobs.filter(({ deletedAt }) => deletedAt !== undefined);
  if (expected.jobsDeleted !== undefined) expect(deleted).toHaveLength(expected.jobsDeleted);
  if (expected.event !== undefined) expect(reasons).toContain(expected.event);
  if (expected.annotationTz !== undefined) {
    expect(jobs[0]?.annotations['batch.kubernetes.io/cronjob-scheduled-timestamp']).toMatch(new RegExp(`\\${expected.annotationTz}$`));
  }
  expect(reasons).not.toContain(notEvent ?? 'nothing');
});

test('a missed run starts as soon as the running Job ends, named for the time that was missed', () => {
  const scenario = scenarios.find(({ id }) => id === 'J02');
  if (scenario === undefined) throw new Error('J02 is missing');
  const { jobs, pods } = play(scenario);
  const [first, second] = jobs;
  expect(second?.createdAt).toBeGreaterThanOrEqual(pods[0]?.endedAt ?? Number.NaN);
  expect(minute(second?.name) - minute(first?.name)).toBe(1);
});

function minute(name: string | undefined): number {
  return Number(name?.split('-')[1]);
}
