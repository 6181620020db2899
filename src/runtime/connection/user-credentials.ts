import { readFileSync } from 'node:fs';
import { CredentialsError } from './credentials-error';
import { type ExecCredential, runExecPlugin } from './exec-plugin';
import type { Credentials, TlsOptions } from './identity';
import type { ClusterEntry, ExecEntry, UserEntry } from './kubeconfig';
import { describeFileError } from '../../core/file-error';
import { given } from '../../core/given';

/** The credentials of a user for a cluster. Files are read each time; an exec plugin runs when its word has expired. */
export class UserCredentials {
  private plugin: Promise<ExecCredential> | undefined;
  private expires = Infinity;

  public constructor(private readonly cluster: ClusterEntry, private readonly user: UserEntry) {}

  /** What a request carries; `isRenewed` after a refusal. @throws {Error} for an unreadable file and a plugin that fails. */
  public async read(isRenewed: boolean): Promise<Credentials> {
    const { token, tokenFile, exec, username, password = '', impersonated } = this.user;
    const said = exec === undefined ? {} : await this.askPlugin(exec, isRenewed);
    const bearer = tokenFile === undefined ? token ?? said.token : readPart('tokenFile', tokenFile).toString('utf8').trim();
    const basic = username === undefined ? undefined : Buffer.from(`${username}:${password}`).toString('base64');
    const authorization = basic !== undefined ? `Basic ${basic}` : bearer !== undefined ? `Bearer ${bearer}` : undefined;
    return { headers: given({ 'Authorization': authorization, 'Impersonate-User': impersonated }), tls: this.tls(said) };
  }

  /** All who ask at the same time share one run. */
  private askPlugin(exec: ExecEntry, isRenewed: boolean): Promise<ExecCredential> {
    if (isRenewed || Date.now() >= this.expires) this.plugin = undefined;
    return this.plugin ??= this.runPlugin(exec);
  }

  private async runPlugin(exec: ExecEntry): Promise<ExecCredential> {
    this.expires = Infinity;
    try {
      const said = await runExecPlugin(exec, this.cluster);
      this.expires = said.expires ?? Infinity;
      return said;
    } catch (error) {
      // The next one who asks tries again.
      this.plugin = undefined;
      throw error;
    }
  }

  private tls({ certificate, key }: ExecCredential): TlsOptions {
    const { caData, caFile, tlsServerName, skipsTlsVerify } = this.cluster;
    const { certData, certFile, keyData, keyFile } = this.user;
    return given({
      ca: caOf(caData, caFile),
      cert: certificate ?? contentOf('client-certificate', certData, certFile),
      key: key ?? contentOf('client-key', keyData, keyFile),
      servername: tlsServerName,
      rejectUnauthorized: skipsTlsVerify ? false : undefined,
    });
  }
}

/**
 * The certificates that servers must be signed with: what holds none would be read as no certificate, and the server be blamed.
 *
 * @source client-go transport/transport.go rootCertPool (v1.37)
 */
function caOf(data: string | undefined, file: string | undefined): Buffer | undefined {
  const ca = contentOf('certificate-authority', data, file);
  if (ca === undefined || ca.includes('-----BEGIN CERTIFICATE-----')) return ca;
  const where = data === undefined ? `certificate-authority ${file}` : 'certificate-authority-data';
  throw new CredentialsError(`the ${where} holds no certificate: it must be PEM, which begins with -----BEGIN CERTIFICATE-----`);
}

/** Data count before a file, as for kubectl. */
function contentOf(name: string, data: string | undefined, file: string | undefined): Buffer | undefined {
  if (data === undefined) return file === undefined ? undefined : readPart(name, file);
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(data.replace(/[\r\n]/g, ''))) throw new CredentialsError(`the ${name}-data is no base64`);
  return Buffer.from(data, 'base64');
}

function readPart(name: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new CredentialsError(`cannot read the ${name} ${file}: ${describeFileError(error)}`);
  }
}
