/** What is wrong in a kubeconfig, or behind its address, is told by its name: nothing is called a bug, no login is blamed for a file. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jobs } from '../../src/port/resources';
import { chooseContext } from '../../src/runtime/connection/choose-context';
import { openKubernetes } from '../../src/runtime/connection/connect';
import { readKubeconfig } from '../../src/runtime/connection/kubeconfig';
import { serverAddress } from '../../src/runtime/connection/server-address';

const folder = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-broken-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A kubeconfig with one context `dev`. */
function write(cluster: object, user: object = {}): string {
  const file = join(folder, 'config.json');
  writeFileSync(file, JSON.stringify({
    'current-context': 'dev',
    'contexts': [{ name: 'dev', context: { cluster: 'c', user: 'u' } }],
    'clusters': [{ name: 'c', cluster }],
    'users': [{ name: 'u', user }],
  }));
  return file;
}

/** What asking for a Job says with a kubeconfig. */
async function failureWith(cluster: object, user: object = {}): Promise<{ message: string; hint?: string; code?: string }> {
  const port = await openKubernetes({ kubeconfig: write(cluster, user), env: {} });
  try {
    await port.get({ resource: jobs, name: 'etl' });
    return { message: 'no error' };
  } catch (error) {
    return error as { message: string; hint?: string; code?: string };
  } finally {
    await port.close();
  }
}

test.each<[string, boolean, string | undefined]>([
  ['https://api:6443', false, 'https://api:6443'],
  ['https://api:6443/', true, 'https://api:6443'],
  ['https://api/k8s/clusters/c//', true, 'https://api/k8s/clusters/c'],
  ['HTTPS://api', true, 'HTTPS://api'],
  ['http://127.0.0.1:8001', true, 'http://127.0.0.1:8001'],
  ['127.0.0.1:8001', false, 'http://127.0.0.1:8001'],
  ['localhost:8001', false, 'http://localhost:8001'],
  ['api', false, 'http://api'],
  ['api:6443', true, 'https://api:6443'],
  ['api:6443/', true, 'https://api:6443'],
  ['[::1]:6443', true, 'https://[::1]:6443'],
  ['api/k8s/clusters/c', true, undefined],
  ['ftp://api', true, undefined],
  ['https://[::1', true, undefined],
  ['https://api:99999', true, undefined],
  ['https:// api', true, undefined],
  ['https://', true, undefined],
  ['/', false, undefined],
])('the server %s, with certificates %s, is %s, as for kubectl', (server, hasCertificates, address) => {
  expect(serverAddress(server, hasCertificates)).toBe(address);
});

test.each<[string, object, object, string]>([
  ['nothing about certificates', {}, {}, 'http://api:6443'],
  ['an authority', { 'certificate-authority': 'ca.crt' }, {}, 'https://api:6443'],
  ['no verification', { 'insecure-skip-tls-verify': true }, {}, 'https://api:6443'],
  ['a client certificate', {}, { 'client-certificate': 'client.crt' }, 'https://api:6443'],
])('a server without a scheme, with %s', (_, cluster, user, expected) => {
  expect(chooseContext(readKubeconfig([write({ server: 'api:6443', ...cluster }, user)]), {}).cluster.server).toBe(expected);
});

test.each<[string, object, object, string, string | undefined]>([
  ['a server that is no address', { server: 'https://[::1' }, {}, 'Cannot use the context "dev": its server "https://[::1" is no address', 'write https://HOST:PORT'],
  ['a proxy that is no address', { 'server': 'https://api', 'proxy-url': 'user:secret@proxy' }, {}, 'Cannot use the context "dev": the proxy-url of its cluster is no address', 'write http://HOST:PORT, or https:// or socks5:// before it'],
  ['a file that is missing', { 'server': 'https://api', 'certificate-authority': '/nope/ca.pem' }, {}, 'cannot read the certificate-authority /nope/ca.pem: there is no such file or folder', undefined],
  ['a token file that is a folder', { server: 'https://api' }, { tokenFile: tmpdir() }, `cannot read the tokenFile ${tmpdir()}: it is a folder`, undefined],
  ['data that are no base64', { 'server': 'https://api', 'certificate-authority-data': '!!!' }, {}, 'the certificate-authority-data is no base64', undefined],
  ['an authority that is no certificate', { 'server': 'https://api', 'certificate-authority-data': Buffer.from('CA').toString('base64') }, {}, 'the certificate-authority-data holds no certificate: it must be PEM, which begins with -----BEGIN CERTIFICATE-----', undefined],
  ['a login command that is not installed', { server: 'https://api' }, { exec: { command: 'no-such-plugin', installHint: 'get it at example.com' } }, 'there is no program no-such-plugin', 'get it at example.com'],
  ['a login command that fails', { server: 'https://api' }, { exec: { command: 'false' } }, 'false ended with 1', 'the login command in the kubeconfig failed: run kubectl get jobs to see what it says'],
  ['a login command that prints text', { server: 'https://api' }, { exec: { command: 'echo', args: ['hello'] } }, 'echo printed no JSON', 'the login command in the kubeconfig failed: run kubectl get jobs to see what it says'],
])('%s is told', async (_, cluster, user, message, hint) => {
  const error = await failureWith(cluster, user).catch((thrown: unknown) => thrown as { message: string; hint?: string });
  expect(error.message).toContain(message);
  expect(error.message).not.toContain('secret');
  expect(error.hint).toBe(hint);
});

test('a kubeconfig that is a folder is told without the words of the system', () => {
  expect(() => readKubeconfig([folder])).toThrow(`Cannot read the kubeconfig ${folder}: it is a folder`);
});

/** Something that answers every connection in its own way; its `host:port`. */
async function serve(answer: (socket: Socket) => void): Promise<{ host: string; server: Server }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    answer(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, host: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const http = (socket: Socket): void => { socket.once('data', () => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')); };
const garbage = (socket: Socket): void => { socket.once('data', () => socket.end('220 mail.example.com ESMTP\r\n')); };

test.each<[string, (socket: Socket) => void, (host: string) => object, RegExp, string]>([
  ['plain HTTP where TLS is expected', http, (host) => ({ server: `https://${host}` }), /: what answers there speaks no TLS$/, 'is it another port, or should the server begin with http://?'],
  ['what is no HTTP', garbage, (host) => ({ server: `http://${host}` }), /: what answers there speaks no HTTP$/, 'is it another port, or should the server begin with https://?'],
  ['a proxy that refuses', http, (host) => ({ 'server': 'https://api', 'proxy-url': `http://${host}` }), /^Cannot reach api to .*: the proxy 127\.0\.0\.1:\d+: it answered 407 to CONNECT api:443$/, 'is the proxy running, and is it the right one?'],
])('%s is told', async (_, answer, cluster, message, hint) => {
  const { server, host } = await serve(answer);
  const error = await failureWith(cluster(host));
  server.close();
  expect(error).toMatchObject({ code: 'UNREACHABLE', hint, message: expect.stringMatching(message) as string });
});

test('a proxy that nobody runs is told by its address, not by that of the server', async () => {
  const { server, host } = await serve(() => undefined);
  server.close();
  await once(server, 'close');
  const { message } = await failureWith({ 'server': 'https://api', 'proxy-url': `http://${host}` });
  expect(message).toMatch(new RegExp(`^Cannot reach api to .*: the proxy ${host}: nothing listens there`));
});

test('a client certificate that is none is not taken for the certificate of the server', async () => {
  const none = Buffer.from('none').toString('base64');
  const { server, host } = await serve(http);
  const error = await failureWith({ server: `https://${host}` }, { 'client-certificate-data': none, 'client-key-data': none });
  server.close();
  expect(error).toMatchObject({ message: expect.stringContaining('the client certificate or its key cannot be used') as string, hint: 'log in again, or mend the user of the kubeconfig' });
});
