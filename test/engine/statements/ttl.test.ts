import { type Statement, expectStatement, fails } from './statement';

const statements: readonly Statement[] = [
  { name: 'without the field a Job stays', wanted: { jobGone: [undefined] } },
  { name: 'a completed Job goes its seconds after the end', job: { ttlSecondsAfterFinished: 5 }, wanted: { jobGone: [7], podGone: [7] } },
  {
    name: 'a failed one as well',
    job: { ttlSecondsAfterFinished: 5, backoffLimit: 0 },
    pods: { default: fails },
    wanted: { jobGone: [7], podGone: [7] },
  },
  { name: '0 means at once', job: { ttlSecondsAfterFinished: 0 }, wanted: { jobGone: [2] } },
  {
    name: 'a longer time that is set in time counts',
    job: { ttlSecondsAfterFinished: 5 },
    options: { actions: [{ at: 4, op: 'patch', patch: { spec: { ttlSecondsAfterFinished: 20 } } }] },
    wanted: { jobGone: [22] },
  },
  {
    name: 'a shorter one as well',
    job: { ttlSecondsAfterFinished: 100 },
    options: { actions: [{ at: 9, op: 'patch', patch: { spec: { ttlSecondsAfterFinished: 3 } } }] },
    wanted: { jobGone: [9] },
  },
  {
    name: 'a field that is taken away keeps the Job',
    job: { ttlSecondsAfterFinished: 5 },
    options: { actions: [{ at: 4, op: 'patch', patch: { spec: { ttlSecondsAfterFinished: null } } }] },
    wanted: { jobGone: [undefined] },
  },
  {
    name: 'whole seconds count: the deletion may be up to a second early by the clock',
    job: { ttlSecondsAfterFinished: 5 },
    pods: { default: { after: 1.6, exit: 0 } },
    wanted: { jobGone: [7] },
  },
  { name: 'a suspended Job is not finished', job: { ttlSecondsAfterFinished: 0, suspend: true }, wanted: { jobGone: [undefined] } },
  { name: 'it writes no event', job: { ttlSecondsAfterFinished: 0 }, wanted: { reasons: ['SuccessfulCreate', 'Completed'] } },
];

test.each(statements)('$name', expectStatement);
