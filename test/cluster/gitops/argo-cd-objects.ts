import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApplicationSettings, ToolVerdict } from './tool';
import type { KubernetesObject } from '../../../src/port/cluster-port';
import { objectsOf } from '../harness/objects';

/** The status of an Application, as far as it tells what became of a commit. */
export interface ApplicationStatus {
  readonly sync?: { readonly status: string; readonly revision?: string };
  readonly operationState?: { readonly phase: string; readonly message?: string; readonly syncResult?: { readonly revision?: string } };
}

/** Argo CD's three definitions. */
export function argoCdDefinitions(sources: string): KubernetesObject[] {
  const folder = join(sources, 'manifests', 'crds');
  return ['application', 'applicationset', 'appproject'].flatMap((name) => objectsOf(readFileSync(join(folder, `${name}-crd.yaml`), 'utf8')));
}

/** What it reads at its start: its own settings as it is shipped, and a project that allows everything. */
export function argoCdSettings(sources: string): KubernetesObject[] {
  const labels = { 'app.kubernetes.io/part-of': 'argocd' };
  return [
    ...objectsOf(readFileSync(join(sources, 'manifests', 'base', 'config', 'argocd-cm.yaml'), 'utf8')),
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'argocd-rbac-cm', labels } },
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'argocd-secret', labels }, stringData: { 'server.secretkey': randomBytes(16).toString('hex') } },
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: 'default' },
      spec: { sourceRepos: ['*'], destinations: [{ namespace: '*', server: '*' }], clusterResourceWhitelist: [{ group: '*', kind: '*' }] },
    },
  ];
}

/** What follows a repository: by itself, with prune, as the guide says, and without retries. */
export function application(
  namespace: string, repoURL: string, { selfHeal = false, syncOptions = [], ignoreDifferences = [] }: ApplicationSettings,
): KubernetesObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: namespace },
    spec: {
      project: 'default',
      source: { repoURL, targetRevision: 'main', path: '.' },
      destination: { server: 'https://kubernetes.default.svc', namespace },
      syncPolicy: { automated: { prune: true, selfHeal }, syncOptions, retry: { limit: 0 } },
      ignoreDifferences,
    },
  };
}

/** The change of an Application that makes the controller look for a new commit at once. */
export const refresh = { metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } } };

/** What an Application says of a revision; undefined while it is at work. */
export function argoCdVerdict({ sync, operationState }: ApplicationStatus = {}, revision: string): ToolVerdict | undefined {
  const { phase = '', message = '' } = operationState ?? {};
  const isDone = ['Succeeded', 'Failed', 'Error'].includes(phase);
  if (isDone && operationState?.syncResult?.revision === revision) return { applied: phase === 'Succeeded', message };
  // Where it sees no difference, it begins no sync.
  const sameAsBefore = sync?.revision === revision && sync.status === 'Synced' && isDone;
  return sameAsBefore ? { applied: true, message: 'Synced' } : undefined;
}
