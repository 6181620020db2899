/** The family of suffixes that a quantity was written with; its canonical text keeps it. */
type QuantityFormat = 'decimal' | 'binary' | 'exponent';

/** A Kubernetes quantity, exact. */
export interface ParsedQuantity {
  /** The amount in billionths; smaller amounts were rounded away from zero. */
  readonly nano: bigint;
  /** How it was written. */
  readonly format: QuantityFormat;
}

const grammar = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:([numkMGTPE])|([KMGTPE])i|[eE]([+-]?[0-9]+))?$/;
const decimalSuffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const nanoPerOne = 10n ** 9n;
const nanoPerMilli = 10n ** 6n;
const largestBinary = (2n ** 63n - 1n) * nanoPerOne;

/** Larger exponents and longer numbers are cut to this: the API server takes half a minute over them, and no cluster has that much. */
const largestExponent = 1000;

/**
 * The quantity of a text or JSON number, or undefined where the API server answers HTTP 400.
 *
 * The API server takes more than it documents: a missing number is 0 (`Ki`), and blanks around the text are cut off.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go ParseQuantity (v1.37)
 */
export function tryParseQuantity(value: string | number): ParsedQuantity | undefined {
  const text = trimQuantity(String(value));
  const match = text === '' ? null : grammar.exec(text);
  if (match === null) return undefined;
  const [, sign, long = '', longFraction = '', decimal, binary, power] = match;
  const significant = long.replace(/^0+/, '');
  const [whole, fraction] = [significant.slice(0, largestExponent), shorten(longFraction)];
  const shift = significant.length - whole.length - fraction.length + 9;
  const exponent = decimal !== undefined ? (decimalSuffixes.indexOf(decimal) - 3) * 3 : Number(power ?? 0);
  if (Math.abs(exponent) > 2 ** 31 - 1) return undefined;
  const digits = BigInt(`0${whole}${fraction}`);
  const amount = binary === undefined
    ? scaleTen(digits, exponent + shift)
    : capBinary(scaleTen(digits * 1024n ** BigInt('KMGTPE'.indexOf(binary) + 1), shift));
  const isSmallBinary = binary !== undefined && amount > 0n && amount < nanoPerOne;
  const format = power !== undefined ? 'exponent' : binary !== undefined && !isSmallBinary ? 'binary' : 'decimal';
  return { nano: sign === '-' ? -amount : amount, format };
}

/** Whether the API server takes a text as a quantity; needs no arithmetic. */
export function isQuantity(text: string): boolean {
  const trimmed = trimQuantity(text);
  if (trimmed === '' || !grammar.test(trimmed)) return false;
  // Only a long exponent can still be too large.
  return trimmed.length < 10 || tryParseQuantity(text) !== undefined;
}

/** Less than, equal to or greater than 0, as `left` is less than, equal to or greater than `right`. */
export function compareQuantities(left: ParsedQuantity, right: ParsedQuantity): number {
  return left.nano < right.nano ? -1 : left.nano > right.nano ? 1 : 0;
}

/** The quantity rounded away from zero to thousandths, as defaulting does with the resources of containers. */
export function roundToMilli({ nano, format }: ParsedQuantity): ParsedQuantity {
  const rest = nano % nanoPerMilli;
  if (rest === 0n) return { nano, format };
  return { nano: nano - rest + (nano > 0n ? nanoPerMilli : -nanoPerMilli), format };
}

/** Whether it is a whole number. */
export function isWholeQuantity({ nano }: ParsedQuantity): boolean {
  return nano % nanoPerOne === 0n;
}

/**
 * The canonical text: no fraction, the largest suffix that loses nothing, the family of suffixes kept.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go CanonicalizeBytes (v1.37)
 */
export function formatQuantity({ nano, format }: ParsedQuantity): string {
  if (nano === 0n) return '0';
  const size = nano < 0n ? -nano : nano;
  if (format === 'binary' && size >= 1024n * nanoPerOne && nano % nanoPerOne === 0n) return formatBinary(nano / nanoPerOne);
  let mantissa = nano;
  let exponent = -9;
  while (mantissa % 1000n === 0n && (format === 'exponent' || exponent < 18)) {
    mantissa /= 1000n;
    exponent += 3;
  }
  if (format === 'exponent') return exponent === 0 ? String(mantissa) : `${mantissa}e${exponent}`;
  return `${mantissa}${decimalSuffixes[exponent / 3 + 3] ?? ''}`;
}

/** Cuts off blanks around a quantity, but not tabs and line ends: these reach the API server escaped. */
function trimQuantity(text: string): string {
  return /^[^\s]*$/.test(text) ? text : text.replace(/^(?:(?![\t\n\v\f\r])\s)+|(?:(?![\t\n\v\f\r])\s)+$/g, '');
}

function formatBinary(value: bigint): string {
  let mantissa = value;
  let power = 0;
  while (mantissa % 1024n === 0n && power < 6) {
    mantissa /= 1024n;
    power += 1;
  }
  return `${mantissa}${binarySuffixes[power] ?? ''}`;
}

/** `digits` times ten to the power, rounded up; the power is cut so that no text can ask for a number of a million digits. */
function scaleTen(digits: bigint, power: number): bigint {
  if (power >= 0) return digits * 10n ** BigInt(Math.min(power, largestExponent));
  if (power < -largestExponent && digits !== 0n) return digits / 10n ** BigInt(Math.min(-power, 2 * largestExponent)) + 1n;
  const divisor = 10n ** BigInt(Math.min(-power, largestExponent));
  return (digits + divisor - 1n) / divisor;
}

/** The first digits of a fraction, and a 1 for whatever else was there: amounts are rounded up. */
function shorten(fraction: string): string {
  return fraction.length <= 2 * largestExponent ? fraction : fraction.slice(0, 2 * largestExponent) + (/[1-9]/.test(fraction.slice(2 * largestExponent)) ? '1' : '');
}

function capBinary(amount: bigint): bigint {
  return amount > largestBinary ? largestBinary : amount;
}
