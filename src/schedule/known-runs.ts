import type { CronTimes } from './cron-fields';
import { nextRun } from './next-run';
import type { Instant } from '../core/time';

/** How many runs of a schedule are remembered: a controller needs three at a time. */
const mostKnown = 16;

/** The runs of a schedule in one time zone, by the second after which they are. */
interface KnownRuns {
  readonly timeZone: string;
  runs: Map<number, Instant | undefined>;
}

const knownRuns = new WeakMap<CronTimes, KnownRuns>();

/**
 * As `nextRun`, for those who ask for the same few runs again and again, as a controller does whenever something changes: the runs after
 * the instants asked for last are remembered, for as long as `times` is.
 */
export function knownNextRun(times: CronTimes, after: Instant, timeZone: string): Instant | undefined {
  let known = knownRuns.get(times);
  if (known?.timeZone !== timeZone) knownRuns.set(times, (known = { timeZone, runs: new Map() }));
  const second = Math.floor(after / 1000);
  const before = known.runs.get(second);
  if (before !== undefined || known.runs.has(second)) return before;
  const run = nextRun(times, after, timeZone);
  // Not cleared: see `ChangingMap`.
  if (known.runs.size >= mostKnown) known.runs = new Map();
  known.runs.set(second, run);
  return run;
}
