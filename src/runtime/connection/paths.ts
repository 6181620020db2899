import type { Resource } from '../../port/cluster-port';

/** The path of a group and version: `/api/v1`, `/apis/batch/v1`. */
export function groupPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** The path of all objects of a kind; without a namespace those of all namespaces. */
export function collectionPath({ apiVersion, plural }: Resource, namespace: string | undefined): string {
  const scope = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${groupPath(apiVersion)}${scope}/${plural}`;
}

/** The path of one object. */
export function objectPath(resource: Resource, namespace: string | undefined, name: string): string {
  return `${collectionPath(resource, namespace)}/${encodeURIComponent(name)}`;
}

/** For messages: `jobs "etl" in namespace media`. */
export function describeTarget({ plural }: Resource, namespace: string | undefined, name: string | undefined): string {
  return `${plural}${name === undefined ? '' : ` "${name}"`}${namespace === undefined ? '' : ` in namespace ${namespace}`}`;
}
