import { existsSync, readFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import type { Kubeconfig } from './kubeconfig';
import { type Environment, serviceAccountFolder } from './kubeconfig-files';
import { given } from '../../core/given';

/**
 * The configuration of the pod in which this runs.
 *
 * @source staging/src/k8s.io/client-go/rest/config.go InClusterConfig (v1.37)
 */
export function inClusterKubeconfig(env: Environment, folder = serviceAccountFolder): Kubeconfig {
  const { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '' } = env;
  const name = 'in-cluster';
  const namespaceFile = join(folder, 'namespace');
  const namespace = existsSync(namespaceFile) ? readFileSync(namespaceFile, 'utf8').trim() : undefined;
  return {
    currentContext: name,
    contexts: new Map([[name, { cluster: name, user: name, ...given({ namespace }) }]]),
    clusters: new Map([[name, { server: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`, caFile: join(folder, 'ca.crt'), skipsTlsVerify: false }]]),
    users: new Map([[name, { tokenFile: join(folder, 'token'), hasAuthProvider: false }]]),
  };
}
