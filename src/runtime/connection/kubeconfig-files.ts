import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { UsageError } from '../../core/errors';

/** Environment variables as a process has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a pod finds the token of its service account. */
export const serviceAccountFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Where the configuration of a cluster was found. */
export type KubeconfigSource = { readonly type: 'files'; readonly files: readonly string[] } | { readonly type: 'in-cluster' };

/**
 * What kubectl would read: the given file; else the files of KUBECONFIG, without those that do not exist; else `~/.kube/config`; else,
 * inside a pod, its service account. Undefined when there is nothing: nobody has named a cluster.
 *
 * @throws {UsageError} for a given file that does not exist.
 */
export function findKubeconfig(given: string | undefined, env: Environment): KubeconfigSource | undefined {
  if (given !== undefined) {
    if (!existsSync(given)) throw new UsageError(`Cannot read the kubeconfig ${given}: there is no such file`);
    return { type: 'files', files: [given] };
  }
  const listed = (env.KUBECONFIG ?? '').split(delimiter).filter((file) => file !== '');
  const candidates = listed.length > 0 ? listed : [join(env.HOME ?? homedir(), '.kube', 'config')];
  const files = candidates.filter((file) => existsSync(file));
  if (files.length > 0) return { type: 'files', files };
  return env.KUBERNETES_SERVICE_HOST !== undefined && existsSync(join(serviceAccountFolder, 'token')) ? { type: 'in-cluster' } : undefined;
}
