/** The files that run writes: nothing that it did not write itself is replaced, and what cannot be written is no success. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, linkSync, openSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runMain } from '../run-main';
import { makeFolder, type TemporaryFolder } from '../temporary-folder';

const job = (name: string, script = 'echo done'): string => JSON.stringify({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name },
  spec: { backoffLimit: 0, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox', command: ['sh', '-c', script] }] } } },
});

let folder: TemporaryFolder;
beforeEach(() => {
  folder = makeFolder({ 'job.yaml': job('one'), 'notes.txt': 'mine', 'empty': '', 'sub/x': '' });
  for (const name of ['link.yaml', 'other.yaml']) symlinkSync('job.yaml', join(folder.path, name));
  linkSync(join(folder.path, 'job.yaml'), join(folder.path, 'hard.yaml'));
  symlinkSync('gone', join(folder.path, 'dangling'));
});
afterEach(() => folder.remove());

const read = (name: string): string => readFileSync(join(folder.path, name), 'utf8');
const run = (...args: string[]): ReturnType<typeof runMain> => runMain(['run', '--local', 'job.yaml', ...args], { cwd: folder.path });

const onLinux = process.platform === 'linux' ? test : test.skip;

const foreign = 'the file that is there was not written by cdk8s-jobs\nhint: name another file, or remove it first';
const input = 'the manifests are in it\nhint: name another file';

describe.each([['--report', 'report'], ['--record', 'tape']])('%s', (flag, sort) => {
  test.each([
    ['the manifest itself', 'job.yaml', input],
    ['the manifest by another path', './sub/../job.yaml', input],
    ['a link to the manifest', 'link.yaml', input],
    ['a hard link to the manifest', 'hard.yaml', input],
    ['a file that somebody else wrote', 'notes.txt', foreign],
    ['a folder', 'sub', 'it is a folder'],
    ['a file of a folder that is not there', 'no/such/file', 'its folder is not there'],
    ['a file below a file', 'notes.txt/file', 'a part of its path is no folder'],
    ['a link that leads nowhere', 'dangling', 'its folder is not there'],
  ])('%s is refused before anything is started', async (_, file, problem) => {
    const { status, stdout, stderr } = await run(flag, file);
    expect({ status, stdout, stderr }).toEqual({ status: 125, stdout: '', stderr: `error: Cannot write the ${sort} ${file}: ${problem}\n` });
    expect([read('job.yaml'), read('notes.txt')]).toEqual([job('one'), 'mine']);
  });

  test('an earlier one and an empty file are replaced, also behind a link', async () => {
    expect(await run(flag, 'first')).toMatchObject({ status: 0 });
    symlinkSync('first', join(folder.path, 'link'));
    const before = read('first');
    for (const name of ['first', 'link', 'empty']) expect(await run(flag, name)).toMatchObject({ status: 0 });
    expect(read('first')).not.toBe(before);
    expect(read('empty')).not.toBe('');
    expect(readdirSync(folder.path).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('a pipe gets it too', async () => {
    execFileSync('mkfifo', [join(folder.path, 'pipe')]);
    const reader = spawn('cat', ['pipe'], { cwd: folder.path });
    let text = '';
    reader.stdout.setEncoding('utf8').on('data', (part: string) => { text += part; });
    const closed = once(reader, 'close');
    expect(await run(flag, 'pipe')).toMatchObject({ status: 0 });
    await closed;
    expect(text).toContain('cdk8s-jobs');
  });

  test('a file that came while the Job ran is left alone', async () => {
    writeFileSync(join(folder.path, 'job.yaml'), job('one', `echo mine > ${folder.path}/new`));
    const { status, stderr } = await run(flag, 'new');
    expect({ status, text: read('new') }).toEqual(flag === '--report' ? { status: 125, text: 'mine\n' } : { status: 0, text: expect.any(String) as string });
    if (flag === '--report') expect(stderr).toContain(`error: Cannot write the report new: ${foreign}\n`);
  });

  onLinux('a full disk is 125, and what the Job came to is said all the same', async () => {
    const { status, stdout, stderr } = await run(flag, '/dev/full');
    expect(status).toBe(125);
    expect(stderr).toContain(`error: Cannot write the ${sort} /dev/full: the disk is full\n`);
    if (flag === '--report') expect({ stdout, stderr }).toEqual({ stdout: 'done\n', stderr: expect.stringContaining('Complete 1/1') });
  });
});

test('report and tape do not go to one file', async () => {
  for (const [tape, report] of [['new', 'sub/../new'], ['empty', './empty']] as const) {
    expect(await run('--record', tape, '--report', report)).toMatchObject({
      status: 125, stderr: `error: Cannot write the report ${report}: the tape goes there\nhint: name another file\n`,
    });
  }
});

test('a file that stdout goes to is not written a second time', async () => {
  const descriptor = openSync(join(folder.path, 'out'), 'w');
  const stdout = { write: () => undefined, fd: descriptor };
  const { status, stderr } = await runMain(['run', '--local', 'job.yaml', '--report', 'out'], { cwd: folder.path, stdout });
  closeSync(descriptor);
  expect({ status, stderr }).toEqual({
    status: 125, stderr: 'error: Cannot write the report out: stdout or stderr goes there\nhint: name another file\n',
  });
});
