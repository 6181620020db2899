import { Chart } from 'cdk8s';
import { FixedCompletionJob, IndexedJob, NonParallelJob, ScheduledJob, WorkQueueJob } from 'cdk8s-jobs';

declare const chart: Chart;
const pod = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] } as const;

//✗ -1 is no count: write a whole number, 0 or more
new NonParallelJob(chart, 'a', { ...pod, backoffLimit: -1 });
//✗ 2.5 is no count: write a whole number, 0 or more
new NonParallelJob(chart, 'b', { ...pod, backoffLimit: 2.5 });
//✗ -3 is no count
new NonParallelJob(chart, 'c', { ...pod, backoffLimit: 3, activeDeadlineSeconds: -3 });
//✗ 1.5 is no count
new NonParallelJob(chart, 'd', { ...pod, ttlSecondsAfterFinished: 1.5 });
//✗ -4 is no count
new NonParallelJob(chart, 'e', { ...pod, podActiveDeadlineSeconds: -4 });
//✗ -5 is no count
new FixedCompletionJob(chart, 'f', { ...pod, completions: -5 });
//✗ 1.5 is no count
new FixedCompletionJob(chart, 'g', { ...pod, completions: 5, parallelism: 1.5 });
//✗ -1 is no count
new WorkQueueJob(chart, 'h', { ...pod, parallelism: -1 });
//✗ -1 is no count
new IndexedJob(chart, 'i', { ...pod, completions: 3, backoffLimitPerIndex: -1 });
//✗ 0.5 is no count
new IndexedJob(chart, 'j', { ...pod, completions: 3, backoffLimitPerIndex: 1, maxFailedIndexes: 0.5 });
//✗ -1 is no count
new ScheduledJob(chart, 'k', { schedule: '@daily', startingDeadlineSeconds: -1, job: pod });
//✗ -2 is no count
new ScheduledJob(chart, 'l', { schedule: '@daily', failedJobsHistoryLimit: -2, job: pod });
//✗ 1.5 is no count
new ScheduledJob(chart, 'm', { schedule: '@daily', successfulJobsHistoryLimit: 1.5, job: pod });
//✗ -3 is no count
new ScheduledJob(chart, 'n', { schedule: '@daily', job: { ...pod, type: 'FixedCompletion', completions: -3 } });
//✗ -2 is no count
new ScheduledJob(chart, 'o', { schedule: '@daily', job: { ...pod, type: 'WorkQueue', parallelism: -2 } });
//✗ -4 is no count
new ScheduledJob(chart, 'p', { schedule: '@daily', job: { ...pod, type: 'Indexed', completions: 3, backoffLimitPerIndex: -4 } });
//✗ -6 is no count
new ScheduledJob(chart, 'q', { schedule: '@daily', job: { ...pod, backoffLimit: -6 } });
//✗ 1e+21 is no count
new FixedCompletionJob(chart, 'r', { ...pod, completions: 1e21 });
//✗ 1e-7 is no count
new FixedCompletionJob(chart, 's', { ...pod, completions: 1e-7 });
