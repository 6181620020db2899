import { spawn } from 'node:child_process';
import { CredentialsError } from './credentials-error';
import type { ClusterEntry, ExecEntry } from './kubeconfig';
import { given } from '../../core/given';
import { asObject } from '../../core/json';

/** What an exec plugin printed. */
export interface ExecCredential {
  readonly token?: string;
  readonly certificate?: string;
  readonly key?: string;
  /** Milliseconds of the epoch from which on it is worthless; missing when it holds until the server refuses it. */
  readonly expires?: number;
}

/**
 * Runs an exec plugin, which nobody can answer: stdin is closed.
 *
 * @source staging/src/k8s.io/client-go/plugin/pkg/client/auth/exec/exec.go Authenticator.refreshCredsLocked (v1.37)
 * @throws {Error} when it cannot be started, fails, or prints no credential; with what it wrote to stderr.
 */
export async function runExecPlugin(exec: ExecEntry, cluster: ClusterEntry): Promise<ExecCredential> {
  const { command, env, apiVersion } = exec;
  const request = { apiVersion, kind: 'ExecCredential', spec: { interactive: false, ...given({ cluster: exec.wantsCluster ? clusterInfo(cluster) : undefined }) } };
  const printed = await outputOf(exec, { ...process.env, KUBERNETES_EXEC_INFO: JSON.stringify(request), ...env });
  const { token, clientCertificateData, clientKeyData, expirationTimestamp } = asObject(asObject(parse(command, printed)).status);
  const credential = given({ token: text(token), certificate: text(clientCertificateData), key: text(clientKeyData) });
  if (credential.token === undefined && credential.certificate === undefined) throw new Error(`${command} printed neither a token nor a certificate`);
  const expires = Date.parse(text(expirationTimestamp) ?? '');
  return Number.isNaN(expires) ? credential : { ...credential, expires };
}

function clusterInfo({ server, tlsServerName, skipsTlsVerify, caData, proxyUrl, execConfig }: ClusterEntry): object {
  return given({
    'server': server,
    'tls-server-name': tlsServerName,
    'insecure-skip-tls-verify': skipsTlsVerify ? true : undefined,
    'certificate-authority-data': caData,
    'proxy-url': proxyUrl,
    'config': execConfig,
  });
}

function parse(command: string, printed: string): unknown {
  try {
    return JSON.parse(printed);
  } catch {
    throw new Error(`${command} printed no JSON`);
  }
}

function outputOf({ command, args, installHint }: ExecEntry, env: NodeJS.ProcessEnv): Promise<string> {
  if (command === '') return Promise.reject(new Error('the exec plugin has no command'));
  return new Promise((resolve, reject) => {
    const plugin = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const texts = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) plugin[name].setEncoding('utf8').on('data', (part: string) => { texts[name] += part; });
    plugin.on('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ENOENT' ? new CredentialsError(`there is no program ${command}`, installHint ?? 'install it, or log in otherwise') : error);
    });
    plugin.on('close', (status) => {
      if (status === 0) resolve(texts.stdout);
      else reject(new Error(texts.stderr.trim() === '' ? `${command} ended with ${status ?? 'a signal'}` : texts.stderr.trim()));
    });
  });
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
