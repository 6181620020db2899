import { createServer, type Server } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';

/** What an administrator is known by: PEM, or a token. */
export interface Credentials {
  readonly token?: string;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** Plain HTTP in front of an API server, which writes down what is asked. */
export interface CountingProxy {
  readonly url: string;
  /** `GET /apis/…`, in order, since the last `reset`. */
  readonly requests: readonly string[];
  reset(): void;
  close(): void;
}

/** Opens a proxy on loopback that speaks as the administrator. */
export async function openProxy(server: string, { token, ...tls }: Credentials): Promise<CountingProxy> {
  let requests: string[] = [];
  const proxy: Server = createServer((incoming, outgoing) => {
    requests.push(`${incoming.method} ${incoming.url}`);
    const headers = { ...incoming.headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
    const onward = request(new URL(incoming.url ?? '/', server), { method: incoming.method, headers, ...tls }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      // A watch has begun when its headers are there, long before its first event.
      outgoing.flushHeaders();
      answer.on('error', () => outgoing.destroy());
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    get requests() { return requests; },
    reset: () => { requests = []; },
    close: () => {
      proxy.close();
      proxy.closeAllConnections();
    },
  };
}
