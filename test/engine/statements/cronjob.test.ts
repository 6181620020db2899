import { type Statement, expectStatement, fails, play, works } from './statement';

const minutely = { schedule: '* * * * *' };
const minute = Math.floor(Date.UTC(2026, 10, 23, 19, 29) / 60_000);

const statements: readonly Statement[] = [
  {
    name: 'a Job starts a tenth of a second after its time, named for its minute',
    cronJob: minutely,
    options: { until: 80 },
    wanted: { jobs: [`${minute + 1} 10.1`, `${minute + 2} 70.1`] },
  },
  {
    name: 'Allow lets Jobs pile up',
    cronJob: minutely,
    pods: { default: { hang: true } },
    options: { until: 140 },
    wanted: { jobTimes: [10.1, 70.1, 130.1], jobGone: [undefined, undefined, undefined] },
  },
  {
    name: 'Forbid starts the skipped run when the running one ends',
    cronJob: { ...minutely, concurrencyPolicy: 'Forbid' },
    pods: { byOrder: [{ after: 75, exit: 0 }, works] },
    options: { until: 100 },
    wanted: { jobs: [`${minute + 1} 10.1`, `${minute + 2} 86.1`] },
  },
  {
    name: 'deleted in the foreground, it goes after its Jobs, and they after their pods',
    cronJob: minutely,
    pods: { default: { hang: true, onDelete: { after: 3, exit: 143 } } },
    options: { until: 60, actions: [{ at: 18, op: 'deleteCron', policy: 'Foreground' }] },
    wanted: { stopped: [18], podGone: [21], jobGone: [21], reasons: ['SuccessfulCreate', 'SuccessfulCreate', 'MissingJob'] },
  },
  {
    name: 'Forbid with a short deadline drops it',
    cronJob: { ...minutely, concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 10 },
    pods: { byOrder: [{ after: 90, exit: 0 }, works] },
    options: { until: 115 },
    wanted: { jobTimes: [10.1] },
  },
  {
    name: 'Replace deletes and creates in one look',
    cronJob: { ...minutely, concurrencyPolicy: 'Replace' },
    pods: { default: { hang: true } },
    options: { until: 80 },
    wanted: { jobTimes: [10.1, 70.1], jobGone: [70.1, undefined] },
  },
  {
    name: 'unsuspending starts the latest missed run, and only that',
    cronJob: { ...minutely, suspend: true },
    options: { until: 165, actions: [{ at: 160, op: 'resumeCron' }] },
    wanted: { jobs: [`${minute + 3} 160`] },
  },
  {
    name: 'suspending lets running Jobs be',
    cronJob: minutely,
    pods: { default: { after: 30, exit: 0 } },
    options: { until: 200, actions: [{ at: 15, op: 'suspendCron' }] },
    wanted: { jobTimes: [10.1], jobGone: [undefined], succeeded: 1 },
  },
  {
    name: 'a history limit of 0 keeps nothing',
    cronJob: { ...minutely, successfulJobsHistoryLimit: 0 },
    options: { until: 30 },
    wanted: { jobGone: [12.1] },
  },
  {
    name: 'the failed history is one Job',
    cronJob: { ...minutely, jobTemplate: { spec: { backoffLimit: 0 } } },
    pods: { default: fails },
    options: { until: 90 },
    wanted: { jobGone: [72.1, undefined] },
  },
  {
    name: 'the time of a success is remembered',
    cronJob: minutely,
    options: { until: 30 },
    wanted: { cronStatus: { lastScheduleTime: '2026-11-23T19:30:00Z', lastSuccessfulTime: '2026-11-23T19:30:02Z' } },
  },
  {
    name: 'a failure is no success',
    cronJob: { ...minutely, jobTemplate: { spec: { backoffLimit: 0 } } },
    pods: { default: fails },
    options: { until: 30 },
    wanted: { cronStatus: { lastScheduleTime: '2026-11-23T19:30:00Z' } },
  },
  {
    name: 'a date that never comes is said once',
    cronJob: { schedule: '0 0 31 2 *' },
    wanted: { jobs: [], warnings: ['InvalidSchedule: invalid schedule: 0 0 31 2 * : time difference between two schedules is less than 1 second x1'] },
  },
  {
    name: 'deleting the CronJob deletes its Jobs',
    cronJob: minutely,
    pods: { default: { hang: true } },
    options: { actions: [{ at: 20, op: 'deleteCron' }] },
    wanted: { jobGone: [20], jobTimes: [10.1] },
  },
  {
    name: 'Orphan keeps them',
    cronJob: minutely,
    pods: { default: { hang: true } },
    options: { actions: [{ at: 20, op: 'deleteCron', policy: 'Orphan' }] },
    wanted: { jobGone: [undefined] },
  },
  {
    name: 'a Job by hand does not stand in the way of Forbid, and is not expected',
    cronJob: { ...minutely, concurrencyPolicy: 'Forbid' },
    pods: { default: { after: 60, exit: 0 } },
    options: { until: 15, actions: [{ at: 1, op: 'createJobFromCron', name: 'manual' }] },
    wanted: { jobs: ['manual 1', `${minute + 1} 10.1`] },
  },
  {
    name: 'the Job of somebody else is left alone',
    cronJob: { schedule: '0 0 1 1 *', successfulJobsHistoryLimit: 0 },
    options: { until: 20, actions: [{ at: 1, op: 'createConfigMap' }, { at: 2, op: 'createJob', name: 'foreign', owner: 'configmap' }, { at: 9, op: 'annotateCron' }] },
    wanted: { jobGone: [undefined], warnings: [] },
  },
  {
    name: 'a Job that a finalizer keeps after its CronJob is nothing to a new one of that name',
    cronJob: { schedule: '0 0 1 1 *' },
    pods: { default: { hang: true } },
    options: {
      until: 20,
      actions: [
        { at: 1, op: 'createJob', name: 'old', owner: 'cronjob', finalizers: ['example.com/keep'] },
        { at: 3, op: 'deleteCron' },
        { at: 5, op: 'createCron' },
        { at: 7, op: 'annotateCron' },
      ],
    },
    wanted: {
      codes: [201, 200, 201, 200],
      jobGone: [undefined],
      warnings: [1, 2, 3].map((count) => `UnexpectedJob: Saw a job that the controller did not create or forgot: old x${count}`),
    },
  },
  {
    name: 'a zone moves the times',
    cronJob: { schedule: '0 1 * * *', timeZone: 'Asia/Kolkata' },
    options: { until: 700 },
    wanted: { jobTimes: [10.1] },
  },
  { name: 'an hour has its own macro', cronJob: { schedule: '@hourly' }, options: { until: 4000 }, wanted: { jobTimes: [1810.1] } },
  {
    name: 'a Job that its validation refuses is said, tried again and again, and made once it may be',
    cronJob: { ...minutely, jobTemplate: { metadata: { labels: { team: 'not a label!' } } } },
    options: { until: 40, actions: [{ at: 15, op: 'patchCron', patch: { spec: { jobTemplate: { metadata: { labels: { team: 'a' } } } } } }] },
    wanted: { jobs: [`${minute + 1} 15`], warnings: expect.arrayContaining([expect.stringMatching(/^FailedCreate: Error creating job: Job\.batch "j-\d+" is invalid: metadata\.labels: Invalid value/)]) as string[] },
  },
];

test.each(statements)('$name', expectStatement);

test('a Job carries its time, in the zone of the CronJob, beside the annotations of its template', () => {
  const cronJob = { ...minutely, timeZone: 'America/New_York', jobTemplate: { metadata: { annotations: { note: 'a' } } } };
  const [job] = play({ name: '', cronJob, options: { until: 20 }, wanted: {} }).jobs;
  expect(job?.annotations).toEqual({ 'batch.kubernetes.io/cronjob-scheduled-timestamp': '2026-11-23T14:30:00-05:00', 'note': 'a' });
});
