import { ApiObject, App, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { DependencyGroup } from 'constructs';
import { FixedCompletionJob, NonParallelJob, ScheduledJob } from '../../src';

const props = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'app:1' }] } as const;

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
}

/** What the objects of charts wait for, by name. */
function orderOf(...charts: Chart[]): Record<string, string | undefined> {
  const manifests = charts.flatMap((chart) => Testing.synth(chart) as Manifest[]);
  return Object.fromEntries(manifests.map(({ metadata: { name, annotations } }) => [name, annotations?.['cdk8s-jobs/after']]));
}

function etlChart(namespace?: string): Chart {
  return new Chart(Testing.app(), 'etl', { disableResourceNameHashes: true, ...(namespace === undefined ? {} : { namespace }) });
}

test('after() and addDependency() write the annotation that run follows', () => {
  const etl = etlChart();
  const extract = new NonParallelJob(etl, 'extract', props);
  const load = new NonParallelJob(etl, 'load', props).after(extract);
  new FixedCompletionJob(etl, 'report', { ...props, completions: 2 }).node.addDependency(extract, load);
  expect(orderOf(etl)).toEqual({ 'etl-extract': undefined, 'etl-load': 'etl-extract', 'etl-report': 'etl-extract,etl-load' });
});

test('a dependency that is added after a first look counts, and names follow one that is written by hand', () => {
  const etl = etlChart();
  const extract = new NonParallelJob(etl, 'extract', props);
  const load = new NonParallelJob(etl, 'load', { ...props, metadata: { annotations: { 'cdk8s-jobs/after': 'elsewhere' } } });
  expect(orderOf(etl)).toMatchObject({ 'etl-load': 'elsewhere' });
  load.after(extract);
  expect(orderOf(etl)).toMatchObject({ 'etl-load': 'elsewhere,etl-extract' });
});

test('a chart that depends on another one waits for all Jobs in it, whoever made them', () => {
  const app = new App();
  const [first, second] = [new Chart(app, 'first', { disableResourceNameHashes: true }), new Chart(app, 'second', { disableResourceNameHashes: true })];
  new NonParallelJob(first, 'ours', props);
  new kplus.Job(first, 'theirs', { containers: [{ image: 'app:1' }] });
  new ApiObject(first, 'plain', { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'plain' } });
  new ScheduledJob(first, 'nightly', { schedule: '0 3 * * *', job: props });
  new NonParallelJob(second, 'last', props);
  second.addDependency(first);
  expect(orderOf(second)).toEqual({ 'second-last': 'first-ours,first-theirs,plain' });
});

test('any object can wait for a Job; what a Job needs is applied first anyway', () => {
  const etl = etlChart();
  const settings = new ApiObject(etl, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } });
  const secret = new ApiObject(etl, 'secret', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'secret' } });
  const extract = new NonParallelJob(etl, 'extract', props).after(secret);
  settings.addDependency(extract);
  expect(orderOf(etl)).toEqual({ 'secret': undefined, 'etl-extract': undefined, 'settings': 'etl-extract' });
});

test('a Job of another namespace is named with it', () => {
  const etl = etlChart('media');
  const extract = new NonParallelJob(etl, 'extract', { ...props, metadata: { namespace: 'raw' } });
  new NonParallelJob(etl, 'load', props).after(extract);
  expect(orderOf(etl)).toMatchObject({ 'etl-load': 'raw/etl-extract' });
});

test.each<[string, (own: Chart) => unknown, string]>([
  ['what is not there', () => undefined, 'Cannot let etl/load wait for undefined'],
  ['itself', (own) => own.node.findChild('load'), 'Cannot let etl/load wait for itself'],
  ['what is in another app', () => new NonParallelJob(new Chart(new App(), 'other'), 'extract', props), 'Cannot let etl/load wait for other/extract: it is in another app'],
])('%s cannot be waited for, and is not left out of the order without a word', (_, earlier, message) => {
  const etl = etlChart();
  const load = new NonParallelJob(etl, 'load', props);
  expect(() => load.after(earlier(etl) as Chart)).toThrow(message);
});

test('a dependency on another app that is added to the node is refused at synth', () => {
  const elsewhere = new NonParallelJob(new Chart(new App(), 'other'), 'extract', props);
  const etl = etlChart();
  const load = new NonParallelJob(etl, 'load', props);
  expect(() => Testing.synth(etl)).not.toThrow();
  load.node.addDependency(elsewhere);
  expect(() => Testing.synth(etl)).toThrow(
    'metadata.annotations[cdk8s-jobs/after]: Invalid value: etl/load cannot wait for other/extract: it is in another app (make both in one app)');
});

test('a group of constructs can be waited for', () => {
  const etl = etlChart();
  const jobs = ['extract', 'clean'].map((id) => new NonParallelJob(etl, id, props));
  new NonParallelJob(etl, 'load', props).after(new DependencyGroup(...jobs));
  expect(orderOf(etl)).toMatchObject({ 'etl-load': 'etl-extract,etl-clean' });
});
