/** What the objects of Argo CD and Flux say of how they apply the folders that they name. */
import { type CommonMetadata, readCommonMetadata } from './common-metadata';
import { type IgnoredByFlux, readIgnoredByFlux } from './ignored-by-flux';
import { type IgnoredDifferences, readIgnoredDifferences } from './ignored-differences';
import { annotationsOf, argoCdAnnotations, splitOptions } from '../../api/gitops';
import { asObject, isObject, valueAt } from '../../core/json';
import { parseGoDuration } from '../../schedule/duration';

/** What a Job depends on in the Application that applies it. */
export interface ApplicationSettings {
  /** As messages name it: `Application web`. */
  readonly title: string;
  /** The folders of its sources; one with a parameter of an ApplicationSet is none. */
  readonly paths: readonly string[];
  readonly selfHeal: boolean;
  /** Whether what leaves Git is deleted. */
  readonly prune: boolean;
  /** How often a failed sync is tried again. */
  readonly retries: number;
  /** Whether a retry takes the newest revision. */
  readonly refreshesRetries: boolean;
  readonly serverSideApply: boolean;
  /** Whether Argo CD compares by asking the API server for a dry run. */
  readonly serverSideDiff: boolean;
  /** Whether a sync leaves alone what has not changed. */
  readonly onlyOutOfSync: boolean;
  readonly replace: boolean;
  /** The fields in which Git and the cluster may differ. */
  readonly ignored: IgnoredDifferences;
}

/**
 * The settings of an Application, or of the Applications that an ApplicationSet makes; undefined for any other object.
 *
 * @source docs/gitops-cases.md A53: five retries, unless it says otherwise; a `retry` without a limit is none, by argoproj/argo-cd
 * controller/appcontroller.go autoSync (v3.2.11)
 */
export function readApplication(object: unknown): ApplicationSettings | undefined {
  const { apiVersion, kind, metadata, spec } = asObject(object);
  if (!String(apiVersion).startsWith('argoproj.io/') || (kind !== 'Application' && kind !== 'ApplicationSet')) return undefined;
  const own = asObject(kind === 'Application' ? spec : valueAt(spec, ['template', 'spec']));
  const policy = asObject(own.syncPolicy);
  const automated = isObject(policy.automated) && policy.automated.enabled !== false ? policy.automated : undefined;
  const options = listOf(policy.syncOptions);
  const limit = valueAt(policy, ['retry', 'limit']);
  return {
    title: titleOf(kind, metadata),
    paths: [own.source, ...listOf(own.sources)].flatMap((source) => pathOf(asObject(source).path)),
    selfHeal: automated?.selfHeal === true,
    prune: automated?.prune === true,
    retries: automated === undefined ? 0 : isObject(policy.retry) ? Number(limit ?? 0) : 5,
    refreshesRetries: valueAt(policy, ['retry', 'refresh']) === true,
    serverSideDiff: splitOptions(annotationsOf(object)[argoCdAnnotations.compareOptions]).includes('ServerSideDiff=true'),
    onlyOutOfSync: options.includes('ApplyOutOfSyncOnly=true'),
    serverSideApply: options.includes('ServerSideApply=true'),
    replace: options.includes('Replace=true'),
    ignored: readIgnoredDifferences(own.ignoreDifferences, options.includes('RespectIgnoreDifferences=true')),
  };
}

/** What a Job depends on in the Kustomization of Flux that applies it. */
export interface KustomizationSettings {
  /** As messages name it: `Kustomization web`. */
  readonly title: string;
  readonly name: string;
  /** Its folder. */
  readonly paths: readonly string[];
  readonly prune: boolean;
  readonly force: boolean;
  /** The labels and annotations that it puts on every object; undefined for none. */
  readonly commonMetadata: CommonMetadata | undefined;
  /** The fields in which Git and the cluster may differ: its `ignore`. */
  readonly ignored: IgnoredByFlux;
  /** Whether it is ready only when an object of this kind and of this name in Git is. */
  readonly waitsFor: (kind: string, name: string) => boolean;
  /** How long it waits, in seconds; undefined when that cannot be read. */
  readonly timeout: number | undefined;
  /** The Kustomizations that it depends on. */
  readonly dependsOn: readonly string[];
}

/**
 * The settings of a Kustomization of Flux; undefined for any other object, such as kustomize's own file of that name.
 *
 * @source fluxcd/kustomize-controller api/v1/kustomization_types.go KustomizationSpec (v1.9.6)
 */
export function readKustomization(object: unknown): KustomizationSettings | undefined {
  const { apiVersion, kind, metadata, spec } = asObject(object);
  if (!String(apiVersion).startsWith('kustomize.toolkit.fluxcd.io/') || kind !== 'Kustomization') return undefined;
  const own = asObject(spec);
  const applied = (name: string): string => `${textOf(own.namePrefix)}${name}${textOf(own.nameSuffix)}`;
  return {
    title: titleOf(kind, metadata),
    name: String(asObject(metadata).name ?? ''),
    commonMetadata: readCommonMetadata(own.commonMetadata),
    ignored: readIgnoredByFlux(own.ignore, applied, textOf(own.targetNamespace)),
    paths: pathOf(own.path),
    prune: own.prune === true,
    force: own.force === true,
    waitsFor: (of, name) => own.wait === true || listOf(own.healthChecks).some((check) => {
      const { kind: checked, name: checkedName } = asObject(check);
      return checked === of && checkedName === applied(name);
    }),
    timeout: secondsOf(own.timeout ?? own.interval),
    dependsOn: listOf(own.dependsOn).flatMap((entry) => {
      const { name } = asObject(entry);
      return typeof name === 'string' ? [name] : [];
    }),
  };
}

function titleOf(kind: string, metadata: unknown): string {
  return `${kind} ${String(asObject(metadata).name ?? '')}`.trim();
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value as readonly unknown[] : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A folder without `./` in front and `/` behind; none for the root of the repository, and for what is filled in later. */
function pathOf(path: unknown): string[] {
  if (typeof path !== 'string' || path.includes('{{')) return [];
  const folder = path.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '');
  return folder === '' || folder === '.' ? [] : [folder];
}

function secondsOf(duration: unknown): number | undefined {
  const nanoseconds = typeof duration === 'string' ? parseGoDuration(duration) : undefined;
  return typeof nanoseconds === 'bigint' ? Number(nanoseconds / 1_000_000_000n) : undefined;
}
