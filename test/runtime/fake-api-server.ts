/** An API server on loopback whose objects are a FakeCluster's, and whose connections break when a test says so. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeCluster } from './fake-cluster';
import { ClusterError, type KubernetesObject, type PatchType, type Resource } from '../../src/port/cluster-port';
import { resources } from '../../src/port/resources';
import type { Identity } from '../../src/runtime/connection/identity';

/** What happens to one request instead of its answer. */
export type Fault =
  | { readonly type: 'answer'; readonly status: number; readonly headers?: Record<string, string>; readonly body?: unknown }
  | { readonly type: 'reset' }
  | { readonly type: 'hang' };

interface Stream {
  readonly kind: string;
  readonly response: ServerResponse;
  readonly stop: AbortController;
  isFrozen: boolean;
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

export class FakeApiServer {
  public readonly cluster = new FakeCluster();
  public readonly requests: SeenRequest[] = [];
  /** What discovery answers, by path: `/api/v1`. */
  public readonly kinds: Record<string, ReadonlyArray<{ readonly name: string; readonly kind: string; readonly namespaced: boolean }>> = {};
  private readonly faults: Array<{ readonly on: string; readonly fault: Fault }> = [];
  private readonly streams = new Set<Stream>();
  private readonly server: Server = createServer((request, response) => void this.handle(request, response));

  public async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public identity(token = 'first'): Identity {
    return {
      context: 'fake',
      namespace: 'default',
      server: this.url,
      credentials: async (isRenewed) => ({ headers: { Authorization: `Bearer ${isRenewed ? 'renewed' : token}` }, tls: {} }),
    };
  }

  /** The next request whose `METHOD path?query` contains the text gets the fault; one fault for each call. */
  public fail(on: string, fault: Fault): void {
    this.faults.push({ on, fault });
  }

  /** Ends open streams (`jobs`, `pods`, `events`, `log`): cleanly, by a reset, or not at all but with silence from now on. */
  public breakStreams(kind: string, how: 'end' | 'reset' | 'freeze'): number {
    const broken = [...this.streams].filter((stream) => stream.kind === kind && !stream.isFrozen);
    for (const stream of broken) {
      if (how === 'end') stream.response.end();
      if (how === 'reset') stream.response.socket?.resetAndDestroy();
      if (how === 'freeze') stream.isFrozen = true;
      else stream.stop.abort();
    }
    return broken.length;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fake');
    const seen: SeenRequest = { method: request.method ?? '', path: url.pathname, query: url.searchParams, headers: request.headers, body: await readBody(request) };
    this.requests.push(seen);
    const index = this.faults.findIndex(({ on }) => `${seen.method} ${request.url}`.includes(on));
    const [found] = index < 0 ? [] : this.faults.splice(index, 1);
    if (found !== undefined) return suffer(found.fault, request, response);
    try {
      await this.answer(seen, response);
    } catch (error) {
      answerError(error, response);
    }
  }

  private async answer(request: SeenRequest, response: ServerResponse): Promise<void> {
    const { method, query } = request;
    if (request.headers.authorization === 'Bearer expired') return send(response, 401, { kind: 'Status', code: 401, reason: 'Unauthorized', message: 'Unauthorized' });
    const kinds = this.kinds[request.path];
    if (kinds !== undefined) return send(response, 200, { resources: kinds });
    const place = parsePath(request.path);
    if (place === undefined) return send(response, 404, { kind: 'Status', code: 404, reason: 'NotFound', message: 'the server could not find the requested resource' });
    const { resource, name, namespace, isLog } = place;
    const selection = { namespace, ...text('labelSelector', query), ...text('fieldSelector', query) };
    if (isLog) return this.stream('log', response, (signal) => this.cluster.logs({ name, namespace }, logOptions(query), signal));
    if (method === 'GET' && query.get('watch') !== null) {
      const options = { ...selection, resourceVersion: query.get('resourceVersion') ?? '' };
      return this.stream(resource.plural, response, (signal) => toLines(this.cluster.watch(resource, options, signal)));
    }
    if (method === 'GET' && name === '') {
      const { items, resourceVersion } = await this.cluster.list(resource, selection);
      // As the real one does: the items of a list do not say what they are.
      return send(response, 200, { kind: `${resource.kind}List`, metadata: { resourceVersion }, items: items.map(({ kind: _, apiVersion: _version, ...item }) => item) });
    }
    if (method === 'GET') return send(response, 200, await this.cluster.get({ resource, name, namespace }));
    const { object, code, warnings } = await this.write(request, place);
    const warning = warnings.map((words) => `299 - "${words}"`).join(', ');
    if (warning !== '') response.setHeader('Warning', warning);
    send(response, code, object);
  }

  private write({ method, body: sent, headers, query }: SeenRequest, { resource, name, namespace }: Place): ReturnType<FakeCluster['create']> {
    const type = headers['content-type'] ?? '';
    const reference = { resource, name, namespace };
    const body = method === 'POST' || type.includes('apply-patch') ? inNamespace(sent as KubernetesObject, namespace) : sent;
    const options = query.get('dryRun') === 'All' ? { dryRun: true } : {};
    if (method === 'POST') return this.cluster.create(body as KubernetesObject, options);
    if (method === 'DELETE') {
      const { propagationPolicy = 'Background', preconditions } = body as { propagationPolicy?: 'Background'; preconditions?: { uid: string } };
      return this.cluster.delete(reference, { propagationPolicy, ...preconditions });
    }
    if (type.includes('apply-patch')) return this.cluster.apply(body as KubernetesObject, options);
    return this.cluster.patch(reference, body, (/^application\/(\w+)-/.exec(type)?.[1] ?? 'merge') as PatchType);
  }

  private async stream(
    kind: string, response: ServerResponse, open: (signal: AbortSignal) => AsyncIterable<Uint8Array | string>,
  ): Promise<void> {
    const stream: Stream = { kind, response, stop: new AbortController(), isFrozen: false };
    this.streams.add(stream);
    response.on('close', () => stream.stop.abort());
    try {
      let isOpen = false;
      // The real server sends the headers of a watch at once, those of a log with its first bytes or its end.
      if (kind !== 'log') {
        response.writeHead(200, { 'Content-Type': 'application/json' }).flushHeaders();
        isOpen = true;
      }
      for await (const chunk of open(stream.stop.signal)) {
        if (!isOpen) response.writeHead(200, { 'Content-Type': 'text/plain' });
        isOpen = true;
        if (!stream.isFrozen) response.write(chunk);
      }
      if (!stream.isFrozen) response.end();
    } finally {
      this.streams.delete(stream);
    }
  }
}

async function* toLines(items: AsyncIterable<object>): AsyncIterable<string> {
  for await (const item of items) yield `${JSON.stringify(item)}\n`;
}

function suffer(fault: Fault, request: IncomingMessage, response: ServerResponse): void {
  switch (fault.type) {
    case 'answer': {
      response.writeHead(fault.status, { 'Content-Type': 'application/json', ...fault.headers });
      response.end(JSON.stringify(fault.body ?? { kind: 'Status', code: fault.status, message: `answered ${fault.status} on purpose` }));
      return;
    }
    case 'reset': return void request.socket.resetAndDestroy();
    case 'hang': return;
  }
}

interface Place {
  readonly resource: Resource;
  readonly name: string;
  readonly namespace: string;
  readonly isLog: boolean;
}

function inNamespace(object: KubernetesObject, namespace: string): KubernetesObject {
  return { ...object, metadata: { namespace, ...object.metadata } };
}

function parsePath(path: string): Place | undefined {
  const found = /^\/(?:api\/(v1)|apis\/([^/]+\/[^/]+))(?:\/namespaces\/([^/]+))?\/([a-z]+)(?:\/([^/]+))?(\/log)?$/.exec(path);
  const resource = resources.find(({ apiVersion, plural }) => apiVersion === (found?.[1] ?? found?.[2]) && plural === found?.[4]);
  return resource === undefined ? undefined : { resource, name: decodeURIComponent(found?.[5] ?? ''), namespace: found?.[3] ?? 'default', isLog: found?.[6] !== undefined };
}

function text<Name extends string>(name: Name, query: URLSearchParams): Partial<Record<Name, string>> {
  const value = query.get(name);
  return (value === null ? {} : { [name]: value }) as Partial<Record<Name, string>>;
}

function logOptions(query: URLSearchParams): { container: string; follow: boolean; previous: boolean; sinceTime?: string } {
  return {
    container: query.get('container') ?? 'main', follow: query.get('follow') === 'true', previous: query.get('previous') === 'true', ...text('sinceTime', query),
  };
}

function answerError(error: unknown, response: ServerResponse): void {
  const status = error instanceof ClusterError ? error.status ?? 500 : 500;
  if (response.headersSent) response.destroy();
  else send(response, status, { kind: 'Status', status: 'Failure', code: status, message: (error as Error).message, reason: (error as ClusterError).reason });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
}
