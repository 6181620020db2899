/** The API server over real sockets of the loopback interface, with the engine on a clock that the test moves. */
import { serveCluster } from '../../src/local/api-server';
import { createServedCluster } from '../../src/local/local-cluster';
import type { KubernetesObject, WatchEvent } from '../../src/port/cluster-port';
import { ManualClock } from '../fakes/alarm-clock';
import { ScriptedExecutor } from '../fakes/scripted-executor';

/** What the server answered. */
export interface ApiAnswer {
  readonly code: number;
  readonly body: KubernetesObject & { readonly items?: readonly KubernetesObject[]; readonly message?: string };
  readonly headers: Headers;
}

/** A server, what its containers do, and a client. */
export interface ServedEngine {
  readonly url: string;
  readonly clock: ManualClock;
  readonly executor: ScriptedExecutor;
  /** Ends the server alone. */
  stop(): Promise<void>;
  close(): Promise<void>;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<ApiAnswer>;
  /** The first events of a watch, then the client goes. */
  watch(path: string, count: number, headers?: Record<string, string>): Promise<WatchEvent[]>;
}

/** Starts a server with the secret `s3cret`. */
export async function openServedEngine(executor = new ScriptedExecutor()): Promise<ServedEngine> {
  const clock = new ManualClock();
  const cluster = await createServedCluster({ clock, executor, seed: 1 });
  const server = await serveCluster(cluster, { secret: 's3cret', version: '1.37', clock });
  return {
    url: server.url,
    clock,
    executor,
    stop: async () => server.close(),
    close: async () => {
      await server.close();
      const closed = cluster.close();
      for (const container of executor.containers) container.end({ exitCode: 0 });
      await closed;
    },
    call: async (method, path, body, headers = {}) => call(`${server.url}${path}`, method, body, headers),
    watch: async (path, count, headers = {}) => watch(`${server.url}${path}`, count, headers),
  };
}

async function call(url: string, method: string, body: unknown, headers: Record<string, string>): Promise<ApiAnswer> {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: isRaw ? body as string : JSON.stringify(body) }),
  });
  return { code: response.status, body: await response.json() as ApiAnswer['body'], headers: response.headers };
}

async function watch(url: string, count: number, headers: Record<string, string>): Promise<WatchEvent[]> {
  const gone = new AbortController();
  const response = await fetch(url, { signal: gone.signal, headers });
  const events: WatchEvent[] = [];
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    events.push(...lines.map((line) => JSON.parse(line) as WatchEvent));
    if (events.length >= count) break;
  }
  gone.abort();
  return events;
}
