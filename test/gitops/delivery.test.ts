import { validateCommitted } from './validate-committed';
import { readArgoCdMarks, readFluxMarks } from '../../src/api/gitops';
import { deliveriesOf } from '../../src/rules/gitops/delivery';
import { readApplication, readKustomization } from '../../src/rules/gitops/settings';
import { validateManifest } from '../../src/rules/validate-manifest';

const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] } };

function job(annotations: Readonly<Record<string, string>>, spec: object = {}): object {
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'work', annotations }, spec: { template, ...spec } };
}

function application(name: string, spec: object): object {
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name }, spec };
}

function kustomization(spec: object): ReturnType<typeof readKustomization> {
  return readKustomization({ apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name: 'web' }, spec });
}

function ownerOf(file: string, ...objects: readonly object[]): string | undefined {
  const committed = [{ object: job({}), file }, ...objects.map((object) => ({ object, file: 'argocd/apps.yaml' }))];
  return deliveriesOf(committed)[0]?.application?.title;
}

describe('the Application of a Job', () => {
  const web = application('web', { source: { path: './apps/web/' } });
  const jobs = application('jobs', { sources: [{ chart: 'c' }, { path: 'apps/web/jobs' }] });
  const set = { apiVersion: 'argoproj.io/v1alpha1', kind: 'ApplicationSet', metadata: { name: 'all' }, spec: { template: { spec: { source: { path: '{{path}}' } } } } };

  test.each<[string, string, readonly object[], string | undefined]>([
    ['is the one whose folder it is in', 'repo/apps/web/a.yaml', [web, jobs], 'Application web'],
    ['is the one with the longer folder', 'apps/web/jobs/a.yaml', [web, jobs], 'Application jobs'],
    ['is the only one, wherever that takes it from', 'dist/a.yaml', [web], 'Application web'],
    ['is an ApplicationSet too', 'dist/a.yaml', [set], 'ApplicationSet all'],
    ['is unknown where several do not name its folder', 'dist/a.yaml', [web, jobs], undefined],
    ['is not found by a part of the name of a folder', 'apps/web-old/a.yaml', [web, jobs], undefined],
    ['is found on Windows', 'C:\\repo\\apps\\web\\a.yaml', [web, jobs], 'Application web'],
  ])('%s', (_, file, objects, title) => {
    expect(ownerOf(file, ...objects)).toBe(title);
  });
});

test.each([
  ['no policy at all', {}, { selfHeal: false, prune: false, retries: 0 }],
  ['automated syncs, which retry by default', { automated: {} }, { selfHeal: false, prune: false, retries: 5 }],
  [
    'automated syncs that are switched off',
    { automated: { enabled: false, selfHeal: true, prune: true } },
    { selfHeal: false, prune: false, retries: 0 },
  ],
  ['retries without a limit, which are none', { automated: {}, retry: { refresh: true } }, { selfHeal: false, prune: false, retries: 0 }],
  ['a limit of retries', { automated: { prune: true }, retry: { limit: 2 } }, { selfHeal: false, prune: true, retries: 2 }],
])('an Application with %s', (_, syncPolicy, expected) => {
  expect(readApplication(application('web', { syncPolicy }))).toMatchObject(expected);
});

test('a Kustomization waits for its timeout, or else for its interval', () => {
  const read = (spec: object): number | undefined => {
    return readKustomization({ apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: {}, spec })?.timeout;
  };
  expect([read({ timeout: '1h2m3s', interval: '5m' }), read({ interval: '5m' }), read({ timeout: 'soon' }), read({})]).toEqual([3723, 300, undefined, undefined]);
});

test('a Kustomization waits for the Jobs that its health checks name', () => {
  const spec = { healthChecks: [{ apiVersion: 'batch/v1', kind: 'Job', name: 'work' }] };
  const settings = readKustomization({ apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: {}, spec });
  expect([settings?.waitsFor('Job', 'work'), settings?.waitsFor('Job', 'other')]).toEqual([true, false]);
});

test('a Kustomization that renames objects waits for the names that they get', () => {
  const settings = kustomization({ namePrefix: 'prod-', nameSuffix: '-v2', healthChecks: [{ kind: 'Job', name: 'prod-work-v2' }] });
  expect([settings?.waitsFor('Job', 'work'), settings?.waitsFor('Job', 'prod-work-v2')]).toEqual([true, false]);
});

describe('the differences that a Kustomization ignores', () => {
  const work = { ...job({ tier: 'batch' }), metadata: { name: 'work', labels: { app: 'etl' }, annotations: { tier: 'batch' } } };

  test.each<[string, object | undefined, boolean]>([
    ['without a target are those of every object', undefined, true],
    ['with an empty one too', {}, true],
    ['may be those of a kind', { kind: 'Job' }, true],
    ['may be those of several kinds', { kind: 'Job|CronJob' }, true],
    ['are not those of a kind of which only a part fits', { kind: 'Jo' }, false],
    ['may be those of a group and version', { group: 'batch', version: 'v.' }, true],
    ['are not those of another group', { group: 'apps' }, false],
    ['are found by the name in the cluster', { name: 'prod-work' }, true],
    ['are not found by the name in Git', { name: 'work' }, false],
    ['are found by the namespace that everything gets', { namespace: 'jobs' }, true],
    ['are not found by another namespace', { namespace: 'default' }, false],
    ['are found by labels', { labelSelector: 'app in (etl, web)' }, true],
    ['are not found by other labels', { labelSelector: 'app=web' }, false],
    ['are found by annotations', { annotationSelector: 'tier=batch' }, true],
    ['are not found by other annotations', { annotationSelector: '!tier' }, false],
    ['are found by nothing that cannot be read', { name: '(' }, false],
  ])('%s', (_, target, expected) => {
    const ignore = [{ paths: ['/spec/suspend', '/metadata/annotations/a~1b'], ...target === undefined ? {} : { target } }];
    const { ignored } = kustomization({ namePrefix: 'prod-', targetNamespace: 'jobs', ignore }) ?? {};
    expect(ignored?.pathsOf(work)).toEqual(expected ? [['spec', 'suspend'], ['metadata', 'annotations', 'a/b']] : []);
  });

  test('are found by the namespace of the object, where the Kustomization has none', () => {
    const { ignored } = kustomization({ ignore: [{ paths: ['/spec/suspend'], target: { namespace: 'default' } }] }) ?? {};
    expect(ignored?.pathsOf(work)).toHaveLength(1);
    expect(ignored?.pathsOf({ ...work, metadata: { name: 'work', namespace: 'other' } })).toEqual([]);
  });
});

describe('the common metadata of a Kustomization', () => {
  const found = (commonMetadata: object, work: object = job({})): readonly unknown[] => {
    const settings = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name: 'web' }, spec: { commonMetadata } };
    return validateCommitted([work, settings], 'flux').map(({ rule, field, hint }) => [rule, field, hint]);
  };
  const origin = 'it is in spec.commonMetadata of Kustomization web';
  const force = 'kustomize.toolkit.fluxcd.io/force';

  test.each<[string, object, readonly unknown[]]>([
    ['counts as if it were on the Job', { annotations: { [force]: 'enabled' } }, [['flux-force-kills', `metadata.annotations[${force}]`, origin]]],
    ['counts as a label too', { labels: { [force]: 'enabled' } }, [['flux-force-kills', `metadata.annotations[${force}]`, origin]]],
    ['may have a value that Flux does not know', { annotations: { [force]: 'true' } }, [['flux-force-known', `metadata.annotations[${force}]`, origin]]],
    ['may have a label that every API server refuses', { labels: { app: 'a b' } }, [['labels-well-formed', 'metadata.labels', origin]]],
    ['may say nothing that matters', { labels: { app: 'web' }, annotations: { team: 'data' } }, []],
    ['may be nothing', { labels: {}, annotations: null }, []],
  ])('%s', (_, common, expected) => {
    expect(found(common)).toEqual(expected);
  });

  test('takes the place of what the Job says', () => {
    expect(found({ annotations: { [force]: 'disabled' } }, job({ [force]: 'enabled' }))).toEqual([]);
  });

  test('is read by Flux alone', () => {
    const settings = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name: 'web' }, spec: { commonMetadata: { labels: { app: 'a b' } } } };
    expect(validateCommitted([job({}), settings], 'argocd')).toEqual([]);
  });

  test('leaves what is no map to the API server', () => {
    expect(found({ labels: { app: 'web' } }, { ...job({}), metadata: { name: 'work', labels: 'text' } })).toMatchObject([['field-has-its-type', 'metadata.labels', undefined]]);
  });
});

test.each([{}, null, { kind: 'Application' }, { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' }, { apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow' }])('%j sets nothing', (object) => {
  expect([readApplication(object), readKustomization(object)]).toEqual([undefined, undefined]);
});

test('settings of any shape are read without a fault', () => {
  for (const odd of [null, 5, 'x', [], [null], { a: 1 }]) {
    const ofArgoCd = { syncPolicy: odd, source: odd, sources: odd, ignoreDifferences: odd };
    const ofFlux = { path: odd, dependsOn: odd, healthChecks: odd, timeout: odd, namePrefix: odd, commonMetadata: odd, ignore: odd };
    expect(kustomization({ ignore: [{ paths: odd, target: odd }], commonMetadata: { labels: odd } })?.ignored.pathsOf({})).toEqual([]);
    expect(readApplication(application('web', ofArgoCd))?.ignored.pathsOf({})).toEqual([]);
    expect(readApplication(application('web', { syncPolicy: { automated: odd, retry: odd, syncOptions: odd } }))).toBeDefined();
    expect(readKustomization({ apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', spec: ofFlux })?.waitsFor('Job', 'work')).toBe(false);
    expect(readArgoCdMarks({ metadata: { annotations: odd } }).isHook).toBe(false);
  }
});

test.each<[string, Readonly<Record<string, string>>, object]>([
  ['no hook', {}, { isHook: false, phases: [], wave: 0, deletePolicies: ['BeforeHookCreation'] }],
  ['two phases', { 'argocd.argoproj.io/hook': 'PreSync, PostSync' }, { isHook: true, phases: ['PreSync', 'PostSync'] }],
  ['what is left out', { 'argocd.argoproj.io/hook': 'Skip' }, { isHook: false, isSkipped: true }],
  ['what is left out, but for one phase', { 'argocd.argoproj.io/hook': 'Skip, Sync' }, { isHook: true, isSkipped: false, phases: ['Sync'] }],
  ['a phase that there is not, so that it never runs', { 'argocd.argoproj.io/hook': 'presync' }, { isHook: false, isSkipped: true, phases: [] }],
  ['no phase at all, so that it never runs', { 'argocd.argoproj.io/hook': '' }, { isHook: false, isSkipped: true }],
  ['a phase that there is not, beside one of Helm', { 'argocd.argoproj.io/hook': 'presync', 'helm.sh/hook': 'post-install' }, { isHook: true, phases: ['PostSync'] }],
  ['a definition of Helm, which is no hook', { 'helm.sh/hook': 'crd-install' }, { isHook: false, isSkipped: false }],
  ['policies of both, without those that there are not', { 'argocd.argoproj.io/hook': 'Sync', 'argocd.argoproj.io/hook-delete-policy': 'HookSucceeded,Never', 'helm.sh/hook-delete-policy': 'hook-failed' }, { deletePolicies: ['HookSucceeded', 'HookFailed'] }],
  ['no policy that there is', { 'argocd.argoproj.io/hook': 'Sync', 'argocd.argoproj.io/hook-delete-policy': 'Never' }, { deletePolicies: ['BeforeHookCreation'] }],
  ['a hook of Helm', { 'helm.sh/hook': 'pre-install,pre-upgrade', 'helm.sh/hook-weight': '-5', 'helm.sh/hook-delete-policy': 'hook-succeeded' }, { isHook: true, phases: ['PreSync'], wave: -5, deletePolicies: ['HookSucceeded'] }],
  ['its own annotation before that of Helm', { 'argocd.argoproj.io/hook': 'Sync', 'helm.sh/hook': 'post-install' }, { phases: ['Sync'] }],
  ['a test of Helm', { 'helm.sh/hook': 'test' }, { isHook: false, isSkipped: true }],
  ['a wave that is no integer', { 'argocd.argoproj.io/sync-wave': 'two' }, { wave: 0 }],
])('Argo CD reads %s', (_, annotations, expected) => {
  expect(readArgoCdMarks({ metadata: { annotations } })).toMatchObject(expected);
});

test('Flux reads labels as it reads annotations, in any case', () => {
  expect(readFluxMarks({ metadata: { labels: { 'kustomize.toolkit.fluxcd.io/force': 'Enabled' }, annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'DISABLED' } } }))
    .toEqual({ force: true, onlyIfNotPresent: false, isDisabled: false, isIgnored: false, keeps: true });
  expect(readFluxMarks({ metadata: { annotations: { 'kustomize.toolkit.fluxcd.io/ssa': 'ignore' } } })).toMatchObject({ isIgnored: true, keeps: true });
});

test.each<[string, string, readonly string[], readonly string[]]>([
  ['replaces, over Force', 'Force=true', ['Replace=true', 'ServerSideApply=true'], ['Application web has Replace=true: with Force=true here the Job runs at every sync, changed or not: take it out there']],
  ['replaces, whatever the Job says', 'Replace=false', ['Replace=true'], ['Application web has Replace=true, which Replace=false here does not change, and a changed Job cannot be replaced: take it out there, and write it at the objects that need it']],
  ['applies on the server\'s side, over Force', 'Force=true', ['ServerSideApply=true'], ['Force=true cannot be used with the ServerSideApply=true of Application web, every sync fails: write Force=true,ServerSideApply=false']],
  ['applies on the server\'s side, and the Job does not', 'Force=true,ServerSideApply=false', ['ServerSideApply=true'], []],
])('an Application that %s', (_, own, options, expected) => {
  const found = validateCommitted([job({ 'argocd.argoproj.io/sync-options': own }), application('web', { syncPolicy: { syncOptions: options } })], 'argocd');
  expect(found.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual(expected);
});

test.each<[string, string, boolean]>([
  ['forces', 'Force=true', true],
  ['replaces by force', 'Force=true,Replace=true,ServerSideApply=true', true],
  ['cannot force', 'Force=true,ServerSideApply=true', false],
])('a Job that the API server refuses, and that Argo CD %s', (_, options, isDeleted) => {
  const found = validateCommitted([job({ 'argocd.argoproj.io/sync-options': options }, { parallelism: -1 })], 'argocd');
  expect(found.some(({ rule }) => rule === 'argocd-force-deletes-first')).toBe(isDeleted);
});

test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
  ['forces', {}, ['flux-force-deletes-first', 'flux-force-kills']],
  ['leaves alone what is there', { 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' }, []],
  ['never creates', { 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' }, ['flux-never-created']],
])('a Job that the API server refuses, and that Flux %s', (_, annotations, expected) => {
  const forced = job({ 'kustomize.toolkit.fluxcd.io/force': 'enabled', ...annotations }, { parallelism: -1 });
  expect(validateCommitted([forced], 'flux').map(({ rule }) => rule).filter((rule) => rule.startsWith('flux-')).sort()).toEqual(expected);
});

test('a wave that stands before others in other files is one, and the last of those that are there is none', () => {
  const suspended = (wave: string): object => job({ 'argocd.argoproj.io/sync-wave': wave }, { activeDeadlineSeconds: 60, suspend: true });
  const other = (wave: string): object => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', annotations: { 'argocd.argoproj.io/sync-wave': wave } } });
  const rules = (...objects: readonly object[]): readonly string[] => validateCommitted(objects, 'argocd').map(({ rule }) => rule);
  expect(rules(suspended('1'))).toEqual(['argocd-suspended-in-wave']);
  expect(rules(suspended('-1'), other('-1'))).toEqual(['argocd-suspended-in-wave']);
  expect(rules(suspended('1'), other('2'))).toEqual(['argocd-suspended-in-wave']);
  expect(rules(suspended('2'), other('1'))).toEqual([]);
});

test.each([
  ['migrate-3f9a2c1', true],
  ['migrate-3f9a2c', true],
  ['migrate-x7k2p9qm4z', true],
  ['migrate-20261129', false],
  ['migrate-schema', false],
  ['migrate-v1alpha1', false],
  ['migrate-facade', false],
  ['migrate2', false],
])('whether %s has a hash: %s', (name, expected) => {
  const hook = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name, annotations: { 'argocd.argoproj.io/hook': 'Sync' } }, spec: { template } };
  expect(validateManifest(hook, { gitops: 'argocd' }).some(({ rule }) => rule === 'argocd-hook-name-changes')).toBe(expected);
});

test('a hook that runs at failures or deletions may be alone', () => {
  const alone = (phase: string): boolean => {
    return validateCommitted([job({ 'argocd.argoproj.io/hook': phase })], 'argocd').some(({ rule }) => rule === 'argocd-hook-alone');
  };
  expect(['PreSync', 'Sync', 'PostSync', 'SyncFail', 'PostDelete'].map(alone)).toEqual([true, true, true, false, false]);
});

test('a Job that does not decode is judged for Git when it does', () => {
  const found = validateManifest(job({ 'argocd.argoproj.io/sync-options': 'Force=true' }, { backoffLimit: 'four', ttlSecondsAfterFinished: 5 }), { gitops: 'argocd' });
  expect(found.map(({ rule }) => rule)).toEqual(['field-has-its-type']);
});

test('a field that the server does not have does not let force delete anything', () => {
  const found = validateManifest(job({ 'argocd.argoproj.io/sync-options': 'Force=true' }, { backofLimit: 4 }), { gitops: 'argocd' });
  expect(found.map(({ rule }) => rule)).toEqual(['field-is-known', 'argocd-force-kills']);
});

test('a tool that is not known is refused', () => {
  expect(() => validateManifest(job({}), { gitops: 'argo' as 'argocd' })).toThrow('Cannot validate for argo');
});
