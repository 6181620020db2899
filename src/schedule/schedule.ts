import type { CronTimes } from './cron-fields';
import { describeTimes } from './describe';
import { nextRun } from './next-run';
import { previousRun } from './previous-run';
import { suggestTimeZone } from './suggest-time-zone';
import { isKnownTimeZone } from './time-zone';
import type { TimeZoneName } from './zone-names';
import { UsageError } from '../core/errors';
import type { Instant } from '../core/time';

/** In which time zone a schedule is read. */
export interface ScheduleOptions {
  /** The CronJob's timeZone. Without one the controller uses its own, usually UTC. @default 'UTC' */
  readonly timeZone?: TimeZoneName | undefined;
}

/** A schedule that Kubernetes accepts, see `parseSchedule`. */
export class Schedule {
  /** As it was given. */
  public readonly text: string;
  /** What it means. */
  public readonly times: CronTimes;
  /** The last search: the next one usually begins where it ended. */
  private last: { readonly timeZone: string; readonly after: Instant; readonly found: Instant | undefined } | undefined;

  public constructor(text: string, times: CronTimes) {
    this.text = text;
    this.times = times;
  }

  /**
   * The time of the first Job that the CronJob controller makes after `after`, the time of the run before or of the creation.
   *
   * Undefined when there is none: the time is more than five years ahead, or its successor is, or the clocks change so that the successor
   * is not later; the controller stops at such a schedule. Around changes of the clocks the answer depends on `after`, so walk from one
   * run to the next.
   *
   * @throws {UsageError} for an unknown time zone or an invalid date.
   * @source pkg/controller/cronjob/utils.go mostRecentScheduleTime (v1.37)
   */
  public next(after: Date, options: ScheduleOptions = {}): Date | undefined {
    const { timeZone, instant } = readArguments(after, options);
    const found = this.raw(instant, timeZone);
    if (found === undefined) return undefined;
    const successor = this.raw(found, timeZone);
    return successor !== undefined && successor > found ? new Date(found) : undefined;
  }

  /**
   * The last time before `before` at which the schedule fires when it is walked from run to run, or undefined when there is none within
   * eleven years. An interval has no fixed times: it is one interval earlier.
   *
   * @throws {UsageError} for an unknown time zone or an invalid date.
   */
  public previous(before: Date, options: ScheduleOptions = {}): Date | undefined {
    const { timeZone, instant } = readArguments(before, options);
    const found = previousRun(this.times, instant, timeZone);
    return found === undefined ? undefined : new Date(found);
  }

  /** The schedule in plain English, such as `at 02:30 on Monday to Friday`. */
  public describe(): string {
    return describeTimes(this.times);
  }

  private raw(after: Instant, timeZone: string): Instant | undefined {
    const { last } = this;
    if (last !== undefined && last.after === after && last.timeZone === timeZone) return last.found;
    const found = nextRun(this.times, after, timeZone);
    this.last = { timeZone, after, found };
    return found;
  }
}

function readArguments(date: Date, { timeZone = 'UTC' }: ScheduleOptions): { readonly timeZone: string; readonly instant: Instant } {
  const instant = date.getTime();
  if (Number.isNaN(instant)) throw new UsageError('Cannot search from an invalid date');
  if (timeZone !== 'UTC' && !isKnownTimeZone(timeZone)) {
    const suggestion = suggestTimeZone(timeZone);
    const hint = suggestion === undefined ? 'names are those of the IANA database, such as Europe/Berlin' : `did you mean ${suggestion}?`;
    throw new UsageError(`Unknown time zone ${JSON.stringify(timeZone)}`, hint);
  }
  return { timeZone, instant };
}
