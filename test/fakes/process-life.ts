import { readFileSync } from 'node:fs';

/** Whether a process runs. A killed one may stand as a zombie until init collects it: that counts as ended. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
