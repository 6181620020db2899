import { findDeletionRefusal, findRefusal } from './admission-plugins';
import { objectKey } from './keys';
import { isHeldNamespace, withPhaseOf } from './namespace-strategy';
import {
  type StoredMetadata, type StoredObject, type StoredPod, type ValidMetadata, type Writable, hasFinalizer, isOfKind, withFinalizers,
} from './objects';
import { conditionOf, isTerminal } from './pods';
import { type ClientObject, prepareNew, prepareUpdate } from './prepare';
import { suspendInQueue } from './queue/suspend-in-queue';
import { type Store, resourceOf } from './store';
import { withParts } from './usual-forms';
import type { Answer, DeleteEvent, EvictEvent } from './world';
import { generatedName } from '../api/create-strategy';
import { type TypeMeta, isJob, isPod, kindOf } from '../api/kinds';
import { foregroundFinalizer, orphanFinalizer } from '../api/labels';
import { copyJson } from '../core/copy-json';
import { given } from '../core/given';
import { formatTime } from '../core/time';
import type { ObjectReference, PropagationPolicy } from '../port/cluster-port';
import { qualifiedName } from '../port/resources';

/** The letters of generated names: no vowels, and nothing that looks like another. */
const nameAlphabet = 'bcdfghjklmnpqrstvwxz2456789';

/**
 * Creates an object that a client sent, with everything that the API server fills in.
 *
 * @source staging/src/k8s.io/apiserver/pkg/registry/rest/create.go BeforeCreate (v1.37)
 */
export function createObject(store: Store, sent: ClientObject): Answer<StoredObject> {
  const copy = copyJson(sent);
  const { resourceVersion: _, deletionTimestamp: __, deletionGracePeriodSeconds: ___, ...metadata } = copy.metadata ?? {};
  return createOwn(store, { ...copy, metadata });
}

/**
 * Creates an object that a controller has just made: it is filled in and kept, not copied. What it shares with other objects must have its
 * defaults already.
 */
export function createOwn(store: Store, made: ClientObject): Answer<StoredObject> {
  const sent = suspendInQueue(made, store.options.queues);
  const { metadata = {} } = sent;
  const resource = resourceOf(sent);
  const namespace = resource.namespaced ? metadata.namespace ?? 'default' : '';
  const { admissionPlugins } = store.options;
  const refusal = admissionPlugins.length === 0 ? undefined
    : findRefusal(admissionPlugins, { object: sent, resource: qualifiedName(resource), namespace }, findIn(store));
  if (refusal !== undefined) return refusal;
  const isFree = (name: string): boolean => store.get(objectKey(resource, namespace, name)) === undefined;
  const name = metadata.name !== undefined && metadata.name !== '' ? metadata.name : generateName(store, metadata.generateName ?? '', isFree);
  const key = objectKey(resource, namespace, name);
  if (store.get(key) !== undefined) return alreadyExists({ resource, namespace, name }, store);
  const object = sent as Writable<StoredObject>;
  object.apiVersion ??= resource.apiVersion;
  object.kind ??= resource.kind;
  const known = identify(metadata, { name, namespace }, store);
  if (countsGenerations(object)) known.generation = 1;
  object.metadata = known;
  return { code: 201, object: store.add(prepareNew(object, store.options.server), key) };
}

/** Adds to metadata what identifies a new object; changes `made`. The namespace is empty for an object that is in none. */
function identify(
  made: ValidMetadata, { name, namespace }: { readonly name: string; readonly namespace: string }, store: Store,
): Writable<StoredMetadata> {
  const metadata = made as Writable<StoredMetadata>;
  metadata.name = name;
  if (namespace !== '') metadata.namespace = namespace;
  metadata.uid = store.uid();
  metadata.resourceVersion = store.nextVersion();
  metadata.creationTimestamp = formatTime(store.now);
  return metadata;
}

/** As `createOwn`, for what was made of a user's template: unlike what clients send it has not been validated, so it may be refused. */
export function createForController(store: Store, made: ClientObject): Answer<StoredObject> {
  const message = store.options.refuse(made);
  return message === undefined ? createOwn(store, made) : { code: 422, reason: 'Invalid', message };
}

/**
 * Replaces an object by its new form; its status only through the status path.
 *
 * @source staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go Store.Update (v1.37)
 */
export function updateObject(store: Store, sent: ClientObject, subresource?: 'status'): Answer<StoredObject> {
  const resource = resourceOf(sent);
  const reference = { resource, namespace: sent.metadata?.namespace ?? 'default', name: sent.metadata?.name ?? '' };
  const before = store.get(objectKey(resource, reference.namespace, reference.name));
  if (before === undefined) return notFound(reference);
  const { uid, resourceVersion } = sent.metadata ?? {};
  if (uid !== undefined && uid !== before.metadata.uid) return conflict(reference, otherUid(uid, before));
  if (resourceVersion !== undefined && resourceVersion !== before.metadata.resourceVersion) return conflict(reference, modified);
  if (subresource === 'status') return { code: 200, object: store.replace({ ...before, status: copyJson(sent.status) }) };
  const stored = store.replace(prepareUpdate(before, copyJson(sent), store.options.server));
  removeIfFreed(store, stored);
  return { code: 200, object: stored };
}

/**
 * Deletes an object: at once, gracefully, or after its dependents.
 *
 * @source staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go Store.Delete (v1.37)
 */
export function deleteObject(store: Store, event: Omit<DeleteEvent, 'event'>): Answer<StoredObject> {
  const { reference, uid } = event;
  const before = store.get(objectKey(reference.resource, reference.namespace, reference.name));
  if (before === undefined) return notFound(reference);
  if (uid !== undefined && uid !== before.metadata.uid) return conflict(reference, otherUid(uid, before));
  const refusal = findDeletionRefusal(store.options.admissionPlugins, reference);
  if (refusal !== undefined) return refusal;
  const grace = isOfKind(before, 'Pod') ? graceOf(before, event.gracePeriodSeconds) : 0;
  const finalizers = finalizersFor(before, event.propagationPolicy ?? defaultPolicy(before));
  if (grace === 0 && finalizers.length === 0 && !isHeldNamespace(before)) {
    store.remove(before);
    return { code: 200, object: before };
  }
  return { code: 200, object: store.replace(withPhaseOf(markDeleted(withFinalizersOf(before, finalizers), grace, store))) };
}

/**
 * Evicts a pod: marks it as disrupted, even when it has ended, and deletes it.
 *
 * @source pkg/registry/core/pod/storage/eviction.go addConditionAndDeletePod (v1.37)
 */
export function evictPod(store: Store, { reference, gracePeriodSeconds }: Omit<EvictEvent, 'event'>): Answer<StoredObject> {
  const pod = store.get<StoredPod>(objectKey(reference.resource, reference.namespace, reference.name));
  if (pod === undefined) return notFound(reference);
  const type = 'DisruptionTarget';
  const known = conditionOf(pod.status, type);
  const lastTransitionTime = known?.status === 'True' ? known.lastTransitionTime ?? formatTime(store.now) : formatTime(store.now);
  const condition = { type, status: 'True', reason: 'EvictionByEvictionAPI', message: 'Eviction API: evicting', lastTransitionTime };
  const conditions = [...(pod.status.conditions ?? []).filter((other) => other !== known), condition];
  store.replace({ ...pod, status: { ...pod.status, conditions } });
  const answer = deleteObject(store, { reference, ...given({ gracePeriodSeconds }) });
  return answer.code === 200 ? { ...answer, code: 201 } : answer;
}

/** Removes an object that is being deleted and waits for nothing any more. */
export function removeIfFreed(store: Store, object: StoredObject): void {
  const { deletionTimestamp, deletionGracePeriodSeconds, finalizers } = object.metadata;
  const isFree = (deletionGracePeriodSeconds ?? 0) === 0 && (finalizers ?? []).length === 0 && !isHeldNamespace(object);
  if (deletionTimestamp !== undefined && isFree) store.remove(object);
}

/** Removes a finalizer from an object, and the object if it waited for nothing else. */
export function removeFinalizer<Target extends StoredObject>(store: Store, current: Target, finalizer: string): Target {
  if (!hasFinalizer(current.metadata, finalizer)) return current;
  const left = (current.metadata.finalizers ?? []).filter((name) => name !== finalizer);
  const stored = store.replace(withParts(current, { metadata: withFinalizers(current.metadata, left) } as Pick<Target, 'metadata'>));
  removeIfFreed(store, stored);
  return stored as Target;
}

/**
 * What becomes of the dependents when the client does not say: what an earlier deletion said. A REST DELETE of a batch/v1 Job orphans its
 * pods, for compatibility with old clients.
 *
 * @source staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go shouldOrphanDependents (v1.37)
 */
function defaultPolicy(object: StoredObject): PropagationPolicy {
  if (hasFinalizer(object.metadata, orphanFinalizer)) return 'Orphan';
  if (hasFinalizer(object.metadata, foregroundFinalizer)) return 'Foreground';
  return isJob(object) ? 'Orphan' : 'Background';
}

function finalizersFor({ metadata }: StoredObject, policy: PropagationPolicy): readonly string[] {
  const others = (metadata.finalizers ?? []).filter((name) => name !== orphanFinalizer && name !== foregroundFinalizer);
  if (policy === 'Orphan') return [...others, orphanFinalizer];
  return policy === 'Foreground' ? [...others, foregroundFinalizer] : others;
}

function withFinalizersOf(object: StoredObject, finalizers: readonly string[]): StoredObject {
  return { ...object, metadata: withFinalizers(object.metadata, finalizers) };
}

/** The object with the marks of a deletion; one that is under way can only be shortened, and counts from its beginning. */
function markDeleted(object: StoredObject, grace: number, { now }: Store): StoredObject {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, generation } = object.metadata;
  if (deletionTimestamp !== undefined && deletionGracePeriodSeconds <= grace) return object;
  const begin = deletionTimestamp === undefined ? now : Date.parse(deletionTimestamp) - deletionGracePeriodSeconds * 1000;
  return {
    ...object,
    metadata: {
      ...object.metadata,
      deletionTimestamp: formatTime(begin + grace * 1000),
      deletionGracePeriodSeconds: grace,
      ...given({ generation: deletionTimestamp === undefined && generation !== undefined ? generation + 1 : generation }),
    },
  };
}

/** The grace period of a pod, in seconds: none for a pod of which nothing runs, because it has no node or has ended. */
function graceOf({ spec, status }: StoredPod, asked: number | undefined): number {
  if (spec.nodeName === undefined || isTerminal(status)) return 0;
  return asked ?? spec.terminationGracePeriodSeconds ?? 30;
}

function generateName(store: Store, prefix: string, isFree: (name: string) => boolean): string {
  let name = generatedName(prefix, store.text(nameAlphabet, 5));
  for (let attempt = 1; attempt < 8 && !isFree(name); attempt += 1) name = generatedName(prefix, store.text(nameAlphabet, 5));
  return name;
}

function countsGenerations(type: TypeMeta): boolean {
  return kindOf(type) !== undefined || isPod(type);
}

const modified = 'the object has been modified; please apply your changes to the latest version and try again';

function otherUid(uid: string, { metadata }: StoredObject): string {
  return `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid}`;
}

function conflict({ resource, name }: ObjectReference, why: string): Answer<StoredObject> {
  return { code: 409, reason: 'Conflict', message: `Operation cannot be fulfilled on ${qualifiedName(resource)} "${name}": ${why}` };
}

function notFound({ resource, name }: ObjectReference): Answer<StoredObject> {
  return { code: 404, reason: 'NotFound', message: `${qualifiedName(resource)} "${name}" not found` };
}

function alreadyExists({ resource, namespace, name }: ObjectReference, store: Store): Answer<StoredObject> {
  const isGoing = store.get(objectKey(resource, namespace, name))?.metadata.deletionTimestamp !== undefined;
  return { code: 409, reason: 'AlreadyExists', message: `${isGoing ? 'object is being deleted: ' : ''}${qualifiedName(resource)} "${name}" already exists` };
}

function findIn(store: Store): (reference: ObjectReference) => StoredObject | undefined {
  return ({ resource, namespace, name }) => store.get(objectKey(resource, namespace, name));
}

/** The reference of an object in a world. */
export function referenceTo(object: StoredObject): ObjectReference {
  return { resource: resourceOf(object), namespace: object.metadata.namespace, name: object.metadata.name };
}

/** The current form of an object, or undefined when it is gone or another one has its name. */
export function currentOf<Target extends StoredObject>(store: Store, object: Target): Target | undefined {
  return store.getByUid<Target>(object.metadata.uid);
}
