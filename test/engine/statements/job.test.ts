import { type Statement, expectStatement, fails, play, works } from './statement';
import type { JobStatus } from '../../../src/api/kubernetes';

const statements: readonly Statement[] = [
  { name: 'a Job without fields runs one pod', wanted: { end: 'CompletionsReached', pods: 1, succeeded: 1, elapsed: 2 } },
  { name: 'completions alone run one after the other', job: { completions: 3 }, wanted: { starts: [0, 2, 4], succeeded: 3 } },
  {
    name: 'more parallelism than completions is not used',
    job: { completions: 2, parallelism: 5 },
    wanted: { starts: [0, 0], succeeded: 2 },
  },
  {
    name: 'no completions with suspend end without a start',
    job: { completions: 0, suspend: true },
    wanted: { end: 'CompletionsReached', started: false },
  },
  {
    name: 'parallelism alone is a work queue of one success',
    job: { parallelism: 1 },
    wanted: { pods: 1, succeeded: 1, end: 'CompletionsReached' },
  },
  {
    name: 'each success needs one pod, each failure another one',
    job: { completions: 2, parallelism: 2 },
    pods: { byOrder: [fails, works, works] },
    wanted: { end: 'CompletionsReached', succeeded: 2, failed: 1, pods: 3 },
  },
  {
    name: 'the default limit of 6 allows seven pods, with waits of 10, 20, 40, 80, 160 and 320 seconds',
    pods: { default: fails },
    wanted: { end: 'BackoffLimitExceeded', failed: 7, starts: [0, 11, 32, 73, 154, 315, 636] },
  },
  {
    name: 'a success clears the wait for the next pod at once',
    job: { completions: 3, parallelism: 2 },
    pods: { byOrder: [{ after: 3, exit: 1 }, { after: 6, exit: 0 }, works] },
    wanted: { starts: [0, 0, 7, 7], failed: 1, succeeded: 3 },
  },
  {
    name: 'a further failure moves the replacement of an earlier one',
    job: { completions: 2, parallelism: 2 },
    pods: { byOrder: [{ after: 2, exit: 1 }, { after: 6, exit: 1 }, works] },
    wanted: { starts: [0, 0, 26, 26], failed: 2 },
  },
  {
    name: 'pods above a lowered parallelism go, and count neither way',
    job: { completions: 3, parallelism: 3 },
    pods: { default: { after: 6, exit: 0 } },
    options: { actions: [{ at: 2, op: 'patch', patch: { spec: { parallelism: 1 } } }] },
    wanted: { failed: 0, succeeded: 3, pods: 5 },
  },
  {
    name: 'parallelism 0 takes all pods away, without a condition',
    job: { completions: 2, parallelism: 2 },
    pods: { default: { hang: true } },
    options: { until: 30, actions: [{ at: 3, op: 'patch', patch: { spec: { parallelism: 0 } } }] },
    wanted: { failed: 0, conditions: [], active: 0, stopped: [3, 3] },
  },
  {
    name: 'a work queue keeps its other pods after a success, and makes none',
    job: { parallelism: 3 },
    pods: { byOrder: [works, { after: 5, exit: 0 }, { after: 5, exit: 1 }] },
    wanted: { pods: 3, succeeded: 2, failed: 1, end: 'CompletionsReached' },
  },
  {
    name: 'a work queue without success replaces its failed pods',
    job: { parallelism: 2 },
    pods: { byOrder: [fails, { after: 20, exit: 0 }, { after: 2, exit: 0 }] },
    wanted: { starts: [0, 0, 11], succeeded: 2, failed: 1 },
  },
  {
    name: 'a wide Job has all its pods in one sync',
    job: { completions: 40, parallelism: 40 },
    wanted: { pods: 40, starts: Array<number>(40).fill(0) },
  },
  {
    name: 'more than 500 pods need a second sync',
    job: { completions: 600, parallelism: 600 },
    pods: { default: { after: 30, exit: 0 } },
    options: { until: 20 },
    wanted: { starts: [...Array<number>(500).fill(0), ...Array<number>(100).fill(1)] },
  },
  {
    name: 'a pod that cannot start is active for ever',
    pods: { default: { neverStart: true } },
    wanted: { condition: null, active: 1, ready: 0 },
  },
  {
    name: 'only the deadline ends a Job whose pod cannot start',
    job: { activeDeadlineSeconds: 30 },
    pods: { default: { neverStart: true } },
    wanted: { end: 'DeadlineExceeded', failed: 1, elapsed: 31 },
  },
  {
    name: 'a deadline that is taken away does not fire',
    job: { activeDeadlineSeconds: 5 },
    pods: { default: { after: 20, exit: 0 } },
    options: { actions: [{ at: 2, op: 'patch', patch: { spec: { activeDeadlineSeconds: null } } }] },
    wanted: { end: 'CompletionsReached' },
  },
  {
    name: 'a success and a failure in one sync: the failure wins, the success counts',
    job: { completions: 2, parallelism: 2, backoffLimit: 0 },
    pods: { byOrder: [works, fails] },
    wanted: { end: 'BackoffLimitExceeded', succeeded: 1, failed: 1 },
  },
  {
    name: 'the deadline of the template is a plain failure of the pod',
    job: { backoffLimit: 0, template: { spec: { activeDeadlineSeconds: 3 } } },
    pods: { default: { hang: true } },
    wanted: { end: 'BackoffLimitExceeded', failed: 1, exitCodes: [143] },
  },
  {
    name: 'the built-in controller does nothing for a Job of another one, not even on a change',
    job: { managedBy: 'example.com/queue' },
    options: { actions: [{ at: 2, op: 'suspend' }, { at: 3, op: 'resume' }] },
    wanted: { conditions: [], pods: 0, started: false, reasons: [] },
  },
  {
    name: 'a value that is not allowed is refused, and the Job goes on',
    pods: { default: { after: 5, exit: 0 } },
    options: {
      actions: [
        { at: 1, op: 'patch', patch: { spec: { parallelism: -1 } } },
        { at: 1, op: 'patch', patch: { spec: { completions: 2 } } },
        { at: 1, op: 'patch', patch: { spec: { backoffLimitPerIndex: 1 } } },
        { at: 1, op: 'patch', patch: { spec: { managedBy: 'example.com/queue' } } },
        { at: 1, op: 'patch', patch: { spec: { podFailurePolicy: { rules: [] } } } },
        { at: 1, op: 'patch', patch: { spec: { backoffLimit: 3, ttlSecondsAfterFinished: 60, activeDeadlineSeconds: 100 } } },
      ],
    },
    wanted: { codes: [422, 422, 422, 422, 422, 200], end: 'CompletionsReached' },
  },
  {
    name: 'a replaced Job has its pods at once, and loses those of the old one',
    job: { completions: 2, parallelism: 2 },
    pods: { default: { hang: true } },
    options: { until: 20, actions: [{ at: 5, op: 'replaceJob' }] },
    wanted: { starts: [0, 0, 5, 5], jobTimes: [0, 5], stopped: [5, 5, undefined, undefined] },
  },
];

test.each(statements)('$name', expectStatement);

test('a success shows watchers running, ready, decided, counted', () => {
  const { revisions } = play({ name: '', pods: { default: { after: 3, exit: 0 } }, wanted: {} });
  const types = ({ conditions = [] }: JobStatus): readonly string[] => conditions.map(({ type }) => type);
  const short = revisions.map(({ at, status }) => [at, status.active ?? 0, status.ready, status.succeeded ?? 0, types(status)]);
  expect(short).toEqual([
    [0, 0, undefined, 0, []],
    [0, 1, 0, 0, []],
    [1, 1, 1, 0, []],
    [4, 0, 0, 0, ['SuccessCriteriaMet']],
    [4, 0, 0, 1, ['SuccessCriteriaMet', 'Complete']],
  ]);
});

test('a failure counts running pods as failed before they end, and Failed waits for them', () => {
  const job = { completions: 3, parallelism: 3, backoffLimit: 0 };
  const { revisions } = play({ name: '', job, pods: { byOrder: [{ after: 3, exit: 1 }, { hang: true, onDelete: { after: 4 } }] }, wanted: {} });
  const uncounted = (status: JobStatus): number => status.uncountedTerminatedPods?.failed?.length ?? 0;
  const short = revisions.slice(3).map(({ at, status }) =>
    [at, status.terminating, uncounted(status), status.failed ?? 0, status.conditions?.length]);
  expect(short).toEqual([[4, 2, 3, 0, 1], [4, 2, 0, 3, 1], [9, 0, 0, 3, 1], [9, 0, 0, 3, 2]]);
});
