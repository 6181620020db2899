import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, delimiter, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeAppFailure } from './app-failure';
import { isTypeScriptFile } from './app-file';
import { describeAppStack, readAppStack } from './app-stack';
import type { CliContext } from '../command';
import { splitCommand } from './split-command';
import { AppSourceError, findSyntaxError } from './syntax-error';
import { makeTemporaryFolder } from './temporary-folder';
import { InvalidInputError, UsageError } from '../../core/errors';
import { Watchdog } from '../../local/watchdog';
import { catchInterrupts, InterruptedError, OutOfTimeError } from '../run/interrupts';

/** A file that an app wrote. */
export interface WrittenFile {
  /** Its path in the app's output folder. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Makes the app write its files in one walk; as TypeScript, where the sources are run, node could not load it. */
const preload = join(__dirname, '..', '..', 'synth', 'preload.js');
const hasGroups = process.platform !== 'win32';
/** Set in the environment of an app and of all that it starts. */
const markVariable = 'CDK8S_JOBS_APP';
/** The variable with the seconds that an app may take, for large apps. */
const limitVariable = 'CDK8S_JOBS_APP_TIMEOUT';
const defaultLimitSeconds = 300;
const noteAfterMs = 10_000;
/** How much of stderr is kept: the end of what an app printed says why it failed. */
const longestStderr = 2 ** 20;

/**
 * Runs one file as a cdk8s app and collects what it synthesizes.
 *
 * TypeScript is run by tsx or ts-node, as found from the app's folder or the current one, or else by Node itself where it can.
 *
 * @param timeout seconds that the user gave for all; default: some minutes.
 * @throws {UsageError} when it cannot be run, fails, or writes nothing. @throws {OutOfTimeError} when it has not ended in time.
 */
export async function synthesizeApp(name: string, path: string, context: CliContext, timeout?: number): Promise<WrittenFile[]> {
  const loader = isTypeScriptFile(path) ? findTypeScriptLoader(name, path, context.cwd) : [];
  return synthesize(name, { file: process.execPath, args: [...loader, ...existsSync(preload) ? ['--require', preload] : [], path], cwd: context.cwd, path: context.env.PATH, timeout }, context);
}

/**
 * Runs the `app` command of a `cdk8s.yaml` in its folder, without a shell, and collects what it synthesizes.
 *
 * @param timeout seconds that the user gave for all; default: some minutes.
 * @throws {UsageError} when it cannot be run, fails, or writes nothing. @throws {OutOfTimeError} when it has not ended in time.
 */
export async function synthesizeProject(
  name: string, command: string, folder: string, context: CliContext, timeout?: number,
): Promise<WrittenFile[]> {
  const [file, ...args] = splitCommand(command, {
    purpose: `run the app of ${name}`,
    withoutShell: 'put the command into a script, and write its name as `app`',
    example: 'write the command, such as `app: npx tsx main.ts`',
  });
  // What is installed in the project comes first, as in a script of its package.json.
  const path = [join(folder, 'node_modules', '.bin'), context.env.PATH].filter((part) => part !== undefined).join(delimiter);
  return synthesize(name, { file: file === 'node' ? process.execPath : file ?? '', args, cwd: folder, path, timeout }, context);
}

function findTypeScriptLoader(name: string, path: string, cwd: string): string[] {
  const tryResolve = (request: string): string | undefined => [path, join(cwd, 'app.ts')].map((from) => resolveFrom(from, request)).find(Boolean);
  const tsx = tryResolve('tsx');
  if (tsx !== undefined) return ['--import', pathToFileURL(tsx).href];
  const tsNode = tryResolve('ts-node/register');
  if (tsNode !== undefined) return ['--require', tsNode];
  if ('typescript' in process.features && process.features.typescript !== false) return [];
  throw new UsageError(
    `Cannot run ${name}: neither tsx nor ts-node is installed beside it or here, and Node ${process.versions.node} cannot read TypeScript`,
    'npm install --save-dev tsx',
  );
}

function resolveFrom(file: string, request: string): string | undefined {
  try {
    return createRequire(file).resolve(request);
  } catch {
    // Not installed there: the next place is tried.
    return undefined;
  }
}

interface AppCall {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly path: string | undefined;
  readonly timeout: number | undefined;
}

async function synthesize(name: string, call: AppCall, { env, output, cwd }: CliContext): Promise<WrittenFile[]> {
  const folder = makeTemporaryFolder('cdk8s-jobs-', env);
  const mark = `${process.pid}-${basename(folder)}`;
  const watchdog = new Watchdog(`${markVariable}=${mark}`, folder);
  try {
    const appEnv = { ...env, PATH: call.path, CDK8S_OUTDIR: folder, NODE_OPTIONS: withStacks(env.NODE_OPTIONS), [markVariable]: mark };
    const { status, stderr } = await runApp(name, call, { output, env: appEnv }, watchdog);
    if (status !== 0) throw failureOf(name, stderr.split(/\r?\n/), status, call.cwd, cwd);
    const files = readWritten(folder);
    if (files.length > 0) return files;
    throw new InvalidInputError(
      `Cannot use ${name}: the app wrote no manifest`,
      'it must call app.synth(), and leave `outdir` to the CDK8S_OUTDIR variable',
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
    watchdog.dismiss();
  }
}

function failureOf(name: string, lines: readonly string[], status: number | string, folder: string, reader: string): UsageError {
  const fault = findSyntaxError(lines, folder, reader);
  if (fault !== undefined) return new AppSourceError(name, fault);
  const text = describeAppFailure(lines, status);
  const stack = readAppStack(lines, folder, reader);
  const [place] = stack?.own ?? [];
  if (stack === undefined || place === undefined) return new InvalidInputError(`Cannot synthesize ${name}: ${text}`);
  return new AppSourceError(name, { ...place, text }, [text, ...describeAppStack(stack)].join('\n'));
}

/** Makes Node print the lines that the user wrote, however deep in libraries an error is thrown; what the user has set wins. */
function withStacks(options: string | undefined): string {
  return ['--enable-source-maps', '--stack-trace-limit=100', options].filter((option) => option !== undefined).join(' ');
}

interface AppResult {
  /** Exit code, or the name of the signal that ended the app. */
  readonly status: number | string;
  readonly stderr: string;
}

function runApp(
  name: string, { file, args, cwd, timeout }: AppCall, { env, output }: Pick<CliContext, 'env' | 'output'>, watchdog: Watchdog,
): Promise<AppResult> {
  return new Promise((fulfil, reject) => {
    // Caught before it starts: what it has begun is never left to a signal's default.
    const interrupts = catchInterrupts(() => end());
    // In a process group of its own, so that all that it started can be ended with it: a project's command may be a script.
    const child = spawn(file, args, { cwd, env, shell: false, stdio: ['ignore', 'ignore', 'pipe'], detached: hasGroups });
    if (child.pid !== undefined) watchdog.add(child.pid);
    const end = (): void => endGroup(child);
    const ownLimit = Number(env[limitVariable] ?? (timeout ?? defaultLimitSeconds));
    const limit = Math.min(ownLimit, timeout ?? Infinity);
    const note = setTimeout(() => output.talk(`${name} is still being synthesized; Ctrl-C ends it`), noteAfterMs);
    const alarm = setTimeout(() => {
      end();
      const message = `Cannot synthesize ${name}: the app has not ended within ${limit} s`;
      if (limit === timeout) reject(new OutOfTimeError(message, 'close what keeps it running, or raise --timeout'));
      else reject(new UsageError(message, `close what keeps it running, or raise ${limitVariable}`));
    }, limit * 1000);
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr = (stderr + text).slice(-longestStderr); });
    child.on('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'ENOENT' ? `there is no program ${file}` : error.message;
      reject(new UsageError(`Cannot run ${name}: ${reason}`));
    });
    // What an app has left running may hold the stream open for ever.
    child.on('exit', end);
    child.on('close', (code, signal) => {
      const status = interrupts.status();
      if (status === undefined) fulfil({ status: code ?? signal ?? 'unknown', stderr });
      else reject(new InterruptedError(status));
    });
    child.on('close', stopWatching).on('error', stopWatching);
    process.once('exit', end);
    function stopWatching(): void {
      clearTimeout(note);
      clearTimeout(alarm);
      interrupts.release();
      process.removeListener('exit', end);
    }
  });
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (hasGroups) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch (error) {
    // It has ended already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH' && (error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  }
}

function readWritten(folder: string): WrittenFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => ['.yaml', '.yml'].includes(extname(name)))
    .sort()
    .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
}
