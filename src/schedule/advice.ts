import { type CalendarTimes, type CronFieldBounds, type CronItem, cronFields } from './cron-fields';
import { describeTimes } from './describe';
import { nextRun } from './next-run';
import type { Schedule } from './schedule';
import { findSkippedDay } from './skipped-day';

/** Something that Kubernetes accepts but the author hardly meant. */
export interface ScheduleAdvice {
  readonly rule:
    | 'schedule-never-fires' | 'schedule-day-and-weekday' | 'schedule-uneven-step' | 'schedule-in-skipped-hour' | 'schedule-below-a-minute';
  readonly message: string;
}

/** Where the search for runs begins by default: 2025-01-01. Advice about a text must not depend on the day on which it is given. */
const start = 1_735_689_600_000;

/**
 * What is worth a second look in a schedule that Kubernetes accepts.
 *
 * @param timeZone a known zone. @default 'UTC'
 */
export function adviseOnSchedule(schedule: Schedule, timeZone = 'UTC'): ScheduleAdvice[] {
  const { times } = schedule;
  if (times.kind === 'interval') return times.seconds < 60 ? [tooOften(times.seconds)] : [];
  if (nextRun(times, start, timeZone) === undefined) return [{ rule: 'schedule-never-fires', message: `never fires: ${neverWords(times)}` }];
  return [...adviseOnDays(times), ...adviseOnSteps(times), ...adviseOnClocks(times, timeZone)];
}

function tooOften(seconds: number): ScheduleAdvice {
  const message = `fires every ${seconds === 1 ? 'second' : `${seconds} seconds`}, but Jobs are named by the minute: at most one a minute is made`;
  return { rule: 'schedule-below-a-minute', message };
}

function neverWords(times: CalendarTimes): string {
  const empty = cronFields.find(({ name }) => times[name].items.length === 0);
  return empty === undefined ? 'none of the months has such a day' : `the field for the ${empty.name} holds no value`;
}

/** `0 0 13 * 5` is meant as Friday the 13th, and fires on every Friday and on every 13th. */
function adviseOnDays(times: CalendarTimes): ScheduleAdvice[] {
  const { day, weekday } = times;
  const isEither = !day.hasStar && !weekday.hasStar && day.items.length > 0 && weekday.items.length > 0;
  if (!isEither) return [];
  const message = `fires on days that match day-of-month or day-of-week, not only on those that match both: ${describeTimes(times)}`;
  return [{ rule: 'schedule-day-and-weekday', message }];
}

function adviseOnSteps(times: CalendarTimes): ScheduleAdvice[] {
  return cronFields.flatMap((bounds) => {
    const item = times[bounds.name].items.find((candidate) => isUneven(candidate, bounds));
    return item === undefined ? [] : [{ rule: 'schedule-uneven-step', message: stepWords(item, bounds) } as const];
  });
}

/**
 * Whether the step leaves only the first value, or goes around the field and does not come out even where the field begins anew. A step
 * over a part of the field, as in `8-18/3`, ends where its author wants it to end. Months have no common length: no step of days fits them.
 */
function isUneven(item: CronItem, { name, min, max }: CronFieldBounds): boolean {
  const { low, high, step } = item;
  if (step === 1) return false;
  if (leavesOne(item)) return true;
  const goesAround = high === max && low - min < step;
  return goesAround && (name === 'day' || (max - min + 1) % step !== 0);
}

function leavesOne({ low, high, step }: CronItem): boolean {
  return low + step > high;
}

function stepWords(item: CronItem, { name }: CronFieldBounds): string {
  const { low, high, step, isStar } = item;
  const subject = `${isStar ? '*' : `${low}-${high}`}/${step} in the ${name} field`;
  if (leavesOne(item)) return `${subject} is only its first value, ${low}`;
  if (name === 'day') return `${subject} begins anew at ${low} in each month: the last step before it is shorter in most of them`;
  const instead = name === 'minute' || name === 'hour' ? `; @every ${step}${name === 'minute' ? 'm' : 'h'} keeps the distance` : '';
  return `${subject} begins anew at ${low}: the last step before it is shorter${instead}`;
}

function adviseOnClocks(times: CalendarTimes, timeZone: string): ScheduleAdvice[] {
  const skipped = findSkippedDay(times, timeZone, start);
  if (skipped === undefined) return [];
  const message = `does not fire on ${skipped.date} in ${timeZone}: ${skipped.time} does not exist that day (clocks go forward)`;
  return [{ rule: 'schedule-in-skipped-hour', message }];
}
