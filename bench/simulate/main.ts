/** CPU and memory of simulations that grow: `npx tsx bench/simulate/main.ts [rounds] [share of the sizes]`. */
import { join } from 'node:path';
import type { SimulationCost } from './worker';
import { compilePackage, printComparison, runNode } from '../measure';

const rounds = Number(process.argv[2] ?? 3);
const share = Number(process.argv[3] ?? 1);
const library = compilePackage();

/** What one simulation costs, in a process of its own. */
function costOf(way: string, size: number): SimulationCost {
  const worker = join(__dirname, 'worker.ts');
  return JSON.parse(runNode(worker, [way, String(size), library], [0], ['--import', 'tsx'])) as SimulationCost;
}

for (const [part, unit] of [['cpu', 'ms of CPU'], ['memory', 'MB resident']] as const) {
  printComparison({
    title: 'simulation of a Job with pods of 1 to 13 seconds, 20 at once, by completions',
    unit,
    names: ['NonIndexed', 'Indexed'],
    sizes: [1000, 10_000, 100_000].map((size) => Math.ceil(size * share)),
    rounds: part === 'cpu' ? rounds : 1,
    measure: (way, size) => costOf(way, size)[part],
  });
  printComparison({
    title: 'simulation of a CronJob of each minute, by days',
    unit,
    names: ['all kept', 'the last 100'],
    sizes: [1, 7, 49].map((days) => Math.max(0.01, days * share)),
    rounds: part === 'cpu' ? rounds : 1,
    measure: (way, days) => costOf(way, days)[part],
  });
}
