import { type CalendarTimes, type CronField, type CronItem, cronFields, type CronTimes } from './cron-fields';

const monthNames = [
  '', 'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December',
];
const weekdayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
/** The most times of day that are written out. */
const mostTimes = 6;

/** When a schedule fires, in plain English without a capital: `at 02:30 on Monday to Friday`, `every 15 minutes`. */
export function describeTimes(times: CronTimes): string {
  if (times.kind === 'interval') return `every ${durationWords(times.seconds)}, counted from the run before`;
  if (neverMatches(times)) return 'never: a field holds no value';
  const days = dayWords(times);
  const time = timeWords(times);
  const isDaily = days === '' && /^at [0-9]/.test(time);
  return isDaily ? `every day ${time}` : `${time}${days}`;
}

function neverMatches({ minute, hour, day, month, weekday }: CalendarTimes): boolean {
  if ([minute, hour, month].some(({ items }) => items.length === 0)) return true;
  const [hasDay, hasWeekday] = [day.items.length > 0, weekday.items.length > 0];
  return day.hasStar || weekday.hasStar ? !(hasDay && hasWeekday) : !(hasDay || hasWeekday);
}

/** `90 minutes`, `1 hour 30 minutes and 5 seconds`. */
function durationWords(seconds: number): string {
  const parts = [
    countWords(Math.floor(seconds / 3600), 'hour'), countWords(Math.floor(seconds / 60) % 60, 'minute'), countWords(seconds % 60, 'second'),
  ].filter((part) => part !== '');
  return joinWords(parts.map((part) => parts.length === 1 ? part.replace(/^1 /, '') : part));
}

function countWords(count: number, unit: string): string {
  return count === 0 ? '' : `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** The time of day: clock times if they are few, otherwise minutes and hours separately. */
function timeWords({ minute, hour }: CalendarTimes): string {
  const [minutes, hours] = [valuesOf(minute), valuesOf(hour)];
  if (minutes.length * hours.length <= mostTimes) {
    return `at ${joinWords(hours.flatMap((hourValue) => minutes.map((minuteValue) => clockTime(hourValue, minuteValue))))}`;
  }
  const hourText = hours.length === 24 ? '' : hourWords(hour);
  const step = plainStep(minute);
  if (minutes.length === 60) return `every minute${hourText}`;
  if (step !== undefined && 60 % step === 0) return `every ${step} minutes${hourText}`;
  if (minutes.length === 1 && hours.length === 24) return minutes[0] === 0 ? 'every hour' : `every hour at minute ${minutes[0]}`;
  if (minutes.length === 1 && plainStep(hour) !== undefined && 24 % (plainStep(hour) ?? 1) === 0) {
    return `every ${plainStep(hour)} hours${minutes[0] === 0 ? '' : ` at minute ${minutes[0]}`}`;
  }
  return `at minute ${listWords(minute)}${hourText === '' ? ' of every hour' : hourText}`;
}

/** ` from 08:00 to 17:59`, ` in the hours 8, 12 and 20`. */
function hourWords(hour: CronField): string {
  const [first, ...rest] = rangesOf(hour);
  if (first !== undefined && rest.length === 0) return ` from ${clockTime(first[0], 0)} to ${clockTime(first[1], 59)}`;
  return ` in the hours ${listWords(hour)}`;
}

/** The days on which it fires, with a blank in front; empty for every day. */
function dayWords({ day, month, weekday }: CalendarTimes): string {
  const everyDay = valuesOf(day).length === 31;
  const everyWeekday = valuesOf(weekday).length === 7;
  const inMonths = valuesOf(month).length === 12 ? '' : ` in ${listWords(month, monthNames)}`;
  const onDays = everyDay ? '' : `on day ${listWords(day)}`;
  const onWeekdays = everyWeekday ? '' : `on ${listWords(weekday, weekdayNames)}`;
  if (day.hasStar || weekday.hasStar) {
    const both = onDays !== '' && onWeekdays !== '' ? `${onDays} where it is ${onWeekdays.slice('on '.length)}` : `${onDays}${onWeekdays}`;
    return suffix(both, onDays, inMonths);
  }
  // One match is enough, so a field that matches every day makes the other meaningless.
  if (everyDay || everyWeekday) return inMonths;
  if (valuesOf(day).length === 0) return suffix(onWeekdays, '', inMonths);
  if (valuesOf(weekday).length === 0) return suffix(onDays, onDays, inMonths);
  return suffix(`${onDays}${inMonths === '' ? ' of the month' : ''} and also ${onWeekdays}`, onDays, inMonths);
}

function suffix(days: string, onDays: string, inMonths: string): string {
  if (days === '') return inMonths;
  const isAboutMonth = days === onDays && inMonths === '';
  return ` ${days}${isAboutMonth ? ' of the month' : ''}${inMonths}`;
}

/** Values in words: `1, 15 and 20 to 25`. */
function listWords(field: CronField, names?: readonly string[]): string {
  const nameOf = (value: number): string => names?.[value] ?? String(value);
  const parts = rangesOf(field).flatMap(([low, high]) => {
    if (low === high) return [nameOf(low)];
    return high === low + 1 ? [nameOf(low), nameOf(high)] : [`${nameOf(low)} to ${nameOf(high)}`];
  });
  return joinWords(parts);
}

/** Stretches of neighbouring values. */
function rangesOf(field: CronField): Array<[low: number, high: number]> {
  const ranges: Array<[number, number]> = [];
  for (const value of valuesOf(field)) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === value - 1) last[1] = value;
    else ranges.push([value, value]);
  }
  return ranges;
}

function valuesOf({ allowed }: CronField): number[] {
  return [...allowed.keys()].filter((value) => allowed[value] === 1);
}

/** The step of a field that is nothing but a step from its beginning to its end. */
function plainStep({ items }: CronField): number | undefined {
  const [item, ...others] = items;
  return item !== undefined && others.length === 0 && item.step > 1 && isWhole(item) ? item.step : undefined;
}

function isWhole({ low, high, isStar }: CronItem): boolean {
  return isStar || (low === 0 && cronFields.some(({ max }) => max === high));
}

function clockTime(hour: number, minute: number): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function joinWords(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
