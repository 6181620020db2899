import fc from 'fast-check';
import type { GitOpsTool } from '../../src/api/gitops';
import { given } from '../../src/core/given';
import { review, type Reviewed } from '../../src/gitops/review';
import { validateUpdate } from '../../src/rules/validate-update';

/** What a manifest of these tests holds. The file is long because two tools treat each change in their own way. */
interface Shape {
  readonly kind?: 'Job' | 'CronJob';
  readonly name?: string;
  readonly namespace?: string;
  readonly image?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec?: object;
  readonly metadata?: object;
}

interface Source {
  readonly object: object;
}

function source({ kind = 'Job', name = 'etl', namespace, image = 'app:1', annotations, spec = {}, metadata = {} }: Shape = {}): Source {
  const job = { ...spec, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image }] } } };
  return {
    object: {
      apiVersion: 'batch/v1',
      kind,
      metadata: { name, ...given({ namespace, annotations }), ...metadata },
      spec: kind === 'Job' ? job : { schedule: '@daily', jobTemplate: { spec: job } },
    },
  };
}

function configMap(value: string): Source {
  return { object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { value } } };
}

const hook = { 'argocd.argoproj.io/hook': 'PreSync' };
const argoForce = { 'argocd.argoproj.io/sync-options': 'Force=true' };
const fluxForce = { 'kustomize.toolkit.fluxcd.io/force': 'enabled' };
const once = { 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' };
const cron: Shape = { kind: 'CronJob' };

function outcomesOf(before: readonly Source[], after: readonly Source[], tool?: GitOpsTool): string[] {
  return review(before, after, tool).reviewed.map(({ outcome, name }) => `${name}: ${outcome}`);
}

test.each<[string, readonly Source[], readonly Source[], GitOpsTool | undefined, readonly string[]]>([
  ['a new Job', [], [source()], undefined, ['etl: new']],
  ['the same Job', [source()], [source()], undefined, ['etl: unchanged']],
  ['a default that is written out', [source()], [source({ spec: { completionMode: 'NonIndexed', backoffLimit: 6 } })], undefined, ['etl: unchanged']],
  ['a mutable field', [source()], [source({ spec: { backoffLimit: 3 } })], undefined, ['etl: in place']],
  ['an immutable field', [source()], [source({ image: 'app:2' })], undefined, ['etl: refused']],
  ['a field of a CronJob', [source(cron)], [source({ ...cron, image: 'app:2' })], undefined, ['etl: in place']],
  ['an invalid value in a new Job', [], [source({ spec: { parallelism: -1 } })], undefined, ['etl: refused']],
  ['an invalid value that stays', [source({ spec: { parallelism: -1 } })], [source({ spec: { parallelism: -1 } })], undefined, ['etl: refused']],
  ['Force=true', [source()], [source({ image: 'app:2', annotations: argoForce })], 'argocd', ['etl: runs again']],
  ['Force=true, which Flux does not read', [source()], [source({ image: 'app:2', annotations: argoForce })], 'flux', ['etl: refused']],
  ['Force=true with ServerSideApply', [source()], [source({ image: 'app:2', annotations: { 'argocd.argoproj.io/sync-options': 'ServerSideApply=true,Force=true' } })], 'argocd', ['etl: refused']],
  ['force: enabled', [source()], [source({ image: 'app:2', annotations: fluxForce })], 'flux', ['etl: runs again']],
  ['force: enabled, which Argo CD does not read', [source()], [source({ image: 'app:2', annotations: fluxForce })], 'argocd', ['etl: refused']],
  ['force without a tool', [source()], [source({ image: 'app:2', annotations: fluxForce })], undefined, ['etl: runs again']],
  ['force, and nothing to force', [source({ annotations: argoForce })], [source({ annotations: argoForce })], 'argocd', ['etl: unchanged']],
  ['force and an invalid value', [source({ annotations: argoForce })], [source({ annotations: argoForce, spec: { parallelism: -1 } })], 'argocd', ['etl: refused']],
  ['Replace=true', [source()], [source({ spec: { backoffLimit: 2 }, annotations: { 'argocd.argoproj.io/sync-options': 'Replace=true' } })], 'argocd', ['etl: refused']],
  ['IfNotPresent', [source({ annotations: once })], [source({ annotations: once, image: 'app:2' })], 'flux', ['etl: unchanged']],
  ['a changed hook', [source({ annotations: hook })], [source({ annotations: hook, image: 'app:2' })], 'argocd', ['etl: runs again']],
  ['a changed hook that is none for Flux', [source({ annotations: hook })], [source({ annotations: hook, image: 'app:2' })], 'flux', ['etl: refused']],
  ['a hook beside a change', [source({ annotations: hook }), configMap('1')], [source({ annotations: hook }), configMap('2')], 'argocd', ['etl: runs again']],
  ['a hook beside nothing', [source({ annotations: hook }), configMap('1')], [source({ annotations: hook }), configMap('1')], 'argocd', ['etl: unchanged']],
  ['a hook with a generated name', [], [source({ metadata: { name: undefined, generateName: 'etl-' }, annotations: hook })], 'argocd', ['etl-…: new']],
  ['a generated name', [], [source({ metadata: { name: undefined, generateName: 'etl-' } })], 'flux', ['etl-…: refused']],
  ['a new hash', [source({ name: 'etl-3f9a2c1' })], [source({ name: 'etl-77b2c1d', image: 'app:2' })], undefined, ['etl-77b2c1d: runs again']],
  ['the first hash', [source()], [source({ name: 'etl-77b2c1d' })], undefined, ['etl-77b2c1d: runs again']],
  ['a word at the end of a name', [source({ name: 'etl-extract' })], [source({ name: 'etl-transform' })], undefined, ['etl-extract: removed', 'etl-transform: new']],
  ['an annotated name whose hash has no digit', [source({ name: 'etl-bcdfghjklm', annotations: { 'cdk8s-jobs/name': 'etl' } })], [source({ name: 'etl-mnpqrstvwx', annotations: { 'cdk8s-jobs/name': 'etl' } })], undefined, ['etl-mnpqrstvwx: runs again']],
  ['two hashes on one side', [source({ name: 'etl-3f9a2c1' })], [source({ name: 'etl-77b2c1d' }), source({ name: 'etl-88b2c1d' })], undefined, ['etl-3f9a2c1: removed', 'etl-77b2c1d: new', 'etl-88b2c1d: new']],
  ['a new hash with an invalid value', [source({ name: 'etl-3f9a2c1' })], [source({ name: 'etl-77b2c1d', spec: { parallelism: -1 } })], undefined, ['etl-77b2c1d: refused']],
  ['a removed Job', [source()], [], undefined, ['etl: removed']],
  ['two Jobs of one name', [source()], [source(), source({ image: 'app:2' })], undefined, ['etl: refused', 'etl: unchanged']],
  ['a CronJob that becomes a Job', [source(cron)], [source()], undefined, ['etl: removed', 'etl: new']],
  ['another namespace', [source({ namespace: 'a' })], [source({ namespace: 'b' })], undefined, ['etl: removed', 'etl: new']],
  ['the order of files', [source({ name: 'a' }), source({ name: 'b' })], [source({ name: 'b' }), source({ name: 'a' })], undefined, ['a: unchanged', 'b: unchanged']],
  ['a kind that there is not', [], [{ object: { apiVersion: 'batch/v1', kind: 'Jobs', metadata: { name: 'etl' } } }], undefined, ['etl: refused']],
])('%s', (_, before, after, tool, expected) => {
  expect(outcomesOf(before, after, tool)).toEqual(expected);
});

function only(before: Source | undefined, after: Source | undefined, tool?: GitOpsTool, more: readonly Source[] = []): Reviewed<Source> {
  const { reviewed } = review([...before === undefined ? [] : [before]], [...after === undefined ? [] : [after], ...more], tool);
  expect(reviewed).toHaveLength(1);
  return reviewed[0] as Reviewed<Source>;
}

const ttl = source({ spec: { ttlSecondsAfterFinished: 60 } });
const words = ({ notes }: Reviewed<Source>): string => notes.map(({ text }) => text).join('\n');

test.each<[string, Source | undefined, Source | undefined, GitOpsTool | undefined, RegExp]>([
  ['a refused Job holds back Flux', source(), source({ image: 'app:2' }), 'flux', /^Flux applies nothing of the whole Kustomization while one object is refused$/],
  ['Argo CD applies the rest', source(), source({ image: 'app:2' }), 'argocd', /^Argo CD applies the other objects and leaves this one as it is/],
  ['force deletes before it knows', source({ annotations: fluxForce }), source({ annotations: fluxForce, spec: { parallelism: -1 } }), 'flux', /^Flux takes any refusal .* deletes the Job that is there, with its pods and logs, and makes no new one$/m],
  ['force does not wait', source(), source({ image: 'app:2', annotations: argoForce }), 'argocd', /^Argo CD deletes the Job .* without waiting/],
  ['Argo CD deletes first', source({ name: 'etl-3f9a2c1' }), source({ name: 'etl-77b2c1d' }), 'argocd', /^Argo CD deletes etl-3f9a2c1 with its pods before it creates the new one/m],
  ['Flux creates first', source({ name: 'etl-3f9a2c1' }), source({ name: 'etl-77b2c1d' }), 'flux', /^Flux creates the new one and then deletes etl-3f9a2c1/m],
  ['the cause may be elsewhere', source({ name: 'etl-3f9a2c1' }), source({ name: 'etl-77b2c1d' }), 'flux', /^its spec is the same/],
  ['Prune=false keeps', source({ annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false' } }), undefined, 'argocd', /^Argo CD leaves it in the cluster, as its annotation says$/],
  ['what is left alone is not deleted', source({ annotations: { ...fluxForce, ...once } }), source({ annotations: { ...fluxForce, ...once }, spec: { parallelism: -1 } }), 'flux', /^Flux applies nothing of the whole Kustomization while one object is refused$/],
  ['what has no name keeps all from being applied by Argo CD', undefined, source({ metadata: { name: undefined, generateName: 'etl-' } }), 'argocd', /^Argo CD applies nothing of the whole commit while one object has no name/],
  ['what is refused from the start is not there', undefined, source({ spec: { parallelism: -1 } }), 'argocd', /^Argo CD applies the other objects, and none of this name/],
  ['what has no name was never there', source({ metadata: { name: undefined, generateName: 'etl-' } }), undefined, undefined, /^without a name it was never applied: there is nothing to remove$/],
  ['pruning kills', source(), undefined, undefined, /^Argo CD prunes the Job, which kills a pod .*\nFlux prunes the Job, which kills a pod/],
  ['a removed CronJob takes its Jobs along', source(cron), undefined, 'flux', /^Flux prunes the CronJob with its Jobs/],
  ['hooks are never pruned', source({ annotations: hook }), undefined, 'argocd', /^Argo CD never prunes hooks/],
  ['hooks alone start no sync', source({ annotations: hook }), source({ annotations: hook, image: 'app:2' }), 'argocd', /hooks alone start no sync/],
  ['IfNotPresent ignores changes', source({ annotations: once }), source({ annotations: once, image: 'app:2' }), 'flux', /^Flux ignores the change of spec\.template\.spec\.containers\[0\]\.image/],
  ['what is disabled is never created', undefined, source({ annotations: { 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' } }), 'flux', /^Flux never creates it/],
  ['Replace=true never works', source(), source({ spec: { backoffLimit: 2 }, annotations: { 'argocd.argoproj.io/sync-options': 'Replace=true' } }), 'argocd', /^Replace=true never works for a Job/],
  ['to suspend kills', source(), source({ spec: { suspend: true } }), undefined, /^suspends the Job: its running pods are killed$/],
  ['to resume starts', source({ spec: { suspend: true } }), source(), undefined, /^starts the Job if it has not ended$/],
  ['a CronJob changes for later runs', source(cron), source({ ...cron, image: 'app:2' }), undefined, /^holds from the next scheduled run on$/],
  ['a TTL loops in Flux', undefined, ttl, 'flux', /^runs for ever: spec\.ttlSecondsAfterFinished .* Flux makes it again at the next interval: leave it out$/],
  ['a TTL loops in Argo CD', undefined, ttl, 'argocd', /^runs for ever: .* with selfHeal/],
])('it says that %s', (_, before, after, tool, expected) => {
  expect(words(only(before, after, tool))).toMatch(expected);
});

test.each<[string, Shape, GitOpsTool | undefined, boolean]>([
  ['a Job with a TTL', {}, undefined, true],
  ['one that is created once', { annotations: once }, 'flux', true],
  ['a hook of Argo CD', { annotations: hook }, 'argocd', false],
  ['a hook of Argo CD in Flux', { annotations: hook }, 'flux', true],
  ['one that is never created', { annotations: { 'kustomize.toolkit.fluxcd.io/ssa': 'Ignore' } }, 'flux', false],
  ['a CronJob whose Jobs have one', cron, undefined, false],
])('whether %s runs for ever', (_, shape, tool, expected) => {
  expect(only(undefined, source({ ...shape, spec: { ttlSecondsAfterFinished: 60 } }), tool).runsForEver).toBe(expected);
});

test('a refusal has the words of the API server, the fields that have changed and what to do', () => {
  const { refusals, changes, instead } = only(source(), source({ image: 'app:2', spec: { backoffLimit: 2 } }), 'argocd');
  expect(refusals.map(({ field, message }) => [field, message])).toEqual([['spec.template', 'field is immutable']]);
  expect(changes).toEqual([
    { field: 'spec.template.spec.containers[0].image', from: 'app:1', to: 'app:2', isImmutable: true },
    { field: 'spec.backoffLimit', from: 6, to: 2, isImmutable: false },
  ]);
  expect(instead).toBe("give it a new name at each change (rerun: 'on-change'), or let the tool delete it and make it anew: argocd.argoproj.io/sync-options: Force=true");
});

/** A Kustomization or an Application, the only one there is: it applies everything. */
function settings(kind: 'Application' | 'Kustomization', spec: object): Source {
  const apiVersion = kind === 'Application' ? 'argoproj.io/v1alpha1' : 'kustomize.toolkit.fluxcd.io/v1';
  return { object: { apiVersion, kind, metadata: { name: 'orders' }, spec } };
}

const withOption = (option: string): Source => settings('Application', { syncPolicy: { syncOptions: [option] } });

test.each<[string, Source, Shape, GitOpsTool | undefined, string]>([
  ['a Kustomization that forces', settings('Kustomization', { force: true }), {}, 'flux', 'runs again'],
  ['a Kustomization that forces, of the other tool', settings('Kustomization', { force: true }), {}, 'argocd', 'refused'],
  ['a Kustomization that does not force', settings('Kustomization', { prune: true }), {}, 'flux', 'refused'],
  ['an Application that applies on the server\'s side, over Force', withOption('ServerSideApply=true'), { annotations: argoForce }, 'argocd', 'refused'],
  ['an Application that does not, over Force', settings('Application', {}), { annotations: argoForce }, 'argocd', 'runs again'],
  ['an Application that applies only what is out of sync, over Force', withOption('ApplyOutOfSyncOnly=true'), { annotations: argoForce }, 'argocd', 'runs again'],
  ['Force that keeps out of an Application\'s ServerSideApply', withOption('ServerSideApply=true'), { annotations: { 'argocd.argoproj.io/sync-options': 'Force=true,ServerSideApply=false' } }, 'argocd', 'runs again'],
  ['an Application that replaces, over Replace=false', withOption('Replace=true'), { annotations: { 'argocd.argoproj.io/sync-options': 'Replace=false' } }, 'argocd', 'refused'],
  ['a Kustomization that forces by its common metadata', settings('Kustomization', { commonMetadata: { annotations: fluxForce } }), {}, 'flux', 'runs again'],
  ['a Kustomization that disables by its common metadata', settings('Kustomization', { commonMetadata: { labels: { 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' } } }), {}, undefined, 'unchanged'],
  ['a Kustomization that takes force away by its common metadata', settings('Kustomization', { commonMetadata: { annotations: { ...fluxForce, 'kustomize.toolkit.fluxcd.io/force': 'disabled' } } }), { annotations: fluxForce }, 'flux', 'refused'],
  ['a Kustomization of the other tool', settings('Kustomization', { commonMetadata: { annotations: fluxForce } }), {}, 'argocd', 'refused'],
  ['an Application that replaces, over Force', withOption('Replace=true'), { annotations: argoForce }, 'argocd', 'runs again'],
])('%s decides what a changed image does', (_, applied, shape, tool, outcome) => {
  const { reviewed } = review([applied, source(shape)], [applied, source({ ...shape, image: 'app:2' })], tool);
  expect(reviewed.map((job) => job.outcome)).toEqual([outcome]);
});

describe('differences that an Application ignores', () => {
  const pointers = (...jsonPointers: string[]): object => ({ group: 'batch', kind: 'Job', jsonPointers });
  const app = (ignoreDifferences: readonly object[], ...syncOptions: string[]): Source => settings('Application', { ignoreDifferences, syncPolicy: { syncOptions } });
  const respected = 'RespectIgnoreDifferences=true';
  const image2: Shape = { image: 'app:2' };

  /** What a change comes to, with a ConfigMap beside it that changes or does not. */
  function reviewed(applied: Source, shape: Shape, more: readonly [string, string] = ['1', '1'], before: Shape = {}): Reviewed<Source> {
    const { reviewed: [job] } = review([applied, source(before), configMap(more[0])], [applied, source(shape), configMap(more[1])], 'argocd');
    return job as Reviewed<Source>;
  }

  test.each<[string, Source, Shape, readonly [string, string], string, RegExp]>([
    ['start no sync', app([pointers('/spec/template')]), image2, ['1', '1'], 'unchanged', /^Application orders ignores the change of spec\.template\.spec\.containers\[0\]\.image and sees nothing to sync/],
    ['are applied by a sync that something else starts', app([pointers('/spec/template')]), image2, ['1', '2'], 'refused', /when it compares, but a sync applies it: RespectIgnoreDifferences=true/m],
    ['are left alone in syncs too', app([pointers('/spec/template')], respected), image2, ['1', '2'], 'unchanged', /in syncs too: what is in the cluster stays$/],
    ['may be a part of a list', app([pointers('/spec/template/spec/containers/0/image')], respected), image2, ['1', '2'], 'unchanged', /in syncs too/],
    ['may be said with jq', app([{ group: 'batch', kind: 'Job', jqPathExpressions: ['.spec.template.spec.containers[].image'] }], respected), image2, ['1', '2'], 'unchanged', /in syncs too/],
    ['may be those of every kind', app([{ group: '*', kind: '*', jsonPointers: ['/spec'] }], respected), image2, ['1', '2'], 'unchanged', /in syncs too/],
    ['are those of one field', app([pointers('/spec/suspend')], respected), { ...image2, spec: { suspend: true } }, ['1', '1'], 'refused', /^Application orders ignores the change of spec\.suspend/m],
    ['leave what else changes', app([pointers('/spec/template')], respected), { ...image2, spec: { backoffLimit: 2 } }, ['1', '1'], 'in place', /ignores the change of spec\.template/],
    ['are those of the Job that is named', app([{ ...pointers('/spec/template'), name: 'other' }], respected), image2, ['1', '1'], 'refused', /^Argo CD applies the other objects/],
    ['are those of the kind that is named', app([{ ...pointers('/spec/template'), kind: 'CronJob' }], respected), image2, ['1', '1'], 'refused', /^Argo CD applies the other objects/],
    ['are applied by no sync of an Application that applies only what is out of sync', app([pointers('/spec/template')], 'ApplyOutOfSyncOnly=true'), image2, ['1', '2'], 'unchanged', /and applies only what is out of sync$/],
    ['are told where they cannot be read', app([{ group: 'batch', kind: 'Job', managedFieldsManagers: ['kueue'] }], respected), image2, ['1', '1'], 'refused', /ignores more differences, by kueue: nobody can tell here which$/m],
  ])('%s', (_, applied, shape, more, outcome, note) => {
    const one = reviewed(applied, shape, more);
    expect([one.outcome, words(one)]).toEqual([outcome, expect.stringMatching(note)]);
  });

  test('a new Job is applied whole, and an ignored field that only one side has is left as it was', () => {
    const applied = app([pointers('/spec/suspend')], respected);
    expect(review([applied], [applied, source({ spec: { suspend: true } })], 'argocd').reviewed[0]?.outcome).toBe('new');
    expect(reviewed(applied, {}, ['1', '1'], { spec: { suspend: true } }).outcome).toBe('unchanged');
  });
});

describe('a Kustomization', () => {
  const ignoring = (...paths: string[]): Source => settings('Kustomization', { ignore: [{ paths, target: { kind: 'Job' } }] });

  test.each<[string, Source, Shape, string, RegExp]>([
    ['leaves an ignored field as it is in the cluster', ignoring('/spec/backoffLimit'), { spec: { backoffLimit: 2 } }, 'unchanged', /^Kustomization orders ignores the change of spec\.backoffLimit: what is in the cluster stays$/],
    ['applies what else has changed', ignoring('/spec/backoffLimit'), { spec: { backoffLimit: 2, activeDeadlineSeconds: 60 } }, 'in place', /ignores the change of spec\.backoffLimit: what is in the cluster stays$/],
    ['cannot ignore what the API server refuses', ignoring('/spec/template'), { image: 'app:2' }, 'refused', /ignores the change of spec\.template.*, but asks the API server with the whole Job first$/m],
    ['makes anew what it ignores when it is forced to', ignoring('/spec/template'), { image: 'app:2', annotations: fluxForce }, 'runs again', /asks the API server with the whole Job first$/m],
    ['says nothing of it where it looks at no change', ignoring('/spec/template'), { image: 'app:2', annotations: once }, 'unchanged', /^Flux ignores the change of [^\n]+$/],
    ['ignores nothing of other kinds', ignoring('/spec/suspend'), { kind: 'CronJob', spec: {}, image: 'app:2' }, 'in place', /^holds from the next scheduled run on$/],
  ])('%s', (_, applied, shape, outcome, note) => {
    const { annotations } = shape;
    const { reviewed: [job] } = review([applied, source({ ...given({ kind: shape.kind, annotations }) })], [applied, source(shape)], 'flux');
    expect([job?.outcome, words(job as Reviewed<Source>)]).toEqual([outcome, expect.stringMatching(note)]);
  });

  test('changes its Jobs in place when its common metadata changes', () => {
    const applied = (team: string): Source => settings('Kustomization', { commonMetadata: { labels: { team } } });
    const { reviewed } = review([applied('a'), source()], [applied('b'), source()], 'flux');
    expect(reviewed).toMatchObject([{ outcome: 'in place', changes: [{ field: 'metadata.labels.team', from: 'a', to: 'b', isImmutable: false }] }]);
    expect(outcomesOf([applied('a'), source()], [applied('b'), source()], 'argocd')).toEqual(['etl: unchanged']);
  });
});

describe('findings', () => {
  const wave = { 'argocd.argoproj.io/sync-wave': '-1' };
  const rulesOf = (before: readonly Source[], after: readonly Source[], tool?: GitOpsTool): string[] => {
    return review(before, after, tool).reviewed.flatMap(({ findings }) => findings.map(({ rule }) => rule));
  };

  test('are those that the change brings', () => {
    const [old, suspended] = [source({ annotations: wave }), source({ annotations: wave, spec: { suspend: true } })];
    expect(rulesOf([], [old], 'argocd')).toEqual(['argocd-deadline']);
    expect(rulesOf([old], [suspended], 'argocd')).toEqual(['argocd-suspended-in-wave']);
    expect(rulesOf([suspended], [suspended], 'argocd')).toEqual([]);
    expect(rulesOf([old], [suspended], 'flux')).toEqual([]);
  });

  test('are those of a Job that stays, when its Application changes', () => {
    const application = (automated: object): Source => settings('Application', { syncPolicy: { automated } });
    const state = (automated: object): Source[] => [application(automated), source({ name: 'etl-3f9a2c1' })];
    expect(rulesOf(state({ prune: true }), state({}), 'argocd')).toEqual(['argocd-old-names-stay']);
  });

  test('do not say again what is refused, or runs for ever', () => {
    expect(rulesOf([source()], [source({ spec: { parallelism: -1 } })])).toEqual([]);
    expect(rulesOf([source()], [source({ spec: { ttlSecondsAfterFinished: 5 } })], 'flux')).toEqual([]);
  });

  test('of a container are not new when another one is put before it', () => {
    const pod = (...images: string[]): object => ({ template: { spec: { restartPolicy: 'Never', containers: images.map((image, index) => ({ name: `c${image}${index}`, image: 'x', ports: [{ containerPort: 80 }, { containerPort: 80 }] })) } } });
    const make = (...images: string[]): Source => ({ object: { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'etl' }, spec: { schedule: '@daily', jobTemplate: { spec: pod(...images) } } } });
    const one = rulesOf([], [make('a')]);
    expect(one.length).toBeGreaterThan(0);
    expect(rulesOf([make('a')], [make('b', 'a')])).toEqual(one);
  });
});

test('a hook runs only in the sync of its own Application', () => {
  const apps = ['a', 'b'].map((name) => ({
    object: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name }, spec: { source: { path: name } } }, file: 'apps.yaml',
  }));
  const state = (value: string): Array<Source & { file: string }> => [
    ...apps, { ...source({ annotations: hook, name: 'of-a' }), file: 'a/hook.yaml' }, { ...configMap(value), file: 'b/map.yaml' },
    { ...source({ annotations: hook, name: 'of-b' }), file: 'b/hook.yaml' },
  ];
  expect(outcomesOf(state('1'), state('2'), 'argocd')).toEqual(['of-b: runs again', 'of-a: unchanged']);
});

test('what becomes another object is linked to it', () => {
  const { reviewed } = review([source(cron)], [source()]);
  expect(reviewed.map(words)).toEqual([expect.stringMatching(/becomes Job etl: CronJob etl itself is gone$/), 'was CronJob etl: this is another object, and runs on its own']);
});

test('objects of other kinds are counted, in whatever order their keys stand', () => {
  const turned = { object: Object.fromEntries(Object.entries(configMap('1').object).reverse()) };
  expect(review([configMap('1')], [turned])).toMatchObject({ others: 1, otherChanges: 0, reviewed: [] });
  expect(review([configMap('1')], [configMap('2')])).toMatchObject({ others: 1, otherChanges: 1 });
});

test('a Job is refused under its own name if and only if the API server refuses the update', () => {
  const shapes = fc.record({
    image: fc.constantFrom('app:1', 'app:2'),
    spec: fc.record({
      parallelism: fc.integer({ min: -1, max: 2 }), completions: fc.integer({ min: 1, max: 2 }), suspend: fc.boolean(),
    }, { requiredKeys: [] }),
  });
  fc.assert(fc.property(shapes, shapes, (before, after) => {
    const [old, now] = [source(before), source(after)];
    const isRefused = validateUpdate(old.object, now.object).some(({ severity }) => severity === 'error');
    expect(only(old, now).outcome === 'refused').toBe(isRefused);
  }));
});
