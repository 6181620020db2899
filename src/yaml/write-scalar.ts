/** A number in a spelling that every reader takes for that number; what JSON cannot carry is null. */
export function writeNumber(value: number): string {
  if (!Number.isFinite(value)) return 'null';
  if (Object.is(value, -0)) return '0';
  if (Number.isInteger(value)) return Math.abs(value) < 1e21 ? String(value) : BigInt(value).toString();
  const text = String(value);
  // Python and Ruby want a point before an exponent.
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text;
}

/** A text as the value of an entry or an item whose further lines are indented by `indent`. */
export function writeScalar(text: string, indent: string): string {
  return isLiteral(text) ? writeLiteral(text, indent) : writeText(text);
}

/** A text on one line: plain where every reader leaves it alone, else in double quotes. */
export function writeText(text: string): string {
  return isPlain(text) ? text : quote(text);
}

const word = /^[A-Za-z_/$(](?:[A-Za-z0-9_./$()+=@%~^;*!-]|[ :](?=[A-Za-z0-9_./$()+=@%~^;*!-]))*$/;
const reserved = /^(?:y|n|yes|no|on|off|true|false|null|nil|none)$/i;
const exponent = /^[eE][-+]?[0-9]/;

/** Texts that begin like a number but that no reader takes for one. */
const safeShapes: readonly RegExp[] = [
  /^[0-9]+(?:\.[0-9]+)?(?:m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi|Ei)$/,
  /^[0-9]+\.[0-9]+\.[0-9]+(?:\.[0-9]+|-[A-Za-z][A-Za-z0-9.-]*)?$/,
  /^--?(?![eE][-+]?[0-9])[A-Za-z][A-Za-z0-9_./=-]*$/,
  /^\.{1,2}\/[A-Za-z0-9_./-]*$/,
];

function isPlain(text: string): boolean {
  if (word.test(text)) return !reserved.test(text) && !exponent.test(text);
  return safeShapes.some((shape) => shape.test(text));
}

// Without the controls, spaces, marks and separators that a reader may drop, break at, or refuse.
const unprintable = /[^\x20-\x7e\xa0-\u1fff\u2010-\u2027\u202f-\u205f\u2070-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\uffef\u{10000}-\u{1fffd}]/gu;

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&').replace(unprintable, escapeCharacter)}"`;
}

const shortEscapes: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escapeCharacter(character: string): string {
  const short = shortEscapes[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0) ?? 0;
  // Half a surrogate pair cannot be written in YAML at all.
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
  const digits = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}

function isLiteral(text: string): boolean {
  if (!text.includes('\n') || /^[ \t\n]/.test(text)) return false;
  if (/\n\t|[ \t](?:\n|$)/.test(text)) return false;
  return text.replace(/[\t\n]/g, '').search(unprintable) === -1;
}

function writeLiteral(text: string, indent: string): string {
  let breaks = 0;
  while (text[text.length - 1 - breaks] === '\n') breaks += 1;
  const body = text.slice(0, text.length - breaks);
  const header = breaks === 0 ? '|-' : breaks === 1 ? '|' : '|+';
  const lines = body.split('\n').map((line) => (line === '' ? '' : indent + line));
  // The line break after the scalar is the first of those that are kept.
  return `${header}\n${lines.join('\n')}${'\n'.repeat(Math.max(0, breaks - 1))}`;
}
