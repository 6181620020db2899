import { identityOfKubeConfig } from './client-node';
import { Cluster } from '../cluster';
import { type Environment, findKubeconfig } from './kubeconfig-files';
import { KubernetesCluster } from './kubernetes-cluster';
import { loadIdentity } from './load-identity';
import type { TransportOptions } from './transport';
import { UsageError } from '../../core/errors';
import { given } from '../../core/given';

/** Which cluster is meant, and as whom. */
export interface ConnectOptions extends TransportOptions {
  /** Path of a kubeconfig. Default: the files of KUBECONFIG, else `~/.kube/config`, else, in a pod, its service account. */
  readonly kubeconfig?: string;
  /** A context of the kubeconfig. Default: the current one. */
  readonly context?: string;
  /** Where objects without a namespace go. Default: the namespace of the context, else `default`. */
  readonly namespace?: string;
  /** A `KubeConfig` of @kubernetes/client-node, in place of files. */
  readonly kubeConfig?: object;
  /** Where KUBECONFIG and HOME are read from. Default: the environment of this process. */
  readonly env?: Environment;
}

/**
 * Connects to a real cluster; for one in this process see `localCluster()`. It sends nothing yet: whether the cluster can be reached shows
 * with the first call.
 *
 * @throws {UsageError} when there is no kubeconfig, or no such context in it.
 */
export async function connect(options: ConnectOptions = {}): Promise<Cluster> {
  return new Cluster(await openKubernetes(options));
}

/** The port to a real cluster. */
export async function openKubernetes(options: ConnectOptions = {}): Promise<KubernetesCluster> {
  const { kubeConfig, kubeconfig, context, namespace } = options;
  if (kubeConfig !== undefined) return new KubernetesCluster(identityOfKubeConfig(kubeConfig, namespace), options);
  const { env = process.env } = options;
  const source = findKubeconfig(kubeconfig, env);
  if (source === undefined) {
    throw new UsageError(noKubeconfig(env), 'set KUBECONFIG, or give `kubeconfig`; a cluster in this process is localCluster()');
  }
  const chosen = { env, ...given({ context, namespace }) };
  return new KubernetesCluster(await loadIdentity(source, chosen), options);
}

function noKubeconfig({ KUBECONFIG: named = '' }: Environment): string {
  return named === '' ? 'Cannot connect: there is no kubeconfig' : `Cannot connect: KUBECONFIG is ${named}, and there is no such file`;
}
