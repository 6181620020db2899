import { type Instant, tryParseTime } from '../core/time';

/**
 * A span of time as kubectl's tables show it: `45s`, `2m10s`, `3h`, `4d7h`.
 *
 * @param seconds whole or not; a little less than 0 counts as 0, since clocks differ.
 * @source staging/src/k8s.io/apimachinery/pkg/util/duration/duration.go HumanDuration (v1.37)
 */
export function humanDuration(seconds: number): string {
  const whole = Math.trunc(seconds);
  if (whole < -1) return '<invalid>';
  if (whole < 2 * minute) return `${Math.max(whole, 0)}s`;
  if (whole < 10 * minute) return pair(whole, minute, 'm', 1, 's');
  if (whole < 3 * hour) return `${Math.floor(whole / minute)}m`;
  if (whole < 8 * hour) return pair(whole, hour, 'h', minute, 'm');
  if (whole < 2 * day) return `${Math.floor(whole / hour)}h`;
  if (whole < 8 * day) return pair(whole, day, 'd', hour, 'h');
  if (whole < 2 * year) return `${Math.floor(whole / day)}d`;
  return whole < 8 * year ? pair(whole, year, 'y', day, 'd') : `${Math.floor(whole / year)}y`;
}

/** How long ago a time in an object was, as kubectl's tables show it. */
export function humanAge(time: unknown, now: Instant): string {
  const instant = tryParseTime(time);
  return instant === undefined ? '<unknown>' : humanDuration((now - instant) / 1000);
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

function pair(seconds: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((seconds % large) / small);
  return `${Math.floor(seconds / large)}${largeUnit}${rest === 0 ? '' : `${rest}${smallUnit}`}`;
}
