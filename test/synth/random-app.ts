import { ApiObject, Chart, type App, JsonPatch, Lazy } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import * as fc from 'fast-check';
import { IndexedJob, NonParallelJob } from '../../src';

/** One thing that is added to an app; places and targets are numbers into what is there by then. */
type Step =
  | { readonly make: 'chart' | 'scope' | 'object' | 'job' | 'indexed' | 'patched' | 'lazy' | 'broken' | 'fussy' | 'own-chart'; readonly at: number; readonly id: string }
  | { readonly make: 'dependency'; readonly from: number; readonly to: number; readonly forwards: boolean };

/** How an app is set up. */
interface Settings {
  readonly yamlOutputType: number;
  readonly recordConstructMetadata: boolean;
  readonly outputFileExtension?: string;
}

/** A recipe for an app: the same recipe gives the same app twice. */
export interface AppRecipe {
  readonly settings: Settings;
  readonly steps: readonly Step[];
}

const id = fc.constantFrom('a', 'b', 'c', 'load', 'extract', 'My_Job', '0', '7', '12', 'default', 'resource', 'Resource', 'x.y', 'very-long-name'.repeat(6));
const place = fc.nat({ max: 30 });
const making = (kinds: ReadonlyArray<Exclude<Step['make'], 'dependency'>>): fc.Arbitrary<Step> =>
  fc.record({ make: fc.constantFrom(...kinds), at: place, id }) as fc.Arbitrary<Step>;
const dependency = fc.record({ make: fc.constant('dependency' as const), from: place, to: place, forwards: fc.boolean() });

const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: making(['object', 'object', 'job', 'job', 'indexed', 'patched', 'lazy']), weight: 10 },
  { arbitrary: making(['chart', 'chart', 'scope', 'own-chart']), weight: 6 },
  { arbitrary: dependency, weight: 6 },
  { arbitrary: making(['broken', 'fussy']), weight: 1 },
);

/** Recipes of all shapes: nested charts, dependencies between whatever there is, all ways to divide the output. */
export const appRecipe: fc.Arbitrary<AppRecipe> = fc.record({
  settings: fc.record({
    yamlOutputType: fc.nat({ max: 3 }), recordConstructMetadata: fc.boolean(), outputFileExtension: fc.constantFrom('.k8s.yaml', '.yml'),
  }),
  steps: fc.array(step, { minLength: 1, maxLength: 18 }),
});

/** A chart with manifests of its own making. */
class OwnChart extends Chart {
  public override toJson(): unknown[] {
    return [...super.toJson() as unknown[], { kind: 'Extra', metadata: { name: this.node.id }, text: 'a: b\nc' }, undefined] as unknown[];
  }
}

/** Builds the app of a recipe. */
export function build(app: App, { steps }: AppRecipe): void {
  const made: IConstruct[] = [app, new Chart(app, 'first', { namespace: 'team', labels: { app: 'x' } })];
  for (const one of steps) {
    if (one.make === 'dependency') addDependency(made, one.from, one.to, one.forwards);
    else addConstruct(made, one.make, made[one.at % made.length] ?? app, one.id);
  }
}

/** Most dependencies lead backwards, so that most apps have no circle. */
function addDependency(made: readonly IConstruct[], one: number, other: number, forwards: boolean): void {
  const [from, to] = [one % made.length, other % made.length].sort((a, b) => (forwards && one % 5 === 0 ? a - b : b - a));
  const [source, target] = [made[from ?? 0], made[to ?? 0]];
  if (source !== undefined && target !== undefined) source.node.addDependency(target);
}

function addConstruct(made: IConstruct[], make: Exclude<Step['make'], 'dependency'>, scope: IConstruct, name: string): void {
  if (scope.node.tryFindChild(name) !== undefined) return;
  const inChart = scope.node.scopes.some((around) => Chart.isChart(around));
  if (!inChart && !['chart', 'scope', 'own-chart'].includes(make)) return;
  made.push(makers[make](scope as Construct, name));
}

const pod = { restartPolicy: 'Never' as const, containers: [{ name: 'c', image: 'registry.example/app:7', command: ['sh', '-c', 'echo a\necho b\n'] }] };

const makers: Readonly<Record<Exclude<Step['make'], 'dependency'>, (scope: Construct, name: string) => IConstruct>> = {
  'chart': (scope, name) => new Chart(scope, name),
  'own-chart': (scope, name) => new OwnChart(scope, name),
  'scope': (scope, name) => new Construct(scope, name),
  'object': (scope, name) => new ApiObject(scope, name, { apiVersion: 'v1', kind: 'ConfigMap', data: { 'b': '1', 'a.txt': 'x\ny' } }),
  'job': (scope, name) => new NonParallelJob(scope, name, pod),
  'indexed': (scope, name) => new IndexedJob(scope, name, { completions: 3, parallelism: 2, metadata: { labels: { team: 'a' } }, ...pod }),
  'patched': (scope, name) => {
    const job = new NonParallelJob(scope, name, pod);
    const shared = { 0: 'zero', list: [] };
    job.apiObject.addJsonPatch(JsonPatch.add('/metadata/annotations', { one: 'yes' }), JsonPatch.add('/spec/template/metadata', { labels: shared }));
    job.apiObject.addJsonPatch(JsonPatch.remove('/spec/template/metadata'));
    return job;
  },
  'lazy': (scope, name) => new ApiObject(scope, name, {
    apiVersion: 'v1', kind: 'Secret', stringData: Lazy.any({ produce: () => ({ path: scope.node.path }) }), empty: {}, nothing: null,
  }),
  'broken': (scope, name) => new NonParallelJob(scope, name, { ...pod, backoffLimit: -1 as number }),
  'fussy': (scope, name) => {
    const object = new ApiObject(scope, name, { apiVersion: 'v1', kind: 'ConfigMap', when: new Date(0) });
    object.node.addValidation({ validate: () => (name.length > 4 ? [`${name} is too long`] : []) });
    return object;
  },
};
