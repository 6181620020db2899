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

test('property: a text is read as Date.parse reads it, whether it is a time or nearly one', () => {
  const two = fc.integer({ min: 0, max: 99 }).map((value) => String(value).padStart(2, '0'));
  const likely = fc.integer({ min: 1, max: 12 }).map((value) => String(value).padStart(2, '0'));
  const part = fc.oneof({ weight: 8, arbitrary: likely }, { weight: 1, arbitrary: two }, { weight: 1, arbitrary: fc.constantFrom('+1', ' 1', '1.', 'ab') });
  const texts = fc.tuple(fc.constantFrom('2026', '0001', '2024', '+026'), part, part, part, part, part, fc.constantFrom('Z', 'Z', 'Z', 'z', ''))
    .map(([year, month, day, hour, minute, second, zone]) => `${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  fc.assert(fc.property(texts, (text) => {
    const instant = Date.parse(text);
    expect(tryParseTime(text)).toBe(Number.isNaN(instant) ? undefined : instant);
  }), { numRuns: 5000 });
});
