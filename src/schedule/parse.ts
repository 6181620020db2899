import { readTimes } from './read-times';
import { Schedule } from './schedule';
import { type ScheduleProblem, sentences } from './schedule-problem';
import { isKnownTimeZone } from './time-zone';
import { CronSyntaxError } from '../core/errors';
import { trimBlanks } from '../core/unicode-blanks';

/**
 * A schedule as the CronJob controller understands it.
 *
 * @throws {CronSyntaxError} exactly when the API server refuses a new CronJob for its schedule; with the compiler's words for
 * such a literal, the position of the fault and what was expected there.
 */
export function parseSchedule(text: string): Schedule {
  const schedule = tryParseSchedule(text);
  if (schedule instanceof Schedule) return schedule;
  throw new CronSyntaxError(text, schedule.sentence, schedule.position, schedule.expected);
}

/**
 * The schedule, or the reason why the API server refuses the text.
 *
 * @source pkg/apis/batch/validation/validation.go validateScheduleFormat (v1.37)
 * @internal
 */
export function tryParseSchedule(text: string): Schedule | ScheduleProblem {
  if (containsTz(text)) {
    const message = 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead';
    const position = text.includes('CRON_TZ') ? text.indexOf('CRON_TZ') : text.indexOf('TZ');
    return { sentence: sentences.zone, message, position, expected: 'a schedule without a time zone' };
  }
  const times = readTimes(text);
  return 'kind' in times ? new Schedule(text, times) : times;
}

/** Whether `TZ` is anywhere in the text, in capitals, which the API server refuses in new CronJobs. @internal */
export function containsTz(text: string): boolean {
  return text.includes('TZ');
}

/**
 * What the cron parser says about a text that it cannot read, or undefined. A leading time zone is allowed, as it was in old CronJobs.
 *
 * A text with `TZ` in it has one more problem on create, see `containsTz`.
 *
 * @source pkg/util/parsers/parsers.go ParseCronScheduleWithPanicRecovery (v1.37)
 * @internal
 */
export function findParserProblem(text: string): string | undefined {
  if (!/^(CRON_)?TZ=/.test(text)) return messageOf(text);
  const end = text.indexOf(' ');
  if (end < 0) return 'invalid schedule format: runtime error: slice bounds out of range [:-1]';
  const zone = text.slice(text.indexOf('=') + 1, end);
  if (!isLoadable(zone)) return `provided bad location ${zone}: unknown time zone ${zone}`;
  return messageOf(trimBlanks(text.slice(end)));
}

function messageOf(text: string): string | undefined {
  const times = readTimes(text);
  return 'kind' in times ? undefined : times.message;
}

/** The parser itself accepts a few more names than the timeZone field. */
function isLoadable(zone: string): boolean {
  return zone === '' || zone === 'Local' || isKnownTimeZone(zone);
}
