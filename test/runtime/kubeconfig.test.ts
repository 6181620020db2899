/** Kubeconfigs as kubectl reads them: files, names, paths, and what an exec plugin is told and says. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseContext } from '../../src/runtime/connection/choose-context';
import { inClusterKubeconfig } from '../../src/runtime/connection/in-cluster';
import { readKubeconfig } from '../../src/runtime/connection/kubeconfig';
import { loadIdentity } from '../../src/runtime/connection/load-identity';
import { UserCredentials } from '../../src/runtime/connection/user-credentials';

const folder = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-kubeconfig-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const cluster = { server: 'https://api:6443', skipsTlsVerify: false };

test('of two files the first counts, and paths are relative to the file that names them', () => {
  const first = write('first.yaml', `
    contexts: [{ name: a, context: { cluster: c, user: u } }]
    clusters: [{ name: c, cluster: { server: https://first, certificate-authority: ca.crt } }]`);
  const second = write('second.yaml', `
    current-context: b
    contexts: [{ name: a, context: { cluster: ignored } }, { name: b, context: { cluster: c, user: u } }]
    clusters: [{ name: c, cluster: { server: https://second } }]
    users: [{ name: u, user: { client-key: /keys/u, exec: { command: bin/login, args: [--port, 8000] } } }]`);
  const { currentContext, contexts, clusters, users } = readKubeconfig([first, second]);
  expect(currentContext).toBe('b');
  expect([...contexts.keys()]).toEqual(['a', 'b']);
  expect(contexts.get('a')).toEqual({ cluster: 'c', user: 'u' });
  expect(clusters.get('c')).toMatchObject({ server: 'https://first', caFile: join(folder, 'ca.crt') });
  expect(users.get('u')).toMatchObject({ keyFile: '/keys/u', exec: { command: join(folder, 'bin/login'), args: ['--port', '8000'] } });
});

test.each<[string, string, RegExp]>([
  ['a file that is no YAML', 'a: [', /^Cannot read the kubeconfig .*broken\.yaml: /],
  ['a file that is a list', '- a', /it is no object$/],
])('%s is an error with its name', (_, text, message) => {
  expect(() => readKubeconfig([write('broken.yaml', text)])).toThrow(message);
});

test('a cluster without a server is an error only for who uses it', () => {
  const file = write('no-server.yaml', `
    contexts: [{ name: good, context: { cluster: good } }, { name: bad, context: { cluster: bad } }]
    clusters: [{ name: bad }, { name: good, cluster: { server: 'https://api/' } }]`);
  expect(chooseContext(readKubeconfig([file]), { context: 'good' }).cluster.server).toBe('https://api');
  expect(() => chooseContext(readKubeconfig([file]), { context: 'bad' })).toThrow('the kubeconfig has no cluster "bad" with a server');
});

test('a pod speaks with its service account, whose token is read each time', async () => {
  const account = mkdtempSync(join(folder, 'account-'));
  for (const name of ['token', 'namespace']) writeFileSync(join(account, name), `${name}\n`);
  writeFileSync(join(account, 'ca.crt'), '-----BEGIN CERTIFICATE-----\n');
  const kubeconfig = inClusterKubeconfig({ KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' }, account);
  const chosen = chooseContext(kubeconfig, {});
  expect(chosen).toMatchObject({ context: { namespace: 'namespace' }, cluster: { server: 'https://[fd00::1]:443' } });
  const credentials = new UserCredentials(chosen.cluster, kubeconfig.users.get(chosen.context.user ?? '') ?? { hasAuthProvider: false });
  expect(await credentials.read(false)).toEqual({ headers: { Authorization: 'Bearer token' }, tls: { ca: readFileSync(join(account, 'ca.crt')) } });
  writeFileSync(join(account, 'token'), 'renewed');
  expect((await credentials.read(false)).headers).toEqual({ Authorization: 'Bearer renewed' });
});

test('data count before a file, and a token file before a token', async () => {
  const file = write('file', 'from a file');
  const content = '-----BEGIN CERTIFICATE----- from data';
  const data = Buffer.from(content).toString('base64');
  const user = { certData: data, certFile: file, token: 'given', tokenFile: file, hasAuthProvider: false };
  const { headers, tls } = await new UserCredentials({ ...cluster, caData: data, caFile: file }, user).read(false);
  expect([headers, String(tls.ca), String(tls.cert)]).toEqual([{ Authorization: 'Bearer from a file' }, content, content]);
});

describe('an exec plugin', () => {
  const log = join(folder, 'asked');

  /** A plugin that notes what it was told and prints a token of its own for each run. */
  function credentialsOf(expires: string | undefined, script = ''): UserCredentials {
    writeFileSync(log, '');
    const source = `const fs = require('node:fs'); ${script};
      fs.appendFileSync(${JSON.stringify(log)}, process.env.KUBERNETES_EXEC_INFO + '\\n');
      const token = 'run-' + fs.readFileSync(${JSON.stringify(log)}, 'utf8').trim().split('\\n').length + process.env.SUFFIX;
      console.log(JSON.stringify({ status: { token, expirationTimestamp: ${JSON.stringify(expires)} } }));`;
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: ['--eval', source], env: { SUFFIX: '!' }, wantsCluster: true };
    return new UserCredentials({ ...cluster, tlsServerName: 'api', execConfig: { audience: 'dev' } }, { exec, hasAuthProvider: false });
  }

  async function tokenOf(credentials: UserCredentials, isRenewed = false): Promise<string | undefined> {
    return (await credentials.read(isRenewed)).headers.Authorization;
  }

  test('is told what it is asked for, runs once for all who ask, and again when its credential was refused', async () => {
    const credentials = credentialsOf(undefined);
    expect(await Promise.all([tokenOf(credentials), tokenOf(credentials)])).toEqual(['Bearer run-1!', 'Bearer run-1!']);
    expect(await tokenOf(credentials)).toBe('Bearer run-1!');
    expect(await tokenOf(credentials, true)).toBe('Bearer run-2!');
    expect(JSON.parse(readFileSync(log, 'utf8').split('\n')[0] ?? '')).toEqual({
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      spec: { interactive: false, cluster: { 'server': 'https://api:6443', 'tls-server-name': 'api', 'config': { audience: 'dev' } } },
    });
  });

  test('runs again when its credential has expired', async () => {
    const credentials = credentialsOf('2001-01-01T00:00:00Z');
    expect([await tokenOf(credentials), await tokenOf(credentials)]).toEqual(['Bearer run-1!', 'Bearer run-2!']);
  });

  test.each<[string, string, RegExp]>([
    ['that fails says why', "console.error('log in first'); process.exit(1)", /^log in first$/],
    ['that fails without a word is named with its status', 'process.exit(3)', /ended with 3$/],
    ['that prints nothing of use is named', "console.log('{}'); process.exit(0)", /printed neither a token nor a certificate$/],
  ])('%s', async (_, script, message) => {
    await expect(credentialsOf(undefined, script).read(false)).rejects.toThrow(message);
  });

  test('that is not there is an error with the context', async () => {
    const file = write('missing-plugin.yaml', `
      current-context: dev
      contexts: [{ name: dev, context: { cluster: c, user: u } }]
      clusters: [{ name: c, cluster: { server: https://api } }]
      users: [{ name: u, user: { exec: { command: ./no-such-plugin } } }]`);
    const { credentials } = await loadIdentity({ type: 'files', files: [file] });
    await expect(credentials(false)).rejects.toMatchObject({ code: 'UNAUTHENTICATED', message: expect.stringContaining('context "dev"') as string });
  });
});
