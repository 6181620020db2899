import { type CalendarTimes, type CronField, type CronFieldBounds, cronFields } from './cron-fields';
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
    const step = unevenStep(times[bounds.name], bounds);
    if (step === undefined) return [];
    const instead = bounds.name === 'minute' || bounds.name === 'hour' ? `; @every ${step}${bounds.name === 'minute' ? 'm' : 'h'} keeps the distance` : '';
    const message = step > bounds.max - bounds.min
      ? `*/${step} in the ${bounds.name} field is only its first value, ${bounds.min}`
      : `*/${step} in the ${bounds.name} field begins anew at ${bounds.min}: the last step before it is shorter${instead}`;
    return [{ rule: 'schedule-uneven-step', message } as const];
  });
}

/** A step over the whole field that does not divide it. Days of the month are left out: months have no common length. */
function unevenStep({ items }: CronField, { name, min, max }: CronFieldBounds): number | undefined {
  const size = max - min + 1;
  const item = items.find(({ isStar, step }) => isStar && step > 1 && (size % step !== 0 || step > size));
  return name === 'day' && (item?.step ?? 0) <= size ? undefined : item?.step;
}

function adviseOnClocks(times: CalendarTimes, timeZone: string): ScheduleAdvice[] {
  const skipped = findSkippedDay(times, timeZone, start);
  if (skipped === undefined) return [];
  const message = `does not fire on ${skipped.date} in ${timeZone}: ${skipped.time} does not exist that day (clocks go forward)`;
  return [{ rule: 'schedule-in-skipped-hour', message }];
}
