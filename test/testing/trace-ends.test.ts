import { kubernetesJob } from './jobs';
import type { PodRun } from '../../src/testing/pod-script';
import { simulate, type SimulateOptions } from '../../src/testing/simulate';
import { formatTimeline } from '../../src/testing/timeline';
import { describeEnds } from '../../src/testing/trace-ends';

const holds: PodRun = { hang: true, ignoresTerm: true };
const reached = 'CompletionsReached: Reached expected number of succeeded pods';

test.each<[string, Parameters<typeof kubernetesJob>[0], PodRun, SimulateOptions, string]>([
  ['has completed', {}, { after: 5 }, {}, `etl: Complete after 6s (${reached})`],
  ['has failed', { backoffLimit: 0 }, { after: 5, exit: 1 }, {}, 'etl: Failed after 6s (BackoffLimitExceeded: Job has reached the specified backoff limit)'],
  ['runs', {}, { hang: true }, { until: 30 }, 'etl: still running'],
  ['waits for its pods, and will have failed', { activeDeadlineSeconds: 5 }, holds, { until: 10 },
    'etl: Failed when its last pod has ended (DeadlineExceeded: Job was active longer than specified deadline)'],
  ['is suspended', {}, { hang: true }, { actions: [{ at: 5, op: 'suspend' }], until: 10 }, 'etl: Suspended (JobSuspended: Job suspended)'],
  ['runs again', {}, { hang: true }, { actions: [{ at: 5, op: 'suspend' }, { at: 8, op: 'resume' }], until: 10 }, 'etl: still running'],
  ['is being deleted', {}, holds, { actions: [{ at: 5, op: 'delete', policy: 'Foreground' }], until: 10 }, 'etl: being deleted since 5s'],
  ['was deleted', {}, { hang: true }, { actions: [{ at: 5, op: 'delete', policy: 'Background' }] }, 'etl: deleted at 5s, before it ended'],
  ['went after it had completed', { ttlSecondsAfterFinished: 10 }, { after: 5 }, {}, `etl: Complete after 6s (${reached}), deleted at 16s`],
])('the last line of a Job that %s says so', (_, spec, run, options, line) => {
  expect(describeEnds(simulate(kubernetesJob(spec), { default: run }, options))).toEqual([line]);
});

test('a Job that is made again under its name has a line of its own', () => {
  const trace = simulate(kubernetesJob({ activeDeadlineSeconds: 20 }), { default: holds }, { actions: [{ at: 22, op: 'replaceJob' }], until: 30 });
  expect(describeEnds(trace)).toEqual(['etl: deleted at 22s, before it ended', 'etl: still running']);
});

test('a Job that went is in the timeline', () => {
  const trace = simulate(kubernetesJob({}), { default: { hang: true } }, { actions: [{ at: 5, op: 'delete', policy: 'Background' }] });
  expect(formatTimeline(trace)).toMatch(/ 5\.0s {2}Job etl {2}deleted$/m);
});

test('the message of an end is in the trace: that of the pod before that of a container', () => {
  const messageOf = (run: PodRun): string | undefined => simulate(kubernetesJob({ backoffLimit: 0 }), { default: run }).pods[0]?.message;
  expect(messageOf({ after: 1, exit: 1, message: 'no such table' })).toBe('no such table');
  expect(messageOf({ after: 1, reason: 'Evicted', message: 'The node was low on resource: memory.' })).toBe('The node was low on resource: memory.');
  expect(messageOf({ after: 1, reason: 'DeadlineExceeded' })).toBe('Pod was active on the node longer than the specified deadline');
  expect(messageOf({ after: 1 })).toBeUndefined();
});
