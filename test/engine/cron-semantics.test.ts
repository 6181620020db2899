import { manifestOf } from './scenario';
import type { CronJobStatus } from '../../src/api/kubernetes';
import type { PodScript } from '../../src/testing/pod-script';
import { type SimulateOptions, simulate } from '../../src/testing/simulate';
import type { Trace } from '../../src/testing/trace';

const minute = Date.UTC(2026, 10, 23, 19, 29);

function run(cronJob: Readonly<Record<string, unknown>>, pods: PodScript, options: SimulateOptions): Trace {
  return simulate(manifestOf({ id: '', layer: 'cronjob', cronJob, podScript: pods, expect: {} }), pods, { startAt: new Date(minute + 50_000), ...options });
}

function reasons({ events }: Trace): readonly string[] {
  return events.filter(({ on }) => on === 'CronJob').map(({ reason }) => reason);
}

test('Allow lets Jobs pile up', () => {
  const trace = run({ schedule: '* * * * *' }, { default: { hang: true } }, { until: 140 });
  expect(trace.jobs.map(({ createdAt }) => createdAt)).toEqual([10.1, 70.1, 130.1]);
  expect((trace.status as CronJobStatus).active).toHaveLength(3);
});

test('the history keeps three successful Jobs, the youngest', () => {
  const trace = run({ schedule: '* * * * *' }, { default: { after: 1, exit: 0 } }, { until: 320 });
  expect(trace.jobs).toHaveLength(6);
  expect(trace.jobs.map(({ deletedAt }) => deletedAt !== undefined)).toEqual([true, true, true, false, false, false]);
  expect(reasons(trace).filter((reason) => reason === 'SuccessfulDelete')).toHaveLength(3);
});

test('the history keeps one failed Job', () => {
  const failing = { schedule: '* * * * *', jobTemplate: { spec: { backoffLimit: 0 } } };
  const trace = run(failing, { default: { after: 1, exit: 1 } }, { until: 200 });
  expect(trace.jobs.map(({ deletedAt }) => deletedAt !== undefined)).toEqual([true, true, true, false]);
});

test('a date that never comes is an invalid schedule, and is not looked at again', () => {
  const trace = run({ schedule: '0 0 31 2 *' }, {}, { until: 600 });
  expect(reasons(trace)).toEqual(['InvalidSchedule']);
  expect(trace.jobs).toEqual([]);
});

test('more than a hundred missed runs get a warning, and the latest one starts', () => {
  const actions = [{ at: 1, op: 'patchCronStatus' as const, lastScheduleAgo: 12_000 }, { at: 2, op: 'resumeCron' as const }];
  const trace = run({ schedule: '* * * * *', suspend: true }, { default: { after: 2, exit: 0 } }, { until: 9, actions });
  expect(reasons(trace)).toContain('TooManyMissedTimes');
  expect(trace.jobs.map(({ name, createdAt }) => `${name} ${createdAt}`)).toEqual([`j-${minute / 60_000} 2`]);
});

test('an interval counts from the creation, not from the minute', () => {
  const trace = run({ schedule: '@every 1m' }, { default: { after: 1, exit: 0 } }, { until: 130 });
  expect(trace.jobs.map(({ createdAt }) => createdAt)).toEqual([60.1, 120.1]);
});

test('a Job made by hand with the CronJob as its controller is unexpected, and counts for the last success', () => {
  const actions = [{ at: 1, op: 'createJob' as const, name: 'by-hand', owner: 'cronjob' }];
  const trace = run({ schedule: '0 0 1 1 *' }, { default: { after: 3, exit: 0 } }, { until: 20, actions });
  expect(reasons(trace)).toContain('UnexpectedJob');
  expect(trace.status).toEqual({ lastSuccessfulTime: '2026-11-23T19:29:55Z' });
});

test('a Job of the name of a time that belongs to the CronJob is taken for the one it would have made', () => {
  const actions = [{ at: 2, op: 'createJob' as const, tick: 1, owner: 'cronjob' }];
  const trace = run({ schedule: '* * * * *' }, { default: { after: 30, exit: 0 } }, { until: 50, actions });
  expect(trace.jobs).toHaveLength(1);
  expect(reasons(trace)).not.toContain('SuccessfulCreate');
  expect(reasons(trace)).toContain('SawCompletedJob');
  expect((trace.status as CronJobStatus).lastScheduleTime).toBe('2026-11-23T19:30:00Z');
});

test('a CronJob whose name is taken stands still until something touches it', () => {
  const actions = [{ at: 2, op: 'createJob' as const, tick: 1, spec: { suspend: true } }, { at: 100, op: 'annotateCron' as const }];
  const trace = run({ schedule: '* * * * *' }, { default: { after: 1, exit: 0 } }, { until: 150, actions });
  expect(trace.jobs.map(({ createdAt }) => createdAt)).toEqual([2, 100, 130.1]);
});

test('a suspended CronJob starts nothing', () => {
  expect(run({ schedule: '* * * * *', suspend: true }, {}, { until: 600 }).jobs).toEqual([]);
});

test('a new schedule counts from its next time', () => {
  const actions = [{ at: 5, op: 'patchCron' as const, patch: { spec: { schedule: '*/5 * * * *' } } }];
  const trace = run({ schedule: '0 0 1 1 *' }, {}, { until: 400, actions });
  expect(trace.jobs.map(({ createdAt }) => createdAt)).toEqual([10.1, 310.1]);
});

test('a Job that vanishes is missed', () => {
  const actions = [{ at: 20, op: 'delete' as const, policy: 'Background' as const }];
  const trace = run({ schedule: '* * * * *' }, { default: { hang: true } }, { until: 30, actions });
  expect(reasons(trace)).toEqual(['SuccessfulCreate', 'MissingJob']);
  expect(trace.status).toEqual({ lastScheduleTime: '2026-11-23T19:30:00Z' });
});
