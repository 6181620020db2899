import fc from 'fast-check';
import { scheduleText, seed } from './arbitrary';
import { adviseOnSchedule } from '../../src/schedule/advice';
import { parseSchedule } from '../../src/schedule/parse';

test.each([
  ['* * * * *', 'every minute'],
  ['*/15 * * * *', 'every 15 minutes'],
  ['*/7 * * * *', 'at minute 0, 7, 14, 21, 28, 35, 42, 49 and 56 of every hour'],
  ['15 * * * *', 'every hour at minute 15'],
  ['0 */2 * * *', 'every 2 hours'],
  ['30 2 * * *', 'every day at 02:30'],
  ['30 2 * * 1-5', 'at 02:30 on Monday to Friday'],
  ['0 9,17 * * mon,wed', 'at 09:00 and 17:00 on Monday and Wednesday'],
  ['*/5 8-17 * * 1-5', 'every 5 minutes from 08:00 to 17:59 on Monday to Friday'],
  ['0 0 13 * 5', 'at 00:00 on day 13 of the month and also on Friday'],
  ['0 0 13 * *', 'at 00:00 on day 13 of the month'],
  ['@yearly', 'at 00:00 on day 1 in January'],
  ['@every 90m', 'every 1 hour and 30 minutes, counted from the run before'],
  ['@every 1h', 'every hour, counted from the run before'],
  [', * * * *', 'never: a field holds no value'],
])('%s is %s', (text, words) => {
  expect(parseSchedule(text).describe()).toBe(words);
});

test(`every schedule has words (seed ${seed})`, () => {
  fc.assert(fc.property(scheduleText, (text) => {
    expect(parseSchedule(text).describe()).toMatch(/^(every|at|never)[ :]/);
    expect(parseSchedule(text).describe()).not.toMatch(/undefined|NaN| {2}| $/);
  }), { numRuns: 2000, seed });
});

test.each<[text: string, timeZone: string, rules: string[]]>([
  ['30 2 * * *', 'UTC', []],
  ['30 2 * * *', 'Europe/Berlin', ['schedule-in-skipped-hour']],
  ['30 2 * * *', 'Asia/Kolkata', []],
  ['0 * * * *', 'Europe/Berlin', []],
  ['0 0 30 2 *', 'UTC', ['schedule-never-fires']],
  ['0 0 * * ,', 'UTC', ['schedule-never-fires']],
  ['0 0 13 * 5', 'UTC', ['schedule-day-and-weekday']],
  ['0 0 * * 5', 'UTC', []],
  ['*/7 * * * *', 'UTC', ['schedule-uneven-step']],
  ['*/90 * * * *', 'UTC', ['schedule-uneven-step']],
  ['0 */2 * * *', 'UTC', []],
  ['0 */5 * * *', 'UTC', ['schedule-uneven-step']],
  ['0 0 */2 * *', 'UTC', ['schedule-uneven-step']],
  ['0 0 1/7 * *', 'UTC', ['schedule-uneven-step']],
  ['0 0 */31 * *', 'UTC', ['schedule-uneven-step']],
  ['0 0 10-20/5 * *', 'UTC', []],
  ['0 0 10-12/5 * *', 'UTC', ['schedule-uneven-step']],
  ['0 0 1 */3 *', 'UTC', []],
  ['0 0 1 */5 *', 'UTC', ['schedule-uneven-step']],
  ['0 0 1 1/2 *', 'UTC', []],
  ['0 0 * * */2', 'UTC', ['schedule-uneven-step']],
  ['0 0 * * */7', 'UTC', ['schedule-uneven-step']],
  ['0 0 * * 1-5/2', 'UTC', []],
  ['0-59/7 * * * *', 'UTC', ['schedule-uneven-step']],
  ['5/15 * * * *', 'UTC', []],
  ['5/20 8-18/3 * * *', 'UTC', []],
  ['@every 30s', 'UTC', ['schedule-below-a-minute']],
  ['@every 1m', 'UTC', []],
])('advice on %s in %s: %j', (text, timeZone, rules) => {
  expect(adviseOnSchedule(parseSchedule(text), timeZone).map(({ rule }) => rule)).toEqual(rules);
});

test.each([
  ['*/7 * * * *', '*/7 in the minute field begins anew at 0: the last step before it is shorter; @every 7m keeps the distance'],
  ['0 0 */2 * *', '*/2 in the day field begins anew at 1 in each month: the last step before it is shorter in most of them'],
  ['0 0 * * */2', '*/2 in the weekday field begins anew at 0: the last step before it is shorter'],
  ['0 0 10-12/5 * *', '10-12/5 in the day field is only its first value, 10'],
])('what an uneven step of %s does: %s', (text, message) => {
  expect(adviseOnSchedule(parseSchedule(text))).toEqual([{ rule: 'schedule-uneven-step', message }]);
});
