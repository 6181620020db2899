/** CPU of Jobs that wait for one another beside that of Jobs that do not: `npx tsx bench/order/main.ts [rounds] [share of the sizes]`. */
import { printComparison, runWorker } from '../measure';

const rounds = Number(process.argv[2] ?? 3);
const share = Number(process.argv[3] ?? 1);

for (const way of ['simulate', 'run'] as const) {
  printComparison({
    title: way === 'simulate' ? 'simulation of Jobs' : 'run of Jobs on the local engine, whose containers end at once',
    unit: 'ms of CPU',
    names: ['none', 'levels', 'chain'],
    sizes: [10, 100, 1000].map((size) => Math.ceil(size * share)),
    rounds,
    measure: (order, jobs) => runWorker<number>('order/worker.ts', [way, order, String(jobs)]),
  });
}
