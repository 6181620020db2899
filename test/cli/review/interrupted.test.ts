/** A review that a signal ends while an app is rendered, at the base or now: nothing is left behind, and the user's tree is as it was. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { job, makeRepository, type TestRepository } from './repository';
import { isAlive } from '../../fakes/process-life';
import { makeFolder, type TemporaryFolder } from '../temporary-folder';

// As it is installed: compiling the sources takes longer than any call.
const main = join(__dirname, '..', '..', '..', 'lib', 'cli', 'main.js');

/** An app that tells its process number, and never ends. */
const hanging = "require('fs').writeFileSync(process.env.PID_FILE, String(process.pid)); setInterval(() => undefined, 1000);\n";
const quick = `require('fs').writeFileSync(process.env.CDK8S_OUTDIR + '/x.k8s.yaml', ${JSON.stringify(job('a'))});\n`;

let repository: TestRepository;
let folder: TemporaryFolder;
afterEach(() => {
  repository.remove();
  folder.remove();
});

/** Asks again and again; the time limit of the test ends it. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => { setTimeout(resolve, 10); });
}

const cases = [['SIGINT', 130, null], ['SIGTERM', 143, null], ['SIGHUP', 129, null], ['SIGKILL', null, 'SIGKILL']] as const;

test.each([['at the base', hanging, quick], ['now', quick, hanging]].flatMap(([when = '', old = '', now = '']) => {
  return cases.map(([signal, status, ended]) => ({ when, old, now, signal, status, ended }));
}))('$signal while the app is rendered $when', async ({ old, now, signal, status, ended }) => {
  repository = makeRepository({ 'app.js': old, 'dist/b.yaml': job('b') });
  folder = makeFolder({});
  const pidFile = join(folder.path, 'pid');
  const temporary = join(folder.path, 'tmp');
  mkdirSync(temporary);
  repository.write({ 'app.js': now, 'dist/b.yaml': job('b', 'app:2'), 'notes.txt': 'mine' });
  repository.git('add', 'dist/b.yaml');
  const state = (): string[] => [
    repository.git('status', '--porcelain'), repository.git('rev-parse', 'HEAD'), repository.git('worktree', 'list'), repository.git('stash', 'list'),
    readFileSync(join(repository.path, 'app.js'), 'utf8'), readdirSync(join(repository.path, '.git')).sort().join(' '),
  ];
  const before = state();
  const env = { PATH: process.env.PATH, HOME: folder.path, TMPDIR: temporary, PID_FILE: pidFile };
  const child = spawn(process.execPath, [main, 'diff', '--git', 'HEAD', 'app.js'], { cwd: repository.path, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { said += text; });
  await until(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8') !== '');
  const pid = Number(readFileSync(pidFile, 'utf8'));
  child.kill(signal);
  expect(await once(child, 'close')).toEqual([status, ended]);
  expect(said).not.toMatch(/^ +at |unchanged|refused/m);
  // After SIGKILL somebody else cleans up, a moment later.
  await until(() => !isAlive(pid) && readdirSync(temporary).length === 0);
  expect(state()).toEqual(before);
}, 60_000);
