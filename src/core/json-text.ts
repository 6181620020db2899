import { given } from './given';

/** What a text of JSON says beyond its parsed value: numbers and escapes as they were written, and names that were written twice. */
interface WrittenJson {
  /** The texts of scalars whose value does not tell how they were written, by name or position. */
  readonly texts: ReadonlyMap<string | number, string>;
  /** All entries of an object in which a name was written more than once, in their order; undefined for every other. */
  readonly entries?: readonly JsonEntry[];
}

/** A name of an object with its value. */
export interface JsonEntry {
  readonly name: string;
  readonly value: unknown;
  /** How a scalar was written, where its value does not tell. */
  readonly text?: string;
}

/** By the object or list that was parsed. Whoever copies it leaves this behind, and is judged by values alone. */
const written = new WeakMap<object, WrittenJson>();

/** What is known of how an object or a list was written; undefined where its value says it all. */
export function writtenJsonOf(container: object): WrittenJson | undefined {
  return written.get(container);
}

/** Remembers how scalars of an object or a list were written. */
export function rememberTexts(container: object, texts: ReadonlyMap<string | number, string>): void {
  if (texts.size > 0) written.set(container, { texts });
}

/**
 * Parses JSON as `JSON.parse` does, and remembers what the value cannot show.
 *
 * @param textOf what becomes of each text that is a value. Default: it stays as it is.
 * @throws SyntaxError for a text that is no JSON
 */
export function parseJsonText(text: string, textOf: (text: string) => string = (same) => same): unknown {
  // Its messages say best what is no JSON; after it, nothing can go wrong.
  JSON.parse(text);
  return new Reader(text, textOf).read().value;
}

interface Read {
  readonly value: unknown;
  /** How a scalar was written, where its value does not tell. */
  readonly text?: string;
}

const blanks = /[ \t\r\n]*/y;
const string = /"(?:[^"\\]|\\.)*"/y;
const scalar = /[^\s,\]}]+/y;

/** Reads a text that is known to be JSON. */
class Reader {
  private at = 0;

  public constructor(private readonly text: string, private readonly textOf: (text: string) => string) {}

  public read(): Read {
    this.take(blanks);
    switch (this.text[this.at]) {
      case '{': return { value: this.readObject() };
      case '[': return { value: this.readList() };
      case '"': return this.readText();
      default: return this.readScalar();
    }
  }

  private readObject(): object {
    const value: Record<string, unknown> = {};
    const texts = new Map<string, string>();
    const entries: JsonEntry[] = [];
    let isRepeating = false;
    for (this.open(); this.text[this.at] !== '}'; this.next()) {
      const name = JSON.parse(this.take(string)) as string;
      this.take(blanks);
      this.at += 1;
      const { value: content, text } = this.read();
      entries.push({ name, value: content, ...given({ text }) });
      isRepeating ||= Object.hasOwn(value, name);
      texts.delete(name);
      if (text !== undefined) texts.set(name, text);
      if (name === '__proto__') Object.defineProperty(value, name, { value: content, enumerable: true, configurable: true, writable: true });
      else value[name] = content;
    }
    this.at += 1;
    if (texts.size > 0 || isRepeating) written.set(value, { texts, ...given({ entries: isRepeating ? entries : undefined }) });
    return value;
  }

  private readList(): unknown[] {
    const value: unknown[] = [];
    const texts = new Map<number, string>();
    for (this.open(); this.text[this.at] !== ']'; this.next()) {
      const { value: content, text } = this.read();
      if (text !== undefined) texts.set(value.length, text);
      value.push(content);
    }
    this.at += 1;
    if (texts.size > 0) written.set(value, { texts });
    return value;
  }

  private readText(): Read {
    const text = this.take(string);
    const value = this.textOf(JSON.parse(text) as string);
    return text.includes('\\') ? { value, text } : { value };
  }

  private readScalar(): Read {
    const text = this.take(scalar);
    const value: unknown = JSON.parse(text);
    return typeof value === 'number' && String(value) !== text ? { value, text } : { value };
  }

  /** Steps over a bracket and what is blank after it. */
  private open(): void {
    this.at += 1;
    this.take(blanks);
  }

  /** Steps over a comma, if there is one, and what is blank around it. */
  private next(): void {
    this.take(blanks);
    if (this.text[this.at] === ',') this.open();
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const [token = ''] = pattern.exec(this.text) ?? [];
    this.at += token.length;
    return token;
  }
}
