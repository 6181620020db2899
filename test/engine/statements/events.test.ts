import { type Statement, expectStatement, fails, indexed, play } from './statement';

const statements: readonly Statement[] = [
  { name: 'a success', wanted: { reasons: ['SuccessfulCreate', 'Completed'], warnings: [] } },
  {
    name: 'too many failures',
    job: { backoffLimit: 0 },
    pods: { default: fails },
    wanted: { warnings: ['BackoffLimitExceeded: Job has reached the specified backoff limit x1'] },
  },
  {
    name: 'a deadline',
    job: { activeDeadlineSeconds: 3 },
    pods: { default: { hang: true } },
    wanted: { reasons: ['SuccessfulCreate', 'SuccessfulDelete', 'DeadlineExceeded'], warnings: ['DeadlineExceeded: Job was active longer than specified deadline x1'] },
  },
  {
    name: 'failed indexes',
    job: { ...indexed(1), backoffLimitPerIndex: 0 },
    pods: { default: fails },
    wanted: { warnings: ['FailedIndexes: Job has failed indexes x1'] },
  },
  {
    name: 'a suspension',
    pods: { default: { hang: true } },
    options: { until: 20, actions: [{ at: 2, op: 'suspend' }, { at: 9, op: 'resume' }] },
    wanted: { reasons: ['SuccessfulCreate', 'SuccessfulDelete', 'Suspended', 'SuccessfulCreate', 'Resumed'] },
  },
];

test.each(statements)('$name is said', expectStatement);

test('the reason of a failure comes with Failed, not with FailureTarget', () => {
  const pods = { default: { hang: true, onDelete: { after: 4, exit: 143 } } };
  const { events, revisions } = play({ name: '', job: { activeDeadlineSeconds: 2 }, pods, wanted: {} });
  const failedAt = revisions.find(({ status }) => status.conditions?.some(({ type }) => type === 'Failed'))?.at;
  expect(events.find(({ reason }) => reason === 'DeadlineExceeded')?.at).toBe(failedAt);
});
