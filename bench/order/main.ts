/** CPU of Jobs that wait for one another beside that of Jobs that do not: `npx tsx bench/order/main.ts [rounds] [share of the sizes]`. */
import { printComparison } from '../comparison';
import { runWorker } from '../measure';

const rounds = Number(process.argv[2] ?? 3);
const share = Number(process.argv[3] ?? 1);

const titles = {
  simulate: 'simulation of Jobs',
  run: 'run of Jobs on the local engine, whose containers end at once',
  served: 'run of Jobs on an API server, whose containers end at once',
} as const;

for (const way of ['simulate', 'run', 'served'] as const) {
  printComparison({
    title: titles[way],
    unit: 'ms of CPU',
    names: ['none', 'levels', 'chain'],
    sizes: [10, 100, 1000].map((size) => Math.ceil(size * share)),
    rounds,
    measure: (order, jobs) => runWorker<number>('order/worker.ts', [way, order, String(jobs)]),
  });
}
