/** Runs on the local engine beside plain processes, whole programs: `npx tsx bench/local/main.ts [rounds] [share of the sizes]`. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printComparison } from '../comparison';
import { compilePackage, runNode } from '../measure';

const rounds = Number(process.argv[2] ?? 3);
const share = Number(process.argv[3] ?? 1);
const compiled = compilePackage();
const program = join(compiled, 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-bench-'));
const parts = { real: 'ms of wall-clock', cpu: 'ms of CPU, of all processes' } as const;
type Part = keyof typeof parts;

/** What a command line takes, with all processes that it starts; bash adds them up. */
function costOf(command: string, part: Part): number {
  const run = spawnSync('bash', ['-c', `TIMEFORMAT='%R %U %S'; time { (${command}) 2>errors >output; }`], { cwd: folder, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`${command} ended with ${run.status}: ${run.stderr}`);
  const [real = 0, user = 0, system = 0] = run.stderr.trim().split(' ').map((seconds) => 1000 * Number(seconds.replace(',', '.')));
  return part === 'real' ? real : user + system;
}

/** The most that was resident in our own process, in MB of 1024². */
function memoryOf(args: string): number {
  const report = join(__dirname, 'memory-at-exit.js');
  execFileSync('bash', ['-c', `${ours(args, `--require ${report}`)} >output 2>errors`], { cwd: folder, env: { ...process.env, MEMORY: join(folder, 'memory') } });
  return Number(execFileSync('cat', ['memory'], { cwd: folder, encoding: 'utf8' }));
}

/** A command line that runs ours. */
function ours(args: string, nodeOptions = ''): string {
  return `${process.execPath} ${nodeOptions} ${program} run --local ${args}`;
}

/** Writes a manifest of Jobs and returns the name of its file. */
function manifestOf(name: string, jobs: readonly object[]): string {
  writeFileSync(join(folder, name), jobs.map((each) => JSON.stringify(each)).join('\n---\n'));
  return name;
}

function job(name: string, spec: object, ...command: string[]): object {
  const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox:1.36', command }] } };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: { ...spec, template } };
}

const sizes = (all: readonly number[]): number[] => all.map((size) => Math.ceil(size * share));

try {
  for (const part of ['real', 'cpu'] as const) {
    printComparison({
      title: 'programs that do nothing, 8 at once',
      unit: parts[part],
      names: ['xargs -P8', "node's own spawn", 'run --local, one Job', 'run --local, a Job each'],
      sizes: sizes([10, 100, 1000]),
      rounds,
      measure: (way, count) => {
        if (way === 'xargs -P8') return costOf(`seq ${count} | xargs -P8 -I{} true`, part);
        if (way === "node's own spawn") return costOf(`${process.execPath} ${join(__dirname, 'spawn-true.js')} ${count}`, part);
        const isOne = way === 'run --local, one Job';
        const jobs = isOne ? [job('one', { completions: count, parallelism: 8 }, 'true')] : Array.from({ length: count }, (_, at) => job(`job-${at}`, {}, 'true'));
        return costOf(`${ours(`${manifestOf('jobs.yaml', jobs)} ${isOne ? '' : '--max-parallel 8'}`)}`, part);
      },
    });
    printComparison({
      title: 'output of a container, by MB',
      unit: parts[part],
      names: ['cat', 'run --local', 'run --local --prefix always', 'run --local -o ndjson'],
      sizes: sizes([2, 20, 200]),
      rounds,
      measure: (way, megabytes) => (way === 'cat' ? costOf(`cat ${printed(megabytes)}`, part) : costOf(ours(argumentsOf(way, megabytes)), part)),
    });
  }
  printComparison({
    title: 'a verdict after each change of a pod, by pods of a Job',
    unit: 'ms of CPU',
    names: ['8 at once', 'all at once', 'all at once, one fails'],
    sizes: sizes([2000, 8000, 32_000]),
    rounds,
    measure: (way, count) => Number(runNode(join(__dirname, 'judge-pods.js'), [compiled, way, String(count)])),
  });
  printComparison({
    title: 'output of a container, by MB',
    unit: 'MB resident',
    names: ['run --local', 'run --local --prefix always', 'run --local -o ndjson'],
    sizes: sizes([2, 20, 200]),
    rounds: 1,
    measure: (way, megabytes) => memoryOf(argumentsOf(way, megabytes)),
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function argumentsOf(way: string, megabytes: number): string {
  const options = way.replace('run --local', '').trim();
  return `${manifestOf('printing.yaml', [job('printing', {}, 'cat', join(folder, printed(megabytes)))])} ${options}`;
}

/** A file of so many MB, in lines of 100 bytes. */
function printed(megabytes: number): string {
  const line = `${'a line of output as logs have them, with some words and numbers 0123456789 '.padEnd(99, '.')}\n`;
  writeFileSync(join(folder, 'printed'), line.repeat(megabytes * 10_000));
  return 'printed';
}
