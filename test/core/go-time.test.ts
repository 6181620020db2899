import { findTimeProblem } from '../../src/core/go-time';

// The answers of Go 1.26.
test.each<[string, string | undefined]>([
  ['x', 'parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006"'],
  ['', 'parsing time "" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "2006"'],
  ['2026', 'parsing time "2026" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "-"'],
  ['2026-01-01', 'parsing time "2026-01-01" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "T"'],
  ['2026-13-01T00:00:00Z', 'parsing time "2026-13-01T00:00:00Z": month out of range'],
  ['2026-02-30T00:00:00Z', 'parsing time "2026-02-30T00:00:00Z": day out of range'],
  ['2024-02-29T00:00:00Z', undefined],
  ['2026-02-29T00:00:00Z', 'parsing time "2026-02-29T00:00:00Z": day out of range'],
  ['2026-00-01T00:00:00Z', 'parsing time "2026-00-01T00:00:00Z": month out of range'],
  ['2026-01-00T00:00:00Z', 'parsing time "2026-01-00T00:00:00Z": day out of range'],
  ['2026-1-01T00:00:00Z', 'parsing time "2026-1-01T00:00:00Z" as "2006-01-02T15:04:05Z07:00": cannot parse "1-01T00:00:00Z" as "01"'],
  ['2026-01-01t00:00:00z', 'parsing time "2026-01-01t00:00:00z" as "2006-01-02T15:04:05Z07:00": cannot parse "t00:00:00z" as "T"'],
  ['2026-01-01T00:00:00z', 'parsing time "2026-01-01T00:00:00z" as "2006-01-02T15:04:05Z07:00": cannot parse "z" as "Z07:00"'],
  ['2026-01-01 00:00:00Z', 'parsing time "2026-01-01 00:00:00Z" as "2006-01-02T15:04:05Z07:00": cannot parse " 00:00:00Z" as "T"'],
  ['2026-01-01T24:00:00Z', 'parsing time "2026-01-01T24:00:00Z": hour out of range'],
  ['2026-01-01T1:00:00Z', undefined],
  ['2026-01-01T00:60:00Z', 'parsing time "2026-01-01T00:60:00Z": minute out of range'],
  ['2026-01-01T00:00:60Z', 'parsing time "2026-01-01T00:00:60Z": second out of range'],
  ['2026-01-01T00:00:00.5Z', undefined],
  ['2026-01-01T00:00:00,5Z', undefined],
  ['2026-01-01T00:00:00.', 'parsing time "2026-01-01T00:00:00." as "2006-01-02T15:04:05Z07:00": cannot parse "." as "Z07:00"'],
  ['2026-01-01T00:00:00', 'parsing time "2026-01-01T00:00:00" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "Z07:00"'],
  ['2026-01-01T00:00:00+0100', 'parsing time "2026-01-01T00:00:00+0100" as "2006-01-02T15:04:05Z07:00": cannot parse "+0100" as "Z07:00"'],
  ['2026-01-01T00:00:00+01:00', undefined],
  ['2026-01-01T00:00:00-25:00', 'parsing time "2026-01-01T00:00:00-25:00": time zone offset hour out of range'],
  ['2026-01-01T00:00:00+01:61', 'parsing time "2026-01-01T00:00:00+01:61": time zone offset minute out of range'],
  ['2026-01-01T00:00:00*01:00', 'parsing time "2026-01-01T00:00:00*01:00" as "2006-01-02T15:04:05Z07:00": cannot parse "*01:00" as "Z07:00"'],
  ['2026-01-01T00:00:00Zx', 'parsing time "2026-01-01T00:00:00Zx": extra text: "x"'],
  ['"é\\\n', 'parsing time "\\"\\xc3\\xa9\\\\\\x0a" as "2006-01-02T15:04:05Z07:00": cannot parse "\\"\\xc3\\xa9\\\\\\x0a" as "2006"'],
])('time.Parse says of %j: %s', (text, says) => {
  expect(findTimeProblem(text)).toBe(says);
});
