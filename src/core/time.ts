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
  // One moment is written many times over.
  if (second !== latest.second) latest = { second, text: `${new Date(second * 1000).toISOString().slice(0, 19)}Z` };
  return latest.text;
}

/** The second that was written last. */
let latest = { second: Number.NaN, text: '' };

/** The instant of an RFC 3339 text, or undefined when it is none. */
export function tryParseTime(text: unknown): Instant | undefined {
  if (typeof text !== 'string') return undefined;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant;
}
