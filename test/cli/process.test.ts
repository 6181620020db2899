import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder, type TemporaryFolder } from './temporary-folder';
import { isAlive } from '../fakes/process-life';

// As it is installed: compiling the sources takes longer than any call.
const main = join(__dirname, '..', '..', 'lib', 'cli', 'main.js');

/** Jobs that give stdout and stderr something for ever. */
const talkingJobs = ['one', 'two', 'three'].map((name) => jobOf(name, 'yes | head -n 20000; exit 1', { completions: 1000 })).join('\n---\n');

/** A container that counts its runs: the first fails and is restarted at once, the second succeeds, so that nothing ends it too early. */
const restartingJob = jobOf('restarts', 'echo >> runs; wc -l < runs | tr -d " "; [ $(wc -l < runs) -eq 2 ]', { backoffLimit: 2 }, 'OnFailure');

/** A container that never stops to print. */
const floodingJob = jobOf('flood', 'yes');
/** A container that says where its termination message goes, and stays. */
const writingJob = jobOf('writes', 'echo /dev/termination-log > writes; sleep 300');
/** A container that says its process number, and stays. */
const stayingJob = jobOf('stays', 'echo $$ > stays; echo here; sleep 300');

function jobOf(name: string, script: string, spec: object = {}, restartPolicy = 'Never'): string {
  const containers = [{ name: 'main', image: 'busybox', command: ['sh', '-c', script] }];
  return JSON.stringify({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: { ...spec, template: { spec: { restartPolicy, containers } } } });
}

/** A cluster at a port that nobody serves. */
const closedKubeconfig = `apiVersion: v1
kind: Config
current-context: c
contexts: [{name: c, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: "http://127.0.0.1:9"}}]
users: [{name: u, user: {token: t}}]
`;

let folder: TemporaryFolder;
beforeAll(() => {
  folder = makeFolder({
    'bad.yaml': 'a: [\n',
    'config.yaml': 'apiVersion: v1\nkind: ConfigMap\n',
    'closed.yaml': closedKubeconfig,
    'restarts.yaml': restartingJob,
    'flood.yaml': floodingJob,
    'stays.yaml': stayingJob,
    'writes.yaml': writingJob,
    'talks.yaml': talkingJobs,
    'open.js': "require('fs').writeFileSync('pid', process.pid + ' ' + process.env.CDK8S_OUTDIR); setInterval(() => undefined, 1000)",
  });
});
afterAll(() => folder.remove());

/** Asks again and again; the time limit of the test ends it. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => { setTimeout(resolve, 10); });
}

interface ProcessResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function call(args: readonly string[], input = '', script = main): ProcessResult {
  return spawnSync(process.execPath, [script, ...args], { cwd: folder.path, input, encoding: 'utf8' });
}

test('a process writes data to stdout and ends with the status of the command', () => {
  const { status, stdout, stderr } = call(['validate', 'bad.yaml', 'config.yaml']);
  expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
  expect(stdout).toMatch(/^bad\.yaml:2:1 +error +Cannot read the document/);
});

test('many pods side by side are no leak to Node', () => {
  const many = jobOf('many', 'echo hi; sleep 1', { completions: 12, parallelism: 12 });
  const { status, stdout, stderr } = call(['run', '--local', '--prefix', 'never', '-'], many);
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'hi\n'.repeat(12) });
  expect(stderr).not.toContain('Warning');
});

test('a process reads stdin', () => {
  const { status, stdout } = call(['validate', '-'], 'apiVersion: v1\nkind: ConfigMap\n');
  expect({ status, stdout }).toMatchObject({ status: 2, stdout: expect.stringMatching(/^stdin:1:1 .*\n\n1 file, 1 document, no Job or CronJob, 1 of other kinds/) });
});

test('wrong usage ends with 125 and nothing on stdout', () => {
  expect(call(['validat'])).toMatchObject({ status: 125, stdout: '', stderr: 'error: Unknown command "validat"\nhint: did you mean cdk8s-jobs validate?\n' });
});

test('help answers before any command is loaded', () => {
  const probe = `
    require(${JSON.stringify(main)}).main({ args: ['--help'], calledAs: '', stdout: { write() {} }, stderr: { write() {} }, env: {}, cwd: '/' })
      .then(() => console.log(Object.keys(require.cache).filter((name) => /node_modules|lib/.test(name)).map((name) => name.split(/[\\\\/]lib[\\\\/](?=cli|core|joined)/).at(-1)).join(' ')))`;
  const { stdout } = spawnSync(process.execPath, ['--eval', probe], { cwd: process.cwd(), encoding: 'utf8' });
  const loaded = stdout.trim().split(' ').filter((name) => !name.includes('node_modules'));
  expect(loaded).toContain('cli/help.js');
  expect(loaded.filter((name) => !name.startsWith('cli/') && !/^joined\/(?:core|cli)\.js$/.test(name))).toEqual([]);
  expect(loaded.filter((name) => name.startsWith('cli/commands/'))).toEqual([]);
  expect(stdout).not.toContain('js-yaml');
});

test('a program called kubectl-jobs names itself as kubectl does', () => {
  const link = join(folder.path, 'kubectl-jobs.js');
  symlinkSync(main, link);
  expect(call(['--help'], '', link).stdout).toContain('Usage: kubectl jobs <command>');
});

test.each(['stdout', 'stderr'])('a reader of %s that goes away ends a run as SIGPIPE does, without a word', async (stream) => {
  const child = spawn(process.execPath, [main, 'run', '--local', 'talks.yaml'], { cwd: folder.path });
  const closed = stream === 'stdout' ? child.stdout : child.stderr;
  closed.once('data', () => closed.destroy());
  let rest = '';
  (stream === 'stdout' ? child.stderr : child.stdout).setEncoding('utf8').on('data', (text: string) => { rest += text; });
  const [status] = await once(child, 'close') as [number];
  expect(status).toBe(141);
  expect(rest).not.toMatch(/EPIPE|^ +at /m);
});

test.each([['SIGTERM', 143, null], ['SIGKILL', null, 'SIGKILL']] as const)('%s ends an app that is being run with all that it started, and removes its folder', async (signal, status, ended) => {
  writeFileSync(join(folder.path, 'pid'), '');
  const child = spawn(process.execPath, [main, 'validate', 'open.js'], { cwd: folder.path });
  let [pid, outdir]: readonly [number, string] = [0, ''];
  await until(() => {
    const [first = '', second = ''] = readFileSync(join(folder.path, 'pid'), 'utf8').split(' ');
    [pid, outdir] = [Number(first), second];
    return second !== '';
  });
  child.kill(signal);
  expect(await once(child, 'close')).toEqual([status, ended]);
  await until(() => !isAlive(pid) && !existsSync(outdir));
});

test('SIGKILL of a run leaves no termination messages behind', async () => {
  const child = spawn(process.execPath, [main, 'run', '--local', 'writes.yaml'], { cwd: folder.path });
  const said = join(folder.path, 'writes');
  await until(() => existsSync(said) && readFileSync(said, 'utf8').endsWith('\n'));
  const file = readFileSync(said, 'utf8').trim();
  expect(existsSync(file)).toBe(true);
  child.kill('SIGKILL');
  expect(await once(child, 'close')).toEqual([null, 'SIGKILL']);
  await until(() => !existsSync(dirname(file)));
});

test('Ctrl-C in a flood of output ends a run soon, and the last word is that it was interrupted', async () => {
  const child = spawn(process.execPath, [main, 'run', '--local', 'flood.yaml'], { cwd: folder.path });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text; });
  child.stdout.once('data', () => child.kill('SIGINT')).resume();
  expect(await once(child, 'close')).toEqual([130, null]);
  expect(stderr.trimEnd().split('\n').slice(-2)).toEqual([
    "SIGINT: ending the Jobs' processes; Ctrl-C again ends this at once", expect.stringMatching(/^flood +interrupted after [\d.]+s$/),
  ]);
});

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('a full disk behind stdout is an error of one line, and ends the processes of the Jobs', async () => {
  const full = openSync('/dev/full', 'w');
  const child = spawn(process.execPath, [main, 'run', '--local', 'stays.yaml'], { cwd: folder.path, stdio: ['ignore', full, 'pipe'] });
  closeSync(full);
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => { stderr += text; });
  expect(await once(child, 'close')).toEqual([125, null]);
  expect(stderr.trimEnd().split('\n').at(-1)).toBe('error: Cannot write to stdout: the disk is full');
  const pid = Number(readFileSync(join(folder.path, 'stays'), 'utf8'));
  await until(() => !isAlive(pid));
});

test.each(['wait', 'get'])('%s says that a cluster cannot be reached, and ends', (command) => {
  const { status, stdout, stderr } = call([command, 'x', '--kubeconfig', 'closed.yaml']);
  expect({ status, stdout }).toEqual({ status: 125, stdout: '' });
  expect(stderr).toContain('nothing listens there');
});

test('each run of a restarted container shows its own output, once', () => {
  const { status, stdout } = call(['run', '--local', '-o', 'ndjson', 'restarts.yaml']);
  const lines = stdout.trim().split('\n').map((line) => JSON.parse(line) as { readonly attempt?: number; readonly text?: string });
  const said = lines.filter(({ text }) => text !== undefined).map(({ attempt, text }) => ({ attempt, text }));
  expect(status).toBe(0);
  expect(said).toEqual([{ attempt: 0, text: '1' }, { attempt: 1, text: '2' }]);
});
