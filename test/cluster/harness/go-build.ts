import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ClusterUnavailableError } from './errors';
import { cacheFolder } from './folders';

/** Takes one line of progress. */
export type Say = (line: string) => void;

/** What `goBuild` may be told. */
export interface GoBuildOptions {
  /** Arguments of the linker. */
  readonly ldflags?: string;
  /** What is set in the environment of the compiler, besides what is there. */
  readonly env?: Readonly<Record<string, string>>;
  /** Takes one line for each program, and one every ten seconds while it builds. */
  readonly say?: Say;
}

/** The version of Go that builds the module in `moduleDir`, such as `go1.26.8`; undefined without Go. */
export function tryGoVersion(moduleDir: string): string | undefined {
  const { status, stdout } = spawnSync('go', ['env', 'GOVERSION'], { cwd: moduleDir, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/**
 * Builds programs of a Go module once and returns the folder that holds them from then on.
 *
 * The folder lies in the cache under `name`, keyed by the version of Go and the hash of the module's go.sum, of its own main.go and of the
 * linker's arguments.
 * @throws {ClusterUnavailableError} when there is no Go, or the build fails
 */
export async function cachedGoBuild(
  name: string, moduleDir: string, packages: readonly string[], options: GoBuildOptions = {},
): Promise<string> {
  const goVersion = tryGoVersion(moduleDir);
  if (goVersion === undefined) throw new ClusterUnavailableError(`Cannot build ${name}: there is no Go (https://go.dev/dl) on this machine`);
  const hash = createHash('sha256').update(readFileSync(join(moduleDir, 'go.sum'))).update(options.ldflags ?? '');
  for (const file of ownPrograms(moduleDir)) hash.update(readFileSync(file));
  const outDir = join(cacheFolder(), name, `${goVersion}-${hash.digest('hex').slice(0, 12)}`);
  if (packages.every((path) => existsSync(join(outDir, basename(path))))) return outDir;

  const unfinished = `${outDir}.${process.pid}`;
  try {
    await goBuild(moduleDir, packages, unfinished, options);
    rmSync(outDir, { recursive: true, force: true });
    renameSync(unfinished, outDir);
    return outDir;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** `main.go` of a module that is a program itself, not only a list of others'. */
function ownPrograms(moduleDir: string): string[] {
  return readdirSync(moduleDir).filter((name) => name === 'main.go').map((name) => join(moduleDir, name));
}

/** The version of a module that the go.mod of a folder requires, such as `1.37.2`. */
export function requiredVersion(moduleDir: string, module: string): string {
  const words = readFileSync(join(moduleDir, 'go.mod'), 'utf8').split('\n').map((line) => line.replace(/^require /, '').trim().split(' '));
  const version = words.find(([path]) => path === module)?.[1];
  if (version === undefined) throw new Error(`Cannot find ${module} in ${moduleDir}/go.mod`);
  return version.replace(/^v/, '');
}

/**
 * Builds programs of a Go module into a folder, each under the last part of its package's path.
 *
 * @throws {ClusterUnavailableError} with the compiler's last words when the build fails
 */
export async function goBuild(moduleDir: string, packages: readonly string[], outDir: string, options: GoBuildOptions = {}): Promise<void> {
  mkdirSync(outDir, { recursive: true });
  for (const [index, path] of packages.entries()) {
    await buildOne(moduleDir, path, outDir, options, `${basename(path)} (${index + 1} of ${packages.length})`);
  }
}

async function buildOne(
  moduleDir: string, path: string, outDir: string, { ldflags = '', env = {}, say = () => {} }: GoBuildOptions, what: string,
): Promise<void> {
  const started = Date.now();
  const seconds = (): string => `${Math.round((Date.now() - started) / 1000)} s`;
  // `-v` names each package when it is compiled, which is the only progress that the compiler shows.
  const args = ['build', '-v', '-trimpath', '-buildvcs=false', '-mod=readonly', '-ldflags', ldflags, '-o', join(outDir, basename(path)), path];
  let compiled = 0;
  let words = '';
  const heartbeat = setInterval(() => say(`  … ${what}: ${compiled} packages compiled, ${seconds()}`), 10_000);
  say(`building ${what} in ${basename(dirname(outDir))}`);
  const status = await new Promise<number | null>((resolve, reject) => {
    const go = spawn('go', args, { cwd: moduleDir, env: { ...process.env, ...env, CGO_ENABLED: '0' }, stdio: ['ignore', 'ignore', 'pipe'] });
    go.stderr.setEncoding('utf8').on('data', (text: string) => {
      compiled += text.split('\n').length - 1;
      words = (words + text).slice(-4000);
    });
    go.on('error', reject).on('close', resolve);
  }).finally(() => clearInterval(heartbeat));
  if (status !== 0) throw new ClusterUnavailableError(`Cannot build ${path}: go build ended with ${String(status)}\n${words}`);
  say(`  built ${basename(path)} in ${seconds()}`);
}
