import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endCluster, endLeftovers, ownerRecord } from './harness/leftovers';

let parent = '';
let started: ChildProcess[] = [];

beforeEach(() => { parent = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-leftovers-')); });
afterEach(() => {
  started.forEach((child) => child.kill('SIGKILL'));
  started = [];
  rmSync(parent, { recursive: true });
});

test('a cluster whose owner has ended is ended: its processes and its folder', async () => {
  const owner = startProcess('owner', []);
  const folder = clusterFolder('crashed', ownerRecord(owner.pid ?? 0));
  const etcd = startProcess('etcd', [join(folder, 'etcd')]);
  await endOf(owner, () => owner.kill('SIGKILL'));
  await endOf(etcd, () => endLeftovers(parent));
  expect({ signal: etcd.signalCode, folder: existsSync(folder) }).toEqual({ signal: 'SIGKILL', folder: false });
});

test('a cluster whose owner lives stays', () => {
  const folder = clusterFolder('alive', ownerRecord(process.pid));
  const etcd = startProcess('etcd', [join(folder, 'etcd')]);
  endLeftovers(parent);
  expect({ exists: existsSync(folder), signal: etcd.signalCode }).toEqual({ exists: true, signal: null });
});

test('a folder whose owner was never written down is a leftover', () => {
  const folder = clusterFolder('half', '');
  endLeftovers(parent);
  expect(existsSync(folder)).toBe(false);
});

test('a process with the number of an ended owner is not the owner', () => {
  const folder = clusterFolder('reused', `${process.pid} 1`);
  endLeftovers(parent);
  expect(existsSync(folder)).toBe(false);
});

test('the end of one cluster leaves the processes of others, and of users who look into its folder', async () => {
  const folder = clusterFolder('one', ownerRecord(process.pid));
  const other = startProcess('etcd', [join(clusterFolder('one-more', ownerRecord(process.pid)), 'etcd')]);
  const reader = startProcess('less', [join(folder, 'logs', 'etcd.log')]);
  const own = startProcess('etcd', [join(folder, 'etcd')]);
  await endOf(own, () => endCluster(folder));
  expect([own, other, reader].map(({ signalCode }) => signalCode)).toEqual(['SIGKILL', null, null]);
});

test('a program of any name that was started from the folder of a cluster ends with it', async () => {
  const folder = clusterFolder('tool', ownerRecord(process.pid));
  const tool = startProcess(join(folder, 'bin', 'some-controller'), ['settings.json']);
  await endOf(tool, () => endCluster(folder));
  expect(tool.signalCode).toBe('SIGKILL');
});

function clusterFolder(name: string, owner: string): string {
  const folder = join(parent, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'owner'), owner);
  return folder;
}

/** A process that does nothing, under the name of another program. */
function startProcess(name: string, args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000000)', ...args], { argv0: name, stdio: 'ignore' });
  started.push(child);
  return child;
}

async function endOf(child: ChildProcess, cause: () => void): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  cause();
  await ended;
}
