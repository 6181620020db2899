/** Plays every line of docs/exit-codes.md. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { runMain, type CliResult } from './run-main';
import { makeFolder, type TemporaryFolder } from './temporary-folder';
import { type ApiServer, serveCluster } from '../../src/local/api-server';
import { createLocalCluster } from '../../src/local/local-cluster';
import type { ClusterPort, KubernetesObject } from '../../src/port/cluster-port';
import { defaultVersion } from '../../src/rules/rule/versions';
import { writeKubeconfig } from '../end-to-end/served-stage';
import { ManualClock } from '../fakes/alarm-clock';
import { ScriptedExecutor } from '../fakes/scripted-executor';
import { runProgram } from '../program/run-program';

// As it is installed: a hundred calls of the sources would be compiled a hundred times.
const main = join(__dirname, '..', '..', 'lib', 'cli', 'main.js');
const [, alone = '', onCluster = ''] = readFileSync(join(__dirname, '..', '..', 'docs', 'exit-codes.md'), 'utf8').split(/^## /m);

/** A line of the page: the call, its status, and what it says on stdout or stderr. */
type Line = readonly [call: string, status: number, says: string];

function linesOf(chapter: string): Line[] {
  return [...chapter.matchAll(/^\| `(.+?)` \| (\d+) \| `(.+)` \|$/gm)].map(([, call = '', status, says = '']) => [call, Number(status), says]);
}

function jobOf(name: string, command: readonly string[], spec: object = {}): KubernetesObject {
  const containers = [{ name: 'main', image: 'busybox:1.36', command }];
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: { backoffLimit: 0, ...spec, template: { spec: { restartPolicy: 'Never', containers } } } };
}

const etl = jobOf('etl', ['true']);
const cronJob = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'nightly' }, spec: { schedule: '@daily', jobTemplate: { spec: etl.spec } } };
const files: Readonly<Record<string, string>> = {
  'job.yaml': JSON.stringify(etl),
  'bad.yaml': JSON.stringify(jobOf('etl', ['true'], { backoffLimit: -1 })),
  'broken.yaml': 'a: [\n',
  'twice.yaml': `${JSON.stringify(etl)}\n---\n${JSON.stringify(etl)}\n`,
  'settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n',
  'nightly.yaml': JSON.stringify(cronJob),
  'fails.yaml': JSON.stringify(jobOf('fails', ['sh', '-c', 'exit 3'])),
  'slow.yaml': JSON.stringify(jobOf('slow', ['sleep', '300'])),
  'lost.yaml': JSON.stringify(jobOf('lost', ['no-such-program'])),
  'app.js': 'throw new Error("it must not come to this")',
  'writes.js': "require('node:fs').writeFileSync(`${process.env.CDK8S_OUTDIR}/etl.k8s.yaml`, 'kind: Job')",
  'throws.js': 'throw new Error("no queue")',
  'notes.txt': 'hello\n',
  'empty.yaml': '',
  'closed.yaml': JSON.stringify({
    'apiVersion': 'v1',
    'kind': 'Config',
    'current-context': 'c',
    'contexts': [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
    'clusters': [{ name: 'c', cluster: { server: 'http://127.0.0.1:9' } }],
    'users': [{ name: 'u', user: {} }],
  }),
};

let folder: TemporaryFolder;
let cluster: ClusterPort;
let server: ApiServer;
let kubeconfig: string;

beforeAll(async () => {
  folder = makeFolder(files);
  mkdirSync(join(folder.path, 'empty'));
  symlinkSync('circle.yaml', join(folder.path, 'circle.yaml'));
  const clock = new ManualClock(Date.now());
  const executor = new ScriptedExecutor();
  const local = await createLocalCluster({ clock, executor, seed: 1 });
  cluster = local;
  server = await serveCluster(local, { secret: 's3cret', version: defaultVersion, clock });
  kubeconfig = writeKubeconfig(folder.path, server.url);
  await local.create(jobOf('done', ['true']));
  await clock.advance(1);
  executor.containers[0]?.end({ exitCode: 0 });
  await clock.advance(5);
  for (const object of [etl, jobOf('paused', ['true'], { suspend: true }), jobOf('none', ['true'], { completions: 0 }), cronJob]) await local.create(object);
  await clock.advance(1);
}, 30_000);

afterAll(async () => {
  await server.close();
  await cluster.close();
  folder.remove();
});

/** Plays a call as a shell would: `NAME=value` before the command, `> FILE` behind it, quotes around a word. */
async function play(call: string, env: Readonly<Record<string, string>>): Promise<CliResult> {
  const words = [...call.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
  const [name, value] = words[0]?.split('=') ?? [];
  const isSet = value !== undefined && name !== undefined;
  const [args, target] = call.includes(' > ') ? [words.slice(0, -2), words.at(-1)] : [words.slice(isSet ? 1 : 0), undefined];
  const home = { PATH: process.env.PATH ?? '', HOME: folder.path, CI: 'true', ...env, ...(isSet ? { [name]: value } : {}) };
  if (target === undefined) return (env.KUBECONFIG === undefined ? runMain : runProgram)(args, { cwd: folder.path, env: home });
  const stdout = openSync(target, 'w');
  const child = spawn(process.execPath, [main, ...args], { cwd: folder.path, env: home, stdio: ['ignore', stdout, 'pipe'] });
  const said = { stdout: '', stderr: '' };
  child.stderr?.setEncoding('utf8').on('data', (text: string) => { said.stderr += text; });
  const [status] = await once(child, 'close') as [number];
  closeSync(stdout);
  return { status, ...said };
}

async function expectLine([call, status, says]: Line, env: Readonly<Record<string, string>>): Promise<void> {
  const result = await play(call, env);
  // Columns are as wide as their widest word.
  const text = `${result.stdout}${result.stderr}`;
  expect({ call, status: result.status, text }).toEqual({ call, status, text: expect.stringContaining(says) as string });
  expect(text).not.toContain('a bug in cdk8s-jobs');
  // What is an error never says so on stdout alone, except where findings are the data.
  if (status === 125 && !call.includes('validate')) expect(result.stderr).toMatch(/^error: /m);
}

test('the page has lines for both chapters', () => {
  expect([linesOf(alone).length > 40, linesOf(onCluster).length > 20]).toEqual([true, true]);
});

describe('without a cluster', () => {
  test.each(linesOf(alone).filter(([call]) => process.platform === 'linux' || !call.includes('/dev/full')))('%s ends with %i: %s', async (...line) => {
    await expectLine(line, {});
  }, 30_000);
});

describe('on a cluster', () => {
  test.each(linesOf(onCluster))('%s ends with %i: %s', async (...line) => {
    await expectLine(line, { KUBECONFIG: kubeconfig });
  }, 30_000);
});
