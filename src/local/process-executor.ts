import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import type { ContainerEnd, ExecutorRun, Executor, RunningContainer } from './executor';
import { killMarked } from './marked-processes';
import { Watchdog } from './watchdog';
import { given } from '../core/given';

/**
 * A container is a process of this machine: the image is not used, the command runs here.
 *
 * Every process gets a process group of its own; when it ends, whatever it left in that group is killed, as a container takes its children
 * with it. Standard input is closed, as in a container without `stdin: true`. A process that left its group is found by the variable
 * `CDK8S_JOBS_CONTAINER` in its environment (Linux only). When this process is killed, a watchdog ends the containers (not on Windows).
 */
export function createProcessExecutor(): Executor {
  const mark = `${variable}=${process.pid}-${randomBytes(6).toString('hex')}.`;
  const watchdog = new Watchdog(mark);
  let count = 0;
  return {
    start(run) {
      count += 1;
      return new ProcessContainer(run, `${mark}${count}`, watchdog);
    },
    finish() {
      if (count > 0) killMarked(mark);
      watchdog.dismiss();
    },
  };
}

const variable = 'CDK8S_JOBS_CONTAINER';
const ownGroup = process.platform !== 'win32';

/**
 * How long the output of an ended process may take to arrive, in milliseconds, before other processes that hold the streams open are ended.
 */
const outputGrace = 300;
/** How long until the streams are given up, in milliseconds. */
const streamGrace = 2000;

class ProcessContainer implements RunningContainer {
  public readonly ended: Promise<ContainerEnd>;
  private readonly child: ChildProcess | undefined;
  private hasExited = false;

  public constructor(run: ExecutorRun, private readonly mark: string, private readonly watchdog: Watchdog) {
    const [program = '', ...args] = run.command;
    const workingDirProblem = checkWorkingDir(run.workingDir);
    if (workingDirProblem !== undefined) {
      this.ended = Promise.resolve(startError(workingDirProblem));
      return;
    }
    const child = spawn(program, args, {
      env: { ...run.env, [variable]: mark.slice(variable.length + 1) },
      detached: ownGroup,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      ...given({ cwd: run.workingDir }),
    });
    this.child = child;
    if (child.pid !== undefined) watchdog.add(child.pid);
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => this.pass(chunk, stream, run));
    this.ended = new Promise((resolve) => {
      child.once('spawn', () => run.started());
      child.once('error', (error: NodeJS.ErrnoException) => resolve(startError(explainStart(program, error))));
      // `exit` may come before the last output; `close` waits for the streams.
      child.once('exit', () => this.endRest(child));
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
      // The group has already ended.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH' && (error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
    }
  }

  /** A slow reader holds the container up, as a full pipe does; the little that an ended container has left waits for nobody. */
  private pass(chunk: Uint8Array, stream: Readable, run: ExecutorRun): void {
    const room = run.output(chunk);
    if (!(room instanceof Promise) || this.hasExited) return;
    stream.pause();
    void room.then(() => stream.resume());
  }

  /** A container's processes end with its first one; one that left the group may hold the streams open. */
  private endRest({ pid, stdout, stderr }: ChildProcess): void {
    this.signal('SIGKILL');
    this.hasExited = true;
    stdout?.resume();
    stderr?.resume();
    if (pid !== undefined) this.watchdog.remove(pid);
    // Where much starts at once, a timer may go off before the ends of streams that have come are seen.
    const whileOpen = (act: () => void) => (): void => void setImmediate(() => {
      if ([stdout, stderr].some((stream) => stream?.readableEnded === false)) act();
    });
    const timers = [
      setTimeout(whileOpen(() => killMarked(`${this.mark}\0`)), outputGrace),
      setTimeout(whileOpen(() => [stdout, stderr].forEach((stream) => stream?.destroy())), streamGrace),
    ];
    this.child?.once('close', () => timers.forEach(clearTimeout));
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
