import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { generatedName } from '../../../src/constructs/render/generated-name';

/** The name that cdk8s gives to the object of a construct at a path, and the one that is worked out before. */
function namesAt(
  path: readonly string[], kind = 'Job', makeChart = (app: App, id: string): Chart => new Chart(app, id),
): { readonly theirs: string; readonly ours: string | undefined } {
  const [first = 'chart', ...ids] = path;
  const scope = ids.reduce<Construct>((parent, id) => new Construct(parent, id), makeChart(new App(), first));
  const ours = generatedName(scope, 'Resource', kind);
  return { ours, theirs: new ApiObject(scope, 'Resource', { apiVersion: 'batch/v1', kind }).name };
}

test.each<[string, readonly string[]]>([
  ['a Job in a chart', ['chart', 'job']],
  ['words with dashes and digits', ['my-chart-2', '1st-job']],
  ['deep below the chart', ['chart', 'a', 'b', 'c', 'd']],
  ['a name of the greatest length', ['chart', 'x'.repeat(39)]],
])('a usual path gives the name at once: %s', (_, path) => {
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
])('any other is left to cdk8s: %s', (_, kind, path) => {
  expect(namesAt(path, kind).ours).toBeUndefined();
});

test('a chart that names its objects otherwise is asked', () => {
  class Named extends Chart {
    public override generateObjectName(): string {
      return 'mine';
    }
  }
  expect(namesAt(['chart', 'job'], 'Job', (app, id) => new Named(app, id)).ours).toBeUndefined();
  expect(namesAt(['chart', 'job'], 'Job', (app, id) => new Chart(app, id, { disableResourceNameHashes: true })).ours).toBeUndefined();
});

test('outside of a chart there is no name', () => {
  expect(generatedName(new App(), 'Resource', 'Job')).toBeUndefined();
});

test('a name is the one of cdk8s, whatever the path', () => {
  const word = fc.oneof(fc.stringMatching(/^[a-z0-9-]{1,12}$/), fc.constantFrom('resource', 'default', 'a-default', 'job', 'Default', 'Resource'), fc.string({ minLength: 1, maxLength: 40 }));
  const paths = fc.array(word, { minLength: 1, maxLength: 5 }).filter((path) => path.at(-1) !== 'Resource' && !path.some((id) => id in {}));
  fc.assert(fc.property(paths, fc.constantFrom('Job', 'CronJob'), (path, kind) => {
    const { ours, theirs } = namesAt(path, kind);
    expect(ours ?? theirs).toBe(theirs);
  }), { numRuns: 500 });
});
