import type { Resource } from '../port/cluster-port';

/** The key of an object in a world: its resource, namespace and name, as in `jobs/default/pi`. */
export type ObjectKey = `${string}/${string}/${string}`;

/** The key of a list of objects: those of a resource, with a uid, with an owner's uid, or a namespace's pods that have no controller. */
export type ListKey = `resource ${string}` | `uid ${string}` | `owner ${string}` | `uncontrolled ${string}`;

/** The key of what a recorder remembers: its component and the uid of the object that its events are about. */
export type RecorderKey = `${string} ${string}`;

/** The loops of a cluster. */
export type ControllerName = 'cronjob' | 'garbage-collector' | 'job' | 'kubelet' | 'orphan-pod' | 'ttl';

/** What a controller is asked to reconcile: its name and the key of an object, or for the garbage collector a uid. */
export type ReconcileRequest = `${Exclude<ControllerName, 'garbage-collector'>} ${ObjectKey}` | `garbage-collector ${string}`;

/** The key of an object in a world. */
export function objectKey(resource: Resource, namespace: string | undefined, name: string): ObjectKey {
  return `${resource.plural}/${resource.namespaced ? namespace ?? 'default' : ''}/${name}`;
}

/** The controller of a request and what it is to reconcile: a key, or the uid in a request to the garbage collector. */
export function splitRequest(request: ReconcileRequest): { readonly controller: ControllerName; readonly key: ObjectKey } {
  const blank = request.indexOf(' ');
  return { controller: request.slice(0, blank) as ControllerName, key: request.slice(blank + 1) as ObjectKey };
}
