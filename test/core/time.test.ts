import fc from 'fast-check';
import { formatTime, tryParseTime } from '../../src/core/time';

test.each([
  [Date.UTC(2026, 10, 24, 2, 3, 4, 999), '2026-11-24T02:03:04Z'],
  [0, '1970-01-01T00:00:00Z'],
  [-1, '1969-12-31T23:59:59Z'],
])('the instant %p is written %p', (instant, text) => {
  expect(formatTime(instant)).toBe(text);
});

test('whatever was written before, an instant is written as ISO 8601 does, without its milliseconds', () => {
  const anyInstant = fc.oneof(
    fc.integer({ min: Date.UTC(-1), max: Date.UTC(9999, 11, 31) }),
    fc.integer({ min: -100_000_000, max: 100_000_000 }),
  );
  fc.assert(fc.property(anyInstant, (instant) => {
    const iso = new Date(Math.floor(instant / 1000) * 1000).toISOString();
    expect(formatTime(instant)).toBe(iso.replace('.000', ''));
  }), { numRuns: 2000 });
});

test('what is written is read back to the second', () => {
  expect(tryParseTime(formatTime(1_700_000_000_999))).toBe(1_700_000_000_000);
  expect(tryParseTime('2026-11-23T18:32:00+05:30')).toBe(Date.UTC(2026, 10, 23, 13, 2));
});

test('a text is read as the same instant however many others were read before', () => {
  const texts = Array.from({ length: 1000 }, (_, second) => formatTime(second * 77_000));
  for (const round of [texts, texts.slice().reverse(), texts]) {
    expect(round.filter((text) => tryParseTime(text) !== Date.parse(text))).toEqual([]);
  }
});

test.each([undefined, null, 5, '', 'yesterday'])('%p is no time', (value) => {
  expect(tryParseTime(value)).toBeUndefined();
});
