import { Chart } from 'cdk8s';
import { FixedCompletionJob, FixedCompletionJobProps, IndexedJob, IndexedJobProps, NonParallelJob, ScheduledJob, ScheduledJobProps, WorkQueueJob } from 'cdk8s-jobs';

declare const chart: Chart;
const pod = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] } as const;

new NonParallelJob(chart, 'good', pod);
//✗ completions: a work queue is done when one pod succeeds and all have ended; for a fixed number use FixedCompletionJob
new WorkQueueJob(chart, 'a', { ...pod, parallelism: 3, completions: 5 });
//✗ Property 'parallelism' is missing
new WorkQueueJob(chart, 'b', { ...pod });
//✗ completions: a non-parallel Job is done when one pod succeeds; for a number of them use FixedCompletionJob
new NonParallelJob(chart, 'c', { ...pod, completions: 5 });
//✗ parallelism: a non-parallel Job runs one pod at a time; use FixedCompletionJob or WorkQueueJob
new NonParallelJob(chart, 'd', { ...pod, parallelism: 2 });
//✗ Property 'completions' is missing
new FixedCompletionJob(chart, 'e', { ...pod, parallelism: 2 });
//✗ Property 'completions' is missing
new IndexedJob(chart, 'f', pod);
//✗ successPolicy: only an Indexed Job can succeed early; use IndexedJob
new FixedCompletionJob(chart, 'g', { ...pod, completions: 3, successPolicy: { rules: [{ succeededCount: 1 }] } });
//✗ backoffLimitPerIndex: only an Indexed Job counts failures per index; use IndexedJob, or backoffLimit
new FixedCompletionJob(chart, 'h', { ...pod, completions: 3, backoffLimitPerIndex: 1 });
//✗ maxFailedIndexes: only an Indexed Job has indexes; use IndexedJob
new WorkQueueJob(chart, 'i', { ...pod, parallelism: 3, maxFailedIndexes: 1 });
//✗ maxFailedIndexes: needs backoffLimitPerIndex, which says when an index has failed
new IndexedJob(chart, 'j', { ...pod, completions: 3, maxFailedIndexes: 1 });
//✗ completionMode: the construct sets it; use IndexedJob for Indexed
new FixedCompletionJob(chart, 'k', { ...pod, completions: 3, completionMode: 'Indexed' });
//✗ completionMode: an Indexed Job is always Indexed; leave it out
new IndexedJob(chart, 'l', { ...pod, completions: 3, completionMode: 'Indexed' });
//✗ template: containers, volumes and the other pod fields stand beside the Job fields; write them there
new NonParallelJob(chart, 'm', { ...pod, template: { spec: {} } });
//✗ selector: Kubernetes makes one for each Job; to bring your own, add manualSelector: true and matching podMetadata.labels
new NonParallelJob(chart, 'n', { ...pod, selector: { matchLabels: { app: 'x' } } });
//✗ selector: Kubernetes makes one for each Job
new NonParallelJob(chart, 'o', { ...pod, manualSelector: false, selector: { matchLabels: { app: 'x' } } });
//✗ 'paralelism' does not exist
new WorkQueueJob(chart, 'p', { ...pod, parallelism: 2, paralelism: 3 });
//✗ Type 'string' is not assignable to type 'boolean | undefined'
new NonParallelJob(chart, 'q', { ...pod, suspend: 'true' });
//✗ Type 'string' is not assignable to type 'number'
new NonParallelJob(chart, 'r', { ...pod, backoffLimit: '3' });
//✗ 'failed' is no podReplacementPolicy: write 'Failed' or 'TerminatingOrFailed'
new NonParallelJob(chart, 's', { ...pod, podReplacementPolicy: 'failed' });

//✗ completions: a non-parallel Job is done when one pod succeeds; for a number of them use type: 'FixedCompletion'
new ScheduledJob(chart, 't', { schedule: '@daily', job: { ...pod, completions: 3 } });
//✗ completions: a work queue is done when one pod succeeds and all have ended; for a fixed number use type: 'FixedCompletion'
new ScheduledJob(chart, 'u', { schedule: '@daily', job: { ...pod, type: 'WorkQueue', parallelism: 3, completions: 3 } });
//✗ Property 'completions' is missing
new ScheduledJob(chart, 'v', { schedule: '@daily', job: { ...pod, type: 'Indexed' } });
//✗ Type '"Queue"' is not assignable to type '"NonParallel" | "FixedCompletion" | "Indexed" | "WorkQueue" | undefined'
new ScheduledJob(chart, 'w', { schedule: '@daily', job: { ...pod, type: 'Queue' } });
//✗ selector: every Job of a schedule needs its own, which Kubernetes makes; leave it out
new ScheduledJob(chart, 'x', { schedule: '@daily', job: { ...pod, selector: { matchLabels: {} } } });
//✗ manualSelector: every Job of a schedule needs its own selector; leave it out
new ScheduledJob(chart, 'y', { schedule: '@daily', job: { ...pod, manualSelector: true } });
//✗ jobTemplate: write the Job as `job`, with its fields and those of its pods side by side
new ScheduledJob(chart, 'z', { schedule: '@daily', job: pod, jobTemplate: {} });
//✗ Did you mean '"Forbid"'?
new ScheduledJob(chart, 'a1', { schedule: '@daily', concurrencyPolicy: 'forbid', job: pod });
//✗ Property 'job' is missing
new ScheduledJob(chart, 'b1', { schedule: '@daily' });
//✗ Property 'schedule' is missing
new ScheduledJob(chart, 'c1', { job: pod });

//✗ successPolicy: only an Indexed Job can succeed early; use IndexedJob
export const fixed: FixedCompletionJobProps = { ...pod, completions: 3, successPolicy: { rules: [{ succeededCount: 1 }] } };
//✗ Property 'completions' is missing
export const indexed: IndexedJobProps = { ...pod, parallelism: 3 };
//✗ completions: a work queue is done when one pod succeeds and all have ended
export const scheduled: ScheduledJobProps = { schedule: '@daily', job: { ...pod, type: 'WorkQueue', parallelism: 3, completions: 3 } };
//✗ for a number of them use type: 'FixedCompletion'
export const untyped: ScheduledJobProps = { schedule: '@daily', job: { ...pod, completions: 3 } };

//✗ Type '"always"' is not assignable to type 'Rerun | undefined'
new NonParallelJob(chart, 'd1', { ...pod, rerun: 'always' });
//✗ Type 'undefined' is not assignable to type 'string'
new NonParallelJob(chart, 'e1', { ...pod, rerun: { on: undefined } });
//✗ peers: only the pods of an Indexed Job have host names of their own; use IndexedJob
new FixedCompletionJob(chart, 'peers-a', { ...pod, completions: 3, peers: true });
//✗ peers: only the pods of an Indexed Job have host names of their own; use type: 'Indexed'
new ScheduledJob(chart, 'peers-b', { schedule: '@daily', job: { ...pod, peers: true } });
//✗ Type '"listed"' is not assignable to type
new IndexedJob(chart, 'peers-c', { ...pod, completions: 3, peers: 'listed' });
//✗ peers: is a field of the Job; write it in job
new ScheduledJob(chart, 'peers-d', { schedule: '@daily', peers: true, job: { ...pod, type: 'Indexed', completions: 3 } });
//✗ 'prio' does not exist in type 'QueueProps'
new NonParallelJob(chart, 'queue-a', { ...pod, queue: { name: 'team', prio: 'high' } });
//✗ Property 'name' is missing
new NonParallelJob(chart, 'queue-b', { ...pod, queue: { priority: 'high' } });
//✗ queue: is a field of the Job
new ScheduledJob(chart, 'queue-c', { schedule: '@daily', queue: 'team', job: pod });
