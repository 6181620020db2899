/**
 * A resource version as text.
 *
 * One thousand of them differ in three digits, of which there are texts already: V8 is slow to write a number, and what it keeps of those
 * that it has written outlives several collections.
 */
export function versionText(version: number): string {
  if (version < 1000) return String(version);
  const thousands = Math.floor(version / 1000);
  if (thousands !== latest.thousands) latest = { thousands, text: String(thousands) };
  return latest.text + (threeDigits[version % 1000] ?? '');
}

/** The thousands that were written last. */
let latest = { thousands: Number.NaN, text: '' };

const threeDigits = Array.from({ length: 1000 }, (_, value) => String(value).padStart(3, '0'));
