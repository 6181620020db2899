import type { CronTimes } from './cron-fields';
import { knownNextRun } from './known-runs';
import { given } from '../core/given';
import type { Instant } from '../core/time';

/** What the controller knows of a CronJob when it looks for the run that is due. */
export interface RunHistory {
  readonly times: CronTimes;
  /** A known zone; the controller's own is UTC. @default 'UTC' */
  readonly timeZone?: string | undefined;
  readonly creationTimestamp: Instant;
  readonly lastScheduleTime?: Instant | undefined;
  /** Seconds after which a missed run is no longer started. */
  readonly startingDeadlineSeconds?: number | undefined;
}

/** Which run is due. */
export interface DueRun {
  /** Where the search began. */
  readonly earliest: Instant;
  /** The latest fire time up to now that has no Job yet, if any. */
  readonly due?: Instant;
  /** How many fire times were missed; `many` means more than 100, which gets a warning. */
  readonly missed: 'none' | 'few' | 'many';
  /** Whether the schedule makes no progress; the controller then gives up on the CronJob until it changes. */
  readonly isStalled: boolean;
}

/** How long after a fire time the controller wakes, in milliseconds. */
const wakeDelay = 100;
/** The most missed runs without a warning. */
const manyMissed = 100;

/**
 * The run that is due now: the latest one, never one for each that was missed.
 *
 * The number of missed runs is estimated from the distance of the first two; if that leads beyond the last fire time, none is due.
 *
 * @source pkg/controller/cronjob/utils.go mostRecentScheduleTime (v1.37)
 */
export function findDueRun(history: RunHistory, now: Instant): DueRun {
  return mostRecentRun(history, now, history.startingDeadlineSeconds);
}

/**
 * Milliseconds until the controller reconciles again; undefined if the schedule has no further time: the controller then does so at once.
 *
 * The starting deadline plays no part here.
 *
 * @source pkg/controller/cronjob/utils.go nextScheduleTimeDuration (v1.37)
 */
export function delayToNextRun(history: RunHistory, now: Instant): number | undefined {
  const { earliest, due, missed, isStalled } = mostRecentRun(history, now, undefined);
  const from = isStalled ? now : due ?? (missed === 'none' ? earliest : now);
  const next = knownNextRun(history.times, from, history.timeZone ?? 'UTC');
  return next === undefined ? undefined : next + wakeDelay - now;
}

/** The next run and when the controller wakes for it, while none is due; undefined if one is due now, or if there is no further one. */
export function nextLook(history: RunHistory, now: Instant): { readonly until: Instant; readonly wakeAt: Instant } | undefined {
  const first = knownNextRun(history.times, history.lastScheduleTime ?? history.creationTimestamp, history.timeZone ?? 'UTC');
  return first === undefined || first <= now ? undefined : { until: first, wakeAt: first + wakeDelay };
}

function mostRecentRun(history: RunHistory, now: Instant, deadline: number | undefined): DueRun {
  const { times, timeZone = 'UTC' } = history;
  const begin = history.lastScheduleTime ?? history.creationTimestamp;
  const earliest = deadline === undefined ? begin : Math.max(begin, now - deadline * 1000);
  const first = knownNextRun(times, earliest, timeZone);
  if (first === undefined) return { earliest, missed: 'none', isStalled: true };
  if (now < first) return { earliest, missed: 'none', isStalled: false };
  const second = knownNextRun(times, first, timeZone);
  if (second !== undefined && now < second) return { earliest, due: first, missed: 'none', isStalled: false };
  if (second === undefined || second - first < 1000) return { earliest, missed: 'none', isStalled: true };

  const distance = Math.round((second - first) / 1000);
  const count = Math.floor((now - first) / 1000 / distance) + 1;
  const due = lastUpTo(times, first + (count - 2) * distance * 1000, now, timeZone);
  const missed = count > manyMissed ? 'many' : 'few';
  return { earliest, missed, isStalled: false, ...given({ due }) };
}

/** The last fire time up to now of those after `from`. Where a clock change turns it back, the controller would loop forever; this ends. */
function lastUpTo(times: CronTimes, from: Instant, now: Instant, timeZone: string): Instant | undefined {
  let last: Instant | undefined;
  let next = knownNextRun(times, from, timeZone);
  while (next !== undefined && next <= now && (last === undefined || next > last)) {
    last = next;
    next = knownNextRun(times, last, timeZone);
  }
  return last;
}
