/** A piece of a text and where it begins, in UTF-16 units. */
export interface Piece {
  readonly text: string;
  readonly position: number;
}

// JavaScript's \s has U+FEFF, which Go lacks, and lacks U+0085, which Go has.
const field = /[^\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/gu;

/** The parts between white space, as Go's strings.Fields cuts them. */
export function splitFields(text: string): Piece[] {
  const pieces: Piece[] = [];
  for (const match of text.matchAll(field)) pieces.push({ text: match[0], position: match.index });
  return pieces;
}

/** The parts of a piece between separators, empty ones too. */
export function splitPiece({ text, position }: Piece, separator: string): Piece[] {
  const pieces: Piece[] = [];
  let start = position;
  for (const part of text.split(separator)) {
    pieces.push({ text: part, position: start });
    start += part.length + separator.length;
  }
  return pieces;
}

/** Lower case as Go has it: letter by letter, so that U+0130 becomes one plain `i`. */
export function toLower(text: string): string {
  return text.replaceAll('\u0130', 'i').toLowerCase();
}

const largestInt = 9_223_372_036_854_775_807n;

/**
 * The number that Go's strconv.Atoi reads, or its error message.
 *
 * Numbers that JavaScript cannot hold exactly are rounded; a schedule only compares them with small ones.
 *
 * @source strconv/atoi.go Atoi (go1.26)
 */
export function parseGoInt(text: string): number | string {
  if (!/^[+-]?[0-9]+$/.test(text)) return `strconv.Atoi: parsing ${quote(text)}: invalid syntax`;
  const isNegative = text.startsWith('-');
  const digits = text.replace(/^[+-]?0*(?=[0-9])/, '');
  // More digits than any number of 64 bits has need not be counted: that takes the square of their number.
  const value = BigInt(digits.slice(0, 20));
  if (value > largestInt + (isNegative ? 1n : 0n)) return `strconv.Atoi: parsing ${quote(text)}: value out of range`;
  return isNegative ? -Number(value) : Number(value);
}

/** The characters below a blank that have a letter in Go and none in JSON. */
const escapes: Readonly<Record<string, string>> = { '07': '\\a', '0b': '\\v' };

/** A text in double quotes, as Go's strconv.Quote writes it. */
export function quote(text: string): string {
  // JSON writes the characters below a blank otherwise than Go; a double backslash is skipped: what follows it is no escape.
  const escaped = JSON.stringify(text).replace(/\\(?:\\|u00([01][0-9a-f]))/g, (whole, code?: string) => (code === undefined ? whole : escapes[code] ?? `\\x${code}`));
  return escaped.replace(/[\u007f-\u00a0\u2028-\u202f\u2000-\u200f\ufeff]/g, (letter) => escapeLetter(letter));
}

function escapeLetter(letter: string): string {
  const code = letter.charCodeAt(0);
  return code < 0x80 ? `\\x${code.toString(16)}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
