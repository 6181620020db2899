/** Why a text is not a schedule. */
export interface ScheduleProblem {
  /** The sentence that the compiler shows for a literal, such as `schedule: minute '61' is not in 0-59`. */
  readonly sentence: string;
  /** What the API server says: `end of range (61) above maximum (59): 61`. */
  readonly message: string;
  /** Offset of the faulty part in the text, in UTF-16 units, from 0. */
  readonly position: number;
  /** What would be right there: `a minute of 0-59`. */
  readonly expected: string;
}

/** The sentences about whole schedules; those about single items are made where the item is read. */
export const sentences = {
  empty: 'schedule: is empty',
  zone: 'schedule: has TZ in it; name the zone in timeZone',
  macro: (text: string) =>
    `schedule: '${text}' is none of @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly and @every with a duration`,
  every: (text: string) => `schedule: '${text}' has no duration like 90m or 1h30m; the units are h, m, s, ms, us and ns`,
  moreFields: 'schedule: more than 5 fields; there are minute, hour, day, month and weekday, and no seconds',
  fewerFields: 'schedule: fewer than 5 fields; there are minute, hour, day, month and weekday',
} as const;
