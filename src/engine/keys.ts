import { groupOf } from '../api/kinds';
import { rememberedFor } from '../core/remembered';
import type { Resource } from '../port/cluster-port';

/** The key of an object in a world: its resource, namespace and name, as in `jobs/default/pi`. */
export type ObjectKey = `${string}/${string}/${string}`;

/** The key of what a recorder remembers: its component and the uid of the object that its events are about. */
export type RecorderKey = `${string} ${string}`;

/** The loops of a cluster. */
export type ControllerName = 'cronjob' | 'event-expiry' | 'garbage-collector' | 'job' | 'kubelet' | 'namespace' | 'orphan-pod' | 'queue' | 'service-account' | 'ttl';

/** The loops that are asked to reconcile objects by their keys; the garbage collector has uids. */
type KeyedController = Exclude<ControllerName, 'garbage-collector'>;

/** What a controller is to reconcile at a time: its name and the key of an object. */
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

/** The controller of a request and what it is to reconcile. */
interface RequestParts {
  readonly controller: KeyedController;
  readonly key: ObjectKey;
}

/** The request that a controller reconciles an object: while that is in use the same text, which is found faster than an equal one. */
export function requestOf(controller: KeyedController, key: ObjectKey): ReconcileRequest {
  return requests[controller]?.get(key) ?? newRequest(controller, key);
}

/** The parts of a request. */
export function splitRequest(request: ReconcileRequest): RequestParts {
  const known = parts.get(request);
  if (known !== undefined) return known;
  const blank = request.indexOf(' ');
  return { controller: request.slice(0, blank) as KeyedController, key: request.slice(blank + 1) as ObjectKey };
}

function newRequest(controller: KeyedController, key: ObjectKey): ReconcileRequest {
  const request: ReconcileRequest = `${controller} ${key}`;
  // Not cleared: see `ChangingMap`.
  if ((requests[controller]?.size ?? mostRequests) >= mostRequests) requests[controller] = new Map();
  if (parts.size >= mostRequests) parts = new Map();
  requests[controller]?.set(key, request);
  parts.set(request, { controller, key });
  return request;
}

/** How many requests are remembered, of each controller and in all. */
const mostRequests = 512;
const requests: Partial<Record<KeyedController, Map<ObjectKey, ReconcileRequest>>> = {};
let parts = new Map<ReconcileRequest, RequestParts>();
