import { CronExpressionParser } from 'cron-parser';
import fc from 'fast-check';
import { damagedText, instant, scheduleText, seed } from './arbitrary';
import { localFields, nextByMinutes, nextInUtc, readReference } from './reference';
import { nextByWalk } from './walk-reference';
import { type CalendarTimes, type CronField } from '../../src/schedule/cron-fields';
import { nextRun } from '../../src/schedule/next-run';
import { tryParseSchedule } from '../../src/schedule/parse';
import { Schedule } from '../../src/schedule/schedule';
import { zoneOffsets } from '../../src/schedule/zone-offsets';

jest.setTimeout(120_000);

const zones = Intl.supportedValuesOf('timeZone');

function calendarOf(text: string): CalendarTimes {
  const schedule = tryParseSchedule(text);
  if (!(schedule instanceof Schedule) || schedule.times.kind !== 'calendar') throw new Error(`not a calendar schedule: ${text}`);
  return schedule.times;
}

function reference(text: string): NonNullable<ReturnType<typeof readReference>> {
  const read = readReference(text);
  if (read === undefined) throw new Error(`the reference refuses ${text}`);
  return read;
}

function seconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : milliseconds / 1000;
}

describe(`against a slow reference (seed ${seed})`, () => {
  test('20,000 schedules fire in UTC when the reference says', () => {
    fc.assert(fc.property(scheduleText, instant, (text, from) => {
      expect(seconds(nextRun(calendarOf(text), from, 'UTC'))).toBe(nextInUtc(reference(text), from / 1000));
    }), { numRuns: 20_000, seed });
  });

  test('20,000 damaged texts are taken or refused as the reference does', () => {
    fc.assert(fc.property(damagedText, (text) => {
      fc.pre(!text.startsWith('@'));
      expect(tryParseSchedule(text) instanceof Schedule).toBe(readReference(text) !== undefined);
    }), { numRuns: 20_000, seed });
  });

  test('cron-parser agrees in UTC, given the values instead of the text', () => {
    fc.assert(fc.property(scheduleText, instant, (text, from) => {
      const times = calendarOf(text);
      const found = nextRun(times, from, 'UTC');
      fc.pre(found !== undefined);
      expect(CronExpressionParser.parse(canonical(times), { tz: 'UTC', currentDate: new Date(from) }).next().getTime()).toBe(found);
    }), { numRuns: 2_000, seed });
  });
});

/** The same schedule without anything that cron-parser understands otherwise. */
function canonical({ minute, hour, day, month, weekday }: CalendarTimes): string {
  const list = ({ allowed }: CronField): string => [...allowed.keys()].filter((value) => allowed[value] === 1).join(',');
  const isAll = (text: string, count: number): boolean => text.split(',').length === count;
  let [days, weekdays] = [day.hasStar ? '*' : list(day), weekday.hasStar ? '*' : list(weekday)];
  if (days !== '*' && weekdays !== '*' && (isAll(days, 31) || isAll(weekdays, 7))) [days, weekdays] = ['*', '*'];
  if (isAll(days, 31)) days = '*';
  if (isAll(weekdays, 7)) weekdays = '*';
  return [list(minute), list(hour), days === '' ? '*' : days, list(month), weekdays === '' ? '*' : weekdays].join(' ');
}

describe(`all changes of the clocks from 1990 to 2040 in all zones of this machine (seed ${seed})`, () => {
  const changes = zones.flatMap((timeZone) => changesOf(timeZone));

  test('there are many, and Intl has each of them', () => {
    expect(changes.length).toBeGreaterThan(10_000);
    const wrong = changes.filter(({ timeZone, at }) => {
      const offset = (time: number): number => localFields(time, timeZone).getTime() / 1000 - time;
      const zone = zoneOffsets(timeZone);
      return offset(at) === offset(at - 1) || offset(at) !== zone.at(at) || offset(at - 1) !== zone.at(at - 1);
    });
    expect(wrong).toEqual([]);
  });

  test('a drawn schedule at each of them fires when the slow walk says', () => {
    const texts = fc.sample(scheduleNear, { numRuns: changes.length, seed });
    const wrong = changes.flatMap(({ timeZone, at }, index) => {
      const { fields, before } = texts[index] ?? { fields: '* * *', before: 0 };
      const text = `${timeOfDay(at, timeZone, index)} ${fields}`;
      const [from, times] = [at - before, calendarOf(text)];
      const [found, wanted] = [seconds(nextRun(times, from * 1000, timeZone)), nextByWalk(reference(text), from, timeZone)];
      return found === wanted ? [] : [{ timeZone, text, from, found, wanted }];
    });
    expect(wrong).toEqual([]);
  });

  test('where a whole hour away from midnight is skipped or doubled, it fires in each matching minute of real time', () => {
    const plain = changes.filter(({ timeZone, at }) => isPlain(timeZone, at));
    const some = plain.filter((_, index) => index % 12 === seed % 12);
    expect(some.length).toBeGreaterThan(500);
    const wrong = some.flatMap(({ timeZone, at }, index) => {
      const text = `${timeOfDay(at, timeZone, index)} * * *`;
      const [from, until] = [at - 7200, at + 10_800];
      const next = seconds(nextRun(calendarOf(text), from * 1000, timeZone));
      const found = next !== undefined && next < until ? next : undefined;
      const wanted = nextByMinutes(reference(text), from, until, timeZone);
      return found === wanted ? [] : [{ timeZone, text, from, found, wanted }];
    });
    expect(wrong).toEqual([]);
  });
});

/** Day fields, and how long before the change the search begins, in seconds. */
const scheduleNear = fc.record({
  fields: fc.constantFrom('* * *', '* * *', '* * 0', '* * 6', '*/2 * *', '1 * *', '1-7 * 0', '* */2 *', '15 * 1'),
  before: fc.integer({ min: -5400, max: 2 * 86_400 }),
});

function changesOf(timeZone: string): Array<{ readonly timeZone: string; readonly at: number }> {
  const zone = zoneOffsets(timeZone);
  const end = Date.UTC(2040, 0, 1) / 1000;
  const changes: Array<{ readonly timeZone: string; readonly at: number }> = [];
  let at = Date.UTC(1990, 0, 1) / 1000;
  let offset = zone.at(at);
  while (zone.until < end) {
    at = zone.until;
    const next = zone.at(at);
    if (next !== offset) changes.push({ timeZone, at });
    offset = next;
  }
  return changes;
}

/** Minute and hour of a schedule that has something to do with a change: within an hour and a half around the local time of it. */
function timeOfDay(at: number, timeZone: string, index: number): string {
  const wall = localFields(at - 1 - ((index * 7) % 90) * 60 * (index % 2 === 0 ? 1 : -1), timeZone);
  const minute = [String(wall.getUTCMinutes()), '*/20', '0', '15,45'][index % 4];
  const hour = [String(wall.getUTCHours()), '*/2', `0-${wall.getUTCHours()}`, String(wall.getUTCHours()), '*'][index % 5];
  return `${minute} ${hour}`;
}

function isPlain(timeZone: string, at: number): boolean {
  const zone = zoneOffsets(timeZone);
  const [before, after] = [zone.at(at - 1), zone.at(at)];
  const low = (((at + Math.min(before, after)) % 86_400) + 86_400) % 86_400;
  return Math.abs(after - before) === 3600 && low % 3600 === 0 && low >= 3600 && low < 82_800 && after % 3600 === 0;
}
