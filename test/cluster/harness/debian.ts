import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { ClusterUnavailableError } from './errors';
import type { Say } from './go-build';

/** Package of Debian → the file that shows that it is there. */
const controlPlanePackages: Readonly<Record<string, string>> = { 'etcd-server': '/usr/bin/etcd' };
const nodePackages: Readonly<Record<string, string>> = {
  'containerd': '/usr/bin/containerd',
  'runc': '/usr/sbin/runc',
  'containernetworking-plugins': '/usr/lib/cni/bridge',
  'iptables': '/usr/sbin/iptables',
  'iproute2': '/sbin/ip',
  'busybox-static': '/bin/busybox',
  'redis-server': '/usr/bin/redis-server',
};

/**
 * Installs the Debian packages that a cluster is made of, as far as they are missing.
 *
 * @throws {ClusterUnavailableError} when some are missing and this is not Debian, or we are not root, or the installation fails
 */
export function installPackages(withNode: boolean, say: Say): void {
  const wanted = { ...controlPlanePackages, ...(withNode ? nodePackages : {}) };
  const missing = Object.entries(wanted).filter(([, file]) => !existsSync(file)).map(([name]) => name);
  if (missing.length === 0) return;
  if (!canExecute('/usr/bin/apt-get')) throw new ClusterUnavailableError(`Cannot start a cluster: ${missing.join(', ')} missing, and this is not Debian`);
  if (process.getuid?.() !== 0) throw new ClusterUnavailableError(`Cannot start a cluster: apt-get install ${missing.join(' ')} is needed, and we are not root`);
  say(`installing ${missing.join(' ')}`);
  withoutServices(() => {
    aptGet(['update']);
    aptGet(['install', '--yes', '--no-install-recommends', ...missing]);
  });
}

function aptGet(args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync('apt-get', ['--quiet', ...args], { encoding: 'utf8', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  if (status !== 0) throw new ClusterUnavailableError(`Cannot start a cluster: apt-get ${args[0]} failed\n${`${stdout}${stderr}`.slice(-2000)}`);
}

/** Debian starts a service when its package is installed, unless this file says no. */
function withoutServices(install: () => void): void {
  const policy = '/usr/sbin/policy-rc.d';
  if (existsSync(policy)) {
    install();
    return;
  }
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    install();
  } finally {
    rmSync(policy);
  }
}

/** Whether a file is there and may be executed. */
export function canExecute(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
