/** Why a text is no JSON. */
interface JsonFault {
  /** In the words of Go: `invalid character '}' looking for beginning of value`. */
  readonly problem: string;
  /** Where, in UTF-16 units. */
  readonly offset: number;
}

/** What Go's JSON reader says of a text that is no JSON; undefined for JSON. */
export function findJsonProblem(text: string): string | undefined {
  return findJsonFault(text)?.problem;
}

/**
 * What Go's JSON reader says of a text that is no JSON, and where; undefined for JSON.
 *
 * @source encoding/json/scanner.go (Go 1.26), which sigs.k8s.io/json shares
 */
export function findJsonFault(text: string): JsonFault | undefined {
  const open: Container[] = [];
  let state: State = 'value';
  let word: Word = { whole: '', read: 0 };
  for (let position = 0; position <= text.length; position += 1) {
    // A blank ends the text, as it ends a number.
    const character = text[position] ?? ' ';
    if (inToken.has(state)) {
      const next = stepInToken(state, character, word);
      if (next !== undefined) {
        if (typeof next !== 'string') return invalid(text, position, next.context);
        if (next === 'word') word = { ...word, read: word.read + 1 };
        state = next === 'word' && word.read === word.whole.length ? 'after' : next;
        continue;
      }
      // A number ends with what follows it.
      state = 'after';
    }
    if (/[ \t\r\n]/.test(character)) continue;
    const [next, context] = step(state, character, open);
    if (next === undefined) return invalid(text, position, context);
    state = next;
    if (next === 'word') word = { whole: words[character as keyof typeof words], read: 1 };
  }
  return open.length === 0 && state === 'after' ? undefined : { problem: 'unexpected end of JSON input', offset: text.length };
}

type Container = '{' | '[';
/** What is read next. `after` is after a value; the others from `string` on are within a token. */
type State = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'after'
  | 'string' | 'key-string' | 'escape' | 'key-escape' | 'u4' | 'u3' | 'u2' | 'u1' | 'key-u4' | 'key-u3' | 'key-u2' | 'key-u1'
  | 'minus' | 'zero' | 'digits' | 'dot' | 'fraction' | 'e' | 'e-sign' | 'exponent' | 'word';

const words = { t: 'true', f: 'false', n: 'null' } as const;
const inToken: ReadonlySet<State> = new Set<State>([
  'string', 'key-string', 'escape', 'key-escape', 'u4', 'u3', 'u2', 'u1', 'key-u4', 'key-u3', 'key-u2', 'key-u1',
  'minus', 'zero', 'digits', 'dot', 'fraction', 'e', 'e-sign', 'exponent', 'word',
]);
/** A word that is being read, and how many of its letters have been. */
interface Word {
  readonly whole: string;
  readonly read: number;
}

/** The next state between two tokens, or nothing and what was looked for. */
function step(state: State, character: string, open: Container[]): readonly [State, string?] | readonly [undefined, string] {
  switch (state) {
    case 'value-or-end':
      if (character === ']') return close(open);
      return beginValue(character, open);
    case 'value': return beginValue(character, open);
    case 'key-or-end':
      if (character === '}') return close(open);
      return beginKey(character);
    case 'key': return beginKey(character);
    case 'colon': return character === ':' ? ['value'] : [undefined, 'after object key'];
    default: return endValue(character, open);
  }
}

function beginKey(character: string): readonly [State] | readonly [undefined, string] {
  return character === '"' ? ['key-string'] : [undefined, 'looking for beginning of object key string'];
}

function beginValue(character: string, open: Container[]): readonly [State] | readonly [undefined, string] {
  switch (character) {
    case '{': open.push('{'); return ['key-or-end'];
    case '[': open.push('['); return ['value-or-end'];
    case '"': return ['string'];
    case '-': return ['minus'];
    case '0': return ['zero'];
    case 't': case 'f': case 'n': return ['word'];
    default: return /[1-9]/.test(character) ? ['digits'] : [undefined, 'looking for beginning of value'];
  }
}

function endValue(character: string, open: Container[]): readonly [State] | readonly [undefined, string] {
  const container = open.at(-1);
  if (container === undefined) return [undefined, 'after top-level value'];
  if (container === '{') {
    if (character === ',') return ['key'];
    return character === '}' ? close(open) : [undefined, 'after object key:value pair'];
  }
  if (character === ',') return ['value'];
  return character === ']' ? close(open) : [undefined, 'after array element'];
}

function close(open: Container[]): readonly [State] {
  open.pop();
  return ['after'];
}

/** The next state within a token; undefined when the token has ended before this character. */
function stepInToken(state: State, character: string, { whole, read }: Word): State | { readonly context: string } | undefined {
  const isDigit = /[0-9]/.test(character);
  switch (state) {
    case 'word': return character === whole[read] ? 'word' : { context: `in literal ${whole} (expecting '${whole[read]}')` };
    case 'minus': return character === '0' ? 'zero' : isDigit ? 'digits' : { context: 'in numeric literal' };
    case 'digits': case 'zero':
      if (isDigit && state === 'digits') return 'digits';
      return character === '.' ? 'dot' : /[eE]/.test(character) ? 'e' : undefined;
    case 'dot': return isDigit ? 'fraction' : { context: 'after decimal point in numeric literal' };
    case 'fraction': return isDigit ? 'fraction' : /[eE]/.test(character) ? 'e' : undefined;
    case 'e': case 'e-sign':
      if (state === 'e' && /[+-]/.test(character)) return 'e-sign';
      return isDigit ? 'exponent' : { context: 'in exponent of numeric literal' };
    case 'exponent': return isDigit ? 'exponent' : undefined;
    default: return stepInString(state, character);
  }
}

function stepInString(state: State, character: string): State | { readonly context: string } {
  const isKey = state.startsWith('key-');
  const prefix = isKey ? 'key-' : '';
  const inside: State = isKey ? 'key-string' : 'string';
  if (state === inside) {
    if (character === '"') return isKey ? 'colon' : 'after';
    if (character === '\\') return `${prefix}escape`;
    return character < ' ' ? { context: 'in string literal' } : inside;
  }
  if (state === `${prefix}escape`) {
    if (character === 'u') return `${prefix}u4`;
    return /["\\/bfnrt]/.test(character) ? inside : { context: 'in string escape code' };
  }
  if (!/[0-9a-fA-F]/.test(character)) return { context: 'in \\u hexadecimal character escape' };
  const left = Number(state.at(-1)) - 1;
  return left === 0 ? inside : `${prefix}u${left}` as State;
}

/** The message for a character; Go reads bytes, and shows the first of several. */
function invalid(text: string, position: number, context = ''): JsonFault {
  const character = text.codePointAt(position) ?? 0x20;
  return { problem: `invalid character ${quoted(character < 0x80 ? character : firstByte(character))} ${context}`, offset: position };
}

function quoted(byte: number): string {
  const escapes: Readonly<Record<number, string>> = { 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r', 39: '\\\'', 92: '\\\\' };
  const isShown = byte >= 0x20 && byte !== 0x7f && !(byte >= 0x80 && byte <= 0xa0) && byte !== 0xad;
  const hex = byte.toString(16).padStart(2, '0');
  const text = isShown ? String.fromCharCode(byte) : byte < 0x80 ? `\\x${hex}` : `\\u00${hex}`;
  return `'${escapes[byte] ?? text}'`;
}

function firstByte(codePoint: number): number {
  return new TextEncoder().encode(String.fromCodePoint(codePoint))[0] ?? 0;
}
