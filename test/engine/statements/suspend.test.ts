import { type Statement, expectStatement, fails, indexed, works } from './statement';

const hangs = { default: { hang: true } };
const patchTemplate = (change: object): { readonly op: 'patch'; readonly patch: object } => ({ op: 'patch', patch: { spec: { template: change } } });

const statements: readonly Statement[] = [
  {
    name: 'a Job that is made suspended has the condition, an event, and no start',
    job: { suspend: true },
    options: { until: 10 },
    wanted: { condition: 'Suspended', started: false, pods: 0, reasons: ['Suspended'] },
  },
  {
    name: 'suspending takes all pods away, uncounted, and the start time',
    job: { completions: 2, parallelism: 2 },
    pods: hangs,
    options: { until: 30, actions: [{ at: 3, op: 'suspend' }] },
    wanted: { condition: 'Suspended', failed: 0, succeeded: 0, active: 0, terminating: 0, started: false, stopped: [3, 3] },
  },
  {
    name: 'pods that exit with 0 while they stop are not counted',
    pods: { default: { hang: true, onDelete: { after: 2, exit: 0 } } },
    options: { until: 30, actions: [{ at: 3, op: 'suspend' }] },
    wanted: { succeeded: 0, condition: 'Suspended' },
  },
  {
    name: 'resuming makes pods in the same sync and starts the time anew',
    job: { suspend: true },
    options: { actions: [{ at: 7, op: 'resume' }] },
    wanted: {
      starts: [7],
      startTime: '2026-01-01T00:00:07Z',
      conditions: ['Suspended=False JobResumed', 'SuccessCriteriaMet=True CompletionsReached',
        'Complete=True CompletionsReached'],
    },
  },
  {
    name: 'what succeeded and failed before stays',
    job: { completions: 3, parallelism: 1 },
    pods: { byOrder: [works, fails, { hang: true }, works] },
    options: { actions: [{ at: 16, op: 'suspend' }, { at: 30, op: 'resume' }] },
    wanted: { end: 'CompletionsReached', succeeded: 3, failed: 1 },
  },
  {
    name: 'the wait for a failed pod goes on over a suspension',
    pods: { byOrder: [fails, works] },
    options: { actions: [{ at: 3, op: 'suspend' }, { at: 5, op: 'resume' }] },
    wanted: { starts: [0, 11], failed: 1 },
  },
  {
    name: 'completed indexes stay completed',
    job: indexed(2),
    pods: { byIndex: { 0: [works], 1: [{ hang: true }, works] } },
    options: { actions: [{ at: 4, op: 'suspend' }, { at: 8, op: 'resume' }] },
    wanted: { order: [0, 1, 1], completedIndexes: '0,1', failed: 0 },
  },
  {
    name: 'the deadline stands still while a Job is suspended',
    job: { activeDeadlineSeconds: 5 },
    pods: hangs,
    options: { actions: [{ at: 2, op: 'suspend' }, { at: 60, op: 'resume' }] },
    wanted: { end: 'DeadlineExceeded', elapsed: 67 },
  },
  {
    name: 'the deadline counts from the resumption',
    job: { activeDeadlineSeconds: 5, suspend: true },
    pods: hangs,
    options: { actions: [{ at: 20, op: 'resume' }] },
    wanted: { end: 'DeadlineExceeded', failed: 1, starts: [20] },
  },
  {
    name: 'a finished Job takes no notice',
    options: { actions: [{ at: 5, op: 'suspend' }] },
    wanted: { end: 'CompletionsReached', reasons: ['SuccessfulCreate', 'Completed'] },
  },
  {
    name: 'a Job that reached its limit while suspended fails on the next look',
    job: { backoffLimit: 3 },
    pods: { default: fails },
    options: { actions: [{ at: 3, op: 'suspend' }, { at: 6, op: 'patch', patch: { spec: { backoffLimit: 0 } } }] },
    wanted: { end: 'BackoffLimitExceeded', failed: 1 },
  },
  {
    name: 'scheduling, labels, annotations and resources of a suspended template may change, its command may not',
    job: { suspend: true },
    options: {
      until: 20,
      actions: [
        { at: 1, ...patchTemplate({ metadata: { labels: { team: 'a' }, annotations: { note: 'b' } } }) },
        { at: 2, ...patchTemplate({ spec: { nodeSelector: { disk: 'ssd' } } }) },
        { at: 3, ...patchTemplate({ spec: { tolerations: [{ key: 'k', operator: 'Exists' }] } }) },
        { at: 4, ...patchTemplate({ spec: { containers: [{ name: 'main', image: 'x', resources: { requests: { cpu: '1' } } }] } }) },
        { at: 5, ...patchTemplate({ spec: { containers: [{ name: 'main', image: 'y' }] } }) },
        { at: 6, op: 'resume' },
      ],
    },
    wanted: { codes: [200, 200, 200, 200, 422, 200], end: 'CompletionsReached' },
  },
  {
    name: 'a second suspension changes the condition back in its place',
    pods: hangs,
    options: { until: 40, actions: [{ at: 2, op: 'suspend' }, { at: 8, op: 'resume' }, { at: 14, op: 'suspend' }] },
    wanted: { conditions: ['Suspended=True JobSuspended'], pods: 2, failed: 0 },
  },
];

test.each(statements)('$name', expectStatement);
