import { checkTimeZone, isKnownTimeZone } from '../../src/schedule/time-zone';
import { zoneNames } from '../../src/schedule/zone-names';

const explicit = 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones';

test.each<[name: string, messages: string[], suggestion: string | undefined]>([
  ['Europe/Berlin', [], undefined],
  ['UTC', [], undefined],
  ['Asia/Calcutta', [], undefined],
  ['', ['timeZone must be nil or non-empty string'], undefined],
  ['Local', [explicit], undefined],
  ['local', [explicit, 'unknown time zone local'], undefined],
  ['europe/berlin', ['unknown time zone europe/berlin'], 'Europe/Berlin'],
  ['Europe/Berln', ['unknown time zone Europe/Berln'], 'Europe/Berlin'],
  ['Berlin', ['unknown time zone Berlin'], 'Europe/Berlin'],
  ['New York', ['unknown time zone New York'], 'America/New_York'],
  ['PST', ['unknown time zone PST'], 'America/Los_Angeles'],
  ['UTC+2', ['unknown time zone UTC+2'], 'Etc/GMT-2'],
  ['Europe//Berlin', ['unknown time zone Europe//Berlin'], 'Europe/Berlin'],
  ['../etc/passwd', ['unknown time zone ../etc/passwd'], undefined],
  ['Europe/a..b', ['time: invalid location name'], undefined],
  ['Mars/Olympus', ['unknown time zone Mars/Olympus'], undefined],
])('%j: %j', (name, messages, suggestion) => {
  const problems = checkTimeZone(name);
  expect(problems.map(({ message }) => message)).toEqual(messages);
  expect(problems.find((problem) => problem.suggestion !== undefined)?.suggestion).toBe(suggestion);
});

test('all names of the table are known, and Intl has them', () => {
  expect(zoneNames).toHaveLength(598);
  expect(zoneNames.filter((name) => !isKnownTimeZone(name))).toEqual([]);
  for (const timeZone of zoneNames.filter((name) => name !== 'Factory')) expect(() => new Intl.DateTimeFormat('en', { timeZone })).not.toThrow();
});
