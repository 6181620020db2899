import { spawn } from 'node:child_process';
import { mkdtempSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../harness/folders';
import { goBuild } from '../harness/go-build';

/** When does this schedule fire? */
export interface Question {
  readonly schedule: string;
  readonly timeZone: string;
  /** Milliseconds. */
  readonly from: number;
  /** How many runs are asked for. */
  readonly n: number;
}

/** The runs in Unix seconds, or why there are none. */
export interface Answer {
  readonly error?: string;
  readonly next: readonly number[] | null;
}

/** Builds the Go program of `reference/` and returns its path. */
export async function buildReference(): Promise<string> {
  const folder = join(cacheFolder(), 'schedule');
  mkdirSync(folder, { recursive: true });
  const built = mkdtempSync(join(folder, 'reference-'));
  await goBuild(__dirname, ['./reference'], built);
  return join(built, 'reference');
}

/** Asks the cron library of Kubernetes. */
export async function askReference(program: string, questions: readonly Question[]): Promise<Answer[]> {
  const child = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] });
  const parts: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (part: string) => parts.push(part));
  const closed = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  child.stdin.end(questions.map((question) => `${JSON.stringify(question)}\n`).join(''));
  const status = await closed;
  if (status !== 0) throw new Error(`The reference ended with ${String(status)}`);
  return parts.join('').trimEnd().split('\n').map((line) => JSON.parse(line) as Answer);
}
