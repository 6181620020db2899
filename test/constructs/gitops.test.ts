import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import { newChart, refusal, synth, untyped } from './helpers';
import type { GitOps } from '../../src/api/props/gitops-props';
import { argocd, flux } from '../../src/constructs/gitops';
import { NonParallelJob } from '../../src/constructs/non-parallel-job';
import { ScheduledJob } from '../../src/constructs/scheduled-job';

const pod = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'tool:1' }] } as const;
const named = { metadata: { name: 'migrate' }, activeDeadlineSeconds: 600, ...pod } as const;

/** The annotations of the objects of a chart, by name. */
function annotationsIn(chart: Chart): Record<string, unknown> {
  return Object.fromEntries(synth(chart).map(({ metadata }) => {
    const { name, annotations } = metadata as { name: string; annotations?: object };
    return [name, annotations];
  }));
}

function annotationsOfJob(gitops: GitOps, more: object = {}): unknown {
  const chart = newChart();
  new NonParallelJob(chart, 'job', untyped({ ...named, gitops, ...more }));
  return Object.values(annotationsIn(chart))[0];
}

test.each<[string, GitOps, object, object | undefined]>([
  ['argocd: once', argocd({ run: 'once' }), {}, undefined],
  ['argocd: on change', argocd({ run: 'on-change' }), {}, { 'argocd.argoproj.io/sync-options': 'Force=true' }],
  ['argocd: before each rollout', argocd({ run: 'before-rollout' }), {},
    { 'argocd.argoproj.io/hook': 'PreSync', 'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation' }],
  ['argocd: before each rollout, cleaned up', argocd({ run: 'before-rollout', cleanUp: 'after-success' }), {},
    { 'argocd.argoproj.io/hook': 'PreSync', 'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation,HookSucceeded' }],
  ['argocd: after a rollout', argocd({ run: 'after-rollout' }), {},
    { 'argocd.argoproj.io/hook': 'PostSync', 'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation' }],
  ['argocd: before, only when changed', argocd({ run: 'before-rollout-when-changed' }), { rerun: 'on-change' },
    { 'argocd.argoproj.io/sync-wave': '-1', 'cdk8s-jobs/name': 'migrate' }],
  ['argocd: no part of the health', argocd({ health: 'ignored' }), {}, { 'argocd.argoproj.io/ignore-healthcheck': 'true' }],
  ['argocd: started later', argocd({ start: 'later' }), { suspend: true }, undefined],
  ['argocd: paused by hand', argocd({ pause: 'by-hand' }), {}, undefined],
  ['argocd: on change, and kept', argocd({ run: 'on-change', whenRemoved: 'kept' }), {},
    { 'argocd.argoproj.io/compare-options': 'IgnoreExtraneous', 'argocd.argoproj.io/sync-options': 'Force=true,Prune=false' }],
  ['flux: once', flux({ run: 'once' }), {}, { 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' }],
  ['flux: once, and kept', flux({ run: 'once', whenRemoved: 'kept' }), {},
    { 'kustomize.toolkit.fluxcd.io/prune': 'disabled', 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' }],
  ['flux: on change', flux({ run: 'on-change' }), {}, { 'kustomize.toolkit.fluxcd.io/force': 'enabled' }],
  ['flux: started later', flux({ start: 'later' }), { suspend: true }, { 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' }],
  ['flux: paused by hand', flux({ pause: 'by-hand' }), {}, { 'kustomize.toolkit.fluxcd.io/ssa': 'Merge' }],
])('%s', (_, gitops, more, annotations) => {
  expect(annotationsOfJob(gitops, more)).toEqual(annotations);
});

test('a CronJob can be paused by hand, and be kept', () => {
  const chart = newChart();
  new ScheduledJob(chart, 'job', { metadata: { name: 'nightly' }, schedule: '@daily', job: pod, gitops: flux({ pause: 'by-hand', whenRemoved: 'kept' }) });
  expect(annotationsIn(chart).nightly).toEqual({ 'kustomize.toolkit.fluxcd.io/prune': 'disabled', 'kustomize.toolkit.fluxcd.io/ssa': 'Merge' });
});

describe('applied to a scope', () => {
  const ssa = 'kustomize.toolkit.fluxcd.io/ssa';

  test('it holds for Jobs that are made before and after', () => {
    const chart = newChart();
    new NonParallelJob(chart, 'before', { ...named, metadata: { name: 'before' } });
    flux({ run: 'once' }).applyTo(chart);
    new NonParallelJob(chart, 'after', { ...named, metadata: { name: 'after' } });
    expect(annotationsIn(chart)).toEqual({ before: { [ssa]: 'IfNotPresent' }, after: { [ssa]: 'IfNotPresent' } });
  });

  test('it holds for what is already rendered', () => {
    const chart = newChart();
    new NonParallelJob(chart, 'job', named);
    expect(annotationsIn(chart)).toEqual({ migrate: undefined });
    flux({ run: 'once' }).applyTo(chart);
    expect(annotationsIn(chart)).toEqual({ migrate: { [ssa]: 'IfNotPresent' } });
  });

  test('the nearest scope that has an option decides it', () => {
    const app = Testing.app();
    const chart = new Chart(app, 'test');
    flux({ run: 'once', whenRemoved: 'kept' }).applyTo(app);
    flux({ run: 'on-change' }).applyTo(chart);
    new NonParallelJob(chart, 'job', named);
    expect(annotationsIn(chart).migrate).toEqual({ 'kustomize.toolkit.fluxcd.io/prune': 'disabled', 'kustomize.toolkit.fluxcd.io/force': 'enabled' });
  });

  test('what the Job says itself comes first, and how it is cleaned up goes with when it runs', () => {
    const chart = newChart();
    argocd({ run: 'before-rollout', cleanUp: 'after-success', health: 'ignored' }).applyTo(chart);
    new NonParallelJob(chart, 'job', { ...named, gitops: argocd({ run: 'on-change' }) });
    expect(annotationsIn(chart).migrate).toEqual({ 'argocd.argoproj.io/ignore-healthcheck': 'true', 'argocd.argoproj.io/sync-options': 'Force=true' });
  });

  test('when a Job runs is nothing to a CronJob', () => {
    const chart = newChart();
    argocd({ run: 'on-change', health: 'ignored' }).applyTo(chart);
    new ScheduledJob(chart, 'job', { metadata: { name: 'nightly' }, schedule: '@daily', job: pod });
    expect(annotationsIn(chart).nightly).toEqual({ 'argocd.argoproj.io/ignore-healthcheck': 'true' });
  });

  test('both tools may be served at once', () => {
    const chart = newChart();
    argocd({ run: 'on-change' }).applyTo(chart);
    flux({ run: 'on-change' }).applyTo(chart);
    new NonParallelJob(chart, 'job', named);
    expect(annotationsIn(chart).migrate).toEqual({ 'argocd.argoproj.io/sync-options': 'Force=true', 'kustomize.toolkit.fluxcd.io/force': 'enabled' });
  });

  test('it is a mixin that supports every construct, and nothing else', () => {
    const mixin = argocd({ run: 'once' });
    expect([mixin.supports(newChart()), mixin.supports(new App()), mixin.supports({})]).toEqual([true, true, false]);
  });
});

describe('annotations that are written by hand', () => {
  const options = 'argocd.argoproj.io/sync-options';
  const metadata = (annotations: object): object => ({ metadata: { name: 'migrate', annotations } });

  test('stay beside those of the intention', () => {
    expect(annotationsOfJob(argocd({ run: 'on-change' }), metadata({ a: 'b', [options]: 'Validate=false' })))
      .toEqual({ a: 'b', [options]: 'Validate=false,Force=true' });
  });

  test('may say the same', () => {
    expect(annotationsOfJob(argocd({ run: 'on-change' }), metadata({ [options]: 'Force=true' }))).toEqual({ [options]: 'Force=true' });
  });

  test.each<[string, GitOps, object, string]>([
    ['another phase', argocd({ run: 'before-rollout' }), { 'argocd.argoproj.io/hook': 'Sync' },
      'metadata.annotations[argocd.argoproj.io/hook]: Invalid value: "Sync": what is intended with argocd needs \'PreSync\' here: leave one of them out'],
    ['the opposite option', argocd({ run: 'on-change' }), { [options]: 'Force=false' },
      'metadata.annotations[argocd.argoproj.io/sync-options]: Invalid value: "Force=false": what is intended with argocd needs \'Force=true\' here: leave one of them out'],
  ])('are refused where they say %s', (_, gitops, annotations, message) => {
    expect(refusal(() => annotationsOfJob(gitops, metadata(annotations)))).toEqual([`[test/job] ${message}`]);
  });
});

test.each<[string, GitOps, object, string]>([
  ['once, with a name that changes', argocd({ run: 'once' }), { rerun: 'on-change' },
    "rerun: Forbidden: run: 'once' is for a name that stays, and rerun makes a new one: leave one of them out"],
  ['on change, twice over', flux({ run: 'on-change' }), { rerun: 'on-change' },
    "rerun: Forbidden: both run the Job again on change: rerun under a new name, run: 'on-change' under the old one: leave one of them out"],
  ['before a rollout when changed, with a name that stays', argocd({ run: 'before-rollout-when-changed' }), {},
    "rerun: Required value: run: 'before-rollout-when-changed' needs a name that changes: rerun: 'on-change'"],
  ['later, but at once', argocd({ start: 'later' }), {}, "spec.suspend: Required value: start: 'later' needs suspend: true, else the Job starts at once"],
  ['paused by hand, but by Git too', flux({ pause: 'by-hand' }), { suspend: false },
    "spec.suspend: Forbidden: pause: 'by-hand' is for what Git does not say: leave it out, else the next sync sets it again"],
  ['an order of one', argocd({ order: 'dependencies' }), {},
    "gitops.order: Forbidden: an order is one of several objects: argocd({ order: 'dependencies' }).applyTo(chart)"],
  ['something else', untyped('PreSync'), {}, 'gitops: Invalid value: is no intention: make it with argocd({ … }) or flux({ … })'],
  ['hooks of Flux', flux(untyped({ run: 'before-rollout' })), {},
    'gitops.run: Forbidden: run: Flux has no hooks; put the Job into a Kustomization of its own, and dependsOn into that of the rollout'],
])('no Job can be meant to run %s', (_, gitops, more, message) => {
  expect(refusal(() => annotationsOfJob(gitops, more))).toEqual([`[test/job] ${message}`]);
});

test.each<[string, GitOps, object, string]>([
  ['a TTL, with which it would run for ever', argocd({ run: 'once' }), { ttlSecondsAfterFinished: 60 }, 'spec.ttlSecondsAfterFinished: Forbidden: Argo CD makes the Job again'],
  ['a TTL in Flux', flux({ run: 'once' }), { ttlSecondsAfterFinished: 60 }, 'spec.ttlSecondsAfterFinished: Forbidden: '],
  ['a hook whose name changes', argocd({ run: 'before-rollout' }), { rerun: 'on-change' }, 'metadata.name: Invalid value: "migrate-x2mhzqfc8s": old hooks are never pruned'],
  ['a suspended hook', argocd({ run: 'before-rollout' }), { suspend: true }, 'spec.suspend: Forbidden: the sync waits for ever for a suspended Job'],
])('a Job with an intention is checked for what goes wrong with the tool: %s', (_, gitops, more, message) => {
  expect(refusal(() => annotationsOfJob(gitops, more))).toEqual([expect.stringContaining(`[test/job] ${message}`)]);
});

test('what the API server refuses is said once, however many tools there are', () => {
  const chart = newChart();
  argocd({ health: 'ignored' }).applyTo(chart);
  flux({ whenRemoved: 'kept' }).applyTo(chart);
  new NonParallelJob(chart, 'job', untyped({ ...named, backoffLimit: -1 }));
  const said = refusal(() => synth(chart)).filter((line) => line.includes('spec.backoffLimit'));
  expect(said).toEqual(['[test/job] spec.backoffLimit: Invalid value: -1: must be greater than or equal to 0']);
});

test('a CronJob cannot be told when its Jobs run', () => {
  const chart = newChart();
  new ScheduledJob(chart, 'job', { metadata: { name: 'nightly' }, schedule: '@daily', job: pod, gitops: argocd({ run: 'before-rollout' }) });
  expect(refusal(() => synth(chart))).toEqual(['[test/job] gitops.run: Forbidden: run: is for Jobs, and a CronJob starts its own; leave it out']);
});

describe('the order of dependencies', () => {
  const wave = 'argocd.argoproj.io/sync-wave';

  function job(chart: Chart, name: string, more: object = {}): NonParallelJob {
    return new NonParallelJob(chart, name, untyped({ ...named, metadata: { name }, ...more }));
  }

  function deployment(chart: Chart, name: string, annotations?: Record<string, string>): ApiObject {
    return new ApiObject(chart, name, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, ...annotations === undefined ? {} : { annotations } } });
  }

  /** The waves of the objects of all charts of an app, by name. */
  function wavesIn(...charts: readonly Chart[]): Record<string, string | undefined> {
    const objects = Object.entries(Object.assign({}, ...charts.map(annotationsIn)) as Record<string, Record<string, string> | undefined>);
    return Object.fromEntries(objects.map(([name, annotations]) => [name, annotations?.[wave]]));
  }

  test('becomes waves of the objects that take part', () => {
    const chart = newChart();
    argocd({ order: 'dependencies' }).applyTo(chart);
    const [load, extract, web] = [job(chart, 'load'), job(chart, 'extract'), deployment(chart, 'web')];
    deployment(chart, 'proxy').addDependency(web);
    deployment(chart, 'other');
    load.after(extract);
    web.addDependency(load);
    expect(wavesIn(chart)).toEqual({ extract: '0', load: '1', web: '2', proxy: '2', other: undefined });
    expect(wavesIn(chart)).toEqual({ extract: '0', load: '1', web: '2', proxy: '2', other: undefined });
  });

  test('a Job may wait for an object that is none', () => {
    const chart = newChart();
    argocd({ order: 'dependencies' }).applyTo(App.of(chart));
    const database = deployment(chart, 'database');
    job(chart, 'migrate').after(database);
    expect(wavesIn(chart)).toEqual({ database: '0', migrate: '1' });
  });

  test('goes across charts, which cdk8s writes one after the other', () => {
    const app = Testing.app();
    const [first, second] = [new Chart(app, 'first'), new Chart(app, 'second')];
    argocd({ order: 'dependencies' }).applyTo(app);
    job(second, 'load').after(job(first, 'extract'));
    deployment(second, 'web');
    expect(wavesIn(first, second)).toEqual({ extract: '0', load: '1', web: '1' });
  });

  test('starts after a Job that runs before the rollout', () => {
    const chart = newChart();
    argocd({ order: 'dependencies' }).applyTo(chart);
    const migrate = job(chart, 'migrate', { rerun: 'on-change', gitops: argocd({ run: 'before-rollout-when-changed' }) });
    deployment(chart, 'web').addDependency(migrate);
    expect(wavesIn(chart)).toEqual({ [migrate.name]: '-1', web: '0' });
  });

  test('leaves alone what was not asked for, and waves that fit', () => {
    const chart = newChart();
    const extract = job(chart, 'extract');
    deployment(chart, 'web').addDependency(extract);
    expect(wavesIn(chart)).toEqual({ extract: undefined, web: undefined });
    const other = newChart();
    argocd({ order: 'dependencies' }).applyTo(other);
    deployment(other, 'web', { [wave]: '7' }).addDependency(job(other, 'extract'));
    expect(wavesIn(other)).toEqual({ extract: '0', web: '7' });
  });

  test('refuses a suspended Job that others wait for, and takes one that is last', () => {
    const chart = newChart();
    argocd({ order: 'dependencies' }).applyTo(chart);
    const extract = job(chart, 'extract', { suspend: true });
    job(chart, 'load', { suspend: true }).after(extract);
    expect(refusal(() => synth(chart))).toEqual([expect.stringContaining('[test/extract] spec.suspend: Forbidden: the sync waits for ever for a suspended Job')]);
  });

  test('names with a hash are written into what run follows', () => {
    const chart = newChart();
    const extract = job(chart, 'extract', { rerun: 'on-change' });
    job(chart, 'load').after(extract);
    expect(annotationsIn(chart).load).toEqual({ 'cdk8s-jobs/after': extract.name });
  });

  test('refuses a wave by hand that comes too early', () => {
    const chart = newChart();
    argocd({ order: 'dependencies' }).applyTo(chart);
    deployment(chart, 'web', { [wave]: '0' }).addDependency(job(chart, 'extract'));
    expect(refusal(() => synth(chart))).toEqual([
      '[] metadata.annotations[argocd.argoproj.io/sync-wave]: Invalid value: test/web depends on test/extract, and its wave was written by hand: it must be later',
    ]);
  });

  test('refuses a hook before the rollout that depends on a part of it', () => {
    const chart = newChart();
    argocd({ order: 'dependencies' }).applyTo(chart);
    job(chart, 'migrate', { gitops: argocd({ run: 'before-rollout' }) }).after(deployment(chart, 'database'));
    expect(refusal(() => synth(chart))).toEqual([
      '[] metadata.annotations[argocd.argoproj.io/hook]: Invalid value: test/migrate depends on test/database, which is applied in a later phase of the sync: '
      + 'leave out the dependency, or one of the hooks',
    ]);
  });

  test('a patch may still take a wave away', () => {
    const chart = newChart();
    argocd({ order: 'dependencies' }).applyTo(chart);
    const extract = job(chart, 'extract');
    const web = deployment(chart, 'web');
    web.addDependency(extract);
    web.addJsonPatch(JsonPatch.replace('/metadata/annotations', { a: 'b' }));
    expect(wavesIn(chart)).toEqual({ extract: '0', web: undefined });
  });
});
