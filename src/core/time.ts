/** A point in time: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** Where the time comes from; pure code takes an `Instant` instead. */
export interface Clock {
  /** The present. */
  now(): Instant;
}

/**
 * An instant as the API server writes it: RFC 3339 in UTC, cut to the whole second.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/time.go Time.MarshalJSON (v1.37)
 */
export function formatTime(instant: Instant): string {
  const second = Math.floor(instant / 1000);
  // One moment is written many times over, and many of one day.
  if (second === latest.second) return latest.text;
  const day = Math.floor(second / 86_400);
  const date = day === latest.day ? latest.date : new Date(day * 86_400_000).toISOString().slice(0, -midnight.length);
  latest = { second, text: `${date}T${timeOfDay(second - day * 86_400)}Z`, day, date };
  return latest.text;
}

/** What follows the date in a day's first moment. */
const midnight = 'T00:00:00.000Z';

/** The second that was written last, and its day. */
let latest = { second: Number.NaN, text: '', day: Number.NaN, date: '' };

function timeOfDay(second: number): string {
  return `${twoDigits(Math.floor(second / 3600))}:${twoDigits(Math.floor(second / 60) % 60)}:${twoDigits(second % 60)}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** The instant of an RFC 3339 text, or undefined when it is none. */
export function tryParseTime(text: unknown): Instant | undefined {
  if (typeof text !== 'string') return undefined;
  let instant = parsed.get(text);
  if (instant !== undefined) return instant;
  instant = Date.parse(text);
  if (Number.isNaN(instant)) return undefined;
  // Not cleared: see `ChangingMap`.
  if (parsed.size >= mostParsed) parsed = new Map();
  parsed.set(text, instant);
  return instant;
}

/** Times that were read last, by their texts: controllers read the same ones again and again, as those of an hour of events. */
let parsed = new Map<string, Instant>();
const mostParsed = 1024;
