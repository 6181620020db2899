/** CPU and memory of simulations that grow: `npx tsx bench/simulate/main.ts [rounds] [share of the sizes]`. */
import { join } from 'node:path';
import type { SimulationCost } from './worker';
import { printComparison } from '../comparison';
import { compilePackage, runNode } from '../measure';

const rounds = Number(process.argv[2] ?? 1);
const share = Number(process.argv[3] ?? 1);
const library = compilePackage();
/** The most that a simulation had resident, by its way and size. */
const memory = new Map<string, number>();

/** What one simulation costs, in a process of its own. */
function costOf(way: string, size: number): SimulationCost {
  const worker = join(__dirname, 'worker.ts');
  return JSON.parse(runNode(worker, [way, String(size), library], [0], ['--import', 'tsx'])) as SimulationCost;
}

/** Measures simulations once, and prints their CPU and their memory. */
function printSimulations(title: string, names: readonly string[], sizes: readonly number[]): void {
  printComparison({
    title,
    unit: 'ms of CPU',
    names,
    sizes,
    rounds,
    measure: (way, size) => {
      const cost = costOf(way, size);
      memory.set(`${way} ${size}`, cost.memory);
      return cost.cpu;
    },
  });
  printComparison({ title, unit: 'MB resident', names, sizes, rounds: 1, measure: (way, size) => memory.get(`${way} ${size}`) ?? NaN });
}

const jobs = [1000, 10_000, 100_000].map((size) => Math.ceil(size * share));
const days = (all: readonly number[]): number[] => all.map((each) => Math.max(0.01, each * share));
printSimulations('simulation of a Job with pods of 1 to 13 seconds, 20 at once, by completions', ['NonIndexed', 'Indexed'], jobs);
printSimulations('simulation of a CronJob of each minute, all kept, by days', ['all kept'], days([0.5, 5, 50]));
printSimulations('simulation of a CronJob of each minute, `keepLast: 100`, by days', ['the last 100'], days([3.65, 36.5, 365]));
