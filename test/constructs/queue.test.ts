import { newChart, refusal, synth, untyped } from './helpers';
import type { QueueProps } from '../../src/api/props/queue-props';
import { IndexedJob } from '../../src/constructs/indexed-job';
import { JobSet } from '../../src/constructs/job-set';
import { NonParallelJob } from '../../src/constructs/non-parallel-job';
import { ScheduledJob } from '../../src/constructs/scheduled-job';
import { validateManifest } from '../../src/rules/validate-manifest';

const pod = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'tool:1', resources: { requests: { cpu: '1' } } }] } as const;
const queueName = 'kueue.x-k8s.io/queue-name';

function only(fill: (chart: ReturnType<typeof newChart>) => unknown): Readonly<Record<string, unknown>> {
  const chart = newChart();
  fill(chart);
  return synth(chart)[0] ?? {};
}

function refusalOf(fill: (chart: ReturnType<typeof newChart>) => unknown): string {
  return refusal(() => only(fill)).join('\n');
}

test.each<[string, string | QueueProps, object, object | undefined]>([
  ['a name', 'team', { [queueName]: 'team' }, undefined],
  ['the name in an object', { name: 'team' }, { [queueName]: 'team' }, undefined],
  ['a priority', { name: 'team', priority: 'high' }, { 'kueue.x-k8s.io/priority-class': 'high', [queueName]: 'team' }, undefined],
  ['fewer pods', { name: 'team', minParallelism: 2 }, { [queueName]: 'team' }, { 'kueue.x-k8s.io/job-min-parallelism': '2' }],
])('a queue with %s is labels and annotations of the Job', (_, queue, labels, annotations) => {
  const { metadata, spec } = only((chart) => new IndexedJob(chart, 'job', { metadata: { name: 'shards' }, queue, completions: 5, parallelism: 5, ...pod }));
  expect(metadata).toEqual({ name: 'shards', labels, ...(annotations === undefined ? {} : { annotations }) });
  // Kueue's webhook suspends it: a field that is written would conflict with Kueue at every apply.
  expect(spec).not.toHaveProperty('suspend');
});

test('a queue stands beside other labels', () => {
  const { metadata } = only((chart) => new NonParallelJob(chart, 'job', { metadata: { name: 'load', labels: { app: 'etl' } }, queue: 'team', ...pod }));
  expect(metadata).toEqual({ name: 'load', labels: { app: 'etl', [queueName]: 'team' } });
});

test('the queue of a schedule is that of its Jobs, and not of the CronJob', () => {
  const object = only((chart) => new ScheduledJob(chart, 'job', { metadata: { name: 'nightly' }, schedule: '@daily', job: { queue: 'team', ...pod } }));
  expect(object.metadata).toEqual({ name: 'nightly' });
  expect((object.spec as { jobTemplate: object }).jobTemplate).toMatchObject({ metadata: { labels: { [queueName]: 'team' } } });
  expect(validateManifest(object)).toEqual([]);
});

test.each<[string, object, string]>([
  ['a name that no queue has', { queue: 'Team_A' }, 'metadata.labels[kueue.x-k8s.io/queue-name]: Invalid value: "Team_A": a lowercase RFC 1123 subdomain'],
  ['no name', { queue: {} }, 'queue.name: Required value: the name of a LocalQueue'],
  ['no text', { queue: 5 }, 'queue: Invalid value: is neither the name of a queue nor { name, priority, minParallelism }'],
  ['an unknown field', { queue: { name: 'team', class: 'high' } }, 'queue.class: Forbidden: a queue has no such field: it has name, priority, minParallelism'],
  ['more pods than there are', { queue: { name: 'team', minParallelism: 1 } },
    'metadata.annotations[kueue.x-k8s.io/job-min-parallelism]: Invalid value: "1": should be between 0 and 0'],
  ['another queue in a label', { queue: 'team', metadata: { labels: { [queueName]: 'other' } } },
    'queue: Invalid value: metadata.labels[kueue.x-k8s.io/queue-name] says "other": leave one of them out'],
])('a queue with %s is refused', (_, props, message) => {
  expect(refusalOf((chart) => new NonParallelJob(chart, 'job', untyped({ ...pod, ...props })))).toContain(message);
});

test('the queue beside the job of a schedule is refused', () => {
  expect(refusalOf((chart) => new ScheduledJob(chart, 'job', untyped({ schedule: '@daily', queue: 'team', job: pod })))).toContain('spec.queue: Forbidden');
});

test('the queue of a Job in a JobSet is refused: a JobSet waits as a whole', () => {
  const replicatedJobs = [{ name: 'workers', job: { queue: 'team', ...pod } }];
  expect(refusalOf((chart) => new JobSet(chart, 'set', untyped({ replicatedJobs })))).toContain('replicatedJobs[0].job.queue: Forbidden: a JobSet waits as a whole');
});

test('by hand, what a cluster with Kueue refuses is a warning', () => {
  const manifest = only((chart) => new NonParallelJob(chart, 'job', { metadata: { name: 'load', labels: { [queueName]: 'Team_A' } }, ...pod }));
  expect(validateManifest(manifest)).toMatchObject([{ rule: 'kueue-queue-name-well-formed', severity: 'warning' }]);
});

test('the templates of a CronJob are looked at where they stand', () => {
  const object = only((chart) => new ScheduledJob(chart, 'job', { schedule: '@daily', job: { queue: 'team', ...pod, containers: [{ name: 'main', image: 'tool:1' }] } }));
  expect(validateManifest(object).map(({ rule, field }) => [rule, field])).toEqual([
    ['kueue-requests-written', 'spec.jobTemplate.spec.template.spec.containers[0].resources.requests'],
  ]);
});
