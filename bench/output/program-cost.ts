import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** What a program printed, and what that took. */
export interface ProgramCost {
  readonly output: string;
  /** Wall-clock. */
  readonly seconds: number;
  /** Seconds of user and system. */
  readonly cpu: number;
  /** The most that was resident, in MB of 1024². */
  readonly memory: number;
}

/**
 * Runs a program to its end, and looks at what it uses every 20 ms.
 *
 * @throws Error where it fails, with what it said.
 */
export async function costOfProgram(command: string, args: readonly string[]): Promise<ProgramCost> {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let usage = { cpu: 0, memory: 0 };
  const timer = setInterval(() => { usage = usageOf(child.pid) ?? usage; }, 20);
  let [output, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => { output += text; });
  child.stderr.setEncoding('utf8').on('data', (text: string) => { errors += text; });
  const [code] = await once(child, 'close') as [number | null];
  clearInterval(timer);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${errors}`);
  return { output, seconds: (performance.now() - started) / 1000, ...usage };
}

/** Undefined once it has ended. */
function usageOf(pid: number | undefined): { cpu: number; memory: number } | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
    const memory = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
    return Number.isNaN(memory) ? undefined : { cpu: (Number(stat[11]) + Number(stat[12])) / 100, memory };
  } catch {
    return undefined;
  }
}
