import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type Usage, usageOf } from '../process-usage';

/** A process that waits for Jobs and says so line by line. */
export class WaitingProcess {
  private readonly child: ChildProcess;
  private readonly arrivals = new Map<string, number>();
  private readonly waiters = new Map<string, () => void>();
  private errors = '';

  public constructor(command: string, args: readonly string[], env: Readonly<Record<string, string>>) {
    this.child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stderr?.on('data', (text: Buffer) => { this.errors += text.toString(); });
    for (const input of [this.child.stdout, this.child.stderr]) if (input !== null) createInterface({ input }).on('line', (line) => this.take(line));
  }

  /** When a line that holds a text came, on the clock of `performance.now`. */
  public async arrival(text: string, seconds = 60): Promise<number> {
    for (const [line, at] of this.arrivals) if (line.includes(text)) return at;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`Cannot wait longer for "${text}" of ${this.child.spawnargs.join(' ')}: ${this.errors}`)), seconds * 1000);
    });
    await Promise.race([late, new Promise<void>((resolve) => this.waiters.set(text, resolve))]);
    clearTimeout(timer);
    return this.arrival(text, seconds);
  }

  /** What it has used so far. */
  public usage(): Usage {
    return usageOf(this.child.pid);
  }

  /** Ends it. */
  public async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await ended;
  }

  private take(line: string): void {
    const now = performance.now();
    this.arrivals.set(line, now);
    for (const [text, resolve] of this.waiters) if (line.includes(text)) resolve();
  }
}
