import { UsageError } from '../core/errors';
import { isObject } from '../core/json';
import type { KubernetesObject } from '../port/cluster-port';
import { readManifests } from '../yaml/read-manifests';

/** A cdk8s chart, or anything else that renders itself to manifests. */
interface RendersManifests {
  toJson(): unknown[];
}

/** A cdk8s app, or anything else with charts. */
interface HasCharts {
  readonly charts: readonly RendersManifests[];
}

/** What may be run or applied: an object, a list of objects, a chart, an app, or YAML or JSON text. */
export type ManifestInput = object | readonly object[] | RendersManifests | HasCharts | string;

/**
 * The objects of an input in order; the items of a `List` count one by one.
 *
 * @throws {UsageError} for anything that is not a Kubernetes object. @throws {ManifestSyntaxError} for text that cannot be read.
 */
export function toObjects(input: ManifestInput): KubernetesObject[] {
  if (typeof input === 'string') return readManifests(input).flatMap(({ value }) => expand(value));
  if (Array.isArray(input)) return input.flatMap((item: ManifestInput) => toObjects(item));
  if (typeof input !== 'object' || input === null) return expand(input);
  if ('toJson' in input && typeof input.toJson === 'function') return (input as RendersManifests).toJson().flatMap(expand);
  if ('charts' in input && Array.isArray(input.charts)) return (input as HasCharts).charts.flatMap((chart) => toObjects(chart));
  return expand(input);
}

function expand(value: unknown): KubernetesObject[] {
  if (!isObject(value)) {
    throw new UsageError(`Cannot use ${JSON.stringify(value)} as a manifest: it is no object`, 'give an object with apiVersion and kind');
  }
  const object = value as KubernetesObject;
  if (typeof object.apiVersion !== 'string' || typeof object.kind !== 'string') {
    throw new UsageError('Cannot use a manifest without apiVersion and kind', 'a Job begins with apiVersion: batch/v1 and kind: Job');
  }
  return object.kind === 'List' && Array.isArray(object.items) ? (object.items as unknown[]).flatMap(expand) : [object];
}

/** The name of an object in a message: `Job media/etl`. */
export function describeObject({ kind, metadata }: KubernetesObject): string {
  const name = metadata?.name ?? `${metadata?.generateName ?? ''}…`;
  return `${kind} ${metadata?.namespace === undefined ? '' : `${metadata.namespace}/`}${name}`;
}

/** What the server writes is not part of a manifest, and server-side apply refuses managedFields. */
export function withoutServerFields(object: KubernetesObject): KubernetesObject {
  const { status: _, ...rest } = object;
  if (rest.metadata === undefined) return rest;
  const { managedFields: _managed, resourceVersion: _version, uid: _uid, creationTimestamp: _created, ...metadata } = rest.metadata;
  return { ...rest, metadata };
}
