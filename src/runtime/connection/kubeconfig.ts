import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, sep } from 'node:path';
import { UsageError } from '../../core/errors';
import { describeFileError } from '../../core/file-error';
import { given } from '../../core/given';
import { asObject, isObject, type JsonObject } from '../../core/json';
import { readManifests } from '../../yaml/read-manifests';

/** What a kubeconfig says, with the entries of each sort by their names. */
export interface Kubeconfig {
  readonly currentContext?: string;
  readonly contexts: ReadonlyMap<string, ContextEntry>;
  readonly clusters: ReadonlyMap<string, ClusterEntry>;
  readonly users: ReadonlyMap<string, UserEntry>;
}

/** A cluster, a user of it, and where objects without a namespace go. */
export interface ContextEntry {
  readonly cluster?: string;
  readonly user?: string;
  readonly namespace?: string;
}

/** An API server, and how it is told from an impostor. Data are base64, paths are absolute. */
export interface ClusterEntry {
  readonly server?: string;
  readonly proxyUrl?: string;
  readonly tlsServerName?: string;
  readonly skipsTlsVerify: boolean;
  readonly caData?: string;
  readonly caFile?: string;
  /** What the API server's administrator has for exec plugins, among the extensions of the cluster. */
  readonly execConfig?: unknown;
}

/** Somebody, and how that is proved. Data are base64, paths are absolute. */
export interface UserEntry {
  readonly token?: string;
  readonly tokenFile?: string;
  readonly certData?: string;
  readonly certFile?: string;
  readonly keyData?: string;
  readonly keyFile?: string;
  readonly username?: string;
  readonly password?: string;
  /** As whom to act. */
  readonly impersonated?: string;
  readonly exec?: ExecEntry;
  /** Whether one of the providers is named that kubectl had before exec plugins. */
  readonly hasAuthProvider: boolean;
}

/** A program that prints credentials. */
export interface ExecEntry {
  readonly apiVersion: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly installHint?: string;
  readonly wantsCluster: boolean;
}

/**
 * The files of a kubeconfig as one: for what several of them define, the first counts.
 *
 * @source staging/src/k8s.io/client-go/tools/clientcmd/loader.go ClientConfigLoadingRules.Load (v1.37)
 * @throws {UsageError} for a file that cannot be read.
 */
export function readKubeconfig(files: readonly string[]): Kubeconfig {
  const contexts = new Map<string, ContextEntry>();
  const clusters = new Map<string, ClusterEntry>();
  const users = new Map<string, UserEntry>();
  let currentContext: string | undefined;
  for (const file of files) {
    const content = readContent(file);
    const folder = dirname(file);
    currentContext ??= text(content['current-context']);
    addNew(contexts, content.contexts, 'context', contextEntry);
    addNew(clusters, content.clusters, 'cluster', (cluster) => clusterEntry(cluster, folder));
    addNew(users, content.users, 'user', (user) => userEntry(user, folder));
  }
  return { contexts, clusters, users, ...given({ currentContext }) };
}

function readContent(file: string): JsonObject {
  try {
    // An empty file is an empty configuration.
    const value = readManifests(readFileSync(file))[0]?.value ?? {};
    if (!isObject(value)) throw new Error('it is no object');
    return value;
  } catch (error) {
    throw new UsageError(`Cannot read the kubeconfig ${file}: ${describeFileError(error).split('\n', 1)[0]}`);
  }
}

function addNew<Entry>(entries: Map<string, Entry>, list: unknown, field: string, read: (value: JsonObject) => Entry): void {
  if (!Array.isArray(list)) return;
  for (const item of list.map(asObject)) {
    const name = text(item.name);
    if (name !== undefined && !entries.has(name)) entries.set(name, read(asObject(item[field])));
  }
}

function contextEntry({ cluster, user, namespace }: JsonObject): ContextEntry {
  return given({ cluster: text(cluster), user: text(user), namespace: text(namespace) });
}

function clusterEntry(cluster: JsonObject, folder: string): ClusterEntry {
  const extension = (Array.isArray(cluster.extensions) ? cluster.extensions : []).map(asObject).find(({ name }) => name === 'client.authentication.k8s.io/exec');
  return {
    skipsTlsVerify: cluster['insecure-skip-tls-verify'] === true,
    ...given({
      server: text(cluster.server),
      proxyUrl: text(cluster['proxy-url']),
      tlsServerName: text(cluster['tls-server-name']),
      caData: text(cluster['certificate-authority-data']),
      caFile: path(cluster['certificate-authority'], folder),
      execConfig: extension?.extension,
    }),
  };
}

function userEntry(user: JsonObject, folder: string): UserEntry {
  return {
    hasAuthProvider: isObject(user['auth-provider']),
    ...given({
      token: text(user.token),
      tokenFile: path(user.tokenFile, folder),
      certData: text(user['client-certificate-data']),
      certFile: path(user['client-certificate'], folder),
      keyData: text(user['client-key-data']),
      keyFile: path(user['client-key'], folder),
      username: text(user.username),
      password: text(user.password),
      impersonated: text(user.as),
      exec: isObject(user.exec) ? execEntry(user.exec, folder) : undefined,
    }),
  };
}

function execEntry({ apiVersion, command, args, env, installHint, provideClusterInfo }: JsonObject, folder: string): ExecEntry {
  const named = text(command) ?? '';
  const variables = (Array.isArray(env) ? env : []).map(asObject).map(({ name, value }) => [text(name) ?? '', text(value) ?? ''] as const);
  return {
    apiVersion: text(apiVersion) ?? 'client.authentication.k8s.io/v1',
    // A bare name is looked up on the PATH.
    command: named.includes(sep) ? path(named, folder) ?? named : named,
    args: (Array.isArray(args) ? args : []).map((word) => text(word) ?? ''),
    env: Object.fromEntries(variables.filter(([name]) => name !== '')),
    wantsCluster: provideClusterInfo === true,
    ...given({ installHint: text(installHint) }),
  };
}

/** A text that is not empty; a number that nobody put in quotes is one too. */
function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function path(value: unknown, folder: string): string | undefined {
  const named = text(value);
  return named === undefined || isAbsolute(named) ? named : join(folder, named);
}
