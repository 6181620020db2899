import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Construct, DependencyGroup } from 'constructs';
import * as fc from 'fast-check';
import { dependencyGraph } from '../../src/constructs/dependencies';
import { argocd } from '../../src/constructs/gitops';
import { NonParallelJob } from '../../src/constructs/non-parallel-job';

const pod = { restartPolicy: 'Never', activeDeadlineSeconds: 60, containers: [{ name: 'main', image: 'app:1' }] } as const;

function job(scope: Construct, name: string): NonParallelJob {
  return new NonParallelJob(scope, name, { metadata: { name }, ...pod });
}

function configMap(scope: Construct, name: string): ApiObject {
  return new ApiObject(scope, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
}

/** What each object of an app waits for, by name. */
function namesBefore(app: Construct): Record<string, string[]> {
  const { objects, before } = dependencyGraph(app);
  return Object.fromEntries(objects.map(({ name }, position) => [name, (before[position] ?? []).map((earlier) => objects[earlier]?.name ?? '')]));
}

interface Manifest {
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
}

function annotationsIn(app: App, key: string): Record<string, string | undefined> {
  const manifests = app.charts.flatMap((chart) => Testing.synth(chart) as Manifest[]);
  return Object.fromEntries(manifests.map(({ metadata: { name, annotations } }) => [name, annotations?.[key]]));
}

const after = 'cdk8s-jobs/after';
const wave = 'argocd.argoproj.io/sync-wave';

test('an object waits for all that is in what it, or a scope around it, depends on', () => {
  const chart = Testing.chart();
  const step = new Construct(chart, 'step');
  const [settings, extract] = [configMap(step, 'settings'), job(step, 'extract')];
  const [load, report] = [job(chart, 'load'), job(chart, 'report')];
  load.node.addDependency(step);
  report.node.addDependency(load);
  expect(namesBefore(chart)).toEqual({ settings: [], extract: [], load: ['settings', 'extract'], report: ['load'] });
  settings.addDependency(extract);
  expect(namesBefore(chart)).toMatchObject({ settings: ['extract'] });
});

test('what is in a scope that the scope around it depends on does not wait for itself', () => {
  const chart = Testing.chart();
  const all = new Construct(chart, 'all');
  const setup = new Construct(all, 'setup');
  job(setup, 'one');
  job(setup, 'two');
  job(all, 'work');
  all.node.addDependency(setup);
  expect(namesBefore(chart)).toEqual({ one: [], two: [], work: ['one', 'two'] });
});

describe('a chart in a chart', () => {
  function nested(): { readonly app: App; readonly own: NonParallelJob; readonly one: NonParallelJob } {
    const app = Testing.app();
    const outer = new Chart(app, 'outer');
    configMap(outer, 'settings');
    const own = job(outer, 'own');
    const inner = new Chart(outer, 'inner');
    const one = job(inner, 'one');
    job(inner, 'two');
    return { app, own, one };
  }

  test('is written first by cdk8s, and orders nothing', () => {
    const { app } = nested();
    argocd({ order: 'dependencies' }).applyTo(app);
    app.synthYaml();
    expect(Object.values(namesBefore(app))).toEqual([[], [], [], []]);
    for (const key of [after, wave]) expect(Object.values(annotationsIn(app, key))).toEqual(Array(4).fill(undefined));
  });

  test.each<[string, (own: NonParallelJob, one: NonParallelJob) => void]>([
    ['after', (own, one) => own.after(one)],
    ['addDependency', (own, one) => own.addDependency(one)],
    ['a group', (own, one) => own.after(new DependencyGroup(one))],
  ])('orders what its Jobs are waited for with %s', (_, wait) => {
    const { app, own, one } = nested();
    argocd({ order: 'dependencies' }).applyTo(app);
    wait(own, one);
    app.synthYaml();
    expect(annotationsIn(app, after)).toEqual({ settings: undefined, own: 'one', one: undefined, two: undefined });
    expect(annotationsIn(app, wave)).toEqual({ settings: undefined, own: '1', one: '0', two: undefined });
  });

  test('orders what is said when cdk8s has already written the app', () => {
    const { app, own, one } = nested();
    app.synthYaml();
    own.after(one);
    app.synthYaml();
    expect(annotationsIn(app, after)).toEqual({ settings: undefined, own: 'one', one: undefined, two: undefined });
  });
});

test('what stands between two Jobs hands the order on', () => {
  const chart = Testing.chart();
  const [extract, settings, load] = [job(chart, 'extract'), configMap(chart, 'settings'), job(chart, 'load')];
  settings.addDependency(extract);
  load.after(settings);
  expect(annotationsIn(chart.node.root as App, after)).toEqual({ extract: undefined, settings: 'extract', load: 'extract' });
});

test('the annotation of an object that is not ours follows dependencies that come later, and keeps what was written by hand', () => {
  const chart = Testing.chart();
  const [extract, clean] = [job(chart, 'extract'), job(chart, 'clean')];
  const plain = new ApiObject(chart, 'plain', { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'plain', annotations: { [after]: 'elsewhere' } } });
  plain.addDependency(extract);
  const app = chart.node.root as App;
  expect(annotationsIn(app, after)).toMatchObject({ plain: 'elsewhere,extract' });
  plain.addDependency(clean);
  expect(annotationsIn(app, after)).toMatchObject({ plain: 'elsewhere,extract,clean' });
});

/** Dependencies of Jobs on earlier ones, over some charts. */
const apps = fc.record({
  charts: fc.integer({ min: 1, max: 3 }),
  jobs: fc.array(fc.record({ chart: fc.nat(2), after: fc.array(fc.nat(7), { maxLength: 2 }) }), { minLength: 1, maxLength: 8 }),
});

test('is the same before cdk8s has ordered the charts and afterwards, and however often it is read', () => {
  fc.assert(fc.property(apps, ({ charts, jobs }) => {
    const app = Testing.app();
    const all = Array.from({ length: charts }, (_, index) => new Chart(app, `chart-${index}`));
    const made: NonParallelJob[] = [];
    for (const [index, { chart, after: earlier }] of jobs.entries()) {
      // From the first chart to the last one: cdk8s refuses circles of charts.
      const place = Math.min(charts - 1, Math.floor((index * charts) / jobs.length));
      const one = job(all[place] ?? app, `job-${index}-${chart}`);
      one.after(...earlier.flatMap((position) => made[position] ?? []));
      made.push(one);
    }
    const first = dependencyGraph(app);
    expect(dependencyGraph(app)).toBe(first);
    const names = namesBefore(app);
    app.synthYaml();
    const sets = (some: Record<string, string[]>): object => {
      return Object.fromEntries(Object.entries(some).map(([name, list]) => [name, [...list].sort()]));
    };
    expect(sets(namesBefore(app))).toEqual(sets(names));
  }), { numRuns: 50 });
});
