/**
 * Writes documents as cdk8s does, byte for byte, several times as fast: with the `yaml` package in version 1.1 and without folding.
 *
 * What is not plain data, is shared between two places, or holds a text that is hard to tell, is left to `original`. What was found out
 * about texts is kept for the next call.
 *
 * @param original cdk8s's own `Yaml.stringify`.
 */
export function yamlWriter(original: Original): (documents: readonly unknown[]) => string {
  const writer = new Writer(original);
  return (documents) => documents.map((document) => (document === undefined ? '\n' : writer.write(document))).join('---\n');
}

/** Writes one document. */
type Original = (document: unknown) => string;

type Fields = Readonly<Record<string, unknown>>;

/** Thrown where a document is left to the original. */
const leftOut = Symbol('left to the original writer');

class Writer {
  /** What has been found out about texts on one line, and about keys. */
  private readonly texts = new Map<string, string>();
  private readonly keys = new Map<string, string>();
  private readonly seen = new Set<object>();
  /** What is written of the document so far. */
  private written = '';

  public constructor(private readonly original: Original) {}

  public write(document: unknown): string {
    if (typeof document !== 'object' || document === null) return this.original(document);
    this.seen.clear();
    this.written = '';
    try {
      if (this.enter(document)) return `${emptyOf(document)}\n`;
      this.block(document, '', '');
      return this.written;
    } catch (error) {
      if (error !== leftOut) throw error;
      return this.original(document);
    }
  }

  /** A list or map that is not empty; `lead` comes before its first entry, which may stand behind a dash, and the indent before others. */
  private block(value: object, lead: string, indent: string): void {
    if (Array.isArray(value)) this.items(value, lead, indent);
    else this.fields(value as Fields, lead, indent);
  }

  private items(items: readonly unknown[], lead: string, indent: string): void {
    const inner = `${indent}  `;
    let start = `${lead}-`;
    for (const item of items) {
      if (typeof item === 'object' && item !== null && !this.enter(item)) this.block(item, `${start} `, inner);
      else this.line(start, item, inner);
      start = `${indent}-`;
    }
  }

  private fields(fields: Fields, lead: string, indent: string): void {
    const inner = `${indent}  `;
    let start = lead;
    for (const key in fields) {
      const value = fields[key];
      const name = `${start}${this.key(key)}:`;
      start = indent;
      if (typeof value !== 'object' || value === null || this.enter(value)) this.line(name, value, inner);
      else {
        this.written += `${name}\n`;
        this.block(value, inner, inner);
      }
    }
  }

  /** A key or a dash with what stands beside it: a scalar, or a collection that is empty. */
  private line(start: string, value: unknown, indent: string): void {
    this.written += `${start} ${this.scalar(value, indent)}\n`;
  }

  private scalar(value: unknown, indent: string): string {
    if (typeof value === 'string') return this.text(value, indent);
    if (typeof value === 'boolean' || value === null) return String(value);
    if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
    if (typeof value === 'object') return emptyOf(value);
    throw leftOut;
  }

  /** Whether a collection is empty. One that is no plain data, or stands in a second place, is not written here. */
  private enter(value: object): boolean {
    if (this.seen.has(value) || Object.getOwnPropertySymbols(value).length > 0) throw leftOut;
    this.seen.add(value);
    if (Array.isArray(value)) return value.length === 0;
    if (Object.getPrototypeOf(value) !== Object.prototype || typeof (value as Fields).toJSON === 'function') throw leftOut;
    for (const _ in value) return false;
    return true;
  }

  private key(key: string): string {
    const known = this.keys.get(key);
    if (known !== undefined) return known;
    const written = key.length < longestKey && isPlain(key) ? key : this.oddKey(key);
    this.keys.set(key, written);
    return written;
  }

  private oddKey(key: string): string {
    if (marker.test(key)) throw leftOut;
    const written = this.original({ [key]: 0 });
    if (!written.endsWith(': 0\n') || written.startsWith('? ') || written.indexOf('\n') < written.length - 1) throw leftOut;
    return written.slice(0, -': 0\n'.length);
  }

  private text(text: string, indent: string): string {
    if (isPlain(text)) return text;
    if (text.includes('\n')) return literal(text, indent);
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    const written = onlyDigits.test(text) ? `"${text}"` : this.oddText(text);
    this.texts.set(text, written);
    return written;
  }

  private oddText(text: string): string {
    if (marker.test(text)) throw leftOut;
    return this.original(text).slice(0, -1);
  }
}

/** What is written in another way at the beginning of a line, where it would begin or end a document. */
const marker = /^(?:%|---|\.\.\.)/m;

function emptyOf(value: object): string {
  return Array.isArray(value) ? '[]' : '{}';
}

const longestKey = 1000;
/** A letter, then printable ASCII without what would end the text: a colon or a hash beside a blank, and blanks at the end. */
const word = /^[A-Za-z_/$(](?:[!-9;-~]|:(?![ ]|$)| (?![# ]|$))*$/;
const reserved = /^(?:y|n|yes|no|true|false|on|off|null|e[-+]?[0-9]+)$/i;
const amount = /^[0-9]+(?:m|k|M|G|T|Ki|Mi|Gi|Ti)$/;
const flag = /^--?[A-Za-z](?:[!-9;-~]|:(?![ ]|$))*$/;
const negativePower = /^-e[-+]?[0-9]+$/i;
const onlyDigits = /^[0-9]+$/;

/** Whether a text is surely written as it is, as a value or a key; newer versions of `yaml` quote what ends with a dash. */
function isPlain(text: string): boolean {
  if (text.charCodeAt(text.length - 1) === 45) return false;
  if (word.test(text)) return text.length > 24 || !reserved.test(text);
  return amount.test(text) || (flag.test(text) && !negativePower.test(text));
}

/** Lines of printable ASCII that neither begin nor end with a blank, some of them empty; at most one line break at the end. */
const simpleLines = /^[!-~](?:[ -~]*[!-~])?(?:\n+[ -~]*[!-~])*\n?$/;

function literal(text: string, indent: string): string {
  if (indent === '' || !simpleLines.test(text)) throw leftOut;
  const isEnded = text.endsWith('\n');
  const lines = isEnded ? text.slice(0, -1) : text;
  return `${isEnded ? '|' : '|-'}\n${indent}${lines.replace(/\n+/g, `$&${indent}`)}`;
}
