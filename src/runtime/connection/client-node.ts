import type { Agent, RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { chooseContext, identityIn } from './choose-context';
import type { Credentials, Identity, TlsOptions } from './identity';
import { UsageError } from '../../core/errors';
import { given } from '../../core/given';

/**
 * This is the only file that knows `@kubernetes/client-node`: a KubeConfig that a user has made with it, and the kinds of credentials and
 * proxies that are rare enough to wait for it.
 */

/** The identity in a KubeConfig that the caller has made. */
export function identityOfKubeConfig(config: object, namespace?: string): Identity {
  const made = config as KubeConfig;
  const contexts = new Map(made.getContexts().map((context) => [context.name, context]));
  const clusters = new Map(made.getClusters().map(({ name, server, proxyUrl }) => (
    [name, { server, skipsTlsVerify: false, ...given({ proxyUrl }) }]
  )));
  const current = made.getCurrentContext();
  const chosen = chooseContext({ contexts, clusters, ...given({ currentContext: isText(current) ? current : undefined }) }, {});
  return identityIn(chosen, given({ namespace }), () => credentialsOf(made));
}

/**
 * What reads the credentials of a context of kubeconfigs.
 *
 * @throws {UsageError} when the package is missing, or cannot read a file.
 */
export async function readWithClientNode(files: readonly string[], context: string): Promise<Identity['credentials']> {
  const { KubeConfig: Config } = await importClientNode();
  let current = loadFiles(Config, files, context);
  return (isRenewed) => {
    // Tokens are cached in the configuration; a fresh one has none.
    if (isRenewed) current = loadFiles(Config, files, context);
    return credentialsOf(current);
  };
}

async function importClientNode(): Promise<typeof import('@kubernetes/client-node')> {
  try {
    return await import('@kubernetes/client-node');
  } catch (error) {
    const message = `Cannot load @kubernetes/client-node, which SOCKS proxies and auth-providers of a kubeconfig need: ${(error as Error).message}`;
    throw new UsageError(message, 'npm install @kubernetes/client-node@1');
  }
}

/** Reads files one after another; for what several of them define, the first counts. */
function loadFiles(Config: new () => KubeConfig, files: readonly string[], context: string): KubeConfig {
  const config = new Config();
  for (const file of files) {
    const { clusters, users, contexts } = loadFile(Config, file);
    config.clusters = withNew(config.clusters, clusters);
    config.users = withNew(config.users, users);
    config.contexts = withNew(config.contexts, contexts);
  }
  config.setCurrentContext(context);
  return config;
}

function withNew<Entry extends { readonly name: string }>(known: readonly Entry[], others: readonly Entry[]): Entry[] {
  return [...known, ...others.filter(({ name }) => !known.some((entry) => entry.name === name))];
}

function loadFile(Config: new () => KubeConfig, file: string): KubeConfig {
  const config = new Config();
  try {
    config.loadFromFile(file);
    return config;
  } catch (error) {
    throw new UsageError(`Cannot read the kubeconfig ${file}: ${(error as Error).message.split('\n', 1)[0]}`);
  }
}

async function credentialsOf(config: KubeConfig): Promise<Credentials> {
  const cluster = config.getCurrentCluster();
  const isSocks = cluster?.proxyUrl?.startsWith('socks') === true;
  // client-node refuses plain HTTP, as kubectl proxy speaks it, unless TLS verification is switched off, which means nothing there.
  if (cluster?.server.startsWith('http:') === true) Object.assign(cluster, { skipTLSVerify: true });
  const options: RequestOptions & { passphrase?: string } = {};
  await config.applyToHTTPSOptions(options);
  const headers = Object.fromEntries(Object.entries(options.headers ?? {}).map(([header, value]) => [header, String(value)]));
  if (typeof options.auth === 'string') headers.Authorization = `Basic ${Buffer.from(options.auth).toString('base64')}`;
  return { headers, tls: tlsOf(options), ...(isSocks ? { agent: options.agent as Agent } : {}) };
}

function tlsOf({ ca, cert, key, passphrase, servername, rejectUnauthorized }: RequestOptions): TlsOptions {
  const options = { ca, cert, key, passphrase, servername, rejectUnauthorized };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined && value !== null)) as TlsOptions;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
