/** Identities of kubeconfigs. client-node is an ES module, which Jest cannot load: all are asked for in a process of its own. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { connect } from '../../src/runtime/connection/connect';
import { findKubeconfig } from '../../src/runtime/connection/kubeconfig-files';

const folder = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-kubeconfig-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text, { mode: 0o700 });
  return file;
}

const certificate = '-----BEGIN CERTIFICATE-----\n';
write('ca.crt', certificate);
const plugin = write('plugin.js', `process.stdout.write(JSON.stringify({
  apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token: 'from-plugin' } }));`);
const tokens = write('token', 'from-provider');
const first = write('first.yaml', JSON.stringify({
  'apiVersion': 'v1',
  'kind': 'Config',
  'current-context': 'one',
  'clusters': [{ name: 'c', cluster: { 'server': 'https://first:6443/', 'certificate-authority-data': Buffer.from(certificate).toString('base64'), 'tls-server-name': 'api' } },
    { name: 'socks', cluster: { 'server': 'https://inside:6443', 'proxy-url': 'socks5://proxy:1080' } }],
  'users': [
    { name: 'token', user: { token: 'secret' } },
    { name: 'basic', user: { username: 'u', password: 'p' } },
    { name: 'plugin', user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: [plugin], interactiveMode: 'Never' } } },
    { name: 'provider', user: { 'auth-provider': { name: 'tokenFile', config: { tokenFile: tokens } } } },
    { name: 'broken', user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: join(folder, 'no-such-plugin'), interactiveMode: 'Never' } } },
  ],
  'contexts': [
    { name: 'one', context: { cluster: 'c', user: 'token', namespace: 'media' } },
    { name: 'basic', context: { cluster: 'c', user: 'basic' } },
    { name: 'plugin', context: { cluster: 'c', user: 'plugin' } },
    { name: 'provider', context: { cluster: 'c', user: 'provider' } },
    { name: 'socks', context: { cluster: 'socks', user: 'token' } },
    { name: 'broken', context: { cluster: 'c', user: 'broken' } },
    { name: 'elsewhere', context: { cluster: 'other', user: 'token' } },
    { name: 'nowhere', context: { cluster: 'missing', user: 'token' } },
  ],
}));
const second = write('second.yaml', JSON.stringify({
  'apiVersion': 'v1',
  'kind': 'Config',
  'current-context': 'two',
  'clusters': [{ name: 'c', cluster: { server: 'https://ignored' } }, { name: 'other', cluster: { 'server': 'http://second:8001', 'proxy-url': 'http://proxy:3128' } }],
  'users': [],
  'contexts': [{ name: 'two', context: { cluster: 'other', user: 'token' } }],
}));
const empty = write('empty.yaml', '');

const clusterNames = ['data', 'files', 'plain'];
const userNames = ['token', 'basic', 'certificate', 'files', 'plugin', 'nobody'];
const base64 = (text: string): string => Buffer.from(text).toString('base64');

interface Asked {
  readonly identity?: Readonly<Record<string, unknown>>;
  readonly credentials?: {
    readonly headers: Readonly<Record<string, string>>;
    readonly tls: Readonly<Record<string, unknown>>;
    readonly hasAgent: boolean;
  };
  readonly error?: { readonly code: string; readonly message: string; readonly hint?: string };
}

/** All questions go to one process: loading client-node takes most of a second. */
function ask(questions: ReadonlyArray<{ files: readonly string[]; context?: string; namespace?: string }>): Promise<Asked[]> {
  const script = write('ask.js', `
    const { loadIdentity } = require(${JSON.stringify(join(__dirname, '../../lib/runtime/connection/load-identity.js'))});
    async function answer({ files, ...options }) {
      try {
        const { credentials, ...identity } = await loadIdentity({ type: 'files', files }, options);
        const { headers, tls: { ca, ...tls }, agent } = await credentials(false);
        return { identity, credentials: { headers, tls: { ...tls, ca: ca?.toString() }, hasAgent: agent !== undefined } };
      } catch (error) {
        return { error: { code: error.code, message: error.message, hint: error.hint } };
      }
    }
    Promise.all(${JSON.stringify(questions)}.map(answer)).then((answers) => process.stdout.write(JSON.stringify(answers)));
  `);
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [script], { cwd: join(__dirname, '../..') }, (error, stdout, stderr) => {
      if (error === null) resolve(JSON.parse(stdout) as Asked[]);
      else reject(new Error(`${error.message}\n${stderr}`));
    });
  });
}

test('identities of kubeconfigs', async () => {
  const [one, named, basic, withPlugin, withProvider, socks, broken, merged, both, nowhere, unknown, none] = await ask([
    { files: [first] },
    { files: [first], namespace: 'mine' },
    { files: [first], context: 'basic' },
    { files: [first], context: 'plugin' },
    { files: [first], context: 'provider' },
    { files: [first], context: 'socks' },
    { files: [first], context: 'broken' },
    { files: [first, second], context: 'elsewhere' },
    { files: [first, second] },
    { files: [first], context: 'nowhere' },
    { files: [first], context: 'typo' },
    { files: [empty] },
  ]);
  expect(one).toEqual({
    identity: { context: 'one', namespace: 'media', server: 'https://first:6443' },
    credentials: { headers: { Authorization: 'Bearer secret' }, tls: { ca: certificate, servername: 'api' }, hasAgent: false },
  });
  expect(named?.identity).toMatchObject({ namespace: 'mine' });
  expect(basic?.credentials?.headers).toEqual({ Authorization: `Basic ${Buffer.from('u:p').toString('base64')}` });
  expect(withPlugin).toMatchObject({ identity: { namespace: 'default' }, credentials: { headers: { Authorization: 'Bearer from-plugin' } } });
  expect(withProvider?.credentials).toMatchObject({ headers: { Authorization: 'Bearer from-provider' }, tls: { ca: certificate } });
  expect(socks).toMatchObject({ identity: { proxyUrl: 'socks5://proxy:1080' }, credentials: { headers: { Authorization: 'Bearer secret' }, hasAgent: true } });
  expect(broken?.error).toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(merged).toMatchObject({ identity: { server: 'http://second:8001', proxyUrl: 'http://proxy:3128' } });
  expect(both?.identity).toMatchObject({ context: 'one', server: 'https://first:6443' });
  expect(nowhere?.error).toMatchObject({ code: 'USAGE', message: expect.stringContaining('missing') as string });
  expect(unknown?.error).toMatchObject({ code: 'USAGE', hint: expect.stringContaining('plugin') as string });
  expect(none?.error).toMatchObject({ code: 'USAGE', message: expect.stringContaining('no current context') as string });
}, 30_000);

test('what is read of a kubeconfig is what client-node makes of it', () => {
  const kubeconfig = write('every-kind.yaml', JSON.stringify({
    clusters: [
      { name: 'data', cluster: { 'server': 'https://data', 'certificate-authority-data': base64(certificate), 'insecure-skip-tls-verify': true } },
      { name: 'files', cluster: { 'server': 'https://files/path/', 'certificate-authority': 'ca.crt', 'proxy-url': 'http://proxy:3128' } },
      { name: 'plain', cluster: { 'server': 'http://plain:8001', 'insecure-skip-tls-verify': true } },
    ],
    users: [
      { name: 'token', user: { token: 'secret', as: 'somebody' } },
      { name: 'basic', user: { username: 'u', password: 'p' } },
      { name: 'certificate', user: { 'client-certificate-data': base64('CERT'), 'client-key-data': base64('KEY') } },
      { name: 'files', user: { 'client-certificate': 'token', 'client-key': join(folder, 'token') } },
      { name: 'plugin', user: { exec: { apiVersion: 'client.authentication.k8s.io/v1beta1', command: process.execPath, args: [plugin], env: [{ name: 'A', value: 'b' }] } } },
      { name: 'nobody', user: {} },
    ],
    contexts: clusterNames.flatMap((cluster) => userNames.map((user) => ({ name: `${user}@${cluster}`, context: { cluster, user, namespace: 'media' } }))),
  }));
  const script = write('compare.js', `
    const { KubeConfig } = require('@kubernetes/client-node');
    const { loadIdentity } = require('./lib/runtime/connection/load-identity.js');
    const { identityOfKubeConfig } = require('./lib/runtime/connection/client-node.js');
    const show = async ({ credentials, ...identity }) => ({ ...identity, credentials: await credentials(false) });
    async function compare(context) {
      const config = new KubeConfig();
      config.loadFromFile(${JSON.stringify(kubeconfig)});
      config.setCurrentContext(context);
      return [await show(await loadIdentity({ type: 'files', files: [${JSON.stringify(kubeconfig)}] }, { context })), await show(identityOfKubeConfig(config))];
    }
    Promise.all(${JSON.stringify(clusterNames.flatMap((cluster) => userNames.map((user) => `${user}@${cluster}`)))}.map(compare))
      .then((pairs) => process.stdout.write(JSON.stringify(pairs)));
  `);
  const { stdout, stderr } = spawnSync(process.execPath, ['--eval', readFileSync(script, 'utf8')], { cwd: join(__dirname, '../..'), encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  const pairs = JSON.parse(stdout) as ReadonlyArray<readonly [unknown, unknown]>;
  expect(pairs).toHaveLength(clusterNames.length * userNames.length);
  expect(pairs.map(([ours]) => ours)).toEqual(pairs.map(([, theirs]) => theirs));
}, 30_000);

describe('which kubeconfig', () => {
  const home = join(folder, 'home');

  test.each<[string, string | undefined, Readonly<Record<string, string>>, readonly string[] | undefined]>([
    ['a given file before all else', first, { KUBECONFIG: second }, [first]],
    ['the files of KUBECONFIG that exist', undefined, { KUBECONFIG: [first, join(folder, 'gone.yaml'), second].join(delimiter) }, [first, second]],
    ['none when KUBECONFIG names only missing files', undefined, { KUBECONFIG: join(folder, 'gone.yaml'), HOME: home }, undefined],
    ['none without a file at home', undefined, { HOME: home }, undefined],
  ])('%s', (_, given, env, files) => {
    expect(findKubeconfig(given, env)).toEqual(files === undefined ? undefined : { type: 'files', files });
  });

  test('a given file that does not exist is an error', () => {
    expect(() => findKubeconfig(join(folder, 'gone.yaml'), {})).toThrow(/no such file/);
  });

  test('without one there is no cluster, and none in this process either', async () => {
    await expect(connect({ env: { HOME: home } })).rejects.toMatchObject({ code: 'USAGE', message: 'Cannot connect: there is no kubeconfig' });
    await expect(connect({ env: { HOME: home, KUBECONFIG: join(folder, 'gone.yaml') }, namespace: 'media', context: 'dev' })).rejects.toMatchObject({ code: 'USAGE' });
  });
});
