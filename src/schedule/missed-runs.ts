import type { CronTimes } from './cron-fields';
import { nextRun } from './next-run';
import type { Instant } from '../core/time';

/** What the controller knows of a CronJob when it looks for the run that is due. */
export interface RunHistory {
  readonly times: CronTimes;
  /** A known zone; the controller's own is UTC. @default 'UTC' */
  readonly timeZone?: string | undefined;
  readonly creationTimestamp: Instant;
  readonly lastScheduleTime?: Instant | undefined;
  /** Seconds after which a missed run is not made up for. */
  readonly startingDeadlineSeconds?: number | undefined;
}

/** Which run is due. */
export interface DueRun {
  /** From where the search began. */
  readonly earliest: Instant;
  /** The latest fire time up to now that has no Job yet, if any. */
  readonly due?: Instant;
  /** How many fire times were missed: `many` are more than 100, and worth a warning. */
  readonly missed: 'none' | 'few' | 'many';
  /** The schedule does not move on; the controller then gives up on the CronJob until it changes. */
  readonly isStalled: boolean;
}

/** The controller wakes this much after a fire time, in milliseconds. */
export const wakeDelay = 100;
/** More missed runs than these get a warning. */
const manyMissed = 100;

/**
 * The run that is due now: the latest one, never one for each that was missed.
 *
 * The number of missed runs is a guess from the distance of the first two; where the guess leads beyond the last fire time, none is due.
 *
 * @source pkg/controller/cronjob/utils.go mostRecentScheduleTime (v1.37)
 */
export function findDueRun(history: RunHistory, now: Instant): DueRun {
  return mostRecentRun(history, now, history.startingDeadlineSeconds);
}

/**
 * Milliseconds until the controller looks again; undefined when the schedule has no further time, which makes the controller look at once.
 *
 * The starting deadline plays no part here.
 *
 * @source pkg/controller/cronjob/utils.go nextScheduleTimeDuration (v1.37)
 */
export function delayToNextRun(history: RunHistory, now: Instant): number | undefined {
  const { earliest, due, missed, isStalled } = mostRecentRun(history, now, undefined);
  const from = isStalled ? now : due ?? (missed === 'none' ? earliest : now);
  const next = nextRun(history.times, from, history.timeZone ?? 'UTC');
  return next === undefined ? undefined : next + wakeDelay - now;
}

function mostRecentRun(history: RunHistory, now: Instant, deadline: number | undefined): DueRun {
  const { times, timeZone = 'UTC' } = history;
  const begin = history.lastScheduleTime ?? history.creationTimestamp;
  const earliest = deadline === undefined ? begin : Math.max(begin, now - deadline * 1000);
  const first = nextRun(times, earliest, timeZone);
  const second = first === undefined ? undefined : nextRun(times, first, timeZone);
  if (first === undefined) return { earliest, missed: 'none', isStalled: true };
  if (now < first) return { earliest, missed: 'none', isStalled: false };
  if (second !== undefined && now < second) return { earliest, due: first, missed: 'none', isStalled: false };
  if (second === undefined || second - first < 1000) return { earliest, missed: 'none', isStalled: true };

  const distance = Math.round((second - first) / 1000);
  const count = Math.floor((now - first) / 1000 / distance) + 1;
  const due = lastUpTo(times, first + (count - 2) * distance * 1000, now, timeZone);
  const missed = count > manyMissed ? 'many' : 'few';
  return { earliest, missed, isStalled: false, ...(due === undefined ? {} : { due }) };
}

/** The last fire time up to now of those after `from`. Where the clocks turn it back, the controller would go round for ever; this ends. */
function lastUpTo(times: CronTimes, from: Instant, now: Instant, timeZone: string): Instant | undefined {
  let last: Instant | undefined;
  let next = nextRun(times, from, timeZone);
  while (next !== undefined && next <= now && (last === undefined || next > last)) {
    last = next;
    next = nextRun(times, last, timeZone);
  }
  return last;
}
