import { CronExpressionParser } from 'cron-parser';
import { Cron } from 'croner';
import { nextRun } from '../../src/schedule/next-run';
import { parseSchedule } from '../../src/schedule/parse';
import { formatNumber, printTable } from '../table';

/*
 * Parses and next runs per second, beside cron-parser and croner, in one process and one after the other.
 *
 * Each case walks from run to run, as a controller does. A library that refuses a schedule is out of the race for it.
 * `npx tsx bench/schedule/main.ts`
 */

const cases: ReadonlyArray<readonly [text: string, timeZone: string]> = [
  ['*/5 * * * *', 'UTC'],
  ['* * * * *', 'America/New_York'],
  ['0 0 * * *', 'UTC'],
  ['30 2 * * 1-5', 'Europe/Berlin'],
  ['0 0 1 * *', 'UTC'],
  ['0 0 31 12 *', 'Asia/Kolkata'],
  ['0 0 29 2 1', 'UTC'],
  ['0 0 29 2 *', 'UTC'],
  ['0 0 29 2 *', 'Europe/Berlin'],
  ['0 0 30 2 *', 'UTC'],
  ['0 0 30 2 *', 'America/New_York'],
  ['0 0 31 4,6,9,11 *', 'Europe/Berlin'],
  [', * * * *', 'UTC'],
  ['@every 90m', 'UTC'],
];
const start = Date.UTC(2025, 0, 1);
const measureFor = 150;

type Walk = () => (from: number) => number | undefined;
interface Library {
  readonly name: string;
  /** Parses, and returns the step from one run to the next. */
  readonly open: (text: string, timeZone: string) => Walk;
}

const libraries: readonly Library[] = [
  {
    name: 'cdk8s-jobs',
    open: (text, timeZone) => () => {
      const schedule = parseSchedule(text);
      return (from) => schedule.next(new Date(from), { timeZone })?.getTime();
    },
  },
  {
    name: 'cron-parser',
    open: (text, tz) => () => {
      const expression = CronExpressionParser.parse(text, { tz, currentDate: new Date(start) });
      let last = start;
      return (from) => {
        if (from < last) expression.reset(new Date(from));
        last = from;
        return expression.next().getTime();
      };
    },
  },
  {
    name: 'croner',
    open: (text, timezone) => () => {
      const cron = new Cron(text, { timezone, paused: true });
      return (from) => cron.nextRun(new Date(from))?.getTime();
    },
  },
];

/** Calls per second; undefined when the library refuses. */
function rate(work: () => void): number | undefined {
  try {
    work();
  } catch {
    return undefined;
  }
  let [calls, batch] = [0, 1];
  const begin = performance.now();
  for (let elapsed = 0; elapsed < measureFor; elapsed = performance.now() - begin) {
    for (let index = 0; index < batch; index += 1) work();
    calls += batch;
    if (elapsed < measureFor / 10) batch *= 2;
  }
  return calls / ((performance.now() - begin) / 1000);
}

function walker(walk: Walk): () => void {
  const next = walk();
  let time = start;
  let count = 0;
  return () => {
    const found = next(time);
    count += 1;
    // Back to the start before the years leave everybody's data.
    const isOver = found === undefined || found > start + 20 * 365 * 86_400_000;
    // Another start each time, so that no memory of the last search answers.
    time = isOver ? start + (count % 100_000) * 60_000 : found;
  };
}

function show(value: number | undefined): string {
  return value === undefined ? 'refuses' : formatNumber(value);
}

function ratio(ours: number | undefined, theirs: number | undefined): string {
  return ours === undefined || theirs === undefined ? '' : `${(ours / theirs).toFixed(1)}`;
}

function main(): void {
  const behind: string[] = [];
  for (const [title, measured] of [
    ['parse', (walk: Walk) => () => void walk()], ['next', walker],
  ] as const) {
    const rows = cases.map(([text, timeZone]) => {
      const rates = libraries.map(({ open }) => {
        try {
          return rate(measured(open(text, timeZone)));
        } catch {
          return undefined;
        }
      });
      const [ours, parser, croner] = rates;
      if ((ours ?? 0) < Math.max(parser ?? 0, croner ?? 0)) behind.push(`${title} "${text}" ${timeZone}`);
      return [`\`${text}\` ${timeZone}`, ...rates.map(show), ratio(ours, parser), ratio(ours, croner)];
    });
    printTable([`${title}, calls per second`, ...libraries.map(({ name }) => name), 'times cron-parser', 'times croner'], rows);
  }
  worstCase();
  console.log(behind.length === 0 ? 'ahead of both on every case' : `behind on: ${behind.join('; ')}`);
}

/** The longest that one search takes: five years without a hit, over every change of the clocks. */
function worstCase(): void {
  const { times } = parseSchedule('0 0 30 2 *');
  const cold = performance.now();
  nextRun(times, start, 'America/Santiago');
  const coldTime = performance.now() - cold;
  const warm = performance.now();
  for (let index = 0; index < 100; index += 1) nextRun(times, start, 'America/Santiago');
  console.log(`\na search without a hit: ${coldTime.toFixed(2)} ms in a new zone, ${((performance.now() - warm) / 100).toFixed(3)} ms from then on\n`);
}

main();
