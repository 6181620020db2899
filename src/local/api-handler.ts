import { setMaxListeners } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBytes, readObject } from './api-body';
import { aggregatedType, discoveryDocument, wantsAggregated } from './api-discovery';
import { answerCollection, answerObject, type ServedCluster } from './api-objects';
import { emptyOpenapiV2, openapiDocument, openapiV2Type } from './api-openapi';
import { isTrueParameter } from './api-query';
import { failure, statusOfError } from './api-status';
import { type Streaming, streamLog, streamWatch } from './api-streams';
import { includeObjectOf, toTable, wantsTable } from './api-table';
import { type ApiTarget, type CollectionTarget, type ObjectTarget, parseTarget } from './api-target';
import type { Clock } from '../core/time';
import type { KubernetesObject } from '../port/cluster-port';

/** What a handler needs to know. */
export interface HandlerOptions {
  /** The secret with which every path begins, without the slash. */
  readonly secret: string;
  /** The version of Kubernetes that the server claims to be: `1.37`. */
  readonly version: string;
  readonly clock: Clock;
}

/** Answers the requests of clients; whatever goes wrong becomes a Status. */
export class ApiHandler {
  private readonly stopped = new AbortController();
  private readonly prefix: string;

  public constructor(private readonly cluster: ServedCluster, private readonly options: HandlerOptions) {
    this.prefix = `/${options.secret}`;
    // Every stream listens; Node would take more than ten for a leak.
    setMaxListeners(0, this.stopped.signal);
  }

  /** Ends all streams. */
  public stop(): void {
    this.stopped.abort();
  }

  /** Answers one request; it never throws. */
  public async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let target: ApiTarget = { type: 'unknown', path: '' };
    try {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
      if (!pathname.startsWith(`${this.prefix}/`)) {
        send(response, 403, failure(403, 'forbidden: the path does not begin with the secret of this server; use its kubeconfig'));
        return;
      }
      target = parseTarget(pathname.slice(this.prefix.length));
      await this.answer(target, searchParams, request, response);
    } catch (error) {
      const status = statusOfError(error, target);
      // A stream that has begun cannot become an error: the client sees it cut off.
      if (response.headersSent) response.destroy();
      else send(response, status.code, status);
    }
  }

  private async answer(target: ApiTarget, query: URLSearchParams, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (target.type === 'unknown') return sendUnknown(response, target.path);
    if (target.type === 'document') return this.answerDocument(target.path, request, response);
    const { method = 'GET', headers: { accept } } = request;
    const isRead = method === 'GET';
    const streaming: Streaming = { cluster: this.cluster, query, response, clock: this.options.clock, stopped: this.stopped.signal };
    if (isRead && target.type === 'collection' && isTrueParameter(query, 'watch')) return streamWatch(target, wantsTable(accept), streaming);
    if (isRead && target.type === 'object' && target.subresource === 'log') return streamLog(target, streaming);
    if (isRead && wantsTable(accept)) return this.answerTable(target, query, response);
    const given = { method, query, ...await readObject(request) };
    const answer = target.type === 'collection' ? await answerCollection(this.cluster, target, given) : await answerObject(this.cluster, target, given);
    send(response, answer.code, answer.body, answer.warnings);
  }

  private async answerTable(target: CollectionTarget | ObjectTarget, query: URLSearchParams, response: ServerResponse): Promise<void> {
    const request = { method: 'GET', query, contentType: '', body: undefined };
    const { body } = await (target.type === 'collection' ? answerCollection(this.cluster, target, request) : answerObject(this.cluster, target, request));
    const objects = target.type === 'collection' ? body.items as readonly KubernetesObject[] : [body];
    const metadata = target.type === 'collection' ? body.metadata ?? {} : { resourceVersion: body.metadata?.resourceVersion ?? '' };
    send(response, 200, toTable(target.resource.kind, objects, metadata, includeObjectOf(query.get('includeObject')), this.options.clock.now()));
  }

  /** Answers requests about the server itself. */
  private async answerDocument(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { version } = this.options;
    if (path === '/healthz' || path === '/readyz' || path === '/livez') return void response.writeHead(200, { 'content-type': 'text/plain' }).end('ok');
    if (path === '/openapi/v2') return void response.writeHead(200, { 'content-type': openapiV2Type }).end(emptyOpenapiV2());
    if (path === '/version') {
      const [major = '', minor = ''] = version.split('.');
      return send(response, 200, { major, minor, gitVersion: `v${version}.0+cdk8s-jobs`, platform: 'local' });
    }
    if (path === `${reviews}/selfsubjectaccessreviews` && request.method === 'POST') {
      // Whoever knows the secret may do everything: there is nothing to look up.
      await readBytes(request);
      return send(response, 201, { kind: 'SelfSubjectAccessReview', apiVersion: 'authorization.k8s.io/v1', metadata: {}, spec: {}, status: { allowed: true } });
    }
    const aggregated = wantsAggregated(request.headers.accept) && (path === '/api' || path === '/apis');
    const document = discoveryDocument(path, aggregated) ?? openapiDocument(path, this.prefix);
    if (document === undefined) return sendUnknown(response, path);
    send(response, 200, document, [], aggregated ? aggregatedType : undefined);
  }
}

const reviews = '/apis/authorization.k8s.io/v1';

function sendUnknown(response: ServerResponse, path: string): void {
  send(response, 404, failure(404, `the server could not find the requested resource: the local engine has no ${path}`));
}

function send(response: ServerResponse, code: number, body: object, warnings: readonly string[] = [], contentType = 'application/json'): void {
  // A header holds printable ASCII only; a warning can do without the rest.
  const quoted = warnings.map((text) => `299 - "${text.replaceAll('…', '...').replace(/[\\"]/g, '\\$&').replace(/[^ -~]/g, '?')}"`);
  if (quoted.length > 0) response.setHeader('warning', quoted);
  response.writeHead(code, { 'content-type': contentType }).end(`${JSON.stringify(body)}\n`);
}
