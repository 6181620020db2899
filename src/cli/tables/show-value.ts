/** What stands for a missing value. */
export const nothing = '(none)';

const longest = 60;

/** A value of a field in one short line. */
export function showValue(value: unknown): string {
  if (value === undefined) return nothing;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
