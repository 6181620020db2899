import { JobsError, UsageError } from '../../core/errors';
import { formatTime } from '../../core/time';
import { adviseOnSchedule } from '../../schedule/advice';
import { parseSchedule } from '../../schedule/parse';
import type { Schedule } from '../../schedule/schedule';
import { clockChanges } from '../../schedule/skipped-day';
import { checkTimeZone } from '../../schedule/time-zone';
import { zoneOffsets } from '../../schedule/zone-offsets';
import { readTime } from '../input/read-time';

/** How `next` was called. */
export interface NextOptions {
  /** @default 'UTC', with a note that says so */
  readonly timeZone?: string | undefined;
  /**
   * The first time to consider: a date, `2027-03-27`, or an instant, `2027-03-27T12:00:00Z`; a date or a time without an offset is local in
   * the zone.
   */
  readonly from: string | Date;
  readonly count: number;
  readonly output: 'text' | 'json';
}

/** Where `next` writes. */
interface NextOutput {
  /** A line of data. */
  line(text: string): void;
  /** A line of talk. */
  talk(text: string): void;
}

/** One line of the list. */
interface NextLine {
  /** RFC 3339 in UTC; absent for a skipped time. */
  readonly time?: string;
  /** `2027-03-27 02:30 +01:00`; a skipped time has only its day. */
  readonly local: string;
  readonly note?: string;
}

const refused = 2;
/** 10000-01-01, in seconds. */
const endOfYears = 253_402_300_800;

/**
 * Writes the next runs of a schedule, as the CronJob controller starts them.
 *
 * @returns the exit status: 0, or 2 when the API server refuses the schedule or the zone.
 * @throws {UsageError} for a time or a count that cannot be read.
 */
export function nextCommand(text: string, { timeZone, from, count, output }: NextOptions, io: NextOutput): number {
  if (!Number.isInteger(count) || count < 1) throw new UsageError('Cannot list the runs: the count must be a whole number of at least 1');
  let schedule: Schedule;
  try {
    schedule = parseSchedule(text);
  } catch (error) {
    if (!JobsError.is(error) || error.code !== 'CRON_SYNTAX') throw error;
    return refuse(io, error.message, error.hint);
  }
  const [problem] = timeZone === undefined ? [] : checkTimeZone(timeZone);
  if (problem !== undefined) {
    const hint = problem.suggestion === undefined ? undefined : `did you mean ${problem.suggestion}?`;
    return refuse(io, `Cannot use the time zone ${JSON.stringify(timeZone)}: ${problem.message}`, hint);
  }
  const zone = timeZone === undefined || timeZone === 'Local' ? 'UTC' : timeZone;
  const lines = listRuns(schedule, zone, from instanceof Date ? from : readTime(from, zone), count);
  const warnings = adviseOnSchedule(schedule, zone).filter(({ rule }) => rule !== 'schedule-in-skipped-hour');
  if (output === 'json') {
    io.line(JSON.stringify({ schedule: text, timeZone: zone, description: schedule.describe(), runs: lines, warnings }, undefined, 2));
    return 0;
  }
  io.line(`${schedule.describe()}, ${zone}`);
  for (const { local, note } of lines) io.line(note === undefined ? local : `${local.padEnd(26)}${note}`);
  for (const { message } of warnings) io.talk(`warning: ${message}`);
  if (timeZone === undefined) io.talk('no time zone given: shown in UTC, where most controllers run');
  return 0;
}

function refuse(io: NextOutput, message: string, hint: string | undefined): number {
  io.talk(`error: ${message}`);
  if (hint !== undefined) io.talk(`hint: ${hint}`);
  return refused;
}

/** The runs, and between them the local times that the clocks skip. */
function listRuns(schedule: Schedule, timeZone: string, from: Date, count: number): NextLine[] {
  const runs: Date[] = [];
  // The first time to consider is one of them; an interval has no times of its own, it counts from there.
  let run = schedule.next(schedule.times.kind === 'interval' ? from : new Date(+from - 1), { timeZone });
  for (; run !== undefined && isWritable(run, timeZone) && runs.length < count; run = schedule.next(run, { timeZone })) runs.push(run);
  const last = runs.at(-1);
  const changes = schedule.times.kind === 'interval' || last === undefined
    ? []
    : clockChanges(schedule.times, timeZone, from.getTime(), last.getTime());
  const skipped = changes.filter(({ kind }) => kind === 'skipped').map(({ at, date, time }) => (
    { at, line: { local: date, note: `skipped: ${time} does not exist that day (clocks go forward)` } }
  ));
  const seen = new Set<string>();
  const fired = runs.map((time) => {
    const local = localText(time, timeZone);
    const wall = local.slice(0, local.lastIndexOf(' '));
    const note = seen.has(wall) ? { note: 'again: this time comes twice that day (clocks go back)' } : {};
    seen.add(wall);
    return { at: time.getTime(), line: { time: formatTime(time.getTime()), local, ...note } };
  });
  const lines: NextLine[] = [...fired, ...skipped].sort((left, right) => left.at - right.at).slice(0, count).map(({ line }) => line);
  return runs.length < count ? [...lines, { local: 'never', note: endNote(run, runs.length) }] : lines;
}

/** Whether the API server can write a time: with a year of four digits, in UTC and in the zone. */
function isWritable(time: Date, timeZone: string): boolean {
  const seconds = time.getTime() / 1000;
  return seconds + Math.max(zoneOffsets(timeZone).at(Math.floor(seconds)), 0) < endOfYears;
}

function endNote(run: Date | undefined, runs: number): string {
  if (run !== undefined) return 'the API server can write no time after the year 9999';
  return runs === 0
    ? 'the controller starts no Job for this schedule'
    : 'the controller starts no further Job: there is no later time within five years, or it gets stuck on a change of the clocks';
}

/** `2027-03-27 02:30 +01:00`, with seconds where there are any. */
function localText(time: Date, timeZone: string): string {
  const seconds = time.getTime() / 1000;
  const offset = zoneOffsets(timeZone).at(Math.floor(seconds));
  const text = new Date((seconds + offset) * 1000).toISOString();
  const minutes = Math.floor(Math.abs(offset) / 60);
  const clock = text.slice(11, 19);
  const offsetText = `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
  return `${text.slice(0, 10)} ${clock.endsWith(':00') ? clock.slice(0, 5) : clock} ${offsetText}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
