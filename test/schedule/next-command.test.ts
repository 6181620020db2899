import { nextCommand, type NextOptions } from '../../src/cli/commands/next';

function run(text: string, options: Partial<NextOptions>): { readonly status: number; readonly lines: string[]; readonly talk: string[] } {
  const [lines, talk]: [string[], string[]] = [[], []];
  const io = { line: (line: string) => void lines.push(line), talk: (line: string) => void talk.push(line) };
  return { status: nextCommand(text, { from: '2027-03-27', count: 3, output: 'text', ...options }, io), lines, talk };
}

test('a skipped run is shown where it would have been', () => {
  expect(run('30 2 * * *', { timeZone: 'Europe/Berlin' })).toEqual({
    status: 0,
    talk: [],
    lines: [
      'every day at 02:30, Europe/Berlin',
      '2027-03-27 02:30 +01:00',
      '2027-03-28                skipped: 02:30 does not exist that day (clocks go forward)',
      '2027-03-29 02:30 +02:00',
    ],
  });
});

test('a doubled run is marked', () => {
  expect(run('30 1 * * *', { timeZone: 'America/New_York', from: '2026-10-31' }).lines.slice(2)).toEqual([
    '2026-11-01 01:30 -04:00', '2026-11-01 01:30 -05:00   again: this time comes twice that day (clocks go back)',
  ]);
});

test('a schedule that never fires says so', () => {
  const { lines, talk } = run('0 0 30 2 *', { timeZone: 'UTC' });
  expect(lines[1]).toContain('the controller starts no Job');
  expect(talk).toEqual(['warning: never fires: none of the months has such a day']);
});

test('what the API server refuses ends with 2', () => {
  expect(run('61 * * * *', {})).toMatchObject({ status: 2, talk: [expect.stringContaining('minute \'61\' is not in 0-59'), expect.any(String)] });
  expect(run('* * * * *', { timeZone: 'europe/berlin' })).toMatchObject({ status: 2, talk: [expect.any(String), 'hint: did you mean Europe/Berlin?'] });
  expect(() => run('* * * * *', { from: 'tomorrow' })).toThrow('Cannot read the time "tomorrow"');
  expect(() => run('* * * * *', { count: 0 })).toThrow('whole number of at least 1');
});

test('-o json is one object', () => {
  const { lines } = run('0 12 * * *', { output: 'json', timeZone: 'UTC', count: 1 });
  expect(JSON.parse(lines.join('\n'))).toEqual({
    schedule: '0 12 * * *',
    timeZone: 'UTC',
    description: 'every day at 12:00',
    warnings: [],
    runs: [{ time: '2027-03-27T12:00:00Z', local: '2027-03-27 12:00 +00:00' }],
  });
});
