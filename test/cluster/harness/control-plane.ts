import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openKubeApi, type KubeApi } from '../kube-api';
import { etcdUrl, type EtcdPorts } from './etcd';
import { writeKubeconfig } from './kubeconfig';
import { startProgram, untilReady, type Program } from './program';

/** The API server of a cluster that answers: the program, an administrator's kubeconfig, and one of a user without any right. */
export interface ApiServer {
  readonly program: Program;
  readonly api: KubeApi;
  readonly kubeconfig: string;
  readonly nobodyKubeconfig: string;
}

/** Starts kube-apiserver and waits until it is ready. `programs` are those that it needs. */
export async function startApiServer(
  folder: string, bin: string, ports: EtcdPorts & { readonly apiServer: number }, programs: readonly Program[],
): Promise<ApiServer> {
  writeServiceAccountKeys(folder);
  const tokens = { admin: randomBytes(16).toString('hex'), nobody: randomBytes(16).toString('hex') };
  writeFileSync(join(folder, 'tokens.csv'), `${tokens.admin},admin,admin,"system:masters"\n${tokens.nobody},nobody,nobody\n`, { mode: 0o600 });
  const program = startProgram(folder, 'kube-apiserver', join(bin, 'kube-apiserver'), [
    '--secure-port', String(ports.apiServer),
    '--bind-address', '127.0.0.1',
    '--advertise-address', '127.0.0.1',
    '--cert-dir', join(folder, 'certificates'),
    '--etcd-servers', etcdUrl(ports),
    '--service-account-issuer', 'https://kubernetes.default.svc',
    '--service-account-key-file', join(folder, 'sa.pub'),
    '--service-account-signing-key-file', join(folder, 'sa.key'),
    '--token-auth-file', join(folder, 'tokens.csv'),
    '--authorization-mode', 'RBAC',
    '--service-cluster-ip-range', '10.96.0.0/24',
    '--allow-privileged',
    '--endpoint-reconciler-type', 'none',
    ...featureGates(),
  ]);
  const needed = [...programs, program];
  // The server signs its own certificate, and the file holds the authority too.
  const caFile = join(folder, 'certificates', 'apiserver.crt');
  await untilReady('the API server has a certificate', needed, () => existsSync(caFile) || undefined);
  const server = `https://127.0.0.1:${ports.apiServer}`;
  const kubeconfig = writeKubeconfig(folder, 'kubeconfig', { server, caFile, token: tokens.admin });
  const nobodyKubeconfig = writeKubeconfig(folder, 'kubeconfig-nobody', { server, caFile, token: tokens.nobody });
  const api = openKubeApi(kubeconfig);
  await untilReady('the API server answers', needed, async () => {
    const answer = await api.request('GET', '/readyz').catch(() => undefined);
    return answer?.status === 200 ? true : undefined;
  });
  return { program, api, kubeconfig, nobodyKubeconfig };
}

/** Starts kube-controller-manager and kube-scheduler; nobody asks them anything, so that they listen on no port. */
export function startControllers(folder: string, bin: string, kubeconfig: string): Program[] {
  const common = ['--kubeconfig', kubeconfig, '--leader-elect=false', '--secure-port', '0'];
  return [
    startProgram(folder, 'kube-controller-manager', join(bin, 'kube-controller-manager'), [
      ...common,
      // By default its own limit of 20 requests a second makes its start last seconds.
      '--kube-api-qps', '500', '--kube-api-burst', '1000',
      '--use-service-account-credentials', '--service-account-private-key-file', join(folder, 'sa.key'),
      '--flex-volume-plugin-dir', join(folder, 'volume-plugins'),
      ...featureGates(),
    ]),
    startProgram(folder, 'kube-scheduler', join(bin, 'kube-scheduler'), common),
  ];
}

/** Those of CDK8S_JOBS_TEST_FEATURE_GATES: `Name=true,Other=false`. */
function featureGates(): string[] {
  const gates = process.env.CDK8S_JOBS_TEST_FEATURE_GATES ?? '';
  return gates === '' ? [] : ['--feature-gates', gates];
}

function writeServiceAccountKeys(folder: string): void {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  writeFileSync(join(folder, 'sa.pub'), publicKey);
  writeFileSync(join(folder, 'sa.key'), privateKey, { mode: 0o600 });
}
