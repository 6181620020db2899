/** CPU time of `app.synth()`, imports not counted: `npx tsx bench/synth/main.ts [rounds]`. */
import { compilePackage, formatRow, measureInTurn, runWorker } from '../measure';

const rounds = Number(process.argv[2] ?? 3);
const names = ['cdk8s-jobs', 'cdk8s-plus-28', 'ApiObject'] as const;
const shapes = [
  { title: '1,000 Jobs in one chart', charts: 1, jobs: 1000 },
  { title: '1,000 charts of one Job', charts: 1000, jobs: 1 },
];

const library = compilePackage();
for (const { title, charts, jobs } of shapes) {
  const cost = measureInTurn(names, rounds, (name) => runWorker<number>('synth/worker.ts', [name, String(charts), String(jobs), library]));
  console.log(`${title}, CPU ms, median of ${rounds}`);
  for (const name of names) console.log(`  ${formatRow(name, cost[name], cost['cdk8s-plus-28'], 'ms')}`);
}
