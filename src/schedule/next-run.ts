import type { CalendarTimes, CronField, CronTimes } from './cron-fields';
import { WallClock } from './wall-clock';
import { zoneOffsets } from './zone-offsets';
import type { Instant } from '../core/time';

/** How far ahead the search looks. */
const yearsAhead = 5;
/** A search within a month takes at most 31 steps, unless a skipped calendar day makes it loop. */
const mostDaySteps = 64;
/** Restarts of one search: 5 years have fewer days. */
const mostRestarts = 10_000;

/**
 * The fire time after an instant as the cron library of the CronJob controller computes it, or undefined when there is none.
 *
 * This is the raw answer: around changes of the clocks it can lie before `after`, and `Schedule.next` and missed-runs have what the
 * controller makes of it. Where the library would search forever, there is none either.
 *
 * @param timeZone a known zone; times of `@every` do not depend on it.
 * @source github.com/robfig/cron/v3 spec.go SpecSchedule.Next, constantdelay.go ConstantDelaySchedule.Next (v3.0.1)
 */
export function nextRun(times: CronTimes, after: Instant, timeZone: string): Instant | undefined {
  const whole = Math.floor(after / 1000);
  if (times.kind === 'interval') return (whole + times.seconds) * 1000;
  if (isEmpty(times.minute) || isEmpty(times.hour) || isEmpty(times.month)) return undefined;
  const found = search(times, new WallClock(zoneOffsets(timeZone), whole + 1));
  return found === undefined ? undefined : found * 1000;
}

function isEmpty(field: CronField): boolean {
  return field.items.length === 0;
}

/** From the largest unit to the smallest: each moves on until it matches; if that changes a larger unit, the search starts over. */
function search(times: CalendarTimes, clock: WallClock): number | undefined {
  const lastYear = clock.year + yearsAhead;
  const walk = { clock, times, hasMoved: false };
  for (let restart = 0; restart < mostRestarts && clock.year <= lastYear; restart += 1) {
    const step = findMonth(walk) ?? findDay(walk) ?? findHour(walk) ?? findMinute(walk) ?? findSecond(walk);
    if (step === undefined) return clock.instant;
    if (step === 'never') return undefined;
  }
  return undefined;
}

interface Walk {
  readonly clock: WallClock;
  readonly times: CalendarTimes;
  /** Smaller units are set to zero only before the first move. */
  hasMoved: boolean;
}

/** Where a step leads, if not to the next smaller unit. */
type Turn = 'again' | 'never' | undefined;

function findMonth(walk: Walk): Turn {
  const { clock, times } = walk;
  while (times.month.allowed[clock.month] !== 1) {
    if (isFirstMove(walk)) clock.setLocal(clock.year, clock.month, 1, 0);
    clock.addMonths(1);
    if (clock.month === 1) return 'again';
  }
  return undefined;
}

function findDay(walk: Walk): Turn {
  const { clock, times } = walk;
  for (let step = 0; !isDay(times, clock); step += 1) {
    if (step === mostDaySteps) return 'never';
    if (isFirstMove(walk)) clock.setLocal(clock.year, clock.month, clock.day, 0);
    clock.addDays(1);
    // A day may begin at 01:00, or be entered at 23:00 of the day before.
    if (clock.hour !== 0) clock.set(clock.instant + (clock.hour > 12 ? 24 - clock.hour : -clock.hour) * 3600);
    if (clock.day === 1) return 'again';
  }
  return undefined;
}

/** If one of the day fields has a star both must match, otherwise one is enough. */
function isDay({ day, weekday }: CalendarTimes, clock: WallClock): boolean {
  const isDayOfMonth = day.allowed[clock.day] === 1;
  const isWeekday = weekday.allowed[clock.weekday] === 1;
  return day.hasStar || weekday.hasStar ? isDayOfMonth && isWeekday : isDayOfMonth || isWeekday;
}

/** Hours are counted in real time: a missing local hour is never seen, a doubled one is seen twice. */
function findHour(walk: Walk): Turn {
  const { clock, times } = walk;
  while (times.hour.allowed[clock.hour] !== 1) {
    if (isFirstMove(walk)) clock.setLocal(clock.year, clock.month, clock.day, clock.hour * 3600);
    advance(clock, 3600, distance(times.hour, clock.hour));
    if (clock.hour === 0) return 'again';
  }
  return undefined;
}

function findMinute(walk: Walk): Turn {
  const { clock, times } = walk;
  while (times.minute.allowed[clock.minute] !== 1) {
    if (isFirstMove(walk)) clock.set(Math.floor(clock.instant / 60) * 60);
    advance(clock, 60, distance(times.minute, clock.minute));
    if (clock.minute === 0) return 'again';
  }
  return undefined;
}

function findSecond(walk: Walk): Turn {
  const { clock } = walk;
  if (clock.second === 0) return undefined;
  while (clock.second !== 0) {
    walk.hasMoved = true;
    advance(clock, 1, 60 - clock.second);
  }
  return 'again';
}

function isFirstMove(walk: Walk): boolean {
  if (walk.hasMoved) return false;
  walk.hasMoved = true;
  return true;
}

/** `count` steps at once where the clocks do not change meanwhile, else one. */
function advance(clock: WallClock, seconds: number, count: number): void {
  clock.set(clock.instant + seconds * (clock.isSteadyFor(seconds * count) ? count : 1));
}

/** Steps from a value to the next allowed one, or to the wrap to zero when that comes first. */
function distance({ allowed }: CronField, value: number): number {
  let next = value + 1;
  while (next < allowed.length && allowed[next] !== 1) next += 1;
  return next - value;
}
