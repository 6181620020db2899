import { type Statement, expectStatement, fails, indexed, play, works } from './statement';

const failIndex = { podFailurePolicy: { rules: [{ action: 'FailIndex', onExitCodes: { operator: 'In', values: [3] } }] } };

const statements: readonly Statement[] = [
  { name: 'indexes start from the lowest', job: indexed(5, 2), wanted: { order: [0, 1, 2, 3, 4], completedIndexes: '0-4', succeeded: 5 } },
  {
    name: 'two indexes in a row are a list, three a range',
    job: indexed(7),
    pods: { byIndex: { 2: [{ hang: true }], 6: [{ hang: true }] } },
    options: { until: 20 },
    wanted: { completedIndexes: '0,1,3-5', succeeded: 5 },
  },
  {
    name: 'a failed index is tried again after the wait of the whole Job',
    job: indexed(3, 1),
    pods: { byIndex: { 1: [fails, works] } },
    wanted: { order: [0, 1, 1, 2], starts: [0, 2, 13, 15], failed: 1, failedIndexes: undefined },
  },
  {
    name: 'without a limit per index a failure delays indexes that never failed',
    job: indexed(3, 2),
    pods: { byIndex: { 0: [fails, works], 1: [{ after: 30, exit: 0 }] } },
    wanted: { order: [0, 1, 0, 2], starts: [0, 0, 11, 13] },
  },
  {
    name: 'with one, it delays only its own; failed is counted when the replacement is there',
    job: { ...indexed(3, 3), backoffLimitPerIndex: 2 },
    pods: { byIndex: { 0: [fails, fails, works] }, default: works },
    wanted: { order: [0, 1, 2, 0, 0], starts: [0, 0, 0, 11, 32], failed: 2, completedIndexes: '0-2', failedIndexes: '' },
  },
  {
    name: 'limit N allows N+1 pods of an index',
    job: { ...indexed(2), backoffLimitPerIndex: 2 },
    pods: { byIndex: { 0: [fails] }, default: works },
    wanted: { end: 'FailedIndexes', order: [0, 1, 0, 0], failed: 3, failedIndexes: '0', completedIndexes: '1' },
  },
  {
    name: 'a failed index frees its slot without a wait',
    job: { ...indexed(3, 1), backoffLimitPerIndex: 0 },
    pods: { byIndex: { 0: [fails] }, default: works },
    wanted: { starts: [0, 2, 4], failedIndexes: '0', completedIndexes: '1,2', end: 'FailedIndexes' },
  },
  {
    name: 'FailIndex fails an index that had tries left',
    job: { ...indexed(2), backoffLimitPerIndex: 5, ...failIndex },
    pods: { byIndex: { 0: [{ after: 1, exit: 3 }] }, default: works },
    wanted: { end: 'FailedIndexes', pods: 2, failed: 1, failedIndexes: '0' },
  },
  {
    name: 'as many failed indexes as are allowed let the others finish',
    job: { ...indexed(4), backoffLimitPerIndex: 0, maxFailedIndexes: 1 },
    pods: { byIndex: { 0: [fails] }, default: { after: 5, exit: 0 } },
    wanted: { end: 'FailedIndexes', failedIndexes: '0', completedIndexes: '1-3', message: 'Job has failed indexes' },
  },
  {
    name: 'one more ends the Job at once; the pods that ran count as failed, their indexes do not',
    job: { ...indexed(4), backoffLimitPerIndex: 0, maxFailedIndexes: 1 },
    pods: { byIndex: { 0: [fails], 1: [fails] }, default: { hang: true } },
    wanted: {
      end: 'MaxFailedIndexesExceeded', failed: 4, failedIndexes: '0,1', message: 'Job has exceeded the specified maximal number of failed indexes',
    },
  },
  {
    name: 'a failed index of a suspended Job stays failed',
    job: { ...indexed(2), backoffLimitPerIndex: 0 },
    pods: { byIndex: { 0: [fails], 1: [{ hang: true }, works] } },
    options: { actions: [{ at: 5, op: 'suspend' }, { at: 9, op: 'resume' }] },
    wanted: { order: [0, 1, 1], failedIndexes: '0', completedIndexes: '1', end: 'FailedIndexes' },
  },
  {
    name: 'ignored failures do not use up the limit of an index, and still delay it',
    job: {
      ...indexed(1),
      backoffLimitPerIndex: 0,
      podFailurePolicy: { rules: [{ action: 'Ignore', onExitCodes: { operator: 'In', values: [9] } }] },
    },
    pods: { byIndex: { 0: [{ after: 1, exit: 9 }, { after: 1, exit: 9 }, works] } },
    wanted: { starts: [0, 11, 32], failed: 0, end: 'CompletionsReached' },
  },
  {
    name: 'the limit of the Job is looked at before those of the indexes',
    job: { ...indexed(2), backoffLimit: 0, backoffLimitPerIndex: 3 },
    pods: { default: fails },
    wanted: { end: 'BackoffLimitExceeded', failedIndexes: '', failed: 2 },
  },
  {
    name: 'a larger elastic Job starts the new indexes',
    job: indexed(2),
    pods: { default: { after: 5, exit: 0 } },
    options: { actions: [{ at: 2, op: 'patch', patch: { spec: { completions: 4, parallelism: 4 } } }] },
    wanted: { order: [0, 1, 2, 3], starts: [0, 0, 2, 2], completedIndexes: '0-3' },
  },
  {
    name: 'a smaller one deletes what is beyond it, and counts it neither way',
    job: indexed(4),
    pods: { default: { after: 5, exit: 0 } },
    options: { actions: [{ at: 2, op: 'patch', patch: { spec: { completions: 2, parallelism: 2 } } }] },
    wanted: { completedIndexes: '0,1', failed: 0, succeeded: 2, stopped: [undefined, undefined, 2, 2] },
  },
  {
    name: 'completions that differ from parallelism are refused',
    job: indexed(3),
    pods: { default: { after: 5, exit: 0 } },
    options: { actions: [{ at: 2, op: 'patch', patch: { spec: { completions: 4 } } }] },
    wanted: { codes: [422] },
  },
];

test.each(statements)('$name', expectStatement);

test('pods carry their index, the failures before them and the ignored ones', () => {
  const policy = { podFailurePolicy: { rules: [{ action: 'Ignore', onExitCodes: { operator: 'In', values: [9] } }] } };
  const { pods } = play({
    name: '',
    job: { ...indexed(1), backoffLimitPerIndex: 3, ...policy },
    pods: { byIndex: { 0: [fails, { after: 1, exit: 9 }, works] } },
    wanted: {},
  });
  const counts = pods.map(({ annotations }) => [
    annotations['batch.kubernetes.io/job-completion-index'],
    annotations['batch.kubernetes.io/job-index-failure-count'],
    annotations['batch.kubernetes.io/job-index-ignored-failure-count'],
  ]);
  expect(counts).toEqual([['0', '0', undefined], ['0', '1', undefined], ['0', '1', '1']]);
  expect(pods[0]?.labels['batch.kubernetes.io/job-completion-index']).toBe('0');
  expect(pods[0]?.name).toMatch(/^j-0-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
});

test('the name of a Job is cut so that index and random letters fit', () => {
  const { pods } = play({ name: '', job: indexed(11), metadata: { name: 'a'.repeat(60) }, wanted: {} });
  expect(pods.map(({ name }) => name.slice(0, -5))).toContain(`${'a'.repeat(54)}-10-`);
});
