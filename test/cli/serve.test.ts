/** `serve` as a process of its own: what it leaves to the program that it runs, and what it takes away. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, type TemporaryFolder } from './temporary-folder';

const main = join(__dirname, '..', '..', 'lib', 'cli', 'main.js');

/** Makes a Job at the server of the kubeconfig and prints what becomes of it. */
const client = `
const { server } = JSON.parse(require('fs').readFileSync(process.env.KUBECONFIG, 'utf8')).clusters[0].cluster;
const jobs = server + '/apis/batch/v1/namespaces/media/jobs';
const spec = { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'x', command: ['true'] }] } } };
(async () => {
  const answer = await fetch(jobs, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ metadata: { name: 'one' }, spec }) });
  console.log(answer.status);
  const stream = await fetch(jobs + '?watch=true');
  for await (const chunk of stream.body) if (Buffer.from(chunk).toString().includes('"Complete"')) { console.log('complete'); process.exit(7); }
})();
`;

let folder: TemporaryFolder;
beforeAll(() => {
  folder = makeFolder({ 'client.js': client, 'taken.json': 'mine' });
});
afterAll(() => folder.remove());

function serve(...words: readonly string[]): ReturnType<typeof spawnSync> {
  return spawnSync(process.execPath, [main, 'serve', ...words], { cwd: folder.path, encoding: 'utf8', env: { ...process.env, CI: 'true' } });
}

test('the program finds the server, and its exit status is the answer', () => {
  const { status, stdout, stderr } = serve('-n', 'media', '--', process.execPath, 'client.js');
  expect([stdout, status]).toEqual(['201\ncomplete\n', 7]);
  expect(stderr).toMatch(/^local engine on http:\/\/127\.0\.0\.1:\d+; containers run as processes of this machine, images are not used\n$/);
});

test('a program that is not there is an error', () => {
  const { status, stderr } = serve('--', 'no-such-program');
  expect([status, stderr]).toEqual([125, expect.stringContaining('error: Cannot run no-such-program: there is no such program\nhint: ')]);
});

test('a file that is there is not overwritten', () => {
  const { status, stderr } = serve('--kubeconfig', 'taken.json', '--', 'true');
  expect([status, stderr]).toEqual([125, expect.stringMatching(/Cannot write .*taken\.json[\s\S]*name a file that does not exist yet/)]);
  expect(readFileSync(join(folder.path, 'taken.json'), 'utf8')).toBe('mine');
});

test.each([['x'], ['-1'], ['65536']])('%s is no port', (port) => {
  expect(serve('--port', port)).toMatchObject({ status: 125, stderr: expect.stringContaining(`Cannot use ${port} as a port`) });
});

test('without a program it serves until a signal; its kubeconfig is for its owner alone, and goes', async () => {
  const child = spawn(process.execPath, [main, 'serve', '--kubeconfig', 'served.json'], { cwd: folder.path });
  child.stdout.setEncoding('utf8');
  const [line] = await once(child.stdout, 'data') as [string];
  const path = /^export KUBECONFIG=(.*)\n$/.exec(line)?.[1] ?? '';
  expect(statSync(path).mode.toString(8).slice(-3)).toBe('600');
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit') as [number];
  expect([code, existsSync(path)]).toEqual([143, false]);
});
