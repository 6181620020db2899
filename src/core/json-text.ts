/** What a text of JSON says beyond its parsed value: numbers and escapes as they were written, and names that were written twice. */
export interface WrittenJson {
  /** The texts of scalars whose value does not tell how they were written, by name or position. */
  readonly texts: ReadonlyMap<string | number, string>;
  /** The names of an object that were written more than once; the last value counts. */
  readonly repeated: readonly RepeatedName[];
}

/** A name that was written again. */
interface RepeatedName {
  readonly name: string;
  /** How many names had been read before it came the second time. */
  readonly after: number;
}

/** By the object or list that was parsed. Whoever copies it leaves this behind, and is judged by values alone. */
const written = new WeakMap<object, WrittenJson>();

/** What is known of how an object or a list was written; undefined where its value says it all. */
export function writtenJsonOf(container: object): WrittenJson | undefined {
  return written.get(container);
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
    const repeated = new Map<string, number>();
    let names = 0;
    for (this.open(); this.text[this.at] !== '}'; this.next()) {
      const name = JSON.parse(this.take(string)) as string;
      this.take(blanks);
      this.at += 1;
      const { value: content, text } = this.read();
      if (!Object.hasOwn(value, name)) names += 1;
      else if (!repeated.has(name)) repeated.set(name, names);
      texts.delete(name);
      if (text !== undefined) texts.set(name, text);
      if (name === '__proto__') Object.defineProperty(value, name, { value: content, enumerable: true, configurable: true, writable: true });
      else value[name] = content;
    }
    this.at += 1;
    if (texts.size > 0 || repeated.size > 0) written.set(value, { texts, repeated: [...repeated].map(([name, after]) => ({ name, after })) });
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
    if (texts.size > 0) written.set(value, { texts, repeated: [] });
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
