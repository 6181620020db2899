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
  private readonly levels: Level[] = [];
  /** The collections of the document that were met, the first of them in a list. */
  private readonly met: object[] = [];
  private readonly metLater = new Set<object>();
  /** What is written of the document so far, after a first line break. */
  private written = '';

  public constructor(private readonly original: Original) {}

  public write(document: unknown): string {
    if (typeof document !== 'object' || document === null) return this.original(document);
    this.met.length = 0;
    if (this.metLater.size > 0) this.metLater.clear();
    this.written = '';
    try {
      if (this.enter(document)) return `${emptyOf(document)}\n`;
      this.collection(document, 0, false);
      return `${this.written.slice(1)}\n`;
    } catch (error) {
      if (error !== leftOut) throw error;
      return this.original(document);
    }
  }

  /**
   * A list or map that is not empty; the first entry of a map may stand on the line of its dash.
   *
   * It is one method for both: V8 compiles one that calls itself once, and two that call each other into each other.
   */
  private collection(value: object, depth: number, isBehindDash: boolean): void {
    const { leads, dashedLeads, dash, indent } = this.level(depth);
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) {
        const item: unknown = value[index];
        if (typeof item !== 'object' || item === null || this.enter(item)) this.written += dash + this.scalar(item, indent);
        else if (Array.isArray(item)) throw leftOut;
        else this.collection(item, depth + 1, true);
      }
      return;
    }
    let known = isBehindDash ? dashedLeads : leads;
    for (const key in value) {
      const entry = (value as Fields)[key];
      const lead = known.get(key) ?? this.lead(key, depth, known);
      known = leads;
      if (typeof entry !== 'object' || entry === null || this.enter(entry)) {
        this.written += lead + this.scalar(entry, indent);
      } else {
        this.written += lead.slice(0, -1);
        this.collection(entry, depth + 1, false);
      }
    }
  }

  private level(depth: number): Level {
    return this.levels[depth] ??= newLevel(depth);
  }

  /** What stands before a value: line break, indent, perhaps a dash, the key, its colon and a blank. */
  private lead(key: string, depth: number, leads: Map<string, string>): string {
    const { dashedLeads } = this.level(depth);
    const start = leads === dashedLeads ? this.level(depth - 1).dash : `\n${'  '.repeat(depth)}`;
    const lead = `${start}${this.key(key)}: `;
    leads.set(key, lead);
    return lead;
  }

  /** A scalar, or a collection that is empty. */
  private scalar(value: unknown, indent: string): string {
    if (typeof value === 'string') return this.text(value, indent);
    if (typeof value === 'boolean' || value === null) return String(value);
    if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
    if (typeof value === 'object') return emptyOf(value);
    throw leftOut;
  }

  /** Whether a collection is empty. One that is no plain data, or stands in a second place, is not written here. */
  private enter(value: object): boolean {
    if (this.isSecond(value) || nodeType in value) throw leftOut;
    if (Array.isArray(value)) return value.length === 0;
    if (Object.getPrototypeOf(value) !== Object.prototype || typeof (value as Fields).toJSON === 'function' || Symbol.iterator in value) throw leftOut;
    for (const _ in value) return false;
    return true;
  }

  /** Whether a collection stands in a second place. Most documents have a dozen, among which a list finds one sooner than a set. */
  private isSecond(value: object): boolean {
    const { met, metLater } = this;
    if (met.includes(value) || metLater.has(value)) return true;
    if (met.length < mostInList) met.push(value);
    else metLater.add(value);
    return false;
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
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    if (text.includes('\n')) return literal(text, indent);
    const written = isPlain(text) ? text : onlyDigits.test(text) ? `"${text}"` : this.oddText(text);
    if (this.texts.size === mostTexts) this.texts.clear();
    this.texts.set(text, written);
    return written;
  }

  private oddText(text: string): string {
    if (marker.test(text)) throw leftOut;
    return this.original(text).slice(0, -1);
  }
}

/** How deep something stands, with what was written there before values. */
interface Level {
  /** Before the lines of a text that stands there. */
  readonly indent: string;
  readonly dash: string;
  /** By key, also for those that stand behind a dash. */
  readonly leads: Map<string, string>;
  readonly dashedLeads: Map<string, string>;
}

function newLevel(depth: number): Level {
  const indent = '  '.repeat(depth);
  return { indent: `${indent}  `, dash: `\n${indent}- `, leads: new Map(), dashedLeads: new Map() };
}

/** What is written in another way at the beginning of a line, where it would begin or end a document. */
const marker = /^(?:%|---|\.\.\.)/m;

function emptyOf(value: object): string {
  return Array.isArray(value) ? '[]' : '{}';
}

/** By what `yaml` knows values of its own, which write themselves. */
const nodeType = Symbol.for('yaml.node.type');

const mostInList = 32;
const mostTexts = 10_000;
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
