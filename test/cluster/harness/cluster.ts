import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeClusterRecord, type ClusterRecord } from './cluster-record';
import { startContainerd } from './containerd';
import { startApiServer, startControllers } from './control-plane';
import { installPackages } from './debian';
import { ClusterUnavailableError } from './errors';
import { startEtcd } from './etcd';
import { clustersFolder } from './folders';
import { freePorts } from './free-ports';
import type { Say } from './go-build';
import { startKubelet, untilNodeReady } from './kubelet';
import { buildKubernetes } from './kubernetes-build';
import { defaultKubernetesVersion } from './kubernetes-module';
import { endCluster, endLeftovers, ownerRecord } from './leftovers';
import { untilReady } from './program';

/** What a cluster is like. */
export interface ClusterOptions {
  /** Such as `1.36.3`. @default - the environment's CDK8S_JOBS_TEST_KUBERNETES, else that of the committed go.mod */
  readonly version?: string;
  /** Whether pods run; without a node it starts in half the time and needs no root. @default true */
  readonly withNode?: boolean;
  /** Whether it outlives this process, until `endCluster` or a restart of the machine. @default false */
  readonly keep?: boolean;
  /** The name of its folder. @default - the number of this process */
  readonly name?: string;
  /** Takes lines of progress. @default - to stderr */
  readonly say?: Say;
}

/**
 * Builds, installs and starts a whole Kubernetes on loopback, and returns where it is.
 *
 * It ends by `endCluster`, and with this process however that ends, unless it is kept.
 * @throws {ClusterUnavailableError} when this machine cannot run one, or a program does not start; then nothing of it is left
 */
export async function startCluster(options: ClusterOptions = {}): Promise<ClusterRecord> {
  const say = options.say ?? ((line: string) => process.stderr.write(`${line}\n`));
  const version = options.version ?? process.env.CDK8S_JOBS_TEST_KUBERNETES ?? defaultKubernetesVersion();
  const withNode = options.withNode ?? true;
  if (process.platform !== 'linux') throw new ClusterUnavailableError('Cannot start a cluster: this is not Linux; set KUBECONFIG to use a cluster of yours');
  if (withNode && process.getuid?.() !== 0) throw new ClusterUnavailableError('Cannot start a cluster: we are not root; set KUBECONFIG to use a cluster of yours');

  endLeftovers();
  installPackages(withNode, say);
  const bin = await buildKubernetes(version, say).catch(adviseKubeconfig);
  const folder = join(clustersFolder(), options.name ?? String(process.pid));
  const release = endWithProcess(folder);
  const started = Date.now();
  try {
    const record = await startPrograms(folder, bin, withNode, options.keep ?? false);
    say(`Kubernetes ${version} is ready after ${((Date.now() - started) / 1000).toFixed(1)} s in ${folder}`);
    if (options.keep === true) release();
    return record;
  } catch (error) {
    endCluster(folder);
    release();
    throw error;
  }
}

async function startPrograms(folder: string, bin: string, withNode: boolean, keep: boolean): Promise<ClusterRecord> {
  if (existsSync(folder)) throw new ClusterUnavailableError(`Cannot start a cluster: there is one in ${folder}`);
  mkdirSync(join(folder, 'logs'), { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'owner'), ownerRecord(process.pid));
  const ports = await freePorts(['etcd', 'etcdPeers', 'apiServer', 'kubelet', 'registry']);

  const etcd = startEtcd(folder, ports);
  if (keep) writeFileSync(join(folder, 'owner'), ownerRecord(etcd.pid));
  const [apiServer, runtime] = await Promise.all([
    startApiServer(folder, bin, ports, [etcd]),
    withNode ? startContainerd(folder, ports) : [],
  ]);
  const { api, kubeconfig, nobodyKubeconfig } = apiServer;
  const controllers = startControllers(folder, bin, kubeconfig);
  const programs = [etcd, apiServer.program, ...controllers, ...runtime];
  if (withNode) await untilNodeReady(api, [...programs, startKubelet(folder, bin, kubeconfig, ports)]);
  await untilReady('the controllers work', programs, async () =>
    (await api.request('GET', '/api/v1/namespaces/default/serviceaccounts/default')).status === 200 || undefined);

  return writeClusterRecord(folder, { kubeconfig, nobodyKubeconfig, kubectl: join(bin, 'kubectl'), withNode, folder });
}

function adviseKubeconfig(error: unknown): never {
  if (error instanceof ClusterUnavailableError) throw new ClusterUnavailableError(`${error.message}; set KUBECONFIG to use a cluster of yours`);
  throw error;
}

/** Ends the cluster when this process ends, by itself or by a signal; returns what takes that back. */
function endWithProcess(folder: string): () => void {
  const onExit = (): void => endCluster(folder);
  const signals = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;
  const handlers = Object.entries(signals).map(([signal, number]) => ({ signal, handler: () => process.exit(128 + number) }));
  process.once('exit', onExit);
  handlers.forEach(({ signal, handler }) => process.once(signal, handler));
  return () => {
    process.off('exit', onExit);
    handlers.forEach(({ signal, handler }) => process.off(signal, handler));
  };
}
