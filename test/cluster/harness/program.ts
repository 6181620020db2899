import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClusterUnavailableError } from './errors';

/** A running child process of the harness, with a log file. */
export interface Program {
  readonly name: string;
  /** 0 when it could not be started. */
  readonly pid: number;
  readonly logFile: string;
  /** How it ended; undefined while it runs. */
  ended?: string;
}

/**
 * Starts a program of the cluster in `folder`, with its output in `logs/NAME.log`.
 *
 * It gets a process group of its own, so that Ctrl-C reaches only the harness, which ends everything in one way; and hardly any
 * environment, so that no proxy or kubeconfig of the user leads it off this machine.
 * @param environment what it gets beside PATH and HOME
 */
export function startProgram(
  folder: string, name: string, command: string, args: readonly string[], environment: Readonly<Record<string, string>> = {},
): Program {
  const logFile = join(folder, 'logs', `${name}.log`);
  const log = openSync(logFile, 'a');
  const child = spawn(command, args, {
    cwd: folder,
    detached: true,
    stdio: ['ignore', log, log],
    env: { PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin`, HOME: folder, ...environment },
  });
  closeSync(log);
  child.unref();
  const program: Program = { name, pid: child.pid ?? 0, logFile };
  child.once('exit', (code, signal) => { program.ended = signal ?? `status ${String(code)}`; });
  child.once('error', (error) => { program.ended = error.message; });
  return program;
}

/**
 * Asks until the answer is not undefined, every 50 ms, and returns it.
 *
 * @throws {ClusterUnavailableError} with the end of the logs when one of `programs` ends first or the time is over
 */
export async function untilReady<Answer>(
  what: string,
  programs: readonly Program[],
  ask: () => Promise<Answer | undefined> | Answer | undefined,
  timeoutMs = 60_000,
): Promise<Answer> {
  const deadline = Date.now() + timeoutMs;
  let answer = await ask();
  while (answer === undefined) {
    const ended = programs.filter((program) => program.ended !== undefined);
    if (ended.length > 0) throw new ClusterUnavailableError(`Cannot start the cluster: waiting until ${what}, ${ended.map(lastWords).join('\n')}`);
    if (Date.now() > deadline) {
      throw new ClusterUnavailableError(`Cannot start the cluster: not so after ${timeoutMs / 1000} s: ${what}\n${programs.map(lastWords).join('\n')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    answer = await ask();
  }
  return answer;
}

function lastWords({ name, logFile, ended }: Program): string {
  const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-25).map((line) => `  ${line.slice(0, 400)}`);
  return [`${name} ${ended === undefined ? 'still runs' : `ended (${ended})`}; the end of ${logFile}:`, ...lines].join('\n');
}
