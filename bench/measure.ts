import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const repository = join(__dirname, '..');

/**
 * Compiles `src` into a folder that resolves the same packages, and returns it.
 *
 * What users load is compiled code, so that is what is measured. Type errors do not matter here and do not stop it.
 */
export function compilePackage(): string {
  const folder = join(repository, 'node_modules', '.cache', 'cdk8s-jobs-bench');
  const compiler = join(repository, 'node_modules', 'typescript', 'bin', 'tsc');
  runNode(compiler, ['-p', join(repository, 'tsconfig.json'), '--outDir', folder, '--incremental', '--tsBuildInfoFile', join(folder, 'tsbuildinfo')], [0, 1, 2]);
  runNode(join(repository, 'scripts', 'defer-imports.ts'), [folder], [0], ['--import', 'tsx']);
  return folder;
}

/** Runs a script with node and returns what it printed; the exit status must be one of `allowed`. */
export function runNode(
  script: string, args: readonly string[] = [], allowed: readonly number[] = [0], options: readonly string[] = [],
): string {
  const run = spawnSync(process.execPath, [...options, script, ...args], { encoding: 'utf8', cwd: repository, maxBuffer: 1e8 });
  if (!allowed.includes(run.status ?? -1)) throw new Error(`${script} ${args.join(' ')} ended with ${run.status}: ${run.stderr}`);
  return run.stdout;
}

/** Runs a TypeScript worker of `bench`, which prints one JSON value. */
export function runWorker<Result>(worker: string, args: readonly string[]): Result {
  return JSON.parse(runNode(join(__dirname, worker), args, [0], ['--import', 'tsx'])) as Result;
}

/** Measures several candidates in turn, round after round, so that what else the machine does hits all alike; the median of each. */
export function measureInTurn<Name extends string>(
  names: readonly Name[], rounds: number, measure: (name: Name) => number,
): Record<Name, number> {
  const samples = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round < rounds; round += 1) for (const name of names) samples[name].push(measure(name));
  return Object.fromEntries(names.map((name) => [name, median(samples[name])])) as Record<Name, number>;
}

/** The middle one of several values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
