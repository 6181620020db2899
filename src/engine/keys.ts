import { groupOf } from '../api/kinds';
import { rememberedFor } from '../core/remembered';
import type { Resource } from '../port/cluster-port';

/** The key of an object in a world: its resource, namespace and name, as in `jobs/default/pi`. */
export type ObjectKey = `${string}/${string}/${string}`;

/** The loops of a cluster. */
export type ControllerName = 'cronjob' | 'event-expiry' | 'garbage-collector' | 'job' | 'kubelet' | 'namespace' | 'orphan-pod' | 'queue' | 'service-account' | 'ttl';

/** The loops that are asked to reconcile objects by their keys; the garbage collector has uids. */
export type KeyedController = Exclude<ControllerName, 'garbage-collector'>;

/** What a controller is asked to reconcile, as text: its name and the key of an object. */
export type ReconcileRequest = `${KeyedController} ${ObjectKey}`;

/** The key of an object in a world. */
export function objectKey(resource: Resource, namespace: string | undefined, name: string): ObjectKey {
  return `${collectionOf(resource)}/${resource.namespaced ? namespace ?? 'default' : ''}/${name}`;
}

/**
 * The name of all objects of a resource in a world: its plural, as in `jobs`. It has the group too where that is neither the core group nor
 * batch, so that a `Job` of another group is none of the Jobs.
 */
export const collectionOf = rememberedFor(({ apiVersion, plural }: Resource): string => {
  const group = groupOf(apiVersion);
  return group === '' || group === 'batch' ? plural : `${plural}.${group}`;
});
