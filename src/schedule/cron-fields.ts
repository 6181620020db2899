/** The five fields of a schedule, in the order in which they are written. */
type CronFieldName = 'minute' | 'hour' | 'day' | 'month' | 'weekday';

/** What a field may hold. */
export interface CronFieldBounds {
  readonly name: CronFieldName;
  readonly min: number;
  readonly max: number;
  /** Three-letter names in lower case; the first stands for `min`. */
  readonly names: readonly string[];
  /** The allowed values as messages name them. */
  readonly range: string;
}

/**
 * The five fields.
 *
 * @source github.com/robfig/cron/v3 spec.go bounds (v3.0.1)
 */
export const cronFields: readonly [CronFieldBounds, CronFieldBounds, CronFieldBounds, CronFieldBounds, CronFieldBounds] = [
  { name: 'minute', min: 0, max: 59, names: [], range: '0-59' },
  { name: 'hour', min: 0, max: 23, names: [], range: '0-23' },
  { name: 'day', min: 1, max: 31, names: [], range: '1-31' },
  {
    name: 'month',
    min: 1,
    max: 12,
    range: '1-12 or jan-dec',
    names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  { name: 'weekday', min: 0, max: 6, range: '0-6 (Sunday is 0) or sun-sat', names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

/** One item of a field: `low` to `high` in steps. */
export interface CronItem {
  readonly low: number;
  readonly high: number;
  /** From 1; past every value of the field when it is larger than the field. */
  readonly step: number;
  /** Whether it was written with `*` or `?`. */
  readonly isStar: boolean;
}

/** The values that a field matches. */
export interface CronField {
  readonly items: readonly CronItem[];
  /** `allowed[value]` is 1 for each value that matches. */
  readonly allowed: Uint8Array;
  /** The field holds a star without a step: days then match only where both day fields do. */
  readonly hasStar: boolean;
}

/** A schedule that follows the calendar: it fires in each minute whose fields all match. */
export interface CalendarTimes {
  readonly kind: 'calendar';
  readonly minute: CronField;
  readonly hour: CronField;
  readonly day: CronField;
  readonly month: CronField;
  readonly weekday: CronField;
}

/** A schedule that counts from the last run: `@every`. */
interface IntervalTimes {
  readonly kind: 'interval';
  /** Whole seconds, at least 1. */
  readonly seconds: number;
}

/** When a schedule fires. */
export type CronTimes = CalendarTimes | IntervalTimes;
