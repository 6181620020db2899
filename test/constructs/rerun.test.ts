import { ApiObject, App, Chart, JsonPatch, Lazy } from 'cdk8s';
import { newChart, refusal, synth, untyped } from './helpers';
import { IndexedJob } from '../../src/constructs/indexed-job';
import { NonParallelJob } from '../../src/constructs/non-parallel-job';
import { ScheduledJob } from '../../src/constructs/scheduled-job';

const pod = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'tool:1' }] } as const;
const named = { metadata: { name: 'migrate' }, rerun: 'on-change', ...pod } as const;
const reading = { ...named, containers: [{ name: 'main', image: 'tool:1', envFrom: [{ configMapRef: { name: 'settings' } }] }] } as const;

interface Manifest {
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
}

function configMap(chart: Chart, data: unknown, more: object = {}): ApiObject {
  return new ApiObject(chart, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', ...more }, data });
}

/** The name of the Job of a chart. */
function nameIn(chart: Chart): string {
  const jobs = synth(chart).filter(({ kind }) => kind === 'Job') as unknown as Manifest[];
  return jobs[0]?.metadata.name ?? '';
}

test('a Job without `rerun` keeps its name', () => {
  const chart = newChart();
  new NonParallelJob(chart, 'job', { metadata: { name: 'migrate' }, ...pod });
  expect(synth(chart)[0]?.metadata).toEqual({ name: 'migrate' });
});

test('the name ends with the hash, and an annotation has the name without it', () => {
  const chart = newChart();
  const job = new NonParallelJob(chart, 'job', { ...named, metadata: { name: 'migrate', annotations: { b: 'c' } } });
  expect(synth(chart)[0]).toEqual({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { annotations: { 'b': 'c', 'cdk8s-jobs/name': 'migrate' }, name: 'migrate-x2mhzqfc8s' },
    spec: { template: { spec: { containers: pod.containers, restartPolicy: 'Never' } } },
  });
  expect([job.name, job.apiObject.name, job.metadata.name]).toEqual(Array.from({ length: 3 }, () => 'migrate-x2mhzqfc8s'));
});

test('a name that cdk8s made gets the hash too', () => {
  const chart = newChart();
  new NonParallelJob(chart, 'job', { rerun: 'on-change', ...pod });
  expect(nameIn(chart)).toMatch(/^test-job-c8[0-9a-f]{6}-[2-9b-z]{10}$/);
});

test('what can be changed in place makes no new name, a patch of the pods does', () => {
  const names = [undefined, JsonPatch.add('/spec/backoffLimit', 0), JsonPatch.add('/spec/template/metadata', { labels: { a: 'b' } })].map((patch) => {
    const chart = newChart();
    const job = new NonParallelJob(chart, 'job', named);
    if (patch !== undefined) job.apiObject.addJsonPatch(patch);
    return nameIn(chart);
  });
  expect(names[1]).toBe(names[0]);
  expect(names[2]).not.toBe(names[0]);
});

test('the mark of a release makes a new name', () => {
  const names = ['v1', 'v1', 'v2'].map((on) => {
    const chart = newChart();
    new NonParallelJob(chart, 'job', { ...named, rerun: { on } });
    return nameIn(chart);
  });
  expect(names[1]).toBe(names[0]);
  expect(names[2]).not.toBe(names[0]);
});

describe('a ConfigMap that the Job reads', () => {
  test.each<[string, boolean, (chart: Chart) => unknown]>([
    ['counts, whatever is made first', true, (chart) => configMap(chart, { level: 'info' })],
    ['counts in another chart', true, (chart) => configMap(new Chart(App.of(chart), 'other'), { level: 'info' })],
    ['counts with its patches', true, (chart) => { configMap(chart, {}).addJsonPatch(JsonPatch.add('/data/level', 'info')); }],
    ['does not count in another namespace', false, (chart) => configMap(chart, { level: 'info' }, { namespace: 'other' })],
    ['does not count as an object of another kind', false, (chart) =>
      new ApiObject(chart, 's', { apiVersion: 'example.com/v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { level: 'info' } })],
  ])('%s', (_, counts, make) => {
    const [first, alone] = [newChart(), newChart()];
    new NonParallelJob(first, 'job', reading);
    make(first);
    new NonParallelJob(alone, 'job', reading);
    const expected = newChart();
    configMap(expected, { level: 'info' });
    new NonParallelJob(expected, 'job', reading);
    expect(nameIn(first)).toBe(nameIn(counts ? expected : alone));
  });
});

test('a name may be read before the content is there when that changes nothing', () => {
  const chart = newChart();
  const job = new NonParallelJob(chart, 'job', reading);
  configMap(chart, { level: 'info' });
  const { name } = job;
  new ApiObject(chart, 'other', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'other' }, data: { job: name } });
  expect(nameIn(chart)).toBe(name);
});

test('a name that was read before its content was complete is refused: nobody gets a name that no Job has', () => {
  const chart = newChart();
  const job = new NonParallelJob(chart, 'job', reading);
  const early = job.name;
  configMap(chart, { level: 'info' });
  expect(refusal(() => synth(chart))).toEqual([
    `[test/job] metadata.name: Invalid value: "${job.name}": was '${early}' when it was read, and what the Job is made from changed afterwards: `
    + 'read it last, or as Lazy.any({ produce: () => job.name })',
  ]);
});

test('a Lazy name is read when all is there', () => {
  const chart = newChart();
  const job = new NonParallelJob(chart, 'job', reading);
  new ApiObject(chart, 'other', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'other' }, data: { job: Lazy.any({ produce: () => job.name }) } });
  configMap(chart, { level: 'info' });
  const other = synth(chart).find(({ metadata }) => (metadata as { name: string }).name === 'other');
  expect(other?.data).toEqual({ job: nameIn(chart) });
});

test('a Job cannot read its own name', () => {
  const chart = newChart();
  const job = new NonParallelJob(chart, 'job', reading);
  configMap(chart, { job: Lazy.any({ produce: () => job.name }) });
  expect(refusal(() => synth(chart))).toEqual([
    '[test/job] cannot be rendered: what the Job reads holds the name of the Job, which is made from what it reads: leave one of them out',
  ]);
});

test('the pods of an Indexed Job keep room for their index', () => {
  const chart = newChart();
  new IndexedJob(chart, 'job', { ...named, metadata: { name: 'a'.repeat(60) }, completions: 1000 });
  expect(nameIn(chart)).toHaveLength(59);
});

test('two Jobs whose names are cut have two names', () => {
  const chart = newChart();
  new NonParallelJob(chart, 'one', { ...named, metadata: { name: `${'a'.repeat(58)}-one` } });
  new NonParallelJob(chart, 'two', { ...named, metadata: { name: `${'a'.repeat(58)}-two` } });
  expect(new Set(synth(chart).map(({ metadata }) => (metadata as { name: string }).name)).size).toBe(2);
});

test.each<[string, object, string]>([
  ['another word', { ...named, rerun: 'always' }, 'rerun: Unsupported value: "always": supported values: "on-change", { on: "<the tag of a release>" }'],
  ['an empty mark', { ...named, rerun: { on: '' } }, 'rerun.on: Required value: a text that is new for each run, such as the tag of a release'],
  ['a name that the API server makes', { ...named, metadata: { generateName: 'migrate-' } },
    'metadata.generateName: Forbidden: a Job with `rerun` gets its name from its content: write `name`, or leave both out'],
])('`rerun` refuses %s', (_, props, message) => {
  const chart = newChart();
  new NonParallelJob(chart, 'job', untyped(props));
  expect(refusal(() => synth(chart))).toEqual([`[test/job] ${message}`]);
});

test.each<[string, object, string]>([
  ['beside the schedule', { schedule: '@daily', job: pod, rerun: 'on-change' }, 'rerun'],
  ['in its Job', { schedule: '@daily', job: { ...pod, rerun: 'on-change' } }, 'job.rerun'],
])('a schedule refuses `rerun` %s', (_, props, field) => {
  const chart = newChart();
  new ScheduledJob(chart, 'job', untyped(props));
  expect(refusal(() => synth(chart))).toEqual([`[test/job] ${field}: Forbidden: rerun: a CronJob is changed in place, and its next Job is the new one; leave it out`]);
});
