import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { usageOf } from '../process-usage';

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
  const timer = setInterval(() => { usage = tryUsageOf(child.pid) ?? usage; }, 20);
  let [output, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => { output += text; });
  child.stderr.setEncoding('utf8').on('data', (text: string) => { errors += text; });
  const [code] = await once(child, 'close') as [number | null];
  clearInterval(timer);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${errors}`);
  return { output, seconds: (performance.now() - started) / 1000, ...usage };
}

/** Undefined once it has ended. */
function tryUsageOf(pid: number | undefined): { readonly cpu: number; readonly memory: number } | undefined {
  try {
    const { cpu, mostMemory } = usageOf(pid);
    return Number.isNaN(mostMemory) ? undefined : { cpu: cpu / 1000, memory: mostMemory };
  } catch {
    return undefined;
  }
}
