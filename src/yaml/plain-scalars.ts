/**
 * What kubectl's reader makes of a plain scalar: `null`, a boolean, a number, or the text itself.
 *
 * Integers come as bigint, so that keys keep all their digits; `.inf` and `.nan` come as numbers that JSON cannot carry.
 *
 * @source go.yaml.in/yaml/v2 resolve.go resolve (v2.4.4, as linked by kubectl v1.37)
 */
export type PlainValue = null | boolean | bigint | number | string;

const words: ReadonlyMap<string, PlainValue> = new Map<string, PlainValue>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
]);

const integer = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const floatFromDot = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+)?$/;

/** The value of an untagged plain scalar; only the first character decides whether it can be anything but a string. */
export function resolvePlain(text: string): PlainValue {
  const word = words.get(text);
  if (word !== undefined) return word;
  const first = text.charCodeAt(0);
  if (first === 0x2e) return floatFromDot.test(text) ? finiteOr(text, text) : text;
  const startsLikeNumber = (first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d;
  return startsLikeNumber ? resolveNumber(text) : text;
}

function resolveNumber(text: string): PlainValue {
  const plain = text.replaceAll('_', '');
  const whole = tryParseInteger(plain);
  if (whole !== undefined) return whole;
  return float.test(plain) ? finiteOr(plain, text) : text;
}

function finiteOr(digits: string, text: string): PlainValue {
  const value = Number(digits.replaceAll('_', ''));
  return Number.isFinite(value) ? value : text;
}

const largestSigned = 2n ** 63n - 1n;
const largestUnsigned = 2n ** 64n - 1n;

/** Whole numbers of 64 bits; beyond them a decimal is a float and everything else a string. */
function tryParseInteger(plain: string): bigint | undefined {
  const match = integer.exec(plain);
  if (match === null) return undefined;
  const [, sign, hexadecimal, binary, octal, decimal] = match;
  const magnitude = BigInt(
    hexadecimal !== undefined ? `0x${hexadecimal}` : binary !== undefined ? `0b${binary}` : octal !== undefined ? `0o${octal}` : decimal ?? '0',
  );
  if (sign === '-') return magnitude <= largestSigned + 1n ? -magnitude : undefined;
  // Only a number without a sign may use the 64th bit.
  return magnitude <= (sign === '+' ? largestSigned : largestUnsigned) ? magnitude : undefined;
}
