import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import type { TlsOptions } from './identity';
import { UsageError } from '../../core/errors';

/** Milliseconds of silence after which the system probes whether the peer is still there. */
const keepAlive = 15_000;

/** Opens the connections to a server, through a proxy if one is given. */
export function createAgent(server: URL, tls: TlsOptions, proxyUrl: string | undefined): HttpAgent {
  const common = { keepAlive: true, keepAliveMsecs: keepAlive, maxSockets: Infinity, maxFreeSockets: 8 };
  if (server.protocol === 'http:') {
    if (proxyUrl === undefined) return new HttpAgent(common);
    throw new UsageError(`Cannot reach ${server.host} through the proxy ${proxyUrl}: the server speaks plain HTTP`, 'use an https:// server, or no proxy-url');
  }
  return proxyUrl === undefined ? new HttpsAgent({ ...common, ...tls }) : new TunnelAgent(new URL(proxyUrl), tls, common) as HttpAgent;
}

type Connected = (error: Error | null, socket: Duplex) => void;
interface Target {
  readonly host?: string | null;
  readonly port?: number | string | null;
  readonly servername?: string;
}

/** Connections through the CONNECT tunnel of an HTTP proxy. */
class TunnelAgent extends HttpsAgent {
  public constructor(private readonly proxy: URL, private readonly tls: TlsOptions, options: object) {
    super(options);
  }

  // Node calls it for each new connection and takes the socket from the callback.
  public override createConnection(target: Target, callback?: Connected): Duplex {
    const fail = (error: Error): void => callback?.(error, undefined as never);
    const { protocol, hostname, port, username, password } = this.proxy;
    const authority = `${target.host ?? ''}:${target.port ?? 443}`;
    const login = username === '' ? {} : { 'Proxy-Authorization': `Basic ${Buffer.from(`${decode(username)}:${decode(password)}`).toString('base64')}` };
    const request = (protocol === 'https:' ? httpsRequest : httpRequest)({
      method: 'CONNECT',
      host: hostname,
      port: port === '' ? (protocol === 'https:' ? 443 : 80) : port,
      path: authority,
      headers: { Host: authority, ...login },
      agent: false,
    });
    request.once('error', (error) => fail(Object.assign(error, { proxy: this.proxy.host })));
    request.once('connect', ({ statusCode }, socket) => {
      if (statusCode !== 200) {
        socket.destroy();
        return fail(Object.assign(new Error(`it answered ${statusCode} to CONNECT ${authority}`), { code: 'EPROXY', proxy: this.proxy.host }));
      }
      const secure = connectTls({ ...this.tls, socket, servername: this.tls.servername ?? target.servername ?? target.host ?? '' });
      secure.once('secureConnect', () => callback?.(null, secure));
      secure.once('error', fail);
    });
    request.end();
    // The socket comes by the callback.
    return undefined as never;
  }
}

function decode(text: string): string {
  return decodeURIComponent(text);
}
