import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { generatedName } from '../../../src/constructs/render/generated-name';

/** The name that cdk8s gives to the object in a construct at a path, and the one that was worked out before. */
function namesAt(
  path: readonly string[], kind = 'Job', makeChart = (app: App, id: string): Chart => new Chart(app, id),
): { readonly theirs: string; readonly ours: string } {
  const [first = 'chart', ...ids] = path;
  const type = { apiVersion: 'batch/v1', kind };
  const scope = ids.slice(0, -1).reduce<Construct>((parent, id) => new Construct(parent, id), makeChart(new App(), first));
  const id = ids.at(-1) ?? 'job';
  const ours = generatedName(scope, id, type);
  return { ours, theirs: new ApiObject(new Construct(scope, id), 'Resource', type).name };
}

test.each<[string, readonly string[]]>([
  ['a Job in a chart', ['chart', 'job']],
  ['words with dashes and digits', ['my-chart-2', '1st-job']],
  ['deep below the chart', ['chart', 'a', 'b', 'c', 'd']],
  ['a name of the greatest length', ['chart', 'x'.repeat(39)]],
])('a usual path: %s', (_, path) => {
  const { ours, theirs } = namesAt(path);
  expect(ours).toBe(theirs);
});

test.each<[string, string, readonly string[]]>([
  ['upper case', 'Job', ['chart', 'Job']],
  ['an underscore', 'Job', ['chart', 'my_job']],
  ['a slash', 'Job', ['chart', 'my/job']],
  ['two dashes', 'Job', ['chart', 'my--job']],
  ['a word that is left out', 'Job', ['chart', 'default-job']],
  ['an id that is left out', 'Job', ['chart', 'resource']],
  ['the same id twice', 'Job', ['job', 'job']],
  ['a name that is too long', 'Job', ['chart', 'x'.repeat(40)]],
  ['a name that is too long for a CronJob', 'CronJob', ['chart', 'x'.repeat(29)]],
])('a path that cdk8s shortens or changes: %s', (_, kind, path) => {
  const { ours, theirs } = namesAt(path, kind);
  expect(ours).toBe(theirs);
});

test('a chart that names its objects otherwise is asked', () => {
  class Named extends Chart {
    public override generateObjectName(): string {
      return 'mine';
    }
  }
  expect(namesAt(['chart', 'job'], 'Job', (app, id) => new Named(app, id)).ours).toBe('mine');
  expect(namesAt(['chart', 'job'], 'Job', (app, id) => new Chart(app, id, { disableResourceNameHashes: true })).ours).toBe('chart-job');
});

test('whoever is asked for a name leaves nothing behind', () => {
  const chart = new Chart(new App(), 'chart');
  const type = { apiVersion: 'batch/v1', kind: 'Job' };
  generatedName(chart, 'Job', type);
  expect(chart.node.children).toEqual([]);
  const taken = new Construct(chart, 'Taken');
  expect(() => generatedName(chart, 'Taken', type)).toThrow('There is already a Construct with name \'Taken\' in Chart [chart]');
  expect(chart.node.children).toEqual([taken]);
});

test('outside of a chart there is no name, as cdk8s says', () => {
  const app = new App();
  expect(() => generatedName(app, 'job', { apiVersion: 'batch/v1', kind: 'Job' })).toThrow('cannot find a parent chart');
  expect(app.node.children).toEqual([]);
});

test('a name is the one of cdk8s, whatever the path', () => {
  const word = fc.oneof(fc.stringMatching(/^[a-z0-9-]{1,12}$/), fc.constantFrom('resource', 'default', 'a-default', 'job', 'Default', 'Resource'), fc.string({ minLength: 1, maxLength: 40 }));
  const paths = fc.array(word, { minLength: 1, maxLength: 5 }).filter((path) => path.at(-1) !== 'Resource' && !path.some((id) => id in {}));
  fc.assert(fc.property(paths, fc.constantFrom('Job', 'CronJob'), (path, kind) => {
    const { ours, theirs } = namesAt(path, kind);
    expect(ours).toBe(theirs);
  }), { numRuns: 500 });
});
