import { Chart } from 'cdk8s';
import { ScheduledJob } from 'cdk8s-jobs';

declare const chart: Chart;
const job = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] } as const;

//✗ schedule: minute '61' is not in 0-59
new ScheduledJob(chart, 'a', { schedule: '61 * * * *', job });
//✗ schedule: hour '24' is not in 0-23
new ScheduledJob(chart, 'b', { schedule: '0 24 * * *', job });
//✗ schedule: weekday '8' is not in
new ScheduledJob(chart, 'c', { schedule: '0 0 * * 8', job });
//✗ schedule: more than 5 fields; there are minute, hour, day, month and weekday, and no seconds
new ScheduledJob(chart, 'd', { schedule: '0 0 0 * * *', job });
//✗ schedule: fewer than 5 fields
new ScheduledJob(chart, 'e', { schedule: '0 0 * *', job });
//✗ schedule: day 'L' is not in
new ScheduledJob(chart, 'f', { schedule: '0 0 L * *', job });
//✗ schedule: weekday '5#2' is not in
new ScheduledJob(chart, 'g', { schedule: '0 0 * * 5#2', job });
//✗ schedule: has TZ in it; name the zone in timeZone
new ScheduledJob(chart, 'h', { schedule: 'CRON_TZ=UTC 0 0 * * *', job });
//✗ schedule: is empty
new ScheduledJob(chart, 'i', { schedule: '', job });
//✗ schedule: minute '*/0' needs a step of 1 or more after its slash
new ScheduledJob(chart, 'j', { schedule: '*/0 * * * *', job });
//✗ '@dayly'
new ScheduledJob(chart, 'k', { schedule: '@dayly', job });
//✗ rerun: a CronJob is changed in place, and its next Job is the new one; leave it out
new ScheduledJob(chart, 'l', { schedule: '@daily', job, rerun: 'on-change' });

// Of alternatives, the bad one speaks.
declare const stage: 'dev' | 'prod';
const nightly = { dev: '0 3 * * *', prod: '0 25 * * *' } as const;
//✗ schedule: minute '61' is not in 0-59
new ScheduledJob(chart, 'm', { schedule: stage === 'dev' ? '0 4 * * *' : '61 * * * *', job });
//✗ schedule: minute '61' is not in 0-59
new ScheduledJob(chart, 'n', { schedule: stage === 'dev' ? '0,61 * * * *' : '0 4 1 * MON', job });
//✗ schedule: hour '25' is not in 0-23
new ScheduledJob(chart, 'o', { schedule: nightly[stage], job });
declare const several: '61 0 * * *' | '0 0 L * *' | '0 5 * * *' | '0 25 * * *';
//✗ "schedule: minute '61' is not in 0-59" | "schedule: day 'L' is not in 1-31" | "schedule: hour '25' is not in 0-23"
new ScheduledJob(chart, 'p', { schedule: several, job });
