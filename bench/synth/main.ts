/** CPU time of a process that makes Jobs and writes them: `npx tsx bench/synth/main.ts [rounds] [share of the full sizes]`. */
import { join } from 'node:path';
import { printComparison } from '../comparison';
import { compilePackage, runNode } from '../measure';

const rounds = Number(process.argv[2] ?? 3);
const share = Number(process.argv[3] ?? 1);
const names = ['cdk8s-plus-28', 'cdk8s-jobs', 'cdk8s-jobs, its App', 'ApiObject'] as const;
const library = compilePackage();
const worker = join(__dirname, 'worker.js');

printComparison({
  title: 'synth of Jobs in one chart',
  unit: 'ms',
  names,
  sizes: [100, 1000, 10_000].map((size) => Math.ceil(size * share)),
  rounds,
  measure: (name, jobs) => Number(runNode(worker, [name, '1', String(jobs), library])),
});
printComparison({
  title: 'synth of charts with one Job',
  unit: 'ms',
  names,
  sizes: [10, 100, 1000].map((size) => Math.ceil(size * share)),
  rounds,
  measure: (name, charts) => Number(runNode(worker, [name, String(charts), '1', library])),
});
