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

/** One line of a table: the value and its ratio to the reference. */
export function formatRow(name: string, value: number, reference: number, unit: string): string {
  return `${name.padEnd(28)} ${value.toFixed(1).padStart(9)} ${unit}   ${(value / reference).toFixed(2).padStart(6)} × cdk8s-plus-28`;
}

/** What is compared, and with how much of it. */
export interface Comparison<Name extends string> {
  readonly title: string;
  readonly unit: string;
  /** The candidates; the first one is what the others are compared with. */
  readonly names: readonly Name[];
  /** How many things there are; each size is measured by itself. */
  readonly sizes: readonly number[];
  readonly rounds: number;
  readonly measure: (name: Name, size: number) => number;
}

/**
 * Measures all candidates in turn, size after size, and prints a table of Markdown: for each size the median and its ratio to the first
 * candidate, and last how much more one of the largest size costs than one of the size before it.
 */
export function printComparison<Name extends string>({ title, unit, names, sizes, rounds, measure }: Comparison<Name>): void {
  const costs = sizes.map((size) => measureInTurn(names, rounds, (name) => measure(name, size)));
  console.log(`\n| ${title}, ${unit}, median of ${rounds} | ${sizes.map((size) => size.toLocaleString('en-US')).join(' | ')} | growth |`);
  console.log(`|---|${sizes.map(() => '---|').join('')}---|`);
  const [reference] = names;
  for (const name of names) {
    const cells = costs.map((cost) => `${cost[name].toFixed(0)} (${(cost[name] / (reference === undefined ? 1 : cost[reference])).toFixed(2)})`);
    console.log(`| ${name} | ${cells.join(' | ')} | ${growthOf(sizes, costs.map((cost) => cost[name]))} |`);
  }
}

/** How much more one thing costs among the last ones than among those before: 1 where cost grows in line, about 10 with the square. */
function growthOf(sizes: readonly number[], costs: readonly number[]): string {
  if (sizes.length < 3) return '';
  const [first = 0, second = 0, third = 0] = costs.slice(-3);
  const [a = 1, b = 1, c = 1] = sizes.slice(-3);
  return (((third - second) / (second - first)) / ((c - b) / (b - a))).toFixed(2);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
