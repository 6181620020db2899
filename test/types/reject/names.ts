import { Chart } from 'cdk8s';
import { NonParallelJob, ScheduledJob } from 'cdk8s-jobs';

declare const chart: Chart;
declare const count: number;
const pod = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] } as const;

//✗ name: 'My-Job' must be lower case: 'my-job'
new NonParallelJob(chart, 'a', { ...pod, metadata: { name: 'My-Job' } });
//✗ name: 'my_job' may hold only a-z, 0-9, '-' and '.'
new NonParallelJob(chart, 'b', { ...pod, metadata: { name: 'my_job' } });
//✗ name: 'my-job-' must start and end with a letter or digit
new NonParallelJob(chart, 'c', { ...pod, metadata: { name: 'my-job-' } });
//✗ name: must not be empty
new NonParallelJob(chart, 'd', { ...pod, metadata: { name: '' } });
//✗ is longer than 63 characters, which the labels of its pods cannot hold
new NonParallelJob(chart, 'e', { ...pod, metadata: { name: 'a123456789-123456789-123456789-123456789-123456789-123456789-123' } });
//✗ is longer than 52 characters; a CronJob needs 11 more for the names of its Jobs
new ScheduledJob(chart, 'f', { schedule: '@daily', job: pod, metadata: { name: 'a123456789-123456789-123456789-123456789-123456789-12' } });
//✗ name: 'Main' must be lower case: 'main'
new NonParallelJob(chart, 'g', { restartPolicy: 'Never', containers: [{ name: 'good', image: 'a' }, { name: 'Main', image: 'a' }] });
//✗ name: 'side.car' may hold only a-z, 0-9 and '-'
new NonParallelJob(chart, 'h', { restartPolicy: 'Never', containers: [{ name: 'side.car', image: 'a' }] });
//✗ name: 'My_Data' may hold only a-z, 0-9 and '-'
new NonParallelJob(chart, 'i', { ...pod, volumes: [{ name: 'My_Data', emptyDir: {} }] });
//✗ name: 'In it' may hold only a-z, 0-9 and '-'
new NonParallelJob(chart, 'j', { ...pod, initContainers: [{ name: 'In it', image: 'a' }] });
//✗ name: 'Report' must be lower case: 'report'
new ScheduledJob(chart, 'k', { schedule: '@daily', job: { restartPolicy: 'Never', containers: [{ name: 'Report', image: 'a' }] } });

//✗ name: 'Worker-${number}' must be lower case: 'worker-
new NonParallelJob(chart, 'l', { ...pod, metadata: { name: `Worker-${count}` } });
//✗ may hold only a-z, 0-9, '-' and '.'
new NonParallelJob(chart, 'm', { ...pod, metadata: { name: `my_job-${count}` } });
