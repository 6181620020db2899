import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync, rmdirSync, rmSync, unlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bridgeName, clustersFolder } from './folders';

/** Programs that belong to a cluster when one of their arguments lies in its folder; what was started from there belongs to it anyway. */
const programs = new Set([
  'etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubelet', 'containerd', 'containerd-shim-runc-v2', 'runc', 'busybox',
  'redis-server',
]);

/** Ends the clusters whose harness is gone without having ended them; `parent` is the folder of clusters. */
export function endLeftovers(parent = clustersFolder()): void {
  if (!existsSync(parent)) return;
  for (const name of readdirSync(parent)) {
    const folder = join(parent, name);
    if (!hasLivingOwner(folder)) endCluster(folder);
  }
}

/**
 * Ends everything that belongs to the cluster in `folder`: processes, containers, mounts, control groups, the bridge, and the folder.
 *
 * It finds them all by the folder, so that it works on what a crash has left, and awaits nothing, so that it works while the process exits.
 */
export function endCluster(folder: string): void {
  if (!existsSync(folder)) return;
  const containers = new Set<string>();
  for (let round = 0; round < 200; round += 1) {
    for (const id of containerIds(folder)) containers.add(id);
    const pids = processesOf(folder, containers);
    if (pids.length === 0) break;
    pids.forEach(kill);
    pause(20);
  }
  removeShimSockets(folder);
  for (const mount of mountsBelow(folder)) spawnSync('umount', ['--lazy', mount]);
  removeControlGroups(containers);
  removeNetwork(folder);
  removeLogLinks(folder);
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

/** Writes down whose cluster it is: a process and the moment of its start, because the numbers of processes come again. */
export function ownerRecord(pid: number): string {
  return `${pid} ${startOf(pid)}`;
}

function hasLivingOwner(folder: string): boolean {
  const owner = readIfThere(join(folder, 'owner'));
  const pid = Number(owner.split(' ')[0]);
  return startOf(pid) !== '' && owner === ownerRecord(pid);
}

/** Empty when the process has ended, also when nobody has taken note of that yet. */
function startOf(pid: number): string {
  // The second field is the program's name, which may hold blanks and brackets; the state follows it, and the start is the 22nd.
  const fields = readIfThere(`/proc/${pid}/stat`).replace(/^.*\)/s, '').trim().split(' ');
  return fields[0] === 'Z' ? '' : (fields[19] ?? '');
}

function containerIds(folder: string): string[] {
  const tasks = join(folder, 'run', 'io.containerd.runtime.v2.task', 'k8s.io');
  return existsSync(tasks) ? readdirSync(tasks) : [];
}

function processesOf(folder: string, containers: ReadonlySet<string>): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    const words = readIfThere(`/proc/${pid}/cmdline`).split('\0');
    const [command = ''] = words;
    // A process that has ended and waits to be taken note of has no arguments, so it is not found here.
    if (command.startsWith(`${folder}/`)) return true;
    if (programs.has(basename(command)) && words.some((word) => word.includes(`${folder}/`) || word === folder)) return true;
    return command !== '' && containers.size > 0 && inContainer(pid, containers);
  });
}

function inContainer(pid: number, containers: ReadonlySet<string>): boolean {
  return readIfThere(`/proc/${pid}/cgroup`).split('\n').some((line) => containers.has(basename(line)));
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It may have ended by itself just before.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** The deepest first. */
function mountsBelow(folder: string): string[] {
  return readIfThere('/proc/self/mounts').split('\n')
    .map((line) => (line.split(' ')[1] ?? '').replace(/\\(\d{3})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 8))))
    .filter((path) => path.startsWith(`${folder}/`))
    .reverse();
}

/** containerd puts these outside of its state folder. */
function removeShimSockets(folder: string): void {
  for (const id of containerIds(folder)) {
    const address = readIfThere(join(folder, 'run', 'io.containerd.runtime.v2.task', 'k8s.io', id, 'address'));
    if (address.startsWith('unix://')) rmSync(address.slice('unix://'.length), { force: true });
  }
}

function removeControlGroups(containers: ReadonlySet<string>): void {
  const root = '/sys/fs/cgroup';
  const hierarchies = existsSync(join(root, 'cgroup.controllers')) ? [root] : readdirSync(root).map((name) => join(root, name));
  for (const id of containers) {
    for (const hierarchy of hierarchies) removeEmptyFolder(join(hierarchy, 'k8s.io', id));
  }
}

function removeEmptyFolder(path: string): void {
  try {
    rmdirSync(path);
  } catch (error) {
    // Not there, or a process in it is not yet gone: an empty control group hurts nobody.
    if (!['ENOENT', 'EBUSY', 'ENOTEMPTY', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

function removeNetwork(folder: string): void {
  const bridge = bridgeName(folder);
  if (existsSync(`/sys/class/net/${bridge}`)) spawnSync('ip', ['link', 'delete', bridge]);
  const results = '/var/lib/cni/results';
  if (!existsSync(results)) return;
  for (const name of readdirSync(results)) {
    if (!name.startsWith(`${bridge}-`)) continue;
    const sandbox = name.slice(bridge.length + 1).replace(/-eth0$/, '');
    rmSync(join(results, name), { force: true });
    rmSync(join(results, `cni-loopback-${sandbox}-lo`), { force: true });
  }
}

/** The kubelet links each log from a folder of the system's. */
function removeLogLinks(folder: string): void {
  const links = '/var/log/containers';
  if (!existsSync(links)) return;
  for (const name of readdirSync(links)) {
    if (readlinkSync(join(links, name)).startsWith(`${folder}/`)) unlinkSync(join(links, name));
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
