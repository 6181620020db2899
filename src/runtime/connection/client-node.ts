import { readFileSync } from 'node:fs';
import type { Agent, RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import type { Credentials, Identity, TlsOptions } from './identity';
import type { Environment, KubeconfigSource } from './kubeconfig-files';
import { proxyOfEnvironment } from './proxy';
import { JobsError, UsageError } from '../../core/errors';
import { given } from '../../core/given';
import { ClusterError } from '../../port/cluster-port';

/** Which cluster of a kubeconfig is meant. */
interface IdentityOptions {
  /** Default: the current one. */
  readonly context?: string;
  /** Default: the one of the context, or `default`. */
  readonly namespace?: string;
  /** Where HTTPS_PROXY and NO_PROXY are looked up, for a cluster without a proxy-url. Default: nowhere. */
  readonly env?: Environment;
}

/**
 * The identity in a kubeconfig, or of the pod in which this runs.
 *
 * This is the only file that knows `@kubernetes/client-node`: it takes a second and 70 MB to load, and only its reading of kubeconfigs,
 * with exec plugins, certificates, tokens and proxies, is wanted.
 *
 * @throws {UsageError} for an unreadable kubeconfig or an unknown context.
 */
export async function loadIdentity(source: KubeconfigSource, options: IdentityOptions = {}): Promise<Identity> {
  const { KubeConfig: Config } = await importClientNode();
  const load = (): KubeConfig => {
    const config = source.type === 'in-cluster' ? new Config() : loadFiles(Config, source.files);
    if (source.type === 'in-cluster') config.loadFromCluster();
    if (options.context !== undefined) config.setCurrentContext(options.context);
    return config;
  };
  return identityOf(load(), load, options);
}

/** The identity in a KubeConfig that the caller has made. */
export function identityOfKubeConfig(config: object, namespace?: string): Identity {
  return identityOf(config as KubeConfig, () => config as KubeConfig, given({ namespace }));
}

async function importClientNode(): Promise<typeof import('@kubernetes/client-node')> {
  try {
    return await import('@kubernetes/client-node');
  } catch (error) {
    throw new UsageError(
      `Cannot load @kubernetes/client-node, which reads kubeconfigs: ${(error as Error).message}`, 'npm install @kubernetes/client-node@1',
    );
  }
}

/** Reads files one after another; for what several of them define, the first counts. */
function loadFiles(Config: new () => KubeConfig, files: readonly string[]): KubeConfig {
  const [first, ...others] = files.map((file) => loadFile(Config, file));
  if (first === undefined) throw new UsageError('Cannot find a kubeconfig');
  for (const other of others) {
    first.clusters = [...first.clusters, ...other.clusters.filter(({ name }) => !first.clusters.some((known) => known.name === name))];
    first.users = [...first.users, ...other.users.filter(({ name }) => !first.users.some((known) => known.name === name))];
    first.contexts = [...first.contexts, ...other.contexts.filter(({ name }) => !first.contexts.some((known) => known.name === name))];
    if (!isText(first.currentContext)) first.setCurrentContext(other.currentContext);
  }
  return first;
}

function loadFile(Config: new () => KubeConfig, file: string): KubeConfig {
  const config = new Config();
  // client-node fails on an empty file, which kubectl takes for an empty configuration.
  if (readText(file).trim() === '') return Object.assign(config, { clusters: [], users: [], contexts: [], currentContext: '' });
  try {
    config.loadFromFile(file);
    return config;
  } catch (error) {
    throw new UsageError(`Cannot read the kubeconfig ${file}: ${(error as Error).message.split('\n', 1)[0]}`);
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`Cannot read the kubeconfig ${file}: ${(error as Error).message}`);
  }
}

function identityOf(config: KubeConfig, reload: () => KubeConfig, { namespace, env = {} }: IdentityOptions): Identity {
  const name = config.getCurrentContext();
  const contexts = config.getContexts().map((context) => context.name);
  const known = contexts.length === 0 ? 'the kubeconfig has none' : `there is ${contexts.join(', ')}`;
  if (!isText(name)) throw new UsageError('Cannot choose a cluster: the kubeconfig has no current context', `name one with --context; ${known}`);
  const context = config.getContextObject(name);
  if (context === null) throw new UsageError(`Cannot use the context "${name}": the kubeconfig has no such context`, known);
  const cluster = config.getCluster(context.cluster);
  if (cluster === null || !isText(cluster.server)) {
    throw new UsageError(`Cannot use the context "${name}": the kubeconfig has no cluster "${context.cluster}" with a server`);
  }
  let current = config;
  const proxyUrl = isText(cluster.proxyUrl) ? cluster.proxyUrl : proxyOfEnvironment(cluster.server, env);
  return {
    context: name,
    namespace: namespace ?? context.namespace ?? 'default',
    server: cluster.server.replace(/\/+$/, ''),
    ...given({ proxyUrl }),
    credentials: async (isRenewed) => {
      // Tokens are cached in the configuration; a fresh one has none.
      if (isRenewed) current = reload();
      return credentialsOf(current);
    },
  };
}

async function credentialsOf(config: KubeConfig): Promise<Credentials> {
  const cluster = config.getCurrentCluster();
  const isSocks = cluster?.proxyUrl?.startsWith('socks') === true;
  // client-node refuses plain HTTP, as kubectl proxy speaks it, unless TLS verification is switched off, which means nothing there.
  if (cluster?.server.startsWith('http:') === true) Object.assign(cluster, { skipTLSVerify: true });
  const options: RequestOptions & { passphrase?: string } = {};
  try {
    await config.applyToHTTPSOptions(options);
  } catch (error) {
    if (JobsError.is(error)) throw error;
    throw new ClusterError('UNAUTHENTICATED', `Cannot get credentials for the context "${config.getCurrentContext()}": ${(error as Error).message}`, {
      hint: 'the login command in the kubeconfig failed: run kubectl get jobs to see what it says', cause: error,
    });
  }
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
