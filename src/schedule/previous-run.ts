import type { CronTimes } from './cron-fields';
import { nextRun } from './next-run';
import type { Instant } from '../core/time';

const shortest = 64_000;
/** About eleven years: a leap day is at most eight years back. */
const longest = shortest * 2 ** 23;
/** A walk this long within one doubling of the range means that a clock change makes it loop. */
const mostRuns = 1_000_000;

/** The last fire time before an instant, walked from run to run; undefined when there is none within eleven years. */
export function previousRun(times: CronTimes, before: Instant, timeZone: string): Instant | undefined {
  if (times.kind === 'interval') return (Math.ceil(before / 1000) - times.seconds) * 1000;
  for (let length = shortest; length <= longest; length *= 2) {
    const last = lastRun(times, before - length, before, timeZone);
    if (last !== undefined) return last;
  }
  return undefined;
}

function lastRun(times: CronTimes, from: Instant, before: Instant, timeZone: string): Instant | undefined {
  let last: Instant | undefined;
  let next = nextRun(times, from, timeZone);
  for (let count = 0; next !== undefined && next < before && count < mostRuns; count += 1) {
    last = next;
    next = nextRun(times, last, timeZone);
    if (next !== undefined && next <= last) break;
  }
  return last;
}
