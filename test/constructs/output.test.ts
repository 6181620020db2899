import { Chart, Testing } from 'cdk8s';
import { IndexedJob, NonParallelJob } from '../../src';
import { orderOf } from '../../src/rules/order';
import { validateManifest } from '../../src/rules/validate-manifest';

const base = { restartPolicy: 'Never' } as const;
const main = { name: 'main', image: 'app:1' } as const;

test('an output of a Job stands in the variables, arguments and annotations of a later one, which waits for it', () => {
  const chart = new Chart(Testing.app(), 'etl', { disableResourceNameHashes: true });
  const extract = new NonParallelJob(chart, 'extract', { ...base, containers: [main] });
  const rows = extract.output('rows');
  const load = new IndexedJob(chart, 'load', {
    ...base,
    completions: 2,
    metadata: { annotations: { 'example.com/rows': rows } },
    containers: [{ ...main, args: [`--rows=${rows}`], env: [{ name: 'ROWS', value: rows }] }],
  });
  const [, manifest] = Testing.synth(chart) as object[];
  expect(manifest).toMatchObject({
    metadata: { annotations: { 'cdk8s-jobs/after': 'etl-extract', 'example.com/rows': '<cdk8s-jobs:output/etl-extract/rows>' } },
    spec: { template: { spec: { containers: [{ args: ['--rows=<cdk8s-jobs:output/etl-extract/rows>'], env: [{ value: rows }] }] } } },
  });
  expect(validateManifest(manifest)).toEqual([]);
  expect(orderOf(Testing.synth(chart) as object[]).faults).toEqual([]);
  expect(load.name).toBe('etl-load');
});

test('a Job that waits anyway is named once, also in the namespace of its chart', () => {
  const chart = new Chart(Testing.app(), 'etl', { disableResourceNameHashes: true, namespace: 'media' });
  const extract = new NonParallelJob(chart, 'extract', { ...base, containers: [main] });
  new NonParallelJob(chart, 'load', { ...base, containers: [{ ...main, args: [extract.output('rows')] }] }).after(extract);
  const manifests = Testing.synth(chart) as object[];
  expect(manifests[1]).toMatchObject({ metadata: { annotations: { 'cdk8s-jobs/after': 'etl-extract' } } });
  expect(orderOf(manifests)).toMatchObject({ before: [[], [0]], faults: [] });
});

test('the name of an output is checked when it is written', () => {
  const chart = new Chart(Testing.app(), 'etl');
  expect(() => new NonParallelJob(chart, 'extract', { ...base, containers: [main] }).output('my rows')).toThrow('Cannot name an output "my rows"');
});

test('a Job whose name comes from its content runs again when the one that it reads from does', () => {
  const namesOf = (image: string): string[] => {
    const chart = new Chart(Testing.app(), 'etl', { disableResourceNameHashes: true });
    const extract = new NonParallelJob(chart, 'extract', { ...base, rerun: 'on-change', containers: [{ ...main, image }] });
    new NonParallelJob(chart, 'load', { ...base, rerun: 'on-change', containers: [{ ...main, args: [extract.output('rows')] }] });
    return (Testing.synth(chart) as Array<{ metadata: { name: string } }>).map(({ metadata: { name } }) => name);
  };
  const [one, other] = [namesOf('app:1'), namesOf('app:2')];
  expect(one.filter((name) => other.includes(name))).toEqual([]);
});
