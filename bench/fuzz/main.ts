/*
 * Real inputs, damaged at random, for everything that reads what others wrote: nothing may throw what it should not, and nothing may take
 * more than linear time.
 *
 * `npx tsx bench/fuzz/main.ts [INPUTS [SEED]]`: a million inputs and seed 1 unless told otherwise.
 */
import fc from 'fast-check';
import { growthOf, largest, steps } from './growth';
import { slowest } from './slowest';
import { targets } from '../../test/fuzz/targets';
import { formatNumber, printTable } from '../table';

const [inputs = 1_000_000, seed = 1] = process.argv.slice(2).map(Number);

/** Above this, eight times as much input has cost more than in line, with room for a busy machine: the square would be 64. */
const most = 8 * 3;
/** A short run, which only shows that this works, does not judge times. */
const isJudgingGrowth = inputs >= 100_000;

function main(): void {
  const rows: string[][] = [];
  console.log(`node ${process.version}, ${inputs.toLocaleString('en-US')} inputs, seed ${seed}\n`);
  const begin = performance.now();
  let faults = 0;
  for (const target of targets) {
    const runs = Math.round(inputs * target.share);
    const start = process.cpuUsage();
    const slow = slowest(5);
    const property = fc.property(target.inputs, (input) => {
      const before = performance.now();
      target.use(input);
      slow.note(input, performance.now() - before);
    });
    const result = fc.check(property, { seed, numRuns: runs });
    const { user, system } = process.cpuUsage(start);
    console.log(`${target.name}: ${formatNumber(runs)} inputs`);
    if (result.failed) {
      faults += 1;
      console.log(fc.defaultReportMessage(result));
    }
    let worst = 0;
    // What took longest is asked again, and once more eight times as long: a slow moment of the machine does not come twice.
    for (const { input, took } of slow.all()) {
      const growth = growthOf((value) => target.use(value), input, target.grow(target.grow(target.grow(input))));
      if (isJudgingGrowth && growth > most) faults += 1;
      worst = Math.max(worst, growth);
      console.log(`  one took ${took.toFixed(1)} ms; eight times as long it costs ${growth.toFixed(1)} times as much`);
    }
    rows.push([target.name, formatNumber(runs), formatNumber((user + system) / 1e6), formatNumber(worst, 1)]);
  }
  printTable(['function', `inputs, seed ${seed}`, 's of CPU', 'cost of its five slowest inputs when they are eight times as long: at most, times'], rows);
  printTable(['what is made eight times as long', 'its cost, times'], steps.map(({ name, use, sizes }) => {
    const growth = growthOf(use, sizes[0], sizes[1]);
    if (isJudgingGrowth && growth > most) faults += 1;
    return [name, formatNumber(growth, 1)];
  }));
  console.log(`\n${((performance.now() - begin) / 1000).toFixed(0)} s, ${largest()} MB, ${faults === 0 ? 'no fault' : `${faults} faults`}`);
  if (faults > 0) process.exitCode = 1;
}

main();
