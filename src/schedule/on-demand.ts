/** The reader of schedules and its table of time zones, loaded when the first schedule is read. */
import type { Schedule } from './schedule';

/**
 * A schedule as the CronJob controller understands it.
 *
 * @throws {CronSyntaxError} exactly when the API server refuses a new CronJob for its schedule; with the compiler's words for
 * such a literal, the position of the fault and what was expected there.
 */
export function parseSchedule(text: string): Schedule {
  return (require('./parse') as typeof import('./parse')).parseSchedule(text);
}
