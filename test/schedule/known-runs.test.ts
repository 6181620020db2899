import fc from 'fast-check';
import { scheduleText, seed } from './arbitrary';
import { knownNextRun } from '../../src/schedule/known-runs';
import { nextRun } from '../../src/schedule/next-run';
import { readTimes } from '../../src/schedule/read-times';

const zone = fc.constantFrom('UTC', 'Europe/Zurich', 'America/St_Johns');
/** Few instants, so that many are asked for again; around the end of summer time. */
const instant = fc.integer({ min: -40, max: 40 }).map((quarter) => Date.UTC(2026, 9, 25, 1) + quarter * 900_250);

test(`a run that is remembered is the one that is next, whatever was asked for before (seed ${seed})`, () => {
  const anySchedule = fc.oneof(scheduleText, fc.constantFrom('@every 45s', '@hourly', '0 0 30 2 *'));
  fc.assert(fc.property(anySchedule, fc.array(fc.tuple(instant, zone), { maxLength: 60 }), (schedule, questions) => {
    const times = readTimes(schedule);
    if (!('kind' in times)) throw new Error(`not a schedule: ${schedule}`);
    for (const [after, timeZone] of questions) expect(knownNextRun(times, after, timeZone)).toBe(nextRun(times, after, timeZone));
  }), { numRuns: 300, seed });
});
