import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, JsonPatch, Lazy } from 'cdk8s';
import { newChart, refusal, synth, untyped } from './helpers';
import type { IndexedJobProps, NonParallelJobProps } from '../../src/api/props/job-props';
import { FixedCompletionJob } from '../../src/constructs/fixed-completion-job';
import { IndexedJob } from '../../src/constructs/indexed-job';
import { NonParallelJob } from '../../src/constructs/non-parallel-job';
import { ScheduledJob } from '../../src/constructs/scheduled-job';
import { WorkQueueJob } from '../../src/constructs/work-queue-job';

const containers = [{ name: 'main', image: 'busybox' }];
const pod = { restartPolicy: 'Never', containers };

type Make = (chart: Chart) => unknown;

test.each<readonly [string, Make, string]>([
  ['restartPolicy Always', (chart) => new NonParallelJob(chart, 'x', untyped({ ...pod, restartPolicy: 'Always' })), 'spec.template.spec.restartPolicy: Required value'],
  ['restartPolicy undefined', (chart) => new NonParallelJob(chart, 'x', untyped({ containers, restartPolicy: undefined })), 'spec.template.spec.restartPolicy: Required value'],
  ['a negative number', (chart) => new WorkQueueJob(chart, 'x', untyped({ ...pod, parallelism: -1 })), 'spec.parallelism: Invalid value: -1'],
  ['not a number', (chart) => new NonParallelJob(chart, 'x', untyped({ ...pod, backoffLimit: Number.NaN })), 'spec.backoffLimit: Cannot decode'],
  ['a fraction', (chart) => new NonParallelJob(chart, 'x', untyped({ ...pod, backoffLimit: 2.5 })), 'spec.backoffLimit: Cannot decode'],
  ['a misspelt field', (chart) => new NonParallelJob(chart, 'x', untyped({ ...pod, paralelism: 1 })), 'spec.paralelism: Unknown field'],
  ['a text in place of a list', (chart) => new NonParallelJob(chart, 'x', untyped({ ...pod, containers: [{ ...containers[0], command: 'echo' }] })), 'spec.template.spec.containers[0].command: Cannot decode'],
  ['no props at all', (chart) => new NonParallelJob(chart, 'x', untyped(undefined)), 'spec.template.spec.containers: Required value'],
  ['completions on a work queue', (chart) => new WorkQueueJob(chart, 'x', untyped({ ...pod, parallelism: 2, completions: 3 })), 'spec.completions: Forbidden: completions: a work queue is done when'],
  ['a work queue without parallelism', (chart) => new WorkQueueJob(chart, 'x', untyped(pod)), 'spec.parallelism: Required value'],
  ['parallelism on a non-parallel Job', (chart) => new NonParallelJob(chart, 'x', untyped({ ...pod, parallelism: 2 })), 'spec.parallelism: Forbidden: parallelism: a non-parallel Job'],
  ['no completions', (chart) => new FixedCompletionJob(chart, 'x', untyped(pod)), 'spec.completions: Required value'],
  ['no completions on an Indexed Job', (chart) => new IndexedJob(chart, 'x', untyped({ ...pod, parallelism: 1 })), 'spec.completions: Required value'],
  ['another completion mode', (chart) => new IndexedJob(chart, 'x', untyped({ ...pod, completions: 1, completionMode: 'NonIndexed' })), 'spec.completionMode: Forbidden'],
  ['Indexed on a fixed-completion Job', (chart) => new FixedCompletionJob(chart, 'x', untyped({ ...pod, completions: 1, completionMode: 'Indexed' })), 'spec.completionMode: Forbidden: completionMode: the construct sets it'],
  ['a template', (chart) => new NonParallelJob(chart, 'x', untyped({ ...pod, template: { spec: {} } })), 'spec.template: Forbidden: template: containers, volumes'],
  ['per-index limits without indexes', (chart) => new FixedCompletionJob(chart, 'x', untyped({ ...pod, completions: 1, backoffLimitPerIndex: 1 })), 'spec.backoffLimitPerIndex: Invalid value: 1'],
  ['a kind that there is not', (chart) => new ScheduledJob(chart, 'x', untyped({ schedule: '@daily', job: { ...pod, type: 'Queue' } })), 'job.type: Unsupported value: "Queue"'],
  ['a job template', (chart) => new ScheduledJob(chart, 'x', untyped({ schedule: '@daily', job: pod, jobTemplate: {} })), 'spec.jobTemplate: Forbidden: jobTemplate: write the Job as `job`'],
  ['a scheduled work queue with completions', (chart) => new ScheduledJob(chart, 'x', untyped({ schedule: '@daily', job: { ...pod, type: 'WorkQueue', parallelism: 1, completions: 2 } })), 'spec.jobTemplate.spec.completions: Forbidden'],
  ['a bad schedule', (chart) => new ScheduledJob(chart, 'x', untyped({ schedule: '61 * * * *', job: pod })), 'spec.schedule: Invalid value: "61 * * * *"'],
  ['no job', (chart) => new ScheduledJob(chart, 'x', untyped({ schedule: '@daily' })), 'spec.jobTemplate.spec.template.spec.containers: Required value'],
  ['a name of 64 characters', (chart) => new NonParallelJob(chart, 'x', untyped({ ...pod, metadata: { name: 'x'.repeat(64) } })), 'must be no more than 63'],
  ['a label that is a number', (chart) => new NonParallelJob(chart, 'x', untyped({ ...pod, metadata: { labels: { a: 1 } } })), 'metadata.labels'],
  ['an object that cannot be rendered', (chart) => new NonParallelJob(chart, 'x', untyped({ ...pod, nodeSelector: new Map() })), "can't render non-simple object of type 'Map'"],
  ['a patch of a path that is not there', (chart) => new NonParallelJob(chart, 'x', untyped(pod)).apiObject.addJsonPatch(JsonPatch.add('/spec/no/where', 1)), '[test/x] cannot be rendered, perhaps for one of its patches: '],
  ['a patch to what no Job has', (chart) => new NonParallelJob(chart, 'x', untyped(pod)).apiObject.addJsonPatch(JsonPatch.add('/spec/foo', 1)), 'spec.foo: Unknown field'],
  ['a patch to another kind', (chart) => new WorkQueueJob(chart, 'x', untyped({ ...pod, parallelism: 1 })).apiObject.addJsonPatch(JsonPatch.add('/spec/completions', 1)), 'spec.completions: Forbidden'],
  ['text that the writer would spoil', (chart) => new NonParallelJob(chart, 'x', untyped({ ...pod, containers: [{ ...containers[0], args: ['a\u0085b'] }] })), 'spec.template.spec.containers[0].args[0]: Invalid value'],
])('%s is refused at synth', (_, make, words) => {
  const chart = newChart();
  make(chart);
  const lines = refusal(() => synth(chart));
  expect(lines.join('\n')).toContain(words);
  for (const line of lines) expect(line).toMatch(/^\[test\/x\] /);
});

// A variable does not know which literals stand in it: what the compiler would refuse in place, it lets pass here.
test.each<readonly [string, Make, string]>([
  ['a failure policy beside OnFailure', (chart) => {
    const props: NonParallelJobProps = { containers, restartPolicy: 'OnFailure', podFailurePolicy: { rules: [] } };
    return new NonParallelJob(chart, 'x', props);
  }, 'spec.template.spec.restartPolicy: Invalid value: "OnFailure": only "Never" is supported when podFailurePolicy is specified'],
  ['a selector without manualSelector', (chart) => {
    const props: NonParallelJobProps = { containers, restartPolicy: 'Never', selector: { matchLabels: { app: 'x' } } };
    return new NonParallelJob(chart, 'x', props);
  }, 'spec.selector'],
  ['a limit of failed indexes without one per index', (chart) => {
    const props: IndexedJobProps = { containers, restartPolicy: 'Never', completions: 3, maxFailedIndexes: 1 };
    return new IndexedJob(chart, 'x', props);
  }, 'spec.backoffLimitPerIndex: Required value'],
  ['FailIndex without a limit per index', (chart) => {
    const rules = [{ action: 'FailIndex', onExitCodes: { operator: 'In', values: [3] } }] as const;
    const props: IndexedJobProps = { containers, restartPolicy: 'Never', completions: 3, podFailurePolicy: { rules } };
    return new IndexedJob(chart, 'x', props);
  }, 'spec.podFailurePolicy.rules[0].action: Invalid value: "FailIndex"'],
])('%s in a variable is refused at synth', (_, make, words) => {
  const chart = newChart();
  make(chart);
  expect(refusal(() => synth(chart)).join('\n')).toContain(words);
});

function cyclic<Value extends object>(value: Value, name: string): Value {
  return Object.assign(value, { [name]: value });
}

const itself = (path: string): string => `Invalid value: is ${path} itself, so it would never end: write the value that is meant, or leave it out`;

test.each<readonly [string, Make, readonly string[]]>([
  [
    'a container that holds itself',
    (chart) => new NonParallelJob(chart, 'x', untyped({ ...pod, containers: [cyclic({ ...containers[0] }, 'self')] })),
    [`spec.template.spec.containers[0].self: ${itself('spec.template.spec.containers[0]')}`],
  ],
  [
    'labels that hold themselves',
    (chart) => new NonParallelJob(chart, 'x', untyped({ ...pod, metadata: { labels: cyclic({}, 'a.b') } })),
    [`metadata.labels[a.b]: ${itself('metadata.labels')}`],
  ],
  [
    'a Job of a schedule that holds itself',
    (chart) => new ScheduledJob(chart, 'x', untyped({ schedule: '@daily', job: { ...pod, podMetadata: cyclic({}, 'labels') } })),
    [`spec.jobTemplate.spec.template.metadata.labels: ${itself('spec.jobTemplate.spec.template.metadata')}`],
  ],
  [
    'a Lazy value that gives what it stands in',
    (chart) => {
      const env: Record<string, unknown> = { name: 'A' };
      env.value = Lazy.any({ produce: () => env });
      return new NonParallelJob(chart, 'x', untyped({ ...pod, containers: [{ ...containers[0], env: [env] }] }));
    },
    [`spec.template.spec.containers[0].env[0].value: ${itself('spec.template.spec.containers[0].env[0]')}`],
  ],
  [
    'a Lazy value without an end',
    (chart) => {
      const endless = (): Lazy => Lazy.any({ produce: endless });
      return new NonParallelJob(chart, 'x', untyped({ ...pod, nodeSelector: endless() }));
    },
    ['spec.template.spec.nodeSelector: Invalid value: is nested more than 200 levels deep: no field of a Job is'],
  ],
])('%s is refused at synth with the place', (_, make, findings) => {
  const chart = newChart();
  make(chart);
  expect(refusal(() => synth(chart))).toEqual(findings.map((finding) => `[test/x] ${finding}`));
});

test('one value may stand in several places', () => {
  const chart = newChart();
  const resources = { limits: { cpu: '1' } };
  new NonParallelJob(chart, 'x', untyped({ ...pod, containers: [{ ...containers[0], resources }, { name: 'other', image: 'busybox', resources }] }));
  expect(refusal(() => synth(chart))).toEqual([]);
});

test('all findings of all Jobs come at once, each with its construct, and no file is written', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-'));
  const app = new App({ outdir });
  new NonParallelJob(new Chart(app, 'good'), 'job', untyped(pod));
  const chart = new Chart(app, 'bad');
  new NonParallelJob(chart, 'a', untyped({ ...pod, backoffLimit: -1, ttlSecondsAfterFinished: -1 }));
  new ScheduledJob(chart, 'b', untyped({ schedule: '', job: pod }));
  const lines = refusal(() => app.synth());
  expect(lines.map((line) => line.split(':')[0])).toEqual([
    '[bad/a] spec.backoffLimit', '[bad/a] spec.ttlSecondsAfterFinished', '[bad/b] spec.schedule',
  ]);
  expect(readdirSync(outdir)).toEqual([]);
  rmSync(outdir, { recursive: true });
});

test('a fault is found again after it was made by a later patch, and gone after it was mended', () => {
  const chart = newChart();
  const job = new NonParallelJob(chart, 'x', { restartPolicy: 'Never', containers });
  expect(refusal(() => synth(chart))).toEqual([]);
  job.apiObject.addJsonPatch(JsonPatch.add('/spec/backoffLimit', -1));
  expect(refusal(() => synth(chart))).toHaveLength(1);
  job.apiObject.addJsonPatch(JsonPatch.replace('/spec/backoffLimit', 1));
  expect(refusal(() => synth(chart))).toEqual([]);
  job.metadata.addLabel('not a key', 'x');
  expect(refusal(() => synth(chart)).length).toBeGreaterThan(0);
});

test('a Lazy value that turns bad is refused, and taken again when it is good', () => {
  const chart = newChart();
  let image = 'busybox';
  new NonParallelJob(chart, 'x', { restartPolicy: 'Never', containers: [{ name: 'main', image: Lazy.any({ produce: () => image }) }] });
  expect(() => synth(chart)).not.toThrow();
  image = '';
  expect(() => synth(chart)).toThrow(/containers\[0\]\.image: Required value/);
  image = 'busybox';
  expect(() => synth(chart)).not.toThrow();
});

test('advice and warnings do not stop a synth', () => {
  const chart = newChart();
  new NonParallelJob(chart, 'x', { metadata: { name: 'a.b' }, restartPolicy: 'OnFailure', containers });
  expect(synth(chart)).toHaveLength(1);
});

test('what becomes wrong while it is written is refused by the path of the construct', () => {
  const chart = newChart();
  let limit = 1;
  new NonParallelJob(chart, 'x', untyped({ ...pod, backoffLimit: Lazy.any({ produce: () => limit }) }));
  synth(chart);
  limit = -1;
  expect(() => chart.toJson()).toThrow(/^Cannot accept test\/x:\n {2}spec\.backoffLimit: Invalid value: -1/);
});
