/** The program as a user starts it, on a kubeconfig that leads to a fake API server. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeApiServer, type Fault } from './fake-api-server';
import { container, jobManifest, podOf, running, terminated, withCondition } from './objects';
import { main } from '../../src/cli/main';
import type { KubernetesObject } from '../../src/port/cluster-port';

const folder = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-command-line-'));
const manifest = join(folder, 'job.yaml');
const kubeconfig = join(folder, 'kubeconfig');
const server = new FakeApiServer();

beforeAll(async () => {
  await server.start();
  writeFileSync(manifest, JSON.stringify(jobManifest('demo')));
  writeFileSync(kubeconfig, JSON.stringify({
    'apiVersion': 'v1',
    'kind': 'Config',
    'current-context': 'dev',
    'users': [{ name: 'u', user: { token: 't' } }],
    'clusters': [{ name: 'c', cluster: { server: server.url } }],
    'contexts': [{ name: 'dev', context: { cluster: 'c', user: 'u', namespace: 'media' } }],
  }));
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

beforeEach(() => {
  server.requests.length = 0;
  const demo = jobManifest('demo');
  server.cluster.remove({ ...demo, metadata: { ...demo.metadata, namespace: 'media' } });
});

class Program {
  public stdout = '';
  public stderr = '';
  public readonly ended: Promise<number | string>;
  public readonly child: ChildProcess;

  public constructor(...args: string[]) {
    const env = { ...process.env, KUBECONFIG: kubeconfig, CI: 'true' };
    this.child = spawn(process.execPath, [join(__dirname, '../../lib/cli/main.js'), ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => { this.stdout += text; });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => { this.stderr += text; });
    this.ended = new Promise((resolve) => this.child.on('close', (code, signal) => resolve(code ?? signal ?? '')));
  }

  /** Waits until the program has said something. */
  public async says(words: RegExp): Promise<void> {
    while (!words.test(this.stderr) && this.child.exitCode === null) await new Promise((resolve) => setImmediate(resolve));
    if (!words.test(this.stderr)) throw new Error(`It ended without saying ${words.source}: ${this.stderr}`);
  }
}

function applied(): Promise<KubernetesObject> {
  return new Promise((resolve) => { server.cluster.onApply = resolve; });
}

test('run: says which cluster, prints the output on stdout, ends with the code of the container', async () => {
  const program = new Program('run', manifest);
  const job = await applied();
  server.cluster.write('demo-1', 'main', '2026-11-24T00:00:01Z Running job\n');
  server.cluster.endLog('demo-1', 'main');
  server.cluster.put(podOf(job, 'demo-1', { phase: 'Failed', containerStatuses: [container(terminated(7))] }));
  server.cluster.put(withCondition(job, 'Failed', 'BackoffLimitExceeded', 'Job has reached the specified backoff limit'));
  expect(await program.ended).toBe(7);
  expect(program.stdout).toBe('Running job\n');
  expect(program.stderr).toMatch(/^cluster dev, namespace media\ndemo +created\n/);
  expect(program.stderr).toMatch(/demo +Failed \(BackoffLimitExceeded\)/);
});

test('Ctrl-C detaches and says how to go on; the Job is left alone', async () => {
  const program = new Program('run', manifest);
  const job = await applied();
  server.cluster.put(podOf(job, 'demo-1', { phase: 'Running', containerStatuses: [container(running)] }));
  await program.says(/created/);
  program.child.kill('SIGINT');
  expect(await program.ended).toBe(130);
  expect(program.stderr).toContain('pick it up again with: cdk8s-jobs wait --follow demo');
  expect(server.requests.map(({ method }) => method).filter((method) => method === 'DELETE')).toEqual([]);
});

test('Ctrl-C with --on-interrupt=suspend suspends the Job', async () => {
  const program = new Program('run', manifest, '--on-interrupt', 'suspend');
  await applied();
  await program.says(/created/);
  program.child.kill('SIGTERM');
  expect(await program.ended).toBe(143);
  expect(server.requests.find(({ body }) => (body as { spec?: { suspend?: boolean } } | undefined)?.spec?.suspend === true)).toMatchObject({ method: 'PATCH' });
});

function manifests(name: string, ...objects: object[]): string {
  writeFileSync(join(folder, name), objects.map((object) => JSON.stringify(object)).join('\n---\n'));
  return join(folder, name);
}

const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { a: 5 } };

/** The answer of a server that refuses a field of an object. */
function refusing(field: string, message: string): Fault {
  const causes = [{ reason: 'FieldValueInvalid', field, message }];
  return { type: 'answer', status: 422, body: { code: 422, reason: 'Invalid', message: 'it is invalid', details: { causes } } };
}

const down: Fault = { type: 'answer', status: 404, body: { code: 404, reason: 'NotFound', message: 'namespaces "media" not found' } };

test.each(['run', 'apply'])('%s: when the cluster refuses the second object nothing is started, and file, line and path are named', async (command) => {
  const path = manifests('refused.yaml', jobManifest('demo'), configMap);
  server.fail('configmaps/c', refusing('data[a]', 'Invalid value: 5: must be a text'));
  const program = new Program(command, path);
  expect(await program.ended).toBe(125);
  expect(program.stderr).toContain(`error: Cannot ${command} ${path}:3:75: document 2: data[a]: Invalid value: 5: must be a text\n`);
  expect(server.requests.map(({ method, query }) => [method, query.get('dryRun')])).toEqual([['PATCH', 'All'], ['PATCH', 'All']]);
});

test('apply: a write that fails behind others says what was applied, and what was not', async () => {
  server.cluster.onApply = () => void server.fail('PATCH /apis/batch/v1/namespaces/media/jobs/other', down);
  const path = manifests('partly.yaml', jobManifest('demo'), jobManifest('other'), jobManifest('third'));
  const program = new Program('apply', path);
  expect(await program.ended).toBe(125);
  expect(program.stdout).toBe('job.batch/demo created\n');
  expect(program.stderr).toBe(`error: Cannot apply ${path}:3: document 2: namespaces "media" not found\nnot applied: job.batch/other, job.batch/third\n`);
});

test('run: a write that fails behind others says which Jobs go on', async () => {
  server.cluster.onApply = () => void server.fail('PATCH /apis/batch/v1/namespaces/media/jobs/other', down);
  const path = manifests('partly.yaml', jobManifest('demo'), jobManifest('other'));
  const program = new Program('run', path, '-n', 'media');
  expect(await program.ended).toBe(125);
  expect(program.stderr).toContain(`error: Cannot run ${path}:3: document 2: namespaces "media" not found\n`
    + 'pick it up again with: cdk8s-jobs wait --follow demo -n media\n');
});

test('run: a Job that is refused after all is told with its place; the status is that of wrong use, whatever the others do', async () => {
  const late = refusing('spec.completions', 'Invalid value: 1: no');
  server.cluster.onApply = () => void server.fail('PATCH /apis/batch/v1/namespaces/media/jobs/other', late);
  const path = manifests('late.yaml', jobManifest('demo'), jobManifest('other'));
  const program = new Program('run', path, '--timeout', '1');
  expect(await program.ended).toBe(125);
  expect(program.stderr).toMatch(/error: Cannot run \S+late\.yaml:3:\d+: document 2: spec\.completions: Invalid value: 1: no\n/);
  expect(program.stderr).toContain('demo       Running, timed out after 1s');
  expect(program.stderr).toContain('pick it up again with: cdk8s-jobs wait --follow demo\n');
});

/** A command line in this process: without a cluster, or before one is asked. */
async function call(...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  let stdout = '';
  let stderr = '';
  const status = await main({
    args,
    calledAs: 'cdk8s-jobs',
    cwd: folder,
    env: { HOME: folder, CI: 'true' },
    stdout: { write: (text) => { stdout += text; } },
    stderr: { write: (text) => { stderr += text; } },
    stdin: (async function* nothing(): AsyncGenerator<string> { /* stdin is empty */ })(),
  });
  return { status, stdout, stderr };
}

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

const cronJob = JSON.stringify({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'c' }, spec: {} });

test.each<[string, () => string[], RegExp]>([
  ['a file that is not there', () => ['gone.yaml'], /gone\.yaml/],
  ['an empty file', () => [file('empty.yaml', '')], /empty\.yaml/],
  ['a file that is no YAML', () => [file('bad.yaml', 'a: [')], /bad\.yaml:2:1/],
  ['a second document without a kind', () => [file('two.yaml', 'apiVersion: batch/v1\nkind: Job\n---\nspec: {}\n')], /two\.yaml:4: document 2/],
  ['a manifest of another kind', () => [file('other.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n')], /a ConfigMap is not a Job/],
  ['a CronJob', () => [file('cron.yaml', cronJob)], /--once/],
  ['--local with a context', () => ['job.yaml', '--local', '--context', 'dev'], /exclude/],
  ['a time that is none', () => ['job.yaml', '--timeout', 'soon'], /soon/],
  ['--image-command without a command', () => ['job.yaml', '--local', '--image-command', 'busybox'], /IMAGE=/],
])('run refuses %s in a line, with status 125', async (_, args, words) => {
  const { status, stdout, stderr } = await call('run', ...args());
  expect({ status, stdout }).toEqual({ status: 125, stdout: '' });
  expect(stderr).toMatch(words);
});

test.each(['get', 'doctor', 'wait x', 'logs x', 'suspend x', 'delete x', 'trigger x', 'retry x'])('%s without a cluster says so', async (words) => {
  const { status, stderr } = await call(...words.split(' '));
  expect(status).toBe(125);
  expect(stderr).toMatch(/no kubeconfig/);
});
