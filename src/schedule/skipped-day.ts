import type { CalendarTimes } from './cron-fields';
import { WallClock } from './wall-clock';
import { ZoneOffsets, zoneOffsets } from './zone-offsets';
import type { Instant } from '../core/time';

/** How far ahead changes of the clocks are looked for, in seconds: the rules of most zones repeat every year. */
const lookAhead = 2 * 366 * 86_400;

/** A run that the clocks take away or give twice. */
interface ClockChange {
  /** The local day, `2027-03-28`. */
  readonly date: string;
  /** The local time, `02:30`. */
  readonly time: string;
  /** `skipped`: the local time does not exist. `doubled`: it comes twice. */
  readonly kind: 'skipped' | 'doubled';
  /** The moment of the change. */
  readonly at: Instant;
}

/** The first local time of the schedule that does not exist because clocks go forward, in the two years from `start`. */
export function findSkippedDay(times: CalendarTimes, timeZone: string, start: Instant): ClockChange | undefined {
  return clockChanges(times, timeZone, start, start + lookAhead * 1000).find(({ kind }) => kind === 'skipped');
}

/**
 * The first local time of the schedule in each stretch that a change of the clocks skips or repeats, between two instants.
 *
 * Schedules that fire in every hour are left out: they go on in real time.
 */
export function clockChanges(times: CalendarTimes, timeZone: string, from: Instant, until: Instant): ClockChange[] {
  if (times.hour.allowed.every((allowed) => allowed === 1)) return [];
  const zone = zoneOffsets(timeZone);
  const changes: ClockChange[] = [];
  let at = from / 1000;
  let before = zone.at(at);
  while (zone.until <= until / 1000) {
    at = zone.until;
    const after = zone.at(at);
    if (after === before) continue;
    const [low, high] = [at + Math.min(before, after), at + Math.max(before, after)];
    const found = firstMatch(times, low, high);
    if (found !== undefined) changes.push({ ...found, kind: after > before ? 'skipped' : 'doubled', at: at * 1000 });
    before = after;
  }
  return changes;
}

const utc = new ZoneOffsets('UTC');

/** The first local minute in a stretch of local time at which all fields match. */
function firstMatch(times: CalendarTimes, low: number, high: number): { readonly date: string; readonly time: string } | undefined {
  for (let local = Math.ceil(low / 60) * 60; local < high; local += 60) {
    const clock = new WallClock(utc, local);
    if (matches(times, clock)) {
      const [date = '', time = ''] = new Date(local * 1000).toISOString().split('T');
      return { date, time: time.slice(0, 5) };
    }
  }
  return undefined;
}

function matches({ minute, hour, day, month, weekday }: CalendarTimes, clock: WallClock): boolean {
  if (minute.allowed[clock.minute] !== 1 || hour.allowed[clock.hour] !== 1 || month.allowed[clock.month] !== 1) return false;
  const [isDay, isWeekday] = [day.allowed[clock.day] === 1, weekday.allowed[clock.weekday] === 1];
  return day.hasStar || weekday.hasStar ? isDay && isWeekday : isDay || isWeekday;
}
