import { quote } from './go-text';

/** Nanoseconds of each unit. The micro sign and the Greek letter mean the same. */
const units: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n], ['us', 1_000n], ['\u00b5s', 1_000n], ['\u03bcs', 1_000n], ['ms', 1_000_000n],
  ['s', 1_000_000_000n], ['m', 60_000_000_000n], ['h', 3_600_000_000_000n],
]);
const limit = 2n ** 63n;
const component = /^([0-9]*)(?:(\.)([0-9]*))?([^0-9.]*)/su;

/**
 * A duration as Go reads it, in nanoseconds, or Go's error message.
 *
 * Grammar: an optional sign, then `0` alone, or numbers with units: `1h30m`, `1.5h`, `.5s`. At most about 292 years.
 *
 * @source time/format.go ParseDuration (go1.26)
 */
export function parseGoDuration(text: string): bigint | string {
  const isNegative = text.startsWith('-');
  let rest = /^[+-]/.test(text) ? text.slice(1) : text;
  if (rest === '0') return 0n;
  const invalid = `time: invalid duration ${quote(text)}`;
  if (rest === '') return invalid;
  let total = 0n;
  while (rest !== '') {
    const [whole, integer = '', , fraction = '', unit = ''] = component.exec(rest) ?? [''];
    if (integer === '' && fraction === '') return invalid;
    const count = BigInt(integer.replace(/^0+/, '').slice(0, 20) || '0');
    if (count > limit) return invalid;
    if (unit === '') return `time: missing unit in duration ${quote(text)}`;
    const size = units.get(unit);
    if (size === undefined) return `time: unknown unit ${quote(unit)} in duration ${quote(text)}`;
    const value = count * size;
    if (value > limit) return invalid;
    total += value + fractionOf(fraction, size);
    if (total > limit) return invalid;
    rest = rest.slice(whole.length);
  }
  if (isNegative) return -total;
  return total === limit ? invalid : total;
}

/** `0.fraction` units. Digits after the 18th are dropped: they are too small for any unit. */
function fractionOf(digits: string, size: bigint): bigint {
  const kept = digits.slice(0, 18);
  return kept === '' ? 0n : (BigInt(kept) * size) / 10n ** BigInt(kept.length);
}
