import { delayToNextRun, findDueRun } from '../../src/schedule/missed-runs';
import { parseSchedule } from '../../src/schedule/parse';

const at = (time: string): number => Date.parse(`2026-01-01T${time}Z`);
const everyFive = { times: parseSchedule('*/5 * * * *').times, creationTimestamp: at('10:01:00') };

test.each<[what: string, now: string, more: object, due: string | undefined, missed: string]>([
  ['nothing before the first time', '10:04:59', {}, undefined, 'none'],
  ['the first time, when it has come', '10:05:00', {}, '10:05:00', 'none'],
  ['the latest of some', '10:23:00', {}, '10:20:00', 'few'],
  ['the latest of more than a hundred', '20:01:00', {}, '20:00:00', 'many'],
  ['no warning where the deadline shortens the look back', '20:01:00', { startingDeadlineSeconds: 600 }, '20:00:00', 'few'],
  ['nothing where the deadline is over', '10:09:00', { startingDeadlineSeconds: 60 }, undefined, 'none'],
  ['what comes after the last run', '10:12:00', { lastScheduleTime: at('10:05:00') }, '10:10:00', 'none'],
])('due is %s', (_, now, more, due, missed) => {
  const found = findDueRun({ ...everyFive, ...more }, at(now));
  expect(found).toMatchObject({ missed, isStalled: false });
  expect(found.due).toBe(due === undefined ? undefined : at(due));
});

test('a schedule that never fires is stalled', () => {
  expect(findDueRun({ times: parseSchedule('0 0 31 2 *').times, creationTimestamp: at('10:00:00') }, at('11:00:00'))).toMatchObject({ isStalled: true });
});

test('@every counts from the creation', () => {
  const history = { times: parseSchedule('@every 7m').times, creationTimestamp: at('10:01:30') };
  expect(findDueRun(history, at('11:00:00')).due).toBe(at('10:57:30'));
  expect(delayToNextRun({ ...history, lastScheduleTime: at('10:57:30') }, at('11:00:00'))).toBe(4.5 * 60_000 + 100);
});

test('the controller looks again a tenth of a second after the next time', () => {
  expect(delayToNextRun(everyFive, at('10:04:00'))).toBe(60_100);
});

test('previous is the run before, also across a doubled hour', () => {
  const schedule = parseSchedule('30 1 * * *');
  const previous = (time: string): string | undefined => schedule.previous(new Date(time), { timeZone: 'America/New_York' })?.toISOString();
  expect(previous('2026-11-01T12:00:00Z')).toBe('2026-11-01T06:30:00.000Z');
  expect(previous('2026-11-01T06:30:00Z')).toBe('2026-11-01T05:30:00.000Z');
  expect(parseSchedule('0 0 30 2 *').previous(new Date(0))).toBeUndefined();
  expect(() => schedule.next(new Date(0), { timeZone: 'europe/berlin' })).toThrow(expect.objectContaining({ code: 'USAGE', hint: 'did you mean Europe/Berlin?' }));
});
