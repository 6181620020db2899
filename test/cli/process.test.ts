import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeFolder, type TemporaryFolder } from './temporary-folder';

const main = join(__dirname, '..', '..', 'src', 'cli', 'main.ts');
const tsx = pathToFileURL(createRequire(__filename).resolve('tsx')).href;

let folder: TemporaryFolder;
beforeAll(() => { folder = makeFolder({ 'bad.yaml': 'a: [\n', 'config.yaml': 'apiVersion: v1\nkind: ConfigMap\n' }); });
afterAll(() => folder.remove());

interface ProcessResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function call(args: readonly string[], input = '', script = main): ProcessResult {
  return spawnSync(process.execPath, ['--import', tsx, script, ...args], { cwd: folder.path, input, encoding: 'utf8' });
}

test('a process writes data to stdout and ends with the status of the command', () => {
  const { status, stdout, stderr } = call(['validate', 'bad.yaml', 'config.yaml']);
  expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
  expect(stdout).toMatch(/^bad\.yaml:2:1 +error +Cannot read the document/);
});

test('a process reads stdin', () => {
  const { status, stdout } = call(['validate', '-'], 'apiVersion: v1\nkind: ConfigMap\n');
  expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining('1 not a Job or CronJob: not checked') });
});

test('wrong usage ends with 125 and nothing on stdout', () => {
  expect(call(['validat'])).toMatchObject({ status: 125, stdout: '', stderr: 'error: Unknown command "validat"\nhint: did you mean cdk8s-jobs validate?\n' });
});

test('help answers before any command is loaded', () => {
  const probe = `
    require(${JSON.stringify(main)}).main({ args: ['--help'], calledAs: '', stdout: { write() {} }, stderr: { write() {} }, env: {}, cwd: '/' })
      .then(() => console.log(Object.keys(require.cache).filter((name) => /node_modules|src/.test(name)).map((name) => name.split(/[\\\\/]src[\\\\/]/).at(-1)).join(' ')))`;
  const { stdout } = spawnSync(process.execPath, ['--require', createRequire(__filename).resolve('tsx/cjs'), '--eval', probe], { cwd: process.cwd(), encoding: 'utf8' });
  const loaded = stdout.trim().split(' ').filter((name) => !name.includes('node_modules'));
  expect(loaded).toContain('cli/help.ts');
  expect(loaded.filter((name) => !name.startsWith('cli/') && !name.startsWith('core/'))).toEqual([]);
  expect(loaded.filter((name) => name.startsWith('cli/commands/'))).toEqual([]);
  expect(stdout).not.toContain('js-yaml');
});

test('a program called kubectl-jobs names itself as kubectl does', () => {
  const link = join(folder.path, 'kubectl-jobs.ts');
  symlinkSync(main, link);
  expect(call(['--help'], '', link).stdout).toContain('Usage: kubectl jobs <command>');
});
