import { Chart } from 'cdk8s';
import { ScheduledJob, ScheduledJobProps } from 'cdk8s-jobs';

declare const chart: Chart;
declare const text: string;
const pod = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] } as const;

new ScheduledJob(chart, 'nightly', {
  metadata: { name: 'nightly', labels: { app: 'x' } },
  schedule: '30 2 * * *',
  timeZone: 'Europe/Berlin',
  concurrencyPolicy: 'Forbid',
  startingDeadlineSeconds: 300,
  successfulJobsHistoryLimit: 1,
  failedJobsHistoryLimit: 3,
  suspend: false,
  job: { type: 'FixedCompletion', completions: 5, parallelism: 2, ...pod, metadata: { labels: { app: 'x' } }, podMetadata: { labels: { app: 'x' } } },
});
new ScheduledJob(chart, 'plain', { schedule: '@hourly', job: pod });
new ScheduledJob(chart, 'every', { schedule: '@every 5m', job: { ...pod, type: 'NonParallel' } });
new ScheduledJob(chart, 'names', { schedule: '*/15 9-17 1,15 JAN-JUN MON-FRI', job: { ...pod, type: 'WorkQueue', parallelism: 2 } });
new ScheduledJob(chart, 'indexed', {
  schedule: '0 0 * * 0',
  job: {
    ...pod,
    type: 'Indexed',
    completions: 3,
    backoffLimitPerIndex: 1,
    maxFailedIndexes: 1,
    podFailurePolicy: { rules: [{ action: 'FailIndex', onExitCodes: { operator: 'In', values: [3] } }] },
  },
});
new ScheduledJob(chart, 'computed', { schedule: text, timeZone: text, job: pod });
const props: ScheduledJobProps = { schedule: '@daily', job: { ...pod, type: 'Indexed', completions: 3 } };
new ScheduledJob(chart, 'props', props);

// One of several schedules, and all of a table.
declare const stage: 'dev' | 'prod';
const nightly = { dev: '0 3 * * *', prod: '15,45 2-4 * * mon-fri' } as const;
new ScheduledJob(chart, 'either', { schedule: stage === 'dev' ? '*/5 * * * *' : '0 4 1 jan,jul *', job: pod });
new ScheduledJob(chart, 'table', { schedule: nightly[stage], job: pod });
new ScheduledJob(chart, 'or-computed', { schedule: stage === 'dev' ? '@daily' : text, job: pod });
