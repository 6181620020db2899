import { isPeculiarKey, type Json, readPlain } from './simple-value';

/**
 * The JSON of a document in blocks as most people and tools write them, read line by line; undefined for any other, which the parser reads.
 *
 * It knows maps and lists in blocks, scalars on one line, literal texts, lists of words in brackets, and comments; all in ASCII without
 * tabs. Whatever it does not know it does not guess: it gives up, also where a document is wrong. Both read a document to the same value.
 */
export function tryReadBlocks(text: string): BlockDocument | undefined {
  if (notPlain.test(text)) return undefined;
  const reader = new LineReader(text);
  const start = reader.start;
  const value = reader.readDocument();
  return value === undefined ? undefined : { value, start };
}

/** A document, and the offset at which it begins. */
interface BlockDocument {
  readonly value: Json;
  readonly start: number;
}

const notPlain = /[^\n -~]/;
const deepest = 100;

const space = 0x20;
const lineFeed = 0x0a;
const hash = 0x23;
const dash = 0x2d;

/** A key, its colon, and blanks. */
const keyPattern = /[A-Za-z_][-\w./]{0,250}:(?:(?=\n)| +)/y;
/** Words that neither begin with an indicator nor hold a colon or a hash that would end them. */
const plainPattern = /(?:[A-Za-z0-9_./$(+~]|-(?=[!-~]))(?:[!-9;-~]|:(?=[!-~])| +(?=[!-"$-~]))*(?= *(?: #[ -~]*)?\n)/y;
const quotedPattern = /"[ !#-[\]-~]*"|'[ -&(-~]*'/y;
const wordsPattern = /\[ *(?:(?:"[ !#-[\]-~]*"|'[ -&(-~]*'|-?[A-Za-z0-9_/][-A-Za-z0-9_./]*) *(?:, *(?=["'\w/-])|(?=\])))*\]/y;
const wordPattern = /"[^"]*"|'[^']*'|[^ ,[\]]+/g;
/** The end of a line, perhaps with a comment before it. */
const endPattern = /(?: *| +#[ -~]*)(?=\n)/y;
const literalPattern = /\|-?(?= *\n)/y;

/** Stands for a map or list that begins where the reader is. */
const collection = Symbol('collection');

/** Each method returns undefined where it gives up. */
class LineReader {
  /** The offset of what is read next: the first character of a line that is not a blank, or what follows a dash or a key. */
  private at = 0;
  /** The column of that, from 0; -1 at the end of the text. */
  private column = -1;
  private depth = 0;

  public constructor(private readonly text: string) {
    this.nextLine(text.startsWith('---\n') ? '---\n'.length : 0);
  }

  /** Where the content begins. */
  public get start(): number {
    return this.at;
  }

  public readDocument(): Json | undefined {
    const value = this.column === -1 ? undefined : this.readCollection();
    return this.column === -1 ? value : undefined;
  }

  /** Goes to the next line from an offset on, which begins a line, that is neither empty nor a comment. */
  private nextLine(from: number): void {
    const { text } = this;
    let lineStart = from;
    while (lineStart < text.length) {
      const position = this.behindBlanks(lineStart);
      const code = text.charCodeAt(position);
      if (code !== lineFeed && code !== hash) {
        this.at = position;
        this.column = position - lineStart;
        return;
      }
      lineStart = this.lineAfter(position);
    }
    this.at = text.length;
    this.column = -1;
  }

  private lineAfter(position: number): number {
    const end = this.text.indexOf('\n', position);
    return end === -1 ? this.text.length : end + 1;
  }

  /** The map or list that begins here. */
  private readCollection(): Json | undefined {
    const { column } = this;
    if (this.depth === deepest) return undefined;
    this.depth += 1;
    const isList = this.isItem();
    const list: Json[] = [];
    const map: { [key: string]: Json } = {};
    while (this.column === column && this.isItem() === isList) {
      const key = isList ? '' : this.readKey();
      if (key === undefined || Object.hasOwn(map, key)) return undefined;
      const written = isList ? this.readItem(column) : this.readValue(column, true);
      const value = written === collection ? this.readCollection() : written;
      if (value === undefined) return undefined;
      if (isList) list.push(value);
      else map[key] = value;
    }
    this.depth -= 1;
    return this.column > column ? undefined : isList ? list : map;
  }

  /** Goes behind a key and its colon. */
  private readKey(): string | undefined {
    const from = this.at;
    if (!this.skip(keyPattern)) return undefined;
    const key = this.text.slice(from, this.text.indexOf(':', from));
    return isPeculiarKey(key) || readPlain(key) !== key ? undefined : key;
  }

  /** What stands behind a dash. */
  private readItem(column: number): Json | typeof collection | undefined {
    const position = this.behindBlanks(this.at + 1);
    this.column += position - this.at;
    this.at = position;
    keyPattern.lastIndex = position;
    return this.isItem() || keyPattern.test(this.text) ? collection : this.readValue(column, false);
  }

  /** Whether a dash stands here that makes an item of a list. */
  private isItem(): boolean {
    const { text, at } = this;
    const after = text.charCodeAt(at + 1);
    return text.charCodeAt(at) === dash && (after === space || after === lineFeed);
  }

  /** What stands behind a key or a dash, on its line or below it. */
  private readValue(column: number, isOfKey: boolean): Json | typeof collection | undefined {
    const { text, at } = this;
    const code = text.charCodeAt(at);
    if (code === lineFeed || code === hash) {
      this.nextLine(this.lineAfter(at));
      const isBelow = this.column > column || (isOfKey && this.column === column && this.isItem());
      return isBelow ? collection : null;
    }
    if (this.skip(literalPattern)) return this.readLiteral(column, this.at - at === 1);
    const value = this.readScalar();
    if (value === undefined || !this.skip(endPattern)) return undefined;
    this.nextLine(this.lineAfter(this.at));
    // What stands further right belongs to the scalar.
    return this.column > column ? undefined : value;
  }

  private readScalar(): Json | undefined {
    const { text, at } = this;
    if (this.skip(plainPattern)) return readPlain(text.slice(at, this.at));
    if (this.skip(quotedPattern)) return text.slice(at + 1, this.at - 1);
    if (text.startsWith('{}', at)) {
      this.at += 2;
      return {};
    }
    if (!this.skip(wordsPattern)) return undefined;
    const words = text.slice(at, this.at).match(wordPattern) ?? [];
    const list = words.map((word) => (word.startsWith('"') || word.startsWith("'") ? word.slice(1, -1) : readPlain(word)));
    return list.includes(undefined) ? undefined : list as Json[];
  }

  /** The lines of a literal text, which stand further right than a column. */
  private readLiteral(column: number, isEnded: boolean): Json | undefined {
    const { text } = this;
    let position = this.lineAfter(this.at);
    const indent = this.behindBlanks(position) - position;
    if (indent <= column || text.charCodeAt(position + indent) === lineFeed || position === text.length) return undefined;
    const blanks = ' '.repeat(indent);
    let literal = '';
    for (; position < text.length; position = this.lineAfter(position)) {
      const end = this.lineAfter(position);
      if (text.startsWith(blanks, position)) literal += text.slice(position + indent, end);
      else if (text.charCodeAt(position) === lineFeed) literal += '\n';
      else if (this.isBlankLine(position)) return undefined;
      else break;
    }
    this.nextLine(position);
    const content = literal.replace(/\n+$/, '');
    if (this.column > column || content === '') return undefined;
    return isEnded ? `${content}\n` : content;
  }

  private isBlankLine(position: number): boolean {
    return this.text.charCodeAt(this.behindBlanks(position)) === lineFeed;
  }

  private behindBlanks(position: number): number {
    let end = position;
    while (this.text.charCodeAt(end) === space) end += 1;
    return end;
  }

  /** Goes behind a pattern, if it stands here. */
  private skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.text)) return false;
    this.column += pattern.lastIndex - this.at;
    this.at = pattern.lastIndex;
    return true;
  }
}
