import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandLineResult, Stage, WorkQueue } from './stage';
import { main } from '../../src/cli/main';
import type { AlarmClock } from '../../src/local/clock';
import { createLocalCluster } from '../../src/local/local-cluster';
import type { KubernetesObject } from '../../src/port/cluster-port';
import { Cluster } from '../../src/runtime/cluster';

/** How much faster than the wall clock the local cluster's time goes: the pauses of the controllers are long. */
export const speed = 10;

/** The local cluster with real processes, its time sped up. */
export async function openLocalStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-end-to-end-'));
  const cluster = new Cluster(await createLocalCluster({ clock: fastClock() }));
  return {
    ...stageParts(folder, cluster),
    runCommandLine: async (manifests, args = []) => {
      return runInProcess(['run', writeManifests(folder, manifests), '--local', ...args], {});
    },
    close: async () => {
      await cluster.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What every stage of the local engine has, however it is reached. */
export function stageParts(folder: string, cluster: Cluster): Omit<Stage, 'runCommandLine' | 'close'> {
  return {
    type: 'local',
    cluster,
    sleep: (seconds) => String(seconds / speed),
    fillQueue: async (items) => fillFolder(join(folder, 'queue'), items),
  };
}

/** Writes manifests into a file of a folder, and returns its path. */
export function writeManifests(folder: string, manifests: readonly KubernetesObject[]): string {
  const file = join(folder, 'manifests.json');
  writeFileSync(file, manifests.map((manifest) => JSON.stringify(manifest)).join('\n'));
  return file;
}

/** A folder is a queue too: whoever can rename a file has it. */
function fillFolder(queue: string, items: readonly string[]): WorkQueue {
  mkdirSync(queue);
  for (const item of items) writeFileSync(join(queue, item), '');
  const pop = `for f in $(ls ${queue} | grep -v taken); do mv ${queue}/$f ${queue}/$f.taken.$$ 2>/dev/null && echo $f && break; done`;
  return { pop, image: 'busybox:1.36' };
}

/** Our own command line, without a process of its own. */
export async function runInProcess(args: readonly string[], env: Readonly<Record<string, string>>): Promise<CommandLineResult> {
  let stdout = '';
  let stderr = '';
  const status = await main({
    args,
    calledAs: 'cdk8s-jobs',
    stdout: { write: (text) => void (stdout += text) },
    stderr: { write: (text) => void (stderr += text) },
    stdin: (async function* empty(): AsyncGenerator<string> { /* nothing on stdin */ })(),
    env: { ...process.env, CI: 'true', ...env },
    cwd: process.cwd(),
  });
  return { status, stdout, stderr };
}

/** A clock that runs `speed` times as fast as the wall clock; unlike that it is never set back, which would be seconds here. */
export function fastClock(): AlarmClock {
  const [start, started] = [Date.now(), performance.now()];
  const now = (): number => Math.floor(start + (performance.now() - started) * speed);
  return {
    now,
    alarm: (at, wake) => {
      const timer = setTimeout(wake, Math.min(2 ** 31 - 1, Math.max(0, (at - now()) / speed)));
      return () => clearTimeout(timer);
    },
  };
}
