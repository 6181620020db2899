import { writeNumber, writeScalar, writeText } from './write-scalar';

/**
 * Objects as YAML that every reader reads back the same: YAML 1.1 or 1.2, in Go, JavaScript, Python or Ruby.
 *
 * Entries that are undefined are left out, as in JSON; what is neither a JSON value nor undefined becomes null. Documents are separated by
 * `---`. No anchors, no tags, no folding; the same value gives the same bytes.
 */
export function writeYaml(...documents: readonly unknown[]): string {
  return documents.map((document) => writeDocument(toPlain(document))).join('---\n');
}

type Plain = null | boolean | number | string | readonly Plain[] | PlainMap;
type PlainMap = ReadonlyMap<string, Plain>;

function toPlain(value: unknown): Plain {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== 'object') return null;
  if ('toJSON' in value && typeof value.toJSON === 'function') return toPlain(value.toJSON());
  return new Map(Object.entries(value).filter(([, entry]) => entry !== undefined).map(([key, entry]) => [key, toPlain(entry)]));
}

function writeDocument(value: Plain): string {
  if (typeof value === 'string') return `${writeText(value)}\n`;
  return `${writeNode(value, '').replace(/^\n/, '')}\n`;
}

/** A node as it is written after its key or dash: `x` on the same line, or a line break and indented lines. */
function writeNode(value: Plain, indent: string): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return writeNumber(value);
  if (typeof value === 'string') return writeScalar(value, indent);
  if (isList(value)) return value.length === 0 ? '[]' : `\n${writeItems(value, indent)}`;
  return value.size === 0 ? '{}' : `\n${writeEntries(value, indent)}`;
}

function isList(value: readonly Plain[] | PlainMap): value is readonly Plain[] {
  return Array.isArray(value);
}

const step = '  ';

function writeItems(items: readonly Plain[], indent: string): string {
  return items.map((item) => {
    const text = writeNode(item, indent + step);
    // A collection begins on the line of its dash.
    return text.startsWith('\n') ? `${indent}- ${text.slice(1 + indent.length + step.length)}` : `${indent}- ${text}`;
  }).join('\n');
}

/** Longer keys need an announcement; kubectl takes 1024 characters, quotes and escapes included. */
const longestPlainKey = 900;

function writeEntries(entries: PlainMap, indent: string): string {
  return [...entries].map(([key, entry]) => {
    const name = writeText(key);
    const text = writeNode(entry, indent + step);
    const value = text.startsWith('\n') ? text : ` ${text}`;
    return name.length > longestPlainKey ? `${indent}? ${name}\n${indent}:${value}` : `${indent}${name}:${value}`;
  }).join('\n');
}
