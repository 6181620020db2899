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
  const instant = readWritten(text) ?? Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant;
}

/**
 * The instant of a text as `formatTime` writes it, or undefined. Controllers read such texts all the time, many of one day: a date is
 * parsed once.
 */
function readWritten(text: string): Instant | undefined {
  if (text.length !== 20 || text[10] !== 'T' || text[13] !== ':' || text[16] !== ':' || text[19] !== 'Z') return undefined;
  if (!text.startsWith(dayRead.date)) {
    const date = text.slice(0, 10);
    dayRead = { date, begin: Date.parse(`${date}T00:00:00Z`) };
  }
  const hour = numberAt(text, 11);
  const minute = numberAt(text, 14);
  const second = numberAt(text, 17);
  return hour < 24 && minute < 60 && second < 60 ? dayRead.begin + (hour * 3600 + minute * 60 + second) * 1000 : undefined;
}

/** The day that was read last. */
let dayRead = { date: 'none', begin: Number.NaN };

/** The number that two digits of a text are; NaN when they are none. */
function numberAt(text: string, place: number): number {
  const tens = text.charCodeAt(place) - zero;
  const ones = text.charCodeAt(place + 1) - zero;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

const zero = 48;
