import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Who a kubeconfig speaks as: its file, and the server it speaks to. */
export interface Identity {
  readonly server: string;
  readonly caFile: string;
  readonly token: string;
}

/**
 * Writes a kubeconfig into `folder` and returns its path.
 *
 * It is JSON, which every reader of YAML reads, and carries its certificate authority, so that it may be copied elsewhere.
 */
export function writeKubeconfig(folder: string, fileName: string, { server, caFile, token }: Identity): string {
  const path = join(folder, fileName);
  const certificate = readFileSync(caFile).toString('base64');
  const kubeconfig = {
    'apiVersion': 'v1',
    'kind': 'Config',
    'clusters': [{ name: 'cdk8s-jobs-test', cluster: { server, 'certificate-authority-data': certificate } }],
    'users': [{ name: 'cdk8s-jobs-test', user: { token } }],
    'contexts': [{ name: 'cdk8s-jobs-test', context: { cluster: 'cdk8s-jobs-test', user: 'cdk8s-jobs-test', namespace: 'default' } }],
    'current-context': 'cdk8s-jobs-test',
  };
  writeFileSync(path, JSON.stringify(kubeconfig, undefined, 2), { mode: 0o600 });
  return path;
}
