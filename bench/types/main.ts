/** What type checking one construct costs, with 1, n and 10 n uses: `npx tsx bench/types/main.ts [n] [rounds]`. */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printComparison } from '../comparison';
import { compilePackage, runNode } from '../measure';
import { formatNumber, printTable } from '../table';

const uses = Number(process.argv[2] ?? 100);
const rounds = Number(process.argv[3] ?? 3);
const repository = join(__dirname, '..', '..');
const library = compilePackage();
const folder = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-types-'));
symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'), 'junction');

const pod = (index: number): string => `restartPolicy: 'Never', containers: [{ name: 'main-${index}', image: 'app:${index}', command: ['run'] }]`;
const ours = `import { App, Chart } from 'cdk8s'; import * as jobs from '${library}/index'; const chart = new Chart(new App(), 'chart');`;
const candidates: Readonly<Record<string, { readonly head: string; readonly use: (index: number) => string }>> = {
  'cdk8s-plus-28 Job': {
    head: "import { App, Chart } from 'cdk8s'; import * as kplus from 'cdk8s-plus-28'; const chart = new Chart(new App(), 'chart');",
    use: (index) => `new kplus.Job(chart, 'j${index}', { metadata: { name: 'job-${index}' }, backoffLimit: ${index},
      containers: [{ name: 'main-${index}', image: 'app:${index}', command: ['run'] }] });`,
  },
  'cdk8s alone': { head: "import { App, Chart } from 'cdk8s';", use: () => "new Chart(new App(), 'chart');" },
  'NonParallelJob': { head: ours, use: (index) => `new jobs.NonParallelJob(chart, 'j${index}', { metadata: { name: 'job-${index}' }, ${pod(index)} });` },
  'FixedCompletionJob': { head: ours, use: (index) => `new jobs.FixedCompletionJob(chart, 'j${index}', { completions: ${index}, ${pod(index)} });` },
  'IndexedJob': { head: ours, use: (index) => `new jobs.IndexedJob(chart, 'j${index}', { completions: ${index}, ${pod(index)} });` },
  'WorkQueueJob': { head: ours, use: (index) => `new jobs.WorkQueueJob(chart, 'j${index}', { parallelism: ${index}, ${pod(index)} });` },
  'ScheduledJob': {
    head: ours,
    use: (index) => `new jobs.ScheduledJob(chart, 'j${index}', { schedule: '${index % 60} ${index % 24} * * *', job: { ${pod(index)} } });`,
  },
};

interface Checked {
  readonly ms: number;
  readonly instantiations: number;
}

/** Type-checks an app with so many uses, declarations included, in a process of its own. */
function check(name: string, count: number): Checked {
  const candidate = candidates[name];
  if (candidate === undefined) throw new Error(name);
  const lines = Array.from({ length: count }, (_, index) => candidate.use(index));
  writeFileSync(join(folder, 'main.ts'), [candidate.head, ...lines].join('\n'));
  const options = ['--strict', '--noEmit', '--target', 'es2017', '--lib', 'es2016', '--module', 'commonjs', '--types', 'types-node-14'];
  const compiler = join(repository, 'node_modules/typescript/bin/tsc');
  const output = runNode(compiler, ['--extendedDiagnostics', ...options, join(folder, 'main.ts')], [0], ['--require', join(__dirname, 'cpu-at-exit.js')]);
  const value = (label: string): number => Number(new RegExp(`^${label}:\\s+([\\d.]+)`, 'm').exec(output)?.[1]);
  return { ms: value('CPU time'), instantiations: value('Instantiations') };
}

const names = Object.keys(candidates).filter((name) => name !== 'cdk8s alone');
printComparison({
  title: 'type checking an app by uses of a construct, declarations included',
  unit: 'ms of CPU',
  names,
  sizes: [1, uses, 10 * uses],
  rounds,
  measure: (name, count) => check(name, count).ms,
});
const alone = check('cdk8s alone', 1).instantiations;
printTable(['instantiations, which are the same on any machine', `of one use, beyond cdk8s alone (${formatNumber(alone)})`, 'of one more use'], names.map((name) => {
  const first = check(name, 1).instantiations - alone;
  const further = (check(name, 22).instantiations - check(name, 2).instantiations) / 20;
  return [name, formatNumber(first), formatNumber(further)];
}));
rmSync(folder, { recursive: true });
