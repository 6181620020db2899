import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App as CdkApp, type AppProps, Chart, Names, Yaml, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { appRecipe, build } from './random-app';
import { App, NonParallelJob, synthesize } from '../../src';

/** How many apps the property draws; CDK8S_JOBS_TEST_RUNS=5000 before a change. */
const numRuns = Number(process.env.CDK8S_JOBS_TEST_RUNS ?? 60);
const folder = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-synth-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
const newFolder = (): string => join(folder, String(count += 1));

/** What a folder holds: the text of each file, and nothing for a folder. */
function contentOf(place: string): Record<string, string> {
  const names = readdirSync(place, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(names.map((name) => [name, statSync(join(place, name)).isDirectory() ? '' : readFileSync(join(place, name), 'utf8')]));
}

type Make = (props: AppProps) => CdkApp;

/** What comes of an app: its files, and its text, or the error. */
function outcome(make: Make, write: (app: CdkApp) => void, fill: (app: CdkApp) => void, props: AppProps): unknown {
  const outdir = newFolder();
  const app = make({ ...props, outdir });
  fill(app);
  const again = make({ ...props, outdir });
  fill(again);
  const errorOf = (run: () => unknown): unknown => {
    try {
      return run();
    } catch (error) {
      return `${(error as Error).name}: ${(error as Error).message}`;
    }
  };
  const result = errorOf(() => write(app));
  const files = result === undefined ? contentOf(outdir) : undefined;
  // A second time gives the same.
  const second = errorOf(() => write(app));
  return { result, second, files, text: errorOf(() => again.synthYaml()), charts: errorOf(() => app.charts.map(({ node }) => node.path)) };
}

type Fill = (app: CdkApp) => void;
const inTheirs = (fill: Fill, props: AppProps = {}): unknown => outcome((all) => new CdkApp(all), (app) => app.synth(), fill, props);

/** What comes of cdk8s's own `App` when no manifest writes itself. */
function theirs(fill: Fill, props: AppProps = {}): unknown {
  const stringify = Yaml.stringify.bind(Yaml);
  const spy = jest.spyOn(Yaml, 'stringify').mockImplementation((...documents: unknown[]) => stringify(...documents.map(withoutHidden)));
  try {
    return inTheirs(fill, props);
  } finally {
    spy.mockRestore();
  }
}

function withoutHidden(document: unknown): unknown {
  return typeof document === 'object' && document !== null && !Array.isArray(document) ? { ...document } : document;
}
const ours = (fill: Fill, props: AppProps = {}): unknown => outcome((all) => new App(all), (app) => app.synth(), fill, props);
const byFunction = (fill: Fill, props: AppProps = {}): unknown => outcome((all) => new CdkApp(all), synthesize, fill, props);

const pod = { restartPolicy: 'Never' as const, containers: [{ name: 'c', image: 'registry.example/app:7' }] };
const map = (scope: Construct, id: string): ApiObject => new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap' });

test.each<[string, (app: CdkApp) => void]>([
  ['an empty app', () => undefined],
  ['an empty chart', (app) => void new Chart(app, 'empty')],
  ['a chart that comes after another one', (app) => {
    const [first, second] = [new Chart(app, 'first'), new Chart(app, 'second')];
    new NonParallelJob(first, 'a', pod).after(new NonParallelJob(second, 'b', pod));
  }],
  ['charts in charts', (app) => {
    const outer = new Chart(app, 'outer');
    const inner = new Chart(new Construct(outer, 'between'), 'inner');
    map(new Chart(outer, 'child'), 'x').addDependency(map(inner, 'y'));
  }],
  ['a chart that depends on an object in it', (app) => {
    const chart = new Chart(app, 'chart');
    map(chart, 'a');
    chart.addDependency(map(chart, 'b'));
    map(chart, 'c').addDependency(chart);
  }],
  ['a scope that depends on another one', (app) => {
    const chart = new Chart(app, 'chart');
    const [one, other] = [new Construct(chart, 'one'), new Construct(chart, 'other')];
    for (const scope of [one, other]) for (const id of ['x', 'y', '3', '1']) map(scope, id);
    one.node.addDependency(other);
  }],
  ['a circle', (app) => {
    const chart = new Chart(app, 'chart');
    const [a, b, c] = ['a', 'b', 'c'].map((id) => map(chart, id)) as [ApiObject, ApiObject, ApiObject];
    a.addDependency(b);
    b.addDependency(c);
    c.addDependency(a);
  }],
  ['an object that depends on itself', (app) => {
    const object = map(new Chart(app, 'chart'), 'a');
    object.addDependency(object);
  }],
  ['a dependency on what is in no chart', (app) => {
    const outside = new Construct(app, 'outside');
    map(new Chart(app, 'chart'), 'a').addDependency(outside);
  }],
  ['a dependency on another app', (app) => map(new Chart(app, 'chart'), 'a').addDependency(map(new Chart(new CdkApp(), 'chart'), 'a'))],
  ['charts that are numbers', (app) => {
    for (const id of ['b', '10', 'a', '2', '007', '4294967295']) map(new Chart(new Construct(app, id), 'x'), 'y');
    for (const id of ['1', '4294967294', '01', 'c']) map(new Chart(app, id), 'y');
  }],
  ['constructs that a validation adds', (app) => {
    const chart = new Chart(app, 'chart');
    chart.node.addValidation({ validate: () => { if (chart.node.tryFindChild('late') === undefined) map(chart, 'late'); return []; } });
  }],
  ['an object without a name', (app) => void new ApiObject(new Chart(app, 'chart'), 'a', { apiVersion: 'v1', kind: 'Odd/Kind', metadata: { name: 'x:y' } })],
])('%s is written as cdk8s writes it, in each way to divide the output', (_, fill) => {
  for (const yamlOutputType of [0, 1, 2, 3] as YamlOutputType[]) {
    for (const recordConstructMetadata of [true, false]) {
      const expected = theirs(fill, { yamlOutputType, recordConstructMetadata });
      expect(ours(fill, { yamlOutputType, recordConstructMetadata })).toEqual(expected);
      expect(byFunction(fill, { yamlOutputType, recordConstructMetadata })).toEqual(expected);
      expect(inTheirs(fill, { yamlOutputType, recordConstructMetadata })).toEqual(expected);
    }
  }
});

test('any app is written as cdk8s writes it, or fails as it fails there', () => {
  fc.assert(fc.property(appRecipe, (recipe) => {
    const fill = (app: CdkApp): void => build(app, recipe);
    const expected = theirs(fill, recipe.settings);
    expect(ours(fill, recipe.settings)).toEqual(expected);
    expect(inTheirs(fill, recipe.settings)).toEqual(expected);
  }), { numRuns });
});

test('resolvers of the app count', () => {
  const resolvers = [{ resolve: (context: { value: unknown; replaceValue: (value: unknown) => void }) => { if (context.value === 'old') context.replaceValue('new'); } }];
  const fill = (app: CdkApp): void => void new ApiObject(new Chart(app, 'chart'), 'a', { apiVersion: 'v1', kind: 'ConfigMap', data: { a: 'old' } });
  expect(ours(fill, { resolvers })).toEqual(theirs(fill, { resolvers }));
});

test('many ways through dependencies, and long chains of them, take no longer than the objects', () => {
  const app = new App({ outdir: newFolder() });
  const chart = new Chart(app, 'chart');
  let before: ApiObject[] = [];
  for (let layer = 0; layer < 60; layer += 1) {
    const objects = [0, 1, 2].map((index) => map(chart, `o${layer}-${index}`));
    for (const object of objects) object.addDependency(...before);
    before = objects;
  }
  app.synth();
  expect(Object.keys(contentOf(app.outdir))).toEqual(['chart.k8s.yaml']);
});

test('a chart of another class of charts is asked for its manifests', () => {
  class Named extends Chart {
    public override generateObjectName(object: ApiObject): string {
      return Names.toLabelValue(object);
    }
  }
  const fill = (app: CdkApp): void => void new NonParallelJob(new Named(app, 'chart'), 'a', pod);
  expect(ours(fill)).toEqual(theirs(fill));
});

test('what cannot be synthesized leaves the files as they are', () => {
  const outdir = newFolder();
  const first = new App({ outdir });
  new NonParallelJob(new Chart(first, 'chart'), 'a', pod);
  first.synth();
  const before = contentOf(outdir);
  const second = new App({ outdir });
  new NonParallelJob(new Chart(second, 'chart'), 'b', pod);
  new ApiObject(new Chart(second, 'later'), 'c', { apiVersion: 'v1', kind: 'ConfigMap', when: new Date(0) });
  expect(() => second.synth()).toThrow("can't render non-simple object of type 'Date'");
  expect(contentOf(outdir)).toEqual(before);
});

test('a file is replaced with its mode, and what a link leads to is written', () => {
  const outdir = newFolder();
  mkdirSync(outdir);
  writeFileSync(join(outdir, 'one.k8s.yaml'), 'old', { mode: 0o600 });
  writeFileSync(join(outdir, 'target'), 'old');
  symlinkSync(join(outdir, 'target'), join(outdir, 'two.k8s.yaml'));
  const app = new App({ outdir });
  map(new Chart(app, 'one'), 'a');
  map(new Chart(app, 'two'), 'a');
  app.synth();
  expect(statSync(join(outdir, 'one.k8s.yaml')).mode.toString(8)).toBe('100600');
  expect(readFileSync(join(outdir, 'target'), 'utf8')).toContain('two-a');
  expect(Object.keys(contentOf(outdir))).toEqual(['one.k8s.yaml', 'target', 'two.k8s.yaml']);
});

test('a folder in place of a file is an error that names it, and nothing is left beside it', () => {
  const outdir = newFolder();
  mkdirSync(join(outdir, 'one.k8s.yaml'), { recursive: true });
  const app = new App({ outdir });
  map(new Chart(app, 'one'), 'a');
  expect(() => app.synth()).toThrow('EISDIR');
  expect(Object.keys(contentOf(outdir))).toEqual(['one.k8s.yaml']);
});

test('an app whose charts are told in another way is left to cdk8s', () => {
  class Reversed extends App {
    public override get charts(): Chart[] {
      return super.charts.reverse();
    }
  }
  const app = new Reversed({ outdir: newFolder(), yamlOutputType: YamlOutputType.FILE_PER_APP });
  for (const id of ['a', 'b']) map(new Chart(app, id), 'x');
  app.synth();
  expect(contentOf(app.outdir)['app.k8s.yaml']).toMatch(/b-x[\s\S]*a-x/);
});
