import { JobsError } from '../../core/errors';
import { valueAt } from '../../core/json';
import { parseSchedule } from '../../schedule/parse';

/** How many runs a simulation of a CronJob shows at least. */
const shownRuns = 3;

/** How long the simulation goes on after the last start, in seconds. */
const afterwards = 3600;

/**
 * How many virtual seconds show a CronJob at work: until an hour after its third run. A schedule that is refused or never fires: an hour.
 *
 * @param begin where the virtual clock begins.
 */
export function secondsOfRuns(cronJob: unknown, begin: Date): number {
  const text = valueAt(cronJob, ['spec', 'schedule']);
  const timeZone = valueAt(cronJob, ['spec', 'timeZone']);
  try {
    const schedule = parseSchedule(String(text));
    let last = begin;
    for (let run = 0; run < shownRuns; run += 1) {
      last = schedule.next(last, { timeZone: typeof timeZone === 'string' ? timeZone : 'UTC' }) ?? last;
    }
    return (last.getTime() - begin.getTime()) / 1000 + afterwards;
  } catch (error) {
    // The simulation itself says what is wrong with the schedule.
    if (JobsError.is(error)) return afterwards;
    throw error;
  }
}
