import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import type { ContainerEnd, ContainerRun, Executor, RunningContainer } from './executor';

/**
 * A container is a process of this machine: the image is not used, the command runs here.
 *
 * Every process gets a process group of its own; when it ends, whatever it left in that group is killed, as a container takes its
 * children with it. Standard input is closed, as in a container without `stdin: true`.
 */
export const processExecutor: Executor = {
  start: (run) => new ProcessContainer(run),
};

const ownGroup = process.platform !== 'win32';

class ProcessContainer implements RunningContainer {
  public readonly ended: Promise<ContainerEnd>;
  private readonly child: ChildProcess | undefined;

  public constructor(run: ContainerRun) {
    const [program = '', ...args] = run.command;
    const workingDirProblem = checkWorkingDir(run.workingDir);
    if (workingDirProblem !== undefined) {
      this.ended = Promise.resolve(startError(workingDirProblem));
      return;
    }
    const child = spawn(program, args, {
      env: { ...run.env },
      detached: ownGroup,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      ...(run.workingDir === undefined ? {} : { cwd: run.workingDir }),
    });
    this.child = child;
    child.stdout.on('data', (chunk: Buffer) => run.output(chunk));
    child.stderr.on('data', (chunk: Buffer) => run.output(chunk));
    this.ended = new Promise((resolve) => {
      child.once('spawn', () => run.started());
      child.once('error', (error: NodeJS.ErrnoException) => resolve(startError(explainStart(program, error))));
      // `exit` may come before the last output; `close` waits for the streams, which a surviving grandchild would keep open.
      child.once('exit', () => this.signal('SIGKILL'));
      child.once('close', (code, signal) => resolve(endOf(code, signal)));
    });
  }

  public signal(name: 'SIGTERM' | 'SIGKILL'): void {
    const pid = this.child?.pid;
    if (pid === undefined) return;
    try {
      if (ownGroup) process.kill(-pid, name);
      else this.child?.kill(name);
    } catch (error) {
      // The group has ended already: what was asked for is so.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH' && (error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
    }
  }
}

function checkWorkingDir(workingDir: string | undefined): string | undefined {
  if (workingDir === undefined) return undefined;
  if (!existsSync(workingDir)) return `workingDir ${JSON.stringify(workingDir)} does not exist on this machine`;
  return statSync(workingDir).isDirectory() ? undefined : `workingDir ${JSON.stringify(workingDir)} is not a directory`;
}

/** How the container runtime words a program that cannot be started. */
function explainStart(program: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return `exec: ${JSON.stringify(program)}: executable file not found in $PATH`;
  if (code === 'EACCES') return `exec: ${JSON.stringify(program)}: permission denied`;
  return message;
}

function startError(message: string): ContainerEnd {
  return { exitCode: 128, reason: 'StartError', message };
}

const signalNumbers: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGTRAP: 5,
  SIGABRT: 6,
  SIGBUS: 7,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGSEGV: 11,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
};

function endOf(code: number | null, signal: NodeJS.Signals | null): ContainerEnd {
  if (code !== null) return { exitCode: code };
  const number = signalNumbers[signal ?? ''] ?? 9;
  return { exitCode: 128 + number };
}
