import { groupOf } from '../../api/kinds';
import type { KubernetesObject, ObjectReference } from '../../port/cluster-port';

/** An object as kubectl names it, with the group of its kind: `job.batch/etl`, `configmap/settings`. */
export function objectName({ apiVersion, kind = '', metadata }: KubernetesObject): string {
  const group = groupOf(apiVersion);
  return `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}/${metadata?.name ?? metadata?.generateName ?? ''}`;
}

/** As {@link objectName}, of an object that has not been read. */
export function referenceName({ resource: { apiVersion, kind }, name }: ObjectReference): string {
  return objectName({ apiVersion, kind, metadata: { name } });
}
