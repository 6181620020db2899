import { type Agent, type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createAgent } from './agents';
import { errorOfAnswer, type Request } from './api-errors';
import { describeNetworkError } from './network-error';
import { JobsError } from '../../core/errors';
import { ClusterError } from '../../port/cluster-port';
import { Backoff, type BackoffOptions } from '../backoff';
import type { Credentials, Identity } from './identity';
import { given } from '../../core/given';
import { systemTimers, type Timers } from '../timers';

/** One call to the API server. */
export interface Call extends Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/apis/batch/v1/namespaces/media/jobs`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  /** Default `application/json`. */
  readonly contentType?: string;
}

/** The answer to a call. */
interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
  /** The texts of the Warning headers. */
  readonly warnings: readonly string[];
}

/** How patient the transport is. */
export interface TransportOptions {
  readonly timers?: Timers;
  readonly backoff?: BackoffOptions;
  /** Milliseconds that a call other than a stream may take. Default 60,000. */
  readonly timeout?: number;
}

/** The most attempts at a call when the server is too busy or the connection breaks. */
const longestTries = 5;

/**
 * HTTP to one API server: JSON passes through whole, so that unknown fields survive, and streams that may be silent for as
 * long as they like.
 *
 * Calls that a busy server turns away (429, 503) are made again when it says so; credentials that were refused are renewed once.
 */
export class Transport {
  private readonly timers: Timers;
  private readonly base: URL;
  private agent: { readonly key: string; readonly agent: Agent } | undefined;
  private renewal: Promise<Credentials> | undefined;
  private renewals = 0;
  private isClosed = false;

  public constructor(private readonly identity: Identity, private readonly options: TransportOptions = {}) {
    this.timers = options.timers ?? systemTimers;
    this.base = new URL(identity.server);
  }

  /** Makes a call and reads the whole answer. @throws {ClusterError} for every unsuccessful answer. */
  public async call(call: Call): Promise<HttpAnswer> {
    const backoff = new Backoff(this.timers, { first: 200, longest: 5000, ...this.options.backoff });
    for (;;) {
      try {
        return await this.once(call);
      } catch (error) {
        if (backoff.attempts + 1 >= longestTries || !mayRepeat(call, error)) throw error;
        await backoff.pause(new AbortController().signal, (error as ClusterError).retryAfterSeconds);
      }
    }
  }

  /**
   * Opens a stream: chunks as they come, until either side ends it. @throws {ClusterError} for an unsuccessful answer, and
   * for a broken connection.
   */
  public async *stream(call: Call, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    let response: IncomingMessage | undefined;
    try {
      response = await this.authorized(call, signal);
      await this.expectSuccess(call, response);
      for await (const chunk of response) yield chunk as Uint8Array;
    } catch (error) {
      if (!signal.aborted) throw this.toClusterError(call, error);
    } finally {
      response?.destroy();
    }
  }

  /** Closes all connections. */
  public close(): void {
    this.isClosed = true;
    this.agent?.agent.destroy();
    this.agent = undefined;
  }

  private async once(call: Call): Promise<HttpAnswer> {
    const limit = new AbortController();
    const cancel = this.timers.after(this.options.timeout ?? 60_000, () => limit.abort());
    try {
      const response = await this.authorized(call, limit.signal);
      await this.expectSuccess(call, response);
      return { status: response.statusCode ?? 0, body: parseBody(await readAll(response), call), warnings: warningsOf(response) };
    } catch (error) {
      if (!limit.signal.aborted) throw this.toClusterError(call, error);
      const message = `Cannot ${call.verb} ${call.target}: ${this.base.host} did not answer in time`;
      throw new ClusterError('UNREACHABLE', message, { cause: error });
    } finally {
      cancel();
    }
  }

  private async authorized(call: Call, signal: AbortSignal): Promise<IncomingMessage> {
    const { renewals } = this;
    const response = await this.send(call, await this.identity.credentials(false), signal);
    if (response.statusCode !== 401) return response;
    response.resume();
    // Another call may have renewed them in the meantime.
    const isRenewed = this.renewals !== renewals && this.renewal === undefined;
    return this.send(call, await (isRenewed ? this.identity.credentials(false) : this.renewed()), signal);
  }

  /** Several streams notice at once that a token has expired; one login is enough for them. */
  private renewed(): Promise<Credentials> {
    this.renewal ??= this.identity.credentials(true).finally(() => {
      this.renewal = undefined;
      this.renewals += 1;
    });
    return this.renewal;
  }

  private send(call: Call, { headers, tls, agent }: Credentials, signal: AbortSignal): Promise<IncomingMessage> {
    if (this.isClosed) throw new ClusterError('UNREACHABLE', `Cannot ${call.verb} ${call.target}: the connection to the cluster was closed`);
    const { base } = this;
    const body = call.body === undefined ? undefined : Buffer.from(JSON.stringify(call.body));
    const contentHeaders = body === undefined ? {} : { 'Content-Type': call.contentType ?? 'application/json', 'Content-Length': body.length };
    return new Promise((resolve, reject) => {
      const request = (base.protocol === 'http:' ? httpRequest : httpsRequest)({
        method: call.method,
        hostname: base.hostname.replace(/^\[|\]$/g, ''),
        port: base.port === '' ? (base.protocol === 'http:' ? 80 : 443) : base.port,
        path: `${base.pathname.replace(/\/$/, '')}${call.path}${queryText(call.query ?? {})}`,
        headers: { 'Accept': 'application/json', 'User-Agent': 'cdk8s-jobs', ...headers, ...contentHeaders },
        agent: agent ?? this.agentFor(tls),
        signal,
      });
      request.once('response', resolve);
      request.once('error', reject);
      request.once('socket', (socket) => socket.setKeepAlive(true, 15_000));
      request.end(body);
    });
  }

  /** Certificates of an exec plugin may change while this runs; connections made with the old ones must not be used any more. */
  private agentFor(tls: Credentials['tls']): Agent {
    const key = [tls.cert, tls.key, tls.servername].map(String).join('\n');
    if (this.agent?.key !== key) this.agent = { key, agent: createAgent(this.base, tls, this.identity.proxyUrl) };
    return this.agent.agent;
  }

  private async expectSuccess(call: Call, response: IncomingMessage): Promise<void> {
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) return;
    const text = (await readAll(response)).toString('utf8');
    const retryAfter = Number(response.headers['retry-after']);
    throw errorOfAnswer(status, tryParse(text) ?? text, call, Number.isFinite(retryAfter) ? retryAfter : undefined);
  }

  private toClusterError(call: Call, error: unknown): unknown {
    // An error without a system code is a fault of this package and must not look like a network error.
    if (JobsError.is(error) || typeof (error as NodeJS.ErrnoException).code !== 'string') return error;
    const { said, hint } = describeNetworkError(error);
    return new ClusterError('UNREACHABLE', `Cannot reach ${this.base.host} to ${call.verb} ${call.target}: ${said}`, {
      cause: error, ...given({ hint }),
    });
  }
}

/** A busy server has done nothing; after a broken connection, only a call that may be made twice is repeated. */
function mayRepeat({ method }: Call, error: unknown): boolean {
  if (!(error instanceof ClusterError)) return false;
  if (error.status === 429 || error.status === 503) return true;
  const { code } = (error.cause ?? {}) as NodeJS.ErrnoException;
  return method !== 'POST' && (code === 'ECONNRESET' || code === 'EPIPE' || (method === 'GET' && (error.status ?? 0) >= 500));
}

async function readAll(response: IncomingMessage): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of response) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

function parseBody(bytes: Buffer, call: Call): unknown {
  const text = bytes.toString('utf8');
  const value = tryParse(text);
  if (value === undefined) throw new ClusterError('API', `Cannot ${call.verb} ${call.target}: the answer is no JSON, is this an API server?`);
  return value;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Proxies answer in HTML.
    return undefined;
  }
}

function queryText(query: NonNullable<Call['query']>): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== false);
  return pairs.length === 0 ? '' : `?${pairs.map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`).join('&')}`;
}

/** `299 - "text"`, several in one header. */
function warningsOf({ headers }: IncomingMessage): string[] {
  const text = headers.warning ?? '';
  return [...text.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, quoted = '']) => quoted.replace(/\\(.)/g, '$1'));
}

