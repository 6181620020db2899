import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../../program/run-program';
import { makeFolder, type TemporaryFolder } from '../temporary-folder';

const app = `const { App, Chart, ApiObject } = require('cdk8s');
const app = new App();
for (const name of ['etl', 'web']) new ApiObject(new Chart(app, name), 'map', { apiVersion: 'v1', kind: 'ConfigMap', data: { text: 'a: b' } });
if (process.env.FAIL) throw new Error('too late');
app.synth();
if (process.env.SAY) throw new Error(String(app.synth).includes('synthesize'));
`;

let folder: TemporaryFolder;
beforeEach(() => {
  folder = makeFolder({ 'app.js': app, 'project/cdk8s.yaml': 'language: typescript\napp: node main.js\n', 'project/main.js': app });
  symlinkSync(join(__dirname, '..', '..', '..', 'node_modules'), join(folder.path, 'node_modules'));
});
afterEach(() => folder.remove());

const synth = async (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runProgram(['synth', ...words], { cwd: folder.path, env: { PATH: process.env.PATH ?? '', HOME: folder.path, ...env } });

test('the files of an app are those that it writes by itself, and their names are told', async () => {
  spawnSync(process.execPath, ['app.js'], { cwd: folder.path, env: { ...process.env, CDK8S_OUTDIR: 'theirs' } });
  expect(await synth(['app.js'])).toEqual({ status: 0, stdout: 'dist/etl.k8s.yaml\ndist/web.k8s.yaml\n', stderr: '' });
  for (const name of ['etl.k8s.yaml', 'web.k8s.yaml']) {
    expect(readFileSync(join(folder.path, 'dist', name), 'utf8')).toBe(readFileSync(join(folder.path, 'theirs', name), 'utf8'));
  }
});

test('an app that has the cdk8s of this package is written in one walk', async () => {
  expect(await synth(['app.js'], { SAY: '1' })).toMatchObject({ status: 2, stderr: expect.stringContaining('true') as string });
});

test('a project is synthesized by its command, into the folder that is named', async () => {
  expect(await synth(['project', '--outdir', 'out/deep'])).toMatchObject({ status: 0, stdout: 'out/deep/etl.k8s.yaml\nout/deep/web.k8s.yaml\n' });
});

test('an app that fails in the end writes nothing', async () => {
  mkdirSync(join(folder.path, 'dist'));
  writeFileSync(join(folder.path, 'dist', 'etl.k8s.yaml'), 'old');
  expect(await synth(['app.js'], { FAIL: '1' })).toMatchObject({ status: 2, stdout: '' });
  expect([readdirSync(join(folder.path, 'dist')), readFileSync(join(folder.path, 'dist', 'etl.k8s.yaml'), 'utf8')]).toEqual([['etl.k8s.yaml'], 'old']);
});
