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

const [inputs = 1_000_000, seed = 1] = process.argv.slice(2).map(Number);

/** Above this, eight times as much input has cost more than in line, with room for a busy machine: the square would be 64. */
const most = 8 * 3;

function main(): void {
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
    console.log(`${target.name.padEnd(18)}${runs.toLocaleString('en-US').padStart(10)} inputs, ${((user + system) / 1e6).toFixed(0)} s of CPU`);
    if (result.failed) {
      faults += 1;
      console.log(fc.defaultReportMessage(result));
    }
    // What took longest is asked again, and once more eight times as long: a slow moment of the machine does not come twice.
    for (const { input, took } of slow.all()) {
      const growth = growthOf((value) => target.use(value), input, target.grow(target.grow(target.grow(input))));
      if (growth > most) faults += 1;
      console.log(`  one took ${took.toFixed(1)} ms; eight times as long it costs ${growth.toFixed(1)} times as much`);
    }
  }
  console.log('\nCost of an input that is eight times as long, beside the shorter one:');
  for (const { name, use, sizes } of steps) {
    const growth = growthOf(use, sizes[0], sizes[1]);
    if (growth > most) faults += 1;
    console.log(`  ${name.padEnd(62)}${growth.toFixed(1).padStart(6)}`);
  }
  console.log(`\n${((performance.now() - begin) / 1000).toFixed(0)} s, ${largest()} MB, ${faults === 0 ? 'no fault' : `${faults} faults`}`);
  if (faults > 0) process.exitCode = 1;
}

main();
