import { chooseContext, identityIn, type IdentityOptions } from './choose-context';
import { readWithClientNode } from './client-node';
import type { Identity } from './identity';
import { inClusterKubeconfig } from './in-cluster';
import { type ClusterEntry, readKubeconfig, type UserEntry } from './kubeconfig';
import type { KubeconfigSource } from './kubeconfig-files';
import { UserCredentials } from './user-credentials';

/** A context without a user is allowed: the API server may take requests from anybody. */
const nobody: UserEntry = { hasAuthProvider: false };

/**
 * The identity in a kubeconfig, or of the pod in which this runs.
 *
 * @throws {UsageError} for an unreadable kubeconfig or an unknown context.
 */
export async function loadIdentity(source: KubeconfigSource, options: IdentityOptions = {}): Promise<Identity> {
  const kubeconfig = source.type === 'in-cluster' ? inClusterKubeconfig(options.env ?? {}) : readKubeconfig(source.files);
  const chosen = chooseContext(kubeconfig, options);
  const user = kubeconfig.users.get(chosen.context.user ?? '') ?? nobody;
  if (source.type === 'files' && needsClientNode(chosen.cluster, user)) {
    return identityIn(chosen, options, await readWithClientNode(source.files, chosen.name));
  }
  const credentials = new UserCredentials(chosen.cluster, user);
  return identityIn(chosen, options, (isRenewed) => credentials.read(isRenewed));
}

/** SOCKS, and the providers of credentials that kubectl has given up, are left to the library, which takes 0.7 s and 70 MB to load. */
function needsClientNode({ proxyUrl }: ClusterEntry, { hasAuthProvider }: UserEntry): boolean {
  return hasAuthProvider || proxyUrl?.startsWith('socks') === true;
}
