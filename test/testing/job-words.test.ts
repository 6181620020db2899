import { formatFinding } from '../../src/core/finding';
import { checkSimulationFile } from '../../src/testing/check-simulation';
import type { PodScript } from '../../src/testing/pod-script';
import { simulate, type SimulateOptions } from '../../src/testing/simulate';
import type { Trace } from '../../src/testing/trace';

const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'x' }] } };

function cronJob(name: string, spec: object = {}, job: object = {}): object {
  return {
    apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name }, spec: { schedule: '* * * * *', jobTemplate: { spec: { backoffLimit: 1, template, ...job } }, ...spec },
  };
}

const tick = cronJob('tick');
/** Three ticks: the Jobs tick-29453761 to tick-29453763, made for 00:01, 00:02 and 00:03. */
const options: SimulateOptions = { startAt: new Date('2026-01-01T00:00:10Z'), until: 210 };
const ends = ({ jobs }: Trace): readonly unknown[] => jobs.map(({ condition }) => condition);
const fails = { after: 1, exit: 3 };
const works = { after: 1 };

test.each<[string, PodScript]>([
  ['by its place', { byOrder: [{ job: 1, ...fails }] }],
  ['by its name', { byOrder: [{ job: 'tick-29453762', ...fails }] }],
  ['by the time for which it is made', { byOrder: [{ job: '2026-01-01T00:02:00Z', ...fails }] }],
  ['by that time in another zone', { byOrder: [{ job: '2026-01-01T01:02:00+01:00', ...fails }] }],
  ['by its place in byJob', { byJob: { 1: { default: fails } } }],
  ['by its name in byJob', { byJob: { 'tick-29453762': { default: fails } } }],
  ['by its time in byJob, which is closer than its CronJob', { byJob: { 'tick': { default: works }, '2026-01-01T00:02:00Z': { default: fails } } }],
  ['by its place among others of its CronJob', { byJob: { tick: { byOrder: [{ job: 1, ...fails }, { job: 'tick', ...works }] } } }],
])('a script means one Job of a CronJob %s', (_, script) => {
  expect(ends(simulate(tick, script, options))).toEqual(['Complete', 'Failed', 'Complete']);
});

test('the pods of a Job that a list names are counted by themselves, the others without them', () => {
  const byOrder = [{ job: 1, ...fails }, { job: 1, ...works }, { ...fails }, { ...works }];
  const { pods } = simulate(tick, { byOrder }, options);
  expect(pods.map(({ job, exitCode }) => [job, exitCode])).toEqual([
    ['tick-29453761', 3], ['tick-29453761', 0], ['tick-29453762', 3], ['tick-29453762', 0], ['tick-29453763', 0],
  ]);
});

test('a pod that no Job has made gets no run of one', () => {
  const { pods } = simulate(tick, { byOrder: [{ job: 0, ...fails }], default: works }, { ...options, actions: [{ at: 5, op: 'createPod', name: 'lone' }] });
  expect(pods.find(({ name }) => name === 'lone')).toMatchObject({ exitCode: 0 });
});

test('a list by index can name a Job, too', () => {
  const indexed = cronJob('tick', {}, { completionMode: 'Indexed', completions: 2, parallelism: 2, backoffLimit: 0 });
  const { jobs, pods } = simulate(indexed, { byIndex: { 1: [{ job: 2, ...fails }] }, default: works }, options);
  expect(jobs.map(({ condition }) => condition)).toEqual(['Complete', 'Complete', 'Failed']);
  expect(pods.filter(({ exitCode }) => exitCode === 3)).toMatchObject([{ job: 'tick-29453763', index: 1 }]);
});

test('of several CronJobs each counts its own Jobs', () => {
  const trace = simulate([tick, cronJob('tock')], { byOrder: [{ job: 1, ...fails }] }, options);
  const failed = trace.jobs.filter(({ condition }) => condition === 'Failed').map(({ name }) => name);
  expect(failed).toEqual(['tick-29453762', 'tock-29453762']);
});

test('a Job that is made again under its name has the next place', () => {
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'etl' }, spec: { template } };
  const { pods } = simulate(job, { byOrder: [{ job: 1, ...works }], default: { hang: true } }, { actions: [{ at: 5, op: 'replaceJob' }] });
  expect(pods).toMatchObject([{ deletedAt: 5 }, { exitCode: 0 }]);
});

test.each([
  ['by its place', 0],
  ['by its name', 'tick-29453761'],
  ['by its time', '2026-01-01T00:01:00Z'],
])('an action means one Job of a CronJob %s', (_, job) => {
  const trace = simulate(tick, { default: { hang: true } }, { ...options, actions: [{ at: 120, op: 'suspend', job }] });
  expect(ends(trace)).toEqual(['Suspended', null, null]);
});

test('an action on the Jobs of a CronJob means the newest, and one on pods counts those of the Job', () => {
  const script: PodScript = { default: { hang: true } };
  expect(ends(simulate(tick, script, { ...options, actions: [{ at: 120, op: 'suspend', job: 'tick' }] }))).toEqual([null, 'Suspended', null]);
  const { pods } = simulate(tick, script, { ...options, actions: [{ at: 180, op: 'deletePod', job: 1 }] });
  expect(pods.filter(({ deletedAt }) => deletedAt !== undefined)).toMatchObject([{ job: 'tick-29453762', deletedAt: 180 }]);
});

test('a Job that is not there yet is not found', () => {
  const { answers } = simulate(tick, {}, { ...options, actions: [{ at: 5, op: 'delete', job: 2 }] });
  expect(answers).toEqual([{ at: 5, op: 'delete', code: 404 }]);
});

test.each<[string, unknown, readonly string[]]>([
  ['a name like that of its CronJob', { byOrder: [{ job: 'tock', ...fails }] }, ['byOrder[0].job: Invalid value: "tock": did you mean tick?']],
  ['a name like no other', { byOrder: [{ job: 'load', ...fails }] }, ['byOrder[0].job: Invalid value: "load": there is no Job or CronJob of this name; there is only tick']],
  ['a name of no Job', { byJob: { 'tick-x': {} } }, ['byJob[tick-x]: Invalid value: "tick-x": did you mean tick?']],
  ['a place before the first', { byOrder: [{ job: -1 }] }, [
    'byOrder[0].job: Invalid value: -1: expected the name of a Job or of its CronJob, its place among the Jobs of that from 0, or the time for which it is made',
  ]],
  ['a Job for every pod', { default: { job: 0 } }, ['default.job: Forbidden: default is for the pods of every Job; byJob and byOrder know one; leave job out']],
  ['what can be', { byJob: { 'tick-29453761': { byOrder: [{ job: 0 }] }, '0': {} }, byOrder: [{ job: '2026-01-01T00:01:00Z' }] }, []],
  ['actions', { script: {}, actions: [{ at: 1, op: 'suspend', job: 'tock' }, { at: 1, op: 'suspendCron', job: 'tick' }] }, [
    'actions[0].job: Invalid value: "tock": did you mean tick?',
    'actions[1].job: Forbidden: suspendCron is not done to a Job that is there; leave job out',
  ]],
])('a script of a CronJob with %s is answered', (_, script, expected) => {
  expect(checkSimulationFile(script, [tick]).map(formatFinding)).toEqual(expected);
});

test('only a CronJob makes Jobs for a time', () => {
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'etl' }, spec: { template } };
  expect(checkSimulationFile({ byOrder: [{ job: '2026-01-01T00:01:00Z' }] }, [job]).map(formatFinding)).toEqual([
    'byOrder[0].job: Invalid value: "2026-01-01T00:01:00Z": there is no CronJob, which makes Jobs for a time',
  ]);
});
