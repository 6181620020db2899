/**
 * CPU time of whole processes that check manifests, beside kubeconform, which checks them against a schema and no further:
 * `npx tsx bench/validate/main.ts [rounds] [share of the full sizes]`. It needs Bash, and Go or a KUBECONFORM.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { printComparison } from '../comparison';
import { compilePackage } from '../measure';
import { kubeconformCommand } from './kubeconform';
import { writeFolder, writeOneFile } from './manifests';

const rounds = Number(process.argv[2] ?? 5);
const share = Number(process.argv[3] ?? 1);
const names = ['kubeconform', 'cdk8s-jobs', 'cdk8s-jobs, reading alone', 'js-yaml, parsing alone'] as const;
const library = compilePackage();
const folder = join(library, '..', 'cdk8s-jobs-bench-validate');
const commands: Readonly<Record<(typeof names)[number], readonly string[]>> = {
  'kubeconform': kubeconformCommand(folder),
  'cdk8s-jobs': [process.execPath, join(library, 'cli', 'main.js'), 'validate'],
  'cdk8s-jobs, reading alone': [process.execPath, join(__dirname, 'parse.js'), library],
  'js-yaml, parsing alone': [process.execPath, join(__dirname, 'parse.js'), ''],
};

/** Milliseconds that a command took, and that it and its threads used of the CPU, as the shell counts them. */
function timesOf(command: readonly string[]): { readonly wall: number; readonly cpu: number } {
  const { stderr, status } = spawnSync('bash', ['-c', 'TIMEFORMAT="%3R %3U %3S"; time "$@" > /dev/null', 'bash', ...command], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}: ${stderr}`);
  const [wall = 0, user = 0, system = 0] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  return { wall: wall * 1000, cpu: (user + system) * 1000 };
}

printComparison({
  title: 'validate of Jobs in one file',
  unit: 'ms',
  names,
  sizes: [1, 1000, 10_000].map((size) => Math.ceil(size * share)),
  rounds,
  measure: (name, jobs) => timesOf([...commands[name], writeOneFile(folder, jobs)]).cpu,
});
printComparison({
  title: 'validate of files with one Job',
  unit: 'ms',
  names,
  sizes: [Math.ceil(1000 * share)],
  rounds,
  measure: (name, jobs) => timesOf([...commands[name], writeFolder(folder, jobs)]).cpu,
});
// From 5,000 files on, ours are checked in several threads.
printComparison({
  title: 'validate of files with one Job',
  unit: 'ms of wall-clock',
  names: ['kubeconform', 'cdk8s-jobs'],
  sizes: [1000, 10_000].map((size) => Math.ceil(size * share)),
  rounds,
  measure: (name, jobs) => timesOf([...commands[name], writeFolder(folder, jobs)]).wall,
});
