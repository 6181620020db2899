import { readdirSync, readFileSync } from 'node:fs';

/**
 * Kills every process with a text in its environment, even one that has left its process group, as daemons do.
 *
 * Only Linux shows the environments of processes; elsewhere nothing happens.
 *
 * @param mark `NAME=value`, or its beginning.
 */
export function killMarked(mark: string): void {
  if (process.platform !== 'linux') return;
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/.test(name) && hasMark(name, mark)) kill(Number(name));
  }
}

function hasMark(name: string, mark: string): boolean {
  try {
    return `\0${readFileSync(`/proc/${name}/environ`, 'latin1')}`.includes(`\0${mark}`);
  } catch {
    // It has ended meanwhile, or belongs to another user and so is not ours.
    return false;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
