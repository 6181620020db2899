import { runMain } from './run-main';

test('the next times of a schedule', async () => {
  const { status, stdout } = await runMain(['next', '30 2 * * *', '--time-zone', 'Europe/Berlin', '--from', '2027-03-27', '-n', '3']);
  expect(status).toBe(0);
  expect(stdout).toContain('2027-03-27 02:30 +01:00\n');
  expect(stdout).toContain('does not exist that day');
});

test.each([
  ['a schedule that is refused', ['next', '61 * * * *'], 2],
  ['a count that is none', ['next', '* * * * *', '-n', '0'], 125],
  ['a count for which one would wait for hours', ['next', '* * * * *', '-n', '1e9'], 125],
  ['a time that is none', ['next', '* * * * *', '--from', 'noon'], 125],
])('%s', async (_, args, expected) => {
  const { status, stdout, stderr } = await runMain(args);
  expect({ status, stdout }).toEqual({ status: expected, stdout: '' });
  expect(stderr).toMatch(/^error: /);
});

test.each([
  ['a day that the month does not have', '2027-02-30', '2027-02 has days 1 to 28'],
  ['a leap day of a common year', '2100-02-29', '2100-02 has days 1 to 28'],
  ['a month that the year does not have', '2027-13-01', 'there is no month 13'],
  ['an hour that the day does not have', '2027-03-01T24:00', 'hours are 00 to 23'],
  ['a second that the minute does not have', '2027-03-01T12:00:60Z', 'minutes and seconds are 00 to 59'],
  ['an offset of days', '2027-03-01T12:00:00+99:00', 'the offset +99:00 is a day or more'],
])('%s is refused', async (_, from, problem) => {
  const { status, stdout, stderr } = await runMain(['next', '@hourly', '--from', from]);
  expect({ status, stdout }).toEqual({ status: 125, stdout: '' });
  expect(stderr).toContain(`error: Cannot read the time "${from}": ${problem}\n`);
});

test.each([
  ['a leap day, whose first moment is a run', '2028-02-29', '2028-02-29 00:00 +00:00'],
  ['the time of a run', '2027-03-01T12:00:00Z', '2027-03-01 12:00 +00:00'],
  ['the second after a run', '2027-03-01T12:00:01Z', '2027-03-01 13:00 +00:00'],
  ['a time with an offset', '2027-03-01T12:00:30+01:30', '2027-03-01 11:00 +00:00'],
  ['the last hours of the calendar', '9999-12-31T23:00:01Z', 'never                     the API server can write no time after the year 9999'],
])('%s is a time to begin with', async (_, from, line) => {
  const { status, stdout } = await runMain(['next', '@hourly', '--from', from, '-n', '1']);
  expect({ status, stdout }).toEqual({ status: 0, stdout: `every hour, UTC\n${line}\n` });
});

test('an interval counts from the first time to consider', async () => {
  const { stdout } = await runMain(['next', '@every 1h', '--from', '2027-03-01T12:00:00Z', '-n', '1']);
  expect(stdout).toContain('2027-03-01 13:00 +00:00\n');
});

test.each([
  ['five fields', ['*/5', '2', '*', '*', 'MON-FRI'], "it came as 5 words\nhint: quote it: cdk8s-jobs next '*/5 2 * * MON-FRI'\n"],
  ['a word with its interval', ['@every', '5m'], "it came as 2 words\nhint: quote it: cdk8s-jobs next '@every 5m'\n"],
  ['names of files in the place of stars', ['30', '2', 'lib', 'src', 'test'], "it came as 5 words\nhint: quote it: cdk8s-jobs next '30 2 * * *'\n"],
])('a schedule without quotes: %s', async (_, words, says) => {
  const { status, stdout, stderr } = await runMain(['next', ...words]);
  expect({ status, stdout, stderr }).toEqual({ status: 125, stdout: '', stderr: `error: Cannot read the schedule: ${says}` });
});
