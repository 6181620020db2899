import { App, Chart, JsonPatch } from 'cdk8s';
import { newChart, refusal, synth } from './helpers';
import { NonParallelJob } from '../../src/constructs/non-parallel-job';
import { ScheduledJob } from '../../src/constructs/scheduled-job';

const pod = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] } as const;

function named(chart: Chart, id: string, name: string, namespace?: string): NonParallelJob {
  return new NonParallelJob(chart, id, { ...pod, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } });
}

test('two Jobs of one name in a chart are refused, with the path of the other one', () => {
  const chart = newChart();
  named(chart, 'first', 'same');
  named(chart, 'second', 'same');
  const sentence = '[test/second] metadata.name: Duplicate value: "same": test/first has it too, and of two objects of one name only the last one applied remains';
  expect(refusal(() => synth(chart))).toEqual([sentence]);
  expect(refusal(() => synth(chart))).toEqual([sentence]);
});

test('two charts of an app are applied together: a name is given once in them', () => {
  const chart = newChart();
  named(chart, 'first', 'same');
  named(new Chart(App.of(chart), 'other'), 'second', 'same');
  expect(refusal(() => App.of(chart).synth())).toEqual([
    '[other/second] metadata.name: Duplicate value: "same": test/first has it too, and of two objects of one name only the last one applied remains',
  ]);
});

test('three Jobs of one name give two findings', () => {
  const chart = newChart();
  for (const id of ['a', 'b', 'c']) named(chart, id, 'same');
  expect(refusal(() => synth(chart))).toHaveLength(2);
});

test.each<readonly [string, (chart: Chart) => unknown]>([
  ['in another namespace', (chart) => named(chart, 'second', 'same', 'other')],
  ['of another kind', (chart) => new ScheduledJob(chart, 'second', { metadata: { name: 'same' }, schedule: '@daily', job: pod })],
  ['in another app, which may go to another cluster', () => named(newChart(), 'second', 'same')],
  ['in a chart of another namespace', (chart) => named(new Chart(App.of(chart), 'other', { namespace: 'jobs' }), 'second', 'same')],
])('the same name %s is no mistake', (_, make) => {
  const chart = newChart();
  named(chart, 'first', 'same');
  make(chart);
  expect(refusal(() => synth(chart))).toEqual([]);
});

test("a chart's namespace is the namespace of its Jobs", () => {
  const chart = new Chart(newChart(), 'sub', { namespace: 'jobs' });
  named(chart, 'first', 'same');
  named(chart, 'second', 'same', 'jobs');
  expect(refusal(() => synth(chart))).toHaveLength(1);
});

test('Jobs that are named by the API server do not have one name', () => {
  const chart = newChart();
  for (const id of ['a', 'b']) new NonParallelJob(chart, id, { ...pod, metadata: { generateName: 'same-' } });
  expect(refusal(() => synth(chart))).toEqual([]);
});

test('a name that a patch takes away is free again', () => {
  const chart = newChart();
  const first = named(chart, 'first', 'same');
  named(chart, 'second', 'same');
  expect(refusal(() => synth(chart))).toHaveLength(1);
  first.apiObject.addJsonPatch(JsonPatch.replace('/metadata/name', 'other'));
  expect(refusal(() => synth(chart))).toEqual([]);
});

test('a name of a Job that is removed is free again', () => {
  const chart = newChart();
  named(chart, 'first', 'same');
  named(chart, 'second', 'same');
  expect(refusal(() => synth(chart))).toHaveLength(1);
  expect(chart.node.tryRemoveChild('first')).toBe(true);
  expect(refusal(() => synth(chart))).toEqual([]);
});
