import { pageOf } from './api-pages';
import { badRequest, deletionOf, type DeletionRequest, writeOptionsOf } from './api-query';
import { success } from './api-status';
import type { CollectionTarget, ObjectTarget } from './api-target';
import { given } from '../core/given';
import { isObject } from '../core/json';
import {
  ClusterError, type ClusterPort, type KubernetesObject, type ObjectList, type ObjectReference, type PatchType, type PodName, type Resource,
  type Selection,
  type WriteAnswer,
} from '../port/cluster-port';

/** The cluster behind an API server: unlike other callers, its clients may leave the pods' fate to the API's default. */
export interface ServedCluster extends ClusterPort {
  /** The list as it was at a version, or the newest when that is still to come. @throws {ClusterError} `EXPIRED` when it is too old. */
  list(resource: Resource, selection?: Selection, version?: number): Promise<ObjectList>;
  delete(reference: ObjectReference, options: DeletionRequest): Promise<WriteAnswer>;
  /** A pod whose log can be read, including one that has been gone for less than a minute. @throws {ClusterError} when there is none. */
  getLogged(pod: PodName): Promise<KubernetesObject>;
}

/** A request with its body read. */
export interface ApiRequest {
  readonly method: string;
  readonly query: URLSearchParams;
  /** Without parameters: `application/json`. */
  readonly contentType: string;
  readonly body: unknown;
}

/** An answer in JSON. */
interface ApiAnswer {
  readonly code: number;
  readonly body: KubernetesObject;
  /** For `Warning` headers. */
  readonly warnings?: readonly string[];
}

/** The kind of patch for each content type; server-side apply is handled separately. */
const patchTypes: Readonly<Record<string, PatchType>> = {
  'application/merge-patch+json': 'merge',
  'application/json-patch+json': 'json',
  'application/strategic-merge-patch+json': 'strategic',
};

/** Lists, creates or deletes objects of a kind. @throws {ClusterError} for what the cluster refuses. */
export async function answerCollection(cluster: ServedCluster, target: CollectionTarget, request: ApiRequest): Promise<ApiAnswer> {
  const { resource, namespace } = target;
  const { method, query, body } = request;
  if (method === 'GET') return { code: 200, body: await listOf(cluster, target, query) };
  if (method === 'POST') {
    const object = objectOf(request, { resource, ...given({ namespace }) });
    return toAnswer(await cluster.create(object, writeOptionsOf(query)));
  }
  if (method !== 'DELETE') throw notAllowed(method);
  const list = await listOf(cluster, target, withoutPages(query));
  const items = list.items as readonly KubernetesObject[];
  const options = deletionOf(query, body);
  await Promise.all(items.map(async ({ metadata }) => cluster.delete(referenceTo(target, metadata?.namespace, metadata?.name ?? ''), options)));
  return { code: 200, body: list };
}

/** Reads, replaces, patches or deletes one object. @throws {ClusterError} for what the cluster refuses. */
export async function answerObject(cluster: ServedCluster, target: ObjectTarget, request: ApiRequest): Promise<ApiAnswer> {
  const { method, query, body, contentType } = request;
  const reference = referenceTo(target, target.namespace, target.name);
  if (method === 'GET' && (target.subresource === undefined || target.subresource === 'status')) return { code: 200, body: await cluster.get(reference) };
  if (target.subresource !== undefined) throw hasNone(target, method);
  switch (method) {
    case 'PUT': {
      const object = objectOf(request, reference);
      // An object with a resource version other than the live one is refused by the cluster.
      return toAnswer(await cluster.patch(reference, [{ op: 'replace', path: '', value: object }], 'json', writeOptionsOf(query)));
    }
    case 'PATCH': return toAnswer(await patch(cluster, reference, request));
    case 'DELETE': {
      const { object } = await cluster.delete(reference, deletionOf(query, body));
      const isGone = await cluster.get(reference).then(({ metadata }) => metadata?.uid !== object.metadata?.uid, () => true);
      return { code: 200, body: isGone && object.kind !== 'Pod' ? success(object, target) : object };
    }
    default: throw notAllowed(`${method} ${contentType}`);
  }
}

async function patch(cluster: ServedCluster, reference: ObjectReference, request: ApiRequest): Promise<WriteAnswer> {
  const { contentType, query, body } = request;
  if (contentType === 'application/apply-patch+yaml' || contentType === 'application/apply-patch') {
    const fieldManager = query.get('fieldManager');
    if (fieldManager === null || fieldManager === '') throw badRequest('PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch');
    return cluster.apply(objectOf(request, reference), { ...writeOptionsOf(query), fieldManager, force: query.get('force') === 'true' });
  }
  const type = patchTypes[contentType];
  if (type === undefined) throw unsupported(Object.keys(patchTypes));
  return cluster.patch(reference, body, type, writeOptionsOf(query));
}

/** A deletion of many is of all of them. */
function withoutPages(query: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...query].filter(([name]) => name !== 'limit' && name !== 'continue'));
}

/** The objects of a kind that the query asks for, as a list object. */
async function listOf(cluster: ServedCluster, target: CollectionTarget, query: URLSearchParams): Promise<KubernetesObject> {
  const { items, metadata } = await pageOf(cluster, target, query);
  const { kind, apiVersion } = target.resource;
  return { kind: `${kind}List`, apiVersion, metadata, items };
}

/** The object in a body, completed with what the path says. @throws {ClusterError} where the two disagree. */
function objectOf(
  { body, contentType }: ApiRequest, { resource, namespace, name }: Partial<ObjectReference> & Pick<ObjectReference, 'resource'>,
): KubernetesObject {
  if (!isObject(body)) throw badRequest(`the body of type ${contentType} is no object`);
  const sent = body as KubernetesObject;
  const { apiVersion = resource.apiVersion, kind = resource.kind, metadata = {} } = sent;
  if (apiVersion !== resource.apiVersion || kind !== resource.kind) {
    throw badRequest(`${kind} in version ${JSON.stringify(apiVersion)} cannot be handled as a ${resource.kind} of ${resource.apiVersion}`);
  }
  if (namespace !== undefined && metadata.namespace !== undefined && metadata.namespace !== namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  if (name !== undefined && metadata.name !== undefined && metadata.name !== name) {
    throw badRequest(`the name of the object (${metadata.name}) does not match the name on the URL (${name})`);
  }
  const where = given({ namespace, name });
  return { ...sent, apiVersion, kind, metadata: { ...metadata, ...where } };
}

function referenceTo({ resource }: CollectionTarget | ObjectTarget, namespace: string | undefined, name: string): ObjectReference {
  return { resource, name, ...given({ namespace }) };
}

function toAnswer({ code, object, warnings }: WriteAnswer): ApiAnswer {
  return { code, body: object, warnings };
}

/** The refusal of a body in a format that this server does not read. */
export function unsupported(known: readonly string[]): ClusterError {
  const message = `the body of the request was in an unknown format - accepted media types include: ${known.join(', ')}`;
  return new ClusterError('API', message, { status: 415, reason: 'UnsupportedMediaType' });
}

function notAllowed(method: string): ClusterError {
  return new ClusterError('API', `the server does not allow ${method} on the requested resource`, { status: 405, reason: 'MethodNotAllowed' });
}

function hasNone({ resource, subresource }: ObjectTarget, method: string): ClusterError {
  const message = `the local engine has no ${method} of ${resource.plural}/${subresource}`;
  return new ClusterError('API', message, { status: 405, reason: 'MethodNotAllowed', hint: 'a real cluster has; kind or minikube run one on this machine' });
}
