import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as nextTurn } from 'node:timers/promises';
import type { ContainerEnd } from '../../src/local/executor';
import { createProcessExecutor } from '../../src/local/process-executor';
import { isAlive } from '../fakes/process-life';

const processExecutor = createProcessExecutor();
afterAll(() => processExecutor.finish?.());

interface Observed {
  readonly output: string;
  readonly started: boolean;
  readonly end: ContainerEnd;
}

async function run(command: readonly string[], options: { env?: Record<string, string>; workingDir?: string } = {}): Promise<Observed> {
  const chunks: Uint8Array[] = [];
  let started = false;
  const running = processExecutor.start({
    command,
    env: { PATH: process.env.PATH ?? '', ...options.env },
    ...(options.workingDir === undefined ? {} : { workingDir: options.workingDir }),
    started: () => { started = true; },
    output: (chunk) => { chunks.push(chunk); },
  });
  const end = await running.ended;
  return { output: Buffer.concat(chunks).toString(), started, end };
}

test.each<[string, string[], Partial<Observed>]>([
  ['its output and exit code 0', ['sh', '-c', 'echo Running job'], { output: 'Running job\n', started: true, end: { exitCode: 0 } }],
  ['its own exit code', ['sh', '-c', 'exit 7'], { end: { exitCode: 7 }, started: true }],
  ['128+n when signal n ends it', ['sh', '-c', 'kill -SEGV $$'], { end: { exitCode: 139 } }],
  ['what it wrote to standard error', ['sh', '-c', 'echo oops >&2'], { output: 'oops\n' }],
  ['128 and StartError when the program is missing', ['no-such-program-here'], {
    started: false,
    end: { exitCode: 128, reason: 'StartError', message: 'exec: "no-such-program-here": executable file not found in $PATH' },
  }],
])('a container gives %s', async (_, command, expected) => {
  expect(await run(command)).toMatchObject(expected);
});

test('a container sees its own environment and nothing else of this process', async () => {
  process.env.A_SECRET_OF_THE_CALLER = 'x';
  const { output } = await run(['sh', '-c', 'echo "$GREETING|$A_SECRET_OF_THE_CALLER|"'], { env: { GREETING: 'hello' } });
  delete process.env.A_SECRET_OF_THE_CALLER;
  expect(output).toBe('hello||\n');
});

test('a container whose working directory is missing cannot be started', async () => {
  const { end, started } = await run(['sh', '-c', 'true'], { workingDir: '/no/such/directory' });
  expect({ end, started }).toEqual({
    end: { exitCode: 128, reason: 'StartError', message: 'workingDir "/no/such/directory" does not exist on this machine' },
    started: false,
  });
});

test('a container takes its children with it when it ends', async () => {
  const { output, end } = await run(['sh', '-c', 'sleep 300 & echo $!; exit 3']);
  expect(end).toEqual({ exitCode: 3 });
  await ends(Number(output));
});

test('a signal reaches every process of the container', async () => {
  let child = 0;
  const running = processExecutor.start({
    command: ['sh', '-c', 'sleep 300 & echo $!; wait'],
    env: { PATH: process.env.PATH ?? '' },
    started: () => undefined,
    output: (chunk) => {
      child = Number(Buffer.from(chunk).toString());
      running.signal('SIGTERM');
    },
  });
  expect(await running.ended).toEqual({ exitCode: 143 });
  await ends(child);
  expect(() => running.signal('SIGKILL')).not.toThrow();
});

test('a container ends although a daemon that left its group holds the output open, and takes the daemon with it', async () => {
  const { output, end } = await run(['sh', '-c', 'setsid sleep 300 & echo $!; sleep 0.1; exit 5']);
  expect(end).toEqual({ exitCode: 5 });
  await ends(Number(output));
});

test('a daemon that closed the output is ended with the cluster', async () => {
  const executor = createProcessExecutor();
  let output = '';
  await executor.start({
    command: ['sh', '-c', 'setsid sleep 300 >/dev/null 2>&1 & echo $!; sleep 0.1'],
    env: { PATH: process.env.PATH ?? '' },
    started: () => undefined,
    output: (chunk) => { output += Buffer.from(chunk).toString(); },
  }).ended;
  expect(isAlive(Number(output))).toBe(true);
  executor.finish?.();
  await ends(Number(output));
});

test('nothing is left behind by a process that was killed', async () => {
  const parent = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'start-containers.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  for await (const chunk of parent.stdout.setEncoding('utf8')) {
    output += chunk as string;
    if (/(\d+ ){4}/.test(output)) break;
  }
  const pids = output.trim().split(' ').map(Number);
  expect(pids.map(isAlive)).toEqual([true, true, true, true]);
  parent.kill('SIGKILL');
  await until(() => !pids.some(isAlive));
});

/**
 * Waits for a process to be gone. A killed process closes its output before the system takes it off the list, so a container can end
 * a moment sooner than its children. One that was not killed sleeps for longer than a test may take.
 */
async function ends(pid: number): Promise<void> {
  await until(() => !isAlive(pid));
}

/** Ends when something is so; when it never is, the time limit of the test does. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await nextTurn(10);
}

