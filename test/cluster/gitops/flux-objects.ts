import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Artifact } from './artifacts';
import type { KustomizationSettings, ToolVerdict } from './tool';
import type { KubernetesObject } from '../../../src/port/cluster-port';
import { openDefinition } from '../harness/definitions';
import { objectsOf } from '../harness/objects';

/** The status of a Kustomization, as far as it tells what became of a commit. */
export interface KustomizationStatus {
  readonly lastAppliedRevision?: string;
  readonly lastAttemptedRevision?: string;
  readonly conditions?: ReadonlyArray<Readonly<Record<'type' | 'status' | 'reason' | 'message', string>>>;
}

/** The reasons of a Kustomization that has given a revision up; the others wait for something. */
const failures = new Set(['BuildFailed', 'HealthCheckFailed', 'ReconciliationFailed']);

/** The definitions that the controller needs: its own, and those of the sources that it watches. */
export function fluxDefinitions(sources: string): KubernetesObject[] {
  const folder = join(sources, 'config', 'crd', 'bases');
  const group = 'source.toolkit.fluxcd.io';
  return [
    ...readdirSync(folder).flatMap((name) => objectsOf(readFileSync(join(folder, name), 'utf8'))),
    openDefinition(group, 'v1', 'GitRepository', 'gitrepositories'),
    openDefinition(group, 'v1', 'OCIRepository', 'ocirepositories'),
    openDefinition(group, 'v1', 'Bucket', 'buckets'),
  ];
}

/** A source that nobody fetches: its status is written by hand. */
export function gitRepository(name: string): KubernetesObject {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name },
    spec: { interval: '1h', url: 'http://127.0.0.1/none', ref: { branch: 'main' } },
  };
}

/** What source-controller writes when it has fetched a revision. */
export function sourceStatus(artifact: Artifact): object {
  const { revision, lastUpdateTime } = artifact;
  const ready = { type: 'Ready', status: 'True', reason: 'Succeeded', message: `stored artifact for revision '${revision}'` };
  return { observedGeneration: 1, artifact, conditions: [{ ...ready, lastTransitionTime: lastUpdateTime, observedGeneration: 1 }] };
}

/** What follows a folder of a source: with prune, as the guide says, and quick to try again. */
export function kustomization(source: string, { path, wait = false, dependsOn, spec }: KustomizationSettings): KubernetesObject {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: kustomizationName(source, path) },
    spec: {
      interval: '5s',
      retryInterval: '5s',
      timeout: '2m',
      path: `./${path}`,
      prune: true,
      wait,
      targetNamespace: source,
      sourceRef: { kind: 'GitRepository', name: source },
      ...(dependsOn === undefined ? {} : { dependsOn: [{ name: kustomizationName(source, dependsOn) }] }),
      ...spec,
    },
  };
}

/** The name of the Kustomization of a folder. */
export function kustomizationName(source: string, path: string): string {
  return path === '' ? source : `${source}-${path}`;
}

/** What Kustomizations together say of a revision; undefined while one of them is at work. */
export function fluxVerdict(statuses: ReadonlyArray<KustomizationStatus | undefined>, revision: string): ToolVerdict | undefined {
  const verdicts = statuses.map((status) => verdictOf(status, revision));
  return verdicts.find((verdict) => verdict?.applied === false) ?? (verdicts.includes(undefined) ? undefined : verdicts.at(-1));
}

function verdictOf(status: KustomizationStatus = {}, revision: string): ToolVerdict | undefined {
  const { conditions = [], lastAppliedRevision, lastAttemptedRevision } = status;
  const ready = conditions.find(({ type }) => type === 'Ready');
  if (ready?.status === 'True' && lastAppliedRevision === revision) return { applied: true, message: ready.message };
  const failed = ready?.status === 'False' && failures.has(ready.reason) && lastAttemptedRevision === revision;
  return failed ? { applied: false, message: ready.message } : undefined;
}
