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
  ['a time that is none', ['next', '* * * * *', '--from', 'noon'], 125],
])('%s', async (_, args, expected) => {
  const { status, stdout, stderr } = await runMain(args);
  expect({ status, stdout }).toEqual({ status: expected, stdout: '' });
  expect(stderr).toMatch(/^error: /);
});
