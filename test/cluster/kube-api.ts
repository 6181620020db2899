import { readFileSync } from 'node:fs';
import { Agent, request as httpsRequest } from 'node:https';
import { createInterface } from 'node:readline';
import { parse } from 'yaml';

/** An answer of the API server; `body` is parsed JSON, a Buffer of protobuf, or text when it is neither (logs). */
export interface KubeAnswer {
  readonly status: number;
  readonly body: unknown;
  /** The texts of its warnings. */
  readonly warnings: readonly string[];
}

/** Requests to an API server as one user. */
export interface KubeApi {
  readonly server: string;
  /** Sends one request; a body becomes JSON. Rejects only when there is no answer at all. */
  request(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<KubeAnswer>;
  /** The same with a body that is JSON already, or some other text. */
  requestText(method: string, path: string, body: string, headers?: Readonly<Record<string, string>>): Promise<KubeAnswer>;
  /** The same as `request`, but rejects with the server's message on every status but 2xx. */
  mustRequest(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<KubeAnswer>;
  /** Reads an answer without an end, line by line, as watches are; resolves when it has begun, with what ends it. */
  stream(path: string, onLine: (line: string) => void): Promise<() => void>;
}

interface Kubeconfig {
  readonly 'current-context': string;
  readonly 'contexts': ReadonlyArray<{ readonly name: string; readonly context: { readonly cluster: string; readonly user: string } }>;
  readonly 'clusters': ReadonlyArray<{ readonly name: string; readonly cluster: Readonly<Record<string, string | undefined>> }>;
  readonly 'users': ReadonlyArray<{ readonly name: string; readonly user: Readonly<Record<string, string | undefined>> }>;
}

/**
 * Opens the API server that the current context of a kubeconfig names.
 *
 * It knows tokens and client certificates, which is what kind, k3d and the harness write; no exec plugins and no proxies.
 * @param token speaks as the owner of this token, not as the kubeconfig's user
 */
export function openKubeApi(kubeconfigFile: string, token?: string): KubeApi {
  const config = parse(readFileSync(kubeconfigFile, 'utf8')) as Kubeconfig;
  const context = find(config.contexts, config['current-context']).context;
  const { cluster } = find(config.clusters, context.cluster);
  const user = token === undefined ? find(config.users, context.user).user : { token };
  const server = cluster.server ?? '';
  const agent = new Agent({
    keepAlive: true,
    maxSockets: 64,
    ca: pem(cluster, 'certificate-authority'),
    cert: pem(user, 'client-certificate'),
    key: pem(user, 'client-key'),
  });
  const authorization: Record<string, string> = user.token === undefined ? {} : { authorization: `Bearer ${user.token}` };

  const requestText: KubeApi['requestText'] = (method, path, body, headers = {}) =>
    send(new URL(path, server), agent, method, body, { 'content-type': 'application/json', ...authorization, ...headers });
  const request: KubeApi['request'] = (method, path, body, headers) =>
    requestText(method, path, body === undefined ? '' : JSON.stringify(body), headers);
  return {
    server,
    request,
    requestText,
    stream: (path, onLine) => openStream(new URL(path, server), agent, authorization, onLine),
    async mustRequest(method, path, body, headers) {
      const answer = await request(method, path, body, headers);
      if (answer.status < 200 || answer.status > 299) throw new Error(`${method} ${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      return answer;
    },
  };
}

function send(url: URL, agent: Agent, method: string, body: string, headers: Readonly<Record<string, string>>): Promise<KubeAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpsRequest(url, { method, agent, headers: { ...headers, 'content-length': Buffer.byteLength(body) } }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => { chunks.push(chunk); });
      incoming.on('error', reject);
      incoming.on('end', () => {
        const type = incoming.headers['content-type'] ?? '';
        const bytes = Buffer.concat(chunks);
        const raw = type.startsWith('application/vnd.kubernetes.protobuf') ? bytes : bytes.toString();
        const warnings = (incoming.headersDistinct.warning ?? []).flatMap(warningTexts);
        resolve({ status: incoming.statusCode ?? 0, body: type.startsWith('application/json') ? JSON.parse(bytes.toString()) : raw, warnings });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function openStream(
  url: URL, agent: Agent, headers: Readonly<Record<string, string>>, onLine: (line: string) => void,
): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const outgoing = httpsRequest(url, { agent, headers }, (incoming) => {
      // Errors come of the reader's own end; what a stream cut by others leaves out, its reader misses in time.
      incoming.on('error', () => {});
      createInterface({ input: incoming }).on('line', onLine).on('error', () => {});
      resolve(() => outgoing.destroy());
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

/** The header reads `299 - "text", 299 - "text"`, with quotes and backslashes in the texts escaped. */
function warningTexts(header: string): string[] {
  return [...header.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text]) => (text ?? '').replace(/\\(.)/g, '$1'));
}

function pem(record: Readonly<Record<string, string | undefined>>, field: string): Buffer | undefined {
  const data = record[`${field}-data`];
  if (data !== undefined) return Buffer.from(data, 'base64');
  const file = record[field];
  return file === undefined ? undefined : readFileSync(file);
}

function find<Entry extends { readonly name: string }>(entries: readonly Entry[], name: string): Entry {
  const entry = entries.find((each) => each.name === name);
  if (entry === undefined) throw new Error(`Cannot find "${name}" in the kubeconfig`);
  return entry;
}
