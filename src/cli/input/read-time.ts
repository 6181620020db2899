import { UsageError } from '../../core/errors';
import { zoneOffsets } from '../../schedule/zone-offsets';

const written = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/i;
const howToWrite = 'write 2027-03-27, 2027-03-27T12:00 or 2027-03-27T12:00:00Z';

/**
 * The instant of a date or a time on the command line; without an offset it is read in the zone.
 *
 * @param text `2027-03-27`, `2027-03-27T12:00`, or RFC 3339 as `2027-03-27T12:00:00+01:00`.
 * @param timeZone a known zone.
 * @throws {UsageError} for a text that is not a time, and for a day or an hour that does not exist.
 */
export function readTime(text: string, timeZone: string): Date {
  const parts = written.exec(text);
  if (parts === null) throw new UsageError(`Cannot read the time ${JSON.stringify(text)}`, howToWrite);
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', offset] = parts;
  const problem = findImpossible({ year, month, day, hour, minute, second }, offset);
  if (problem !== undefined) throw new UsageError(`Cannot read the time ${JSON.stringify(text)}: ${problem}`, howToWrite);
  // Written like this, the year 0050 is not taken for 1950.
  const local = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) / 1000;
  if (offset !== undefined) return new Date((local - secondsOf(offset)) * 1000);
  const zone = zoneOffsets(timeZone);
  return new Date((local - zone.at(local - zone.at(local))) * 1000);
}

/** The parts of a time as they were written. */
interface TimeParts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

/** Which part no calendar or clock ever shows, as a clause; undefined when all of them are possible. */
function findImpossible({ year, month, day, hour, minute, second }: TimeParts, offset: string | undefined): string | undefined {
  if (Number(month) < 1 || Number(month) > 12) return `there is no month ${month}`;
  const days = daysIn(year, month);
  if (Number(day) < 1 || Number(day) > days) return `${year}-${month} has days 1 to ${days}`;
  if (Number(hour) > 23) return 'hours are 00 to 23';
  if (Number(minute) > 59 || Number(second) > 59) return 'minutes and seconds are 00 to 59';
  if (offset !== undefined && Math.abs(secondsOf(offset)) >= 24 * 3600) return `the offset ${offset} is a day or more`;
  return undefined;
}

function daysIn(year: string, month: string): number {
  const found = [31, 30, 29, 28].find((day) => new Date(`${year}-${month}-${day}T00:00:00Z`).getUTCDate() === day);
  return found ?? 31;
}

function secondsOf(offset: string): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)$/.exec(offset) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60;
}
