import type { CommandEntry } from '../../src/cli/command';
import { type ProcessLike, main } from '../../src/cli/main';

/** What a call of the program left behind. */
export interface CliResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What is not as usual. */
export interface Overrides extends Partial<ProcessLike> {
  /** Text on stdin. */
  readonly input?: string;
  readonly commands?: readonly CommandEntry[];
}

/** Calls the program in this process, with its streams caught. */
export async function runMain(args: readonly string[], overrides: Overrides = {}): Promise<CliResult> {
  let stdout = '';
  let stderr = '';
  const { input = '', commands, ...rest } = overrides;
  const status = await main({
    args,
    calledAs: '/usr/bin/cdk8s-jobs',
    stdout: { write: (text) => { stdout += text; } },
    stderr: { write: (text) => { stderr += text; } },
    stdin: textStream(input),
    env: { PATH: process.env.PATH },
    cwd: process.cwd(),
    ...rest,
  }, commands);
  return { status, stdout, stderr };
}

async function* textStream(text: string): AsyncGenerator<string> {
  yield text;
}
