import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/** Begins to run our program, as it is compiled, in a process of its own; nobody reads what it prints. */
export function startProgram(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [join(__dirname, '../../lib/cli/main.js'), ...args], { stdio: 'ignore', env: { ...process.env, CI: 'true' } });
}
