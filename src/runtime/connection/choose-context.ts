import { CredentialsError } from './credentials-error';
import type { Credentials, Identity } from './identity';
import type { ClusterEntry, ContextEntry, Kubeconfig, UserEntry } from './kubeconfig';
import type { Environment } from './kubeconfig-files';
import { proxyOfEnvironment } from './proxy';
import { isAddress, serverAddress } from './server-address';
import { JobsError, UsageError } from '../../core/errors';
import { given } from '../../core/given';
import { ClusterError } from '../../port/cluster-port';

/** Which cluster of a kubeconfig is meant. */
export interface IdentityOptions {
  /** Default: the current one. */
  readonly context?: string;
  /** Default: the one of the context, or `default`. */
  readonly namespace?: string;
  /** Where HTTPS_PROXY and NO_PROXY are looked up, for a cluster without a proxy-url. Default: nowhere. */
  readonly env?: Environment;
}

/** A context with its cluster. */
interface ChosenContext {
  readonly name: string;
  readonly context: ContextEntry;
  readonly cluster: ClusterEntry & { readonly server: string };
}

/** What a context is chosen from: a kubeconfig, of whose users only certificates are of interest. */
type Choices = Omit<Kubeconfig, 'users'> & Partial<Pick<Kubeconfig, 'users'>>;

/** The context that is meant. @throws {UsageError} when there is none, or when its server or proxy is no address. */
export function chooseContext({ contexts, clusters, users, currentContext }: Choices, options: IdentityOptions): ChosenContext {
  const name = options.context ?? currentContext;
  const known = contexts.size === 0 ? 'the kubeconfig has none' : `there is ${[...contexts.keys()].join(', ')}`;
  if (name === undefined) throw new UsageError('Cannot choose a cluster: the kubeconfig has no current context', `name one with --context; ${known}`);
  const context = contexts.get(name);
  if (context === undefined) throw new UsageError(`Cannot use the context "${name}": the kubeconfig has no such context`, known);
  const cluster = clusters.get(context.cluster ?? '');
  if (cluster?.server === undefined) {
    throw new UsageError(`Cannot use the context "${name}": the kubeconfig has no cluster "${context.cluster ?? ''}" with a server`);
  }
  const server = serverAddress(cluster.server, hasCertificates(cluster, users?.get(context.user ?? '')));
  if (server === undefined) throw new UsageError(`Cannot use the context "${name}": its server ${JSON.stringify(cluster.server)} is no address`, 'write https://HOST:PORT');
  if (cluster.proxyUrl !== undefined && !isAddress(cluster.proxyUrl, proxyProtocols)) {
    // It may hold a password.
    throw new UsageError(`Cannot use the context "${name}": the proxy-url of its cluster is no address`, 'write http://HOST:PORT, or https:// or socks5:// before it');
  }
  return { name, context, cluster: { ...cluster, server } };
}

const proxyProtocols = ['http:', 'https:', 'socks:', 'socks4:', 'socks4a:', 'socks5:', 'socks5h:'];

/** Whether the kubeconfig says anything about certificates: then a server without a scheme is asked over TLS. */
function hasCertificates({ caData, caFile, skipsTlsVerify }: ClusterEntry, user: UserEntry | undefined): boolean {
  return skipsTlsVerify || [caData, caFile, user?.certData, user?.certFile].some((certificate) => certificate !== undefined);
}

/** The identity of somebody in a context, whose credentials come from `read`. */
export function identityIn({ name, context, cluster }: ChosenContext, options: IdentityOptions, read: Identity['credentials']): Identity {
  const { server } = cluster;
  const proxyUrl = cluster.proxyUrl ?? proxyOfEnvironment(server, options.env ?? {});
  const namespace = options.namespace ?? context.namespace ?? 'default';
  const credentials: Identity['credentials'] = (isRenewed) => read(isRenewed).catch((error: unknown) => fail(name, error));
  return { context: name, namespace, server, ...given({ proxyUrl }), credentials };
}

const loginHint = 'the login command in the kubeconfig failed: run kubectl get jobs to see what it says';

function fail(context: string, error: unknown): Promise<Credentials> {
  if (JobsError.is(error)) throw error;
  throw new ClusterError('UNAUTHENTICATED', `Cannot get credentials for the context "${context}": ${(error as Error).message}`, {
    cause: error, ...given({ hint: error instanceof CredentialsError ? error.hint : loginHint }),
  });
}
