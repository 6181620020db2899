import { Discovery } from './discovery';
import type { Identity } from './identity';
import { LineSplitter } from '../log-line';
import { collectionPath, describeTarget, objectPath } from './paths';
import { Transport, type TransportOptions } from './transport';
import { given } from '../../core/given';
import {
  type ApplyOptions, ClusterError, type ClusterPort, type DeleteOptions, type KubernetesObject, type LogOptions, type ObjectList,
  type ObjectReference, type PatchType, type PodName, type Resource, type Selection, type WatchEvent, type WatchOptions,
  type WriteAnswer, type WriteOptions,
} from '../../port/cluster-port';
import { pods } from '../../port/resources';

/** Objects in one page of a list. */
const pageSize = 500;
/** Seconds after which the server is asked to end a watch; slightly random, so that many watches do not end together. */
const watchSeconds = { least: 240, range: 60 };

const patchTypes: Readonly<Record<PatchType, string>> = {
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
  strategic: 'application/strategic-merge-patch+json',
};

/** A real API server behind the port. */
export class KubernetesCluster implements ClusterPort {
  public readonly description: { readonly type: 'kubernetes'; readonly name: string; readonly server: string };
  public readonly capabilities = { outlivesProcess: true, runsImages: true };
  public readonly namespace: string;
  /** For calls that the port does not offer. */
  public readonly transport: Transport;
  private readonly discovery: Discovery;

  public constructor(identity: Identity, options: TransportOptions = {}) {
    this.description = { type: 'kubernetes', name: identity.context, server: identity.server };
    this.namespace = identity.namespace;
    this.transport = new Transport(identity, options);
    this.discovery = new Discovery(this.transport);
  }

  public async create(object: KubernetesObject, options: WriteOptions = {}): Promise<WriteAnswer> {
    const resource = await this.discovery.find(object);
    return this.write({
      verb: 'create',
      target: this.target(resource, object.metadata),
      method: 'POST',
      path: collectionPath(resource, this.namespaceOf(resource, object.metadata)),
      query: { fieldManager: 'cdk8s-jobs', fieldValidation: 'Strict', ...dryRun(options) },
      body: object,
    });
  }

  public async apply(object: KubernetesObject, options: ApplyOptions = {}): Promise<WriteAnswer> {
    const resource = await this.discovery.find(object);
    const name = object.metadata?.name;
    if (name === undefined) throw new ClusterError('API', `Cannot apply a ${object.kind} without a name`, { hint: 'give metadata.name' });
    return this.write({
      verb: 'apply',
      target: this.target(resource, object.metadata),
      method: 'PATCH',
      path: objectPath(resource, this.namespaceOf(resource, object.metadata), name),
      query: { fieldManager: options.fieldManager ?? 'cdk8s-jobs', force: options.force, fieldValidation: 'Strict', ...dryRun(options) },
      // JSON is YAML.
      contentType: 'application/apply-patch+yaml',
      body: object,
    });
  }

  public async get({ resource, ...reference }: ObjectReference): Promise<KubernetesObject> {
    const path = objectPath(resource, this.namespaceOf(resource, reference), reference.name);
    return (await this.transport.call({ verb: 'get', target: this.target(resource, reference), method: 'GET', path })).body as KubernetesObject;
  }

  /** The objects come without managedFields, as kubectl prints them. */
  public async list(resource: Resource, selection: Selection = {}): Promise<ObjectList> {
    const items: KubernetesObject[] = [];
    let resourceVersion = '';
    for (let next: string | undefined = ''; next !== undefined;) {
      const { body } = await this.transport.call({
        verb: 'list',
        target: this.target(resource, selection),
        method: 'GET',
        path: collectionPath(resource, this.namespaceOf(resource, selection)),
        query: { ...selectors(selection), limit: pageSize, continue: next === '' ? undefined : next },
      });
      const page = body as { items?: KubernetesObject[] | null; metadata?: { resourceVersion?: string; continue?: string } };
      for (const item of page.items ?? []) {
        dropManagedFields(item);
        items.push(item);
      }
      resourceVersion = page.metadata?.resourceVersion ?? resourceVersion;
      next = page.metadata?.continue === '' ? undefined : page.metadata?.continue;
    }
    return { items, resourceVersion };
  }

  public async *watch(resource: Resource, options: WatchOptions, signal: AbortSignal): AsyncIterable<WatchEvent> {
    const target = this.target(resource, options);
    const timeoutSeconds = watchSeconds.least + Math.floor(Math.random() * watchSeconds.range);
    const lines = new LineSplitter();
    const chunks = this.transport.stream({
      verb: 'watch',
      target,
      method: 'GET',
      path: collectionPath(resource, this.namespaceOf(resource, options)),
      query: { watch: true, allowWatchBookmarks: true, timeoutSeconds, resourceVersion: options.resourceVersion, ...selectors(options) },
    }, signal);
    for await (const chunk of chunks) for (const line of lines.push(chunk)) yield parseEvent(line, target);
  }

  public async patch(
    { resource, ...reference }: ObjectReference, patch: unknown, type: PatchType, options: WriteOptions = {},
  ): Promise<WriteAnswer> {
    return this.write({
      verb: 'patch',
      target: this.target(resource, reference),
      method: 'PATCH',
      path: objectPath(resource, this.namespaceOf(resource, reference), reference.name),
      query: { fieldManager: 'cdk8s-jobs', fieldValidation: 'Strict', ...dryRun(options) },
      contentType: patchTypes[type],
      body: patch,
    });
  }

  public async delete({ resource, ...reference }: ObjectReference, options: DeleteOptions): Promise<WriteAnswer> {
    const { propagationPolicy, uid, gracePeriodSeconds } = options;
    return this.write({
      verb: 'delete',
      target: this.target(resource, reference),
      method: 'DELETE',
      path: objectPath(resource, this.namespaceOf(resource, reference), reference.name),
      query: dryRun(options),
      body: {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        propagationPolicy,
        ...(uid === undefined ? {} : { preconditions: { uid } }),
        ...given({ gracePeriodSeconds }),
      },
    });
  }

  public logs(pod: PodName, options: LogOptions, signal: AbortSignal): AsyncIterable<Uint8Array> {
    const { container, follow, previous, sinceTime, timestamps, tailLines } = options;
    return this.transport.stream({
      verb: 'read the log of',
      target: `pod ${pod.name}/${container}`,
      method: 'GET',
      path: `${objectPath(pods, pod.namespace ?? this.namespace, pod.name)}/log`,
      query: { container, follow, previous, sinceTime, timestamps, tailLines },
    }, signal);
  }

  /** How REST names the kind of an object. @throws {ClusterError} NOT_FOUND for a kind that the cluster does not have. */
  public resourceOf(object: KubernetesObject): Promise<Resource> {
    return this.discovery.find(object);
  }

  public async version(): Promise<string | undefined> {
    try {
      const { body } = await this.transport.call({ verb: 'read', target: 'the version', method: 'GET', path: '/version' });
      const { gitVersion } = body as { gitVersion?: unknown };
      return typeof gitVersion === 'string' ? gitVersion : undefined;
    } catch (error) {
      if (error instanceof ClusterError && (error.code === 'FORBIDDEN' || error.code === 'NOT_FOUND')) return undefined;
      throw error;
    }
  }

  public async close(): Promise<void> {
    this.transport.close();
  }

  private async write(call: Parameters<Transport['call']>[0]): Promise<WriteAnswer> {
    const { body, status, warnings } = await this.transport.call(call);
    return { object: body as KubernetesObject, code: status, warnings };
  }

  private namespaceOf({ namespaced }: Resource, { namespace }: { readonly namespace?: string } = {}): string | undefined {
    if (!namespaced || namespace === '*') return undefined;
    return namespace ?? this.namespace;
  }

  private target(resource: Resource, where: { readonly name?: string; readonly namespace?: string } = {}): string {
    return describeTarget(resource, this.namespaceOf(resource, where), where.name);
  }
}

/** They are half of an object, and nobody reads them in a list: of thousands of Jobs they go before anybody keeps those. */
function dropManagedFields({ metadata }: KubernetesObject): void {
  if (metadata !== undefined) delete (metadata as Record<string, unknown>).managedFields;
}

function parseEvent(line: Uint8Array, target: string): WatchEvent {
  try {
    return JSON.parse(Buffer.from(line).toString('utf8')) as WatchEvent;
  } catch (error) {
    throw new ClusterError('UNREACHABLE', `Cannot watch ${target}: a line of the stream is no JSON`, { cause: error });
  }
}

function selectors({ labelSelector, fieldSelector }: Selection): Record<string, string | undefined> {
  return { labelSelector, fieldSelector };
}

function dryRun({ dryRun: isDry }: WriteOptions): Record<string, string | undefined> {
  return { dryRun: isDry === true ? 'All' : undefined };
}
