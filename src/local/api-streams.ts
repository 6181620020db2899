import type { ServerResponse } from 'node:http';
import type { ServedCluster } from './api-objects';
import { badRequest, logOptionsOf, numberOf, selectionOf } from './api-query';
import { includeObjectOf, toTableEvent } from './api-table';
import type { CollectionTarget, ObjectTarget } from './api-target';
import { watchEvents } from './api-watch';
import type { PodSpec } from '../api/kubernetes';
import { given } from '../core/given';
import type { Clock } from '../core/time';

/** What a stream reads from, and where it writes to. */
export interface Streaming {
  readonly cluster: ServedCluster;
  readonly query: URLSearchParams;
  readonly response: ServerResponse;
  readonly clock: Clock;
  /** Given when the server ends. */
  readonly stopped: AbortSignal;
}

/** Sends the events of a watch, one JSON text per line, until the client goes, the server ends or the client's time is up. */
export async function streamWatch(target: CollectionTarget, isTable: boolean, streaming: Streaming): Promise<void> {
  const { cluster, query, response, clock, stopped } = streaming;
  const include = includeObjectOf(query.get('includeObject'));
  const selection = selectionOf(query, target);
  const ending = endOf(response, stopped, numberOf(query, 'timeoutSeconds'));
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache' });
  response.flushHeaders();
  let isFirst = true;
  try {
    for await (const event of watchEvents(cluster, target, { query, selection }, ending.signal)) {
      const sent = isTable ? toTableEvent(event, target.resource.kind, include, clock.now(), isFirst) : event;
      isFirst = false;
      await send(response, `${JSON.stringify(sent)}\n`, ending.signal);
    }
  } finally {
    ending.release();
  }
  response.end();
}

/** Sends the log of a container as it comes. @throws {ClusterError} before anything is sent, if there is no such log. */
export async function streamLog({ namespace, name }: ObjectTarget, streaming: Streaming): Promise<void> {
  const { cluster, query, response, clock, stopped } = streaming;
  const where = { name, ...given({ namespace }) };
  const { spec = {} } = await cluster.getLogged(where);
  const { containers = [], initContainers = [] } = spec as Partial<PodSpec>;
  const names = [...containers, ...initContainers].map((container) => container.name);
  const wanted = query.get('container') ?? (containers.length === 1 ? names[0] : undefined);
  if (wanted === undefined) throw badRequest(`a container name must be specified for pod ${name}, choose one of: [${names.join(' ')}]`);
  if (!names.includes(wanted)) throw badRequest(`container ${wanted} is not valid for pod ${name}`);
  const ending = endOf(response, stopped, undefined);
  let left = numberOf(query, 'limitBytes') ?? Number.POSITIVE_INFINITY;
  try {
    for await (const chunk of cluster.logs(where, logOptionsOf(query, wanted, clock.now()), ending.signal)) {
      if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/plain' });
      await send(response, chunk.subarray(0, Math.min(left, chunk.length)), ending.signal);
      left -= chunk.length;
      if (left <= 0) break;
    }
  } finally {
    ending.release();
  }
  if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/plain' });
  response.end();
}

interface Ending {
  readonly signal: AbortSignal;
  readonly release: () => void;
}

const longestTimer = 2 ** 31 - 1;

/** When a stream is to end from outside. */
function endOf(response: ServerResponse, stopped: AbortSignal, seconds: number | undefined): Ending {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const timer = seconds === undefined ? undefined : setTimeout(abort, Math.min(seconds * 1000, longestTimer));
  response.once('close', abort);
  stopped.addEventListener('abort', abort);
  const release = (): void => {
    clearTimeout(timer);
    response.removeListener('close', abort);
    stopped.removeEventListener('abort', abort);
  };
  return { signal: controller.signal, release };
}

/** Writes, and waits for a client that reads slowly, so that its backlog does not fill memory here. */
async function send(response: ServerResponse, text: string | Uint8Array, signal: AbortSignal): Promise<void> {
  if (response.write(text) || signal.aborted) return;
  await new Promise<void>((resolve) => {
    const go = (): void => {
      response.removeListener('drain', go);
      signal.removeEventListener('abort', go);
      resolve();
    };
    response.on('drain', go);
    signal.addEventListener('abort', go);
  });
}
