import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeAppFailure } from './app-failure';
import type { CliContext } from './command';
import { splitCommand } from './split-command';
import { UsageError } from '../core/errors';

/** A file that an app wrote. */
export interface WrittenFile {
  /** Its path in the app's output folder. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const typeScript: readonly string[] = ['.ts', '.mts', '.cts'];
const javaScript: readonly string[] = ['.js', '.mjs', '.cjs'];

/** Whether a path names a program that can be run as an app. */
export function isAppFile(path: string): boolean {
  return typeScript.includes(extname(path)) || javaScript.includes(extname(path));
}

/**
 * Runs one file as a cdk8s app and collects what it synthesizes.
 *
 * TypeScript is run by tsx or ts-node as found from the app's folder, else by Node itself where it can.
 *
 * @throws {UsageError} when it cannot be run, fails, or writes nothing.
 */
export async function synthesizeApp(name: string, path: string, context: CliContext): Promise<WrittenFile[]> {
  const loader = typeScript.includes(extname(path)) ? findTypeScriptLoader(name, path) : [];
  return synthesize(name, { file: process.execPath, args: [...loader, path], cwd: context.cwd, path: context.env.PATH }, context);
}

/**
 * Runs the `app` command of a `cdk8s.yaml` in its folder, without a shell, and collects what it synthesizes.
 *
 * @throws {UsageError} when it cannot be run, fails, or writes nothing.
 */
export async function synthesizeProject(name: string, command: string, folder: string, context: CliContext): Promise<WrittenFile[]> {
  const [file, ...args] = splitCommand(name, command);
  // What is installed in the project comes first, as it does in a script of its package.json.
  const path = [join(folder, 'node_modules', '.bin'), context.env.PATH].filter((part) => part !== undefined).join(delimiter);
  return synthesize(name, { file: file === 'node' ? process.execPath : file ?? '', args, cwd: folder, path }, context);
}

function findTypeScriptLoader(name: string, path: string): string[] {
  const resolveFromApp = createRequire(path).resolve;
  const tryResolve = (request: string): string | undefined => {
    try {
      return resolveFromApp(request);
    } catch {
      // Not installed there; the next one is tried.
      return undefined;
    }
  };
  const tsx = tryResolve('tsx');
  if (tsx !== undefined) return ['--import', pathToFileURL(tsx).href];
  const tsNode = tryResolve('ts-node/register');
  if (tsNode !== undefined) return ['--require', tsNode];
  if ('typescript' in process.features && process.features.typescript !== false) return [];
  throw new UsageError(
    `Cannot run ${name}: neither tsx nor ts-node is installed beside it, and Node ${process.versions.node} cannot read TypeScript`,
    'npm install --save-dev tsx',
  );
}

interface AppCall {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly path: string | undefined;
}

async function synthesize(name: string, call: AppCall, { env }: CliContext): Promise<WrittenFile[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-'));
  try {
    const { status, stderr } = await runApp(name, call, { ...env, PATH: call.path, CDK8S_OUTDIR: folder });
    if (status !== 0) throw new UsageError(`Cannot synthesize ${name}: ${describeAppFailure(stderr, status)}`);
    const files = readWritten(folder);
    if (files.length > 0) return files;
    throw new UsageError(
      `Cannot use ${name}: the app wrote no manifest`,
      'it must call app.synth(), and leave `outdir` to the CDK8S_OUTDIR variable',
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface AppResult {
  /** Exit code, or the name of the signal that ended the app. */
  readonly status: number | string;
  readonly stderr: string;
}

function runApp(name: string, { file, args, cwd }: AppCall, env: Record<string, string | undefined>): Promise<AppResult> {
  return new Promise((fulfil, reject) => {
    const child = spawn(file, args, { cwd, env, shell: false, stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text; });
    child.on('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'ENOENT' ? `there is no program ${file}` : error.message;
      reject(new UsageError(`Cannot run ${name}: ${reason}`));
    });
    child.on('close', (code, signal) => fulfil({ status: code ?? signal ?? 'unknown', stderr }));
  });
}

function readWritten(folder: string): WrittenFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => ['.yaml', '.yml'].includes(extname(name)))
    .sort()
    .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
}
