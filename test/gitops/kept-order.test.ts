/** Where Argo CD and Flux do not keep an order that only `run` knows. */
import { argoCdAnnotations, type GitOpsTool } from '../../src/api/gitops';
import { deliveriesOf } from '../../src/rules/gitops/delivery';
import { findUnkeptOrder } from '../../src/rules/gitops/kept-order';

const { hook, syncWave } = argoCdAnnotations;

function job(name: string, annotations: Readonly<Record<string, string>> = {}): object {
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name, annotations }, spec: {} };
}

function kustomization(name: string, path: string, ...dependsOn: readonly string[]): object {
  const spec = { path, wait: true, dependsOn: dependsOn.map((other) => ({ name: other })) };
  return { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name }, spec };
}

function application(name: string, path: string): object {
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name }, spec: { source: { path } } };
}

/** What is said of the second object, which waits for the first; the others stand beside them. */
function saidOf(tool: GitOpsTool, first: object, second: object, files: readonly [string, string] = ['a.yaml', 'a.yaml'], ...others: readonly object[]): string | undefined {
  const objects = [first, second, ...others].map((object, position) => ({ object, file: files[position] ?? 'clusters/all.yaml' }));
  const deliveries = deliveriesOf(objects);
  const committed = objects.map((object, position) => ({ ...object, delivery: deliveries[position] }));
  return findUnkeptOrder(committed, [[], [0]], tool)[0]?.finding.message;
}

test.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>, RegExp | undefined]>([
  ['is kept by a later wave', {}, { [syncWave]: '1' }, undefined],
  ['is kept by an earlier wave of the first', { [syncWave]: '-1' }, {}, undefined],
  ['is kept by phases', { [hook]: 'PreSync' }, {}, undefined],
  ['is kept by later phases, whatever the wave', { [hook]: 'Sync', [syncWave]: '5' }, { [hook]: 'PostSync' }, undefined],
  ['is kept by waves of one phase', { [hook]: 'PreSync' }, { [hook]: 'PreSync', [syncWave]: '1' }, undefined],
  ['is not kept in one wave', { [syncWave]: '2' }, { [syncWave]: '2' }, /applies the object at once with first: write a later argocd\.argoproj\.io\/sync-wave than its 2$/],
  ['is turned round by waves', { [syncWave]: '1' }, {}, /applies the object before first: write a later argocd\.argoproj\.io\/sync-wave than its 1$/],
  ['is turned round by phases', { [hook]: 'PostSync' }, {}, /applies the object before first: write a hook of a later phase$/],
  ['is not looked at where the first is left out', { [hook]: 'Skip' }, {}, undefined],
  ['is not looked at with several phases', { [hook]: 'PreSync,PostSync' }, {}, undefined],
  ['is not looked at beside the sync', { [hook]: 'SyncFail' }, {}, undefined],
])('in Argo CD, an order %s', (_, first, second, expected) => {
  const said = saidOf('argocd', job('first', first), job('second', second));
  if (expected === undefined) expect(said).toBeUndefined();
  else expect(said).toMatch(expected);
});

test('in Argo CD, an order between two Applications is theirs', () => {
  const apps = [application('one', 'one'), application('two', 'two')];
  expect(saidOf('argocd', job('first'), job('second'), ['one/a.yaml', 'two/a.yaml'], ...apps)).toBeUndefined();
  expect(saidOf('argocd', job('first'), job('second'), ['one/a.yaml', 'one/b.yaml'], ...apps)).toMatch(/at once with first/);
});

test.each<[string, readonly [string, string], readonly object[], RegExp | undefined]>([
  ['is not kept in one folder', ['jobs/a.yaml', 'jobs/b.yaml'], [], /applies the object at once with first: put that into a Kustomization of its own/],
  ['may be kept by Kustomizations that nobody has named', ['one/a.yaml', 'two/a.yaml'], [], undefined],
  ['is not kept in one Kustomization', ['one/a.yaml', 'one/sub/b.yaml'], [kustomization('k', 'one')], /at once with first/],
  ['is kept by one that depends on the other', ['one/a.yaml', 'two/a.yaml'], [kustomization('k', 'one'), kustomization('l', 'two', 'k')], undefined],
  [
    'is kept by one that depends on the other in two steps', ['one/a.yaml', 'two/a.yaml'],
    [kustomization('k', 'one'), kustomization('m', 'mid', 'k'), kustomization('l', 'two', 'm')], undefined,
  ],
  ['is not kept by two that do not depend on one another', ['one/a.yaml', 'two/a.yaml'], [kustomization('k', 'one'), kustomization('l', 'two')], /without waiting for first/],
  ['may be kept where one of them is unknown', ['one/a.yaml', 'two/a.yaml'], [kustomization('k', 'one'), kustomization('l', 'other')], undefined],
])('in Flux, an order %s', (_, files, others, expected) => {
  const said = saidOf('flux', job('first'), job('second'), files, ...others);
  if (expected === undefined) expect(said).toBeUndefined();
  else expect(said).toMatch(expected);
});

test('in Flux, what is never applied waits for nothing', () => {
  expect(saidOf('flux', job('first', { 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' }), job('second'))).toBeUndefined();
});
