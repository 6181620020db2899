import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CronSyntaxError } from '../../src/core/errors';
import { parseSchedule } from '../../src/schedule/parse';
import { checkTimeZone } from '../../src/schedule/time-zone';

/** What Kubernetes' own cron library did with a schedule. */
interface Vector {
  readonly cat?: string;
  readonly schedule: string;
  readonly timeZone: string | null;
  /** Milliseconds. */
  readonly from: number;
  readonly accepted: boolean;
  /** Seconds. */
  readonly next?: readonly number[];
  /** How many runs were asked for. */
  readonly n?: number;
}

function readVectors(name: string): Vector[] {
  return readFileSync(join(__dirname, 'vectors', name), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as Vector);
}

/** The runs that follow each other, in seconds, or undefined for what is refused. */
function answer({ schedule: text, timeZone, from, n = 0 }: Vector): number[] | undefined {
  let schedule;
  try {
    schedule = parseSchedule(text);
  } catch (error) {
    if (error instanceof CronSyntaxError) return undefined;
    throw error;
  }
  if (timeZone !== null && checkTimeZone(timeZone).length > 0) return undefined;
  const runs: number[] = [];
  let time: Date | undefined = new Date(from);
  while (runs.length < n) {
    time = schedule.next(time, { timeZone: timeZone ?? 'UTC' });
    if (time === undefined) break;
    runs.push(time.getTime() / 1000);
  }
  return runs;
}

/** The newest time zone data with which the real implementation's answers agree, and the zones that have been given other rules since. */
const dataOfVectors = '2025c';
const changedSince: readonly unknown[] = ['Africa/Casablanca', 'Africa/El_Aaiun', 'Europe/Chisinau'];

/** Whether this Node's data can tell what a vector asks: that of Node 20 can tell all, and later ones all but three zones. */
function isTold({ timeZone }: Vector): boolean {
  const { tz = '' } = process.versions;
  return tz <= dataOfVectors || !changedSince.includes(timeZone);
}

describe('what the real implementation did', () => {
  test.each([
    ['texts.jsonl', 3896], ['daylight-saving.jsonl', 2584], ['zone-names.jsonl', 600], ['golden.jsonl', 63],
  ])('%s: all %i answers are the same', (name, count) => {
    const vectors = readVectors(name);
    expect(vectors).toHaveLength(count);
    const wrong = vectors.filter(isTold).flatMap((vector) => {
      const wanted = vector.accepted ? (vector.next ?? []) : undefined;
      const got = answer(vector);
      return JSON.stringify(got) === JSON.stringify(wanted) ? [] : [{ ...vector, got }];
    });
    expect(wrong).toEqual([]);
  });
});
