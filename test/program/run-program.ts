import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { CliResult } from '../cli/run-main';

/** How the program is called, where it is not as usual. */
interface CallOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

type Answer = { readonly id: number; readonly result: CliResult } | { readonly id: number; readonly error: string };

let host: ChildProcess | undefined;
let calls = 0;
const waiting = new Map<number, (answer: Answer) => void>();

afterAll(() => {
  host?.disconnect();
  host = undefined;
});

/**
 * Calls our program, as it is compiled, in another process: the server that it talks to is in this one.
 *
 * All calls of a test file share that process, which is started by the first.
 */
export async function runProgram(args: readonly string[], options: CallOptions = {}): Promise<CliResult> {
  host ??= startHost();
  calls += 1;
  const { cwd = process.cwd(), env = { ...process.env, CI: 'true' } } = options;
  const id = calls;
  const answer = new Promise<Answer>((resolve) => { waiting.set(id, resolve); });
  host.send({ id, args, cwd, env });
  const said = await answer;
  if ('error' in said) throw new Error(said.error);
  return said.result;
}

function startHost(): ChildProcess {
  const child = fork(join(__dirname, 'host.cjs'), { execArgv: [] });
  child.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  child.once('exit', (code, signal) => {
    for (const [id, settle] of waiting) settle({ id, error: `the process of the program ended: ${code ?? signal}` });
    waiting.clear();
  });
  return child;
}
