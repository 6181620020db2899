import { invariant } from '../core/assert';

/** How the items of a list are told apart when it is merged: not at all, by their values, or by the fields named in `keys`. */
type ListKind = 'atomic' | 'set' | 'map';

/** What the field table says of a field, as data. */
export interface Field {
  /** Whether it holds one value, a list of values, or values by key. */
  readonly holds: 'value' | 'list' | 'map';
  /** The type of a value, without its list or map: `v1.EnvVar`, `string`. */
  readonly type: string;
  /** How a text is written, where its type does not say: `date-time`, `int-or-string`. */
  readonly format: string | undefined;
  readonly required: boolean;
  /** The only texts that it takes; empty when it takes any. */
  readonly choices: readonly string[];
  /** How the items of a list are told apart; undefined for a field that holds no list. */
  readonly list: ListKind | undefined;
  /** The fields that tell the items of a `map` list apart; none for every other. */
  readonly keys: readonly string[];
  /** `atomic` for a map that is replaced as a whole; undefined when it is merged key by key. */
  readonly map: 'atomic' | undefined;
  /** The first minor version that has it: 34 for 1.34; 0 when the oldest known version had it already. */
  readonly since: number;
}

const entryPattern = new RegExp([
  /^(?:map<string, (?<value>[\w.]+)>|(?<type>[\w.]+)(?:\((?<format>[\w-]+)\))?(?<array>\[\])?)/,
  /(?<required> required)?(?: one of (?<choices>\S+))?/,
  /(?: list=(?<list>atomic|set|map)(?:\((?<keys>[\w,]+)\))?)?(?: map=(?<map>atomic))?(?: since 1\.(?<since>\d+))?$/,
].map(({ source }) => source).join(''));

/** Some five hundred fields share a hundred entries. */
const parsed = new Map<string, Field>();

/**
 * Reads an entry of the field table, `v1.EnvVar[] list=map(name) since 1.31`, or just a type; the answer is kept.
 *
 * An entry is the type, then in this order what is known: `required`, `one of A|B`, `list=KIND` with its keys, `map=atomic`, `since 1.N`.
 * @throws {InternalError} when the text is not such an entry
 */
export function parseField(entry: string): Field {
  let field = parsed.get(entry);
  if (field === undefined) parsed.set(entry, field = readEntry(entry));
  return field;
}

function readEntry(entry: string): Field {
  const parts = entryPattern.exec(entry)?.groups;
  invariant(parts !== undefined, `not an entry of the field table: ${entry}`);
  const { value, type = '', format, array, required, choices, list, keys, map, since } = parts;
  return {
    holds: value !== undefined ? 'map' : array !== undefined ? 'list' : 'value',
    type: value ?? type,
    format,
    required: required !== undefined,
    choices: choices?.split('|') ?? [],
    list: list as ListKind | undefined,
    keys: keys?.split(',') ?? [],
    map: map as 'atomic' | undefined,
    since: Number(since ?? 0),
  };
}

/** The entry that says what `field` holds; `parseField` reads it back. */
export function formatField(field: Field): string {
  const { required, choices, list, keys, map, since } = field;
  return [
    formatType(field),
    required ? 'required' : '',
    choices.length === 0 ? '' : `one of ${choices.join('|')}`,
    list === undefined ? '' : `list=${list}${keys.length === 0 ? '' : `(${keys.join(',')})`}`,
    map === undefined ? '' : `map=${map}`,
    since === 0 ? '' : `since 1.${since}`,
  ].filter((word) => word !== '').join(' ');
}

/** The type of a field as its entry begins: `v1.EnvVar[]`, `map<string, string>`. */
export function formatType({ holds, type, format }: Pick<Field, 'holds' | 'type' | 'format'>): string {
  if (holds === 'map') return `map<string, ${type}>`;
  return `${type}${format === undefined ? '' : `(${format})`}${holds === 'list' ? '[]' : ''}`;
}

/** What was asked of `partOf` before. */
const parts = new Map<Field, Field>();

/** What one item of a list is, or one value of a map. */
export function partOf(field: Field): Field {
  let part = parts.get(field);
  if (part === undefined) parts.set(field, part = parseField(formatType({ ...field, holds: 'value' })));
  return part;
}

/** The name of a type without its package: JobSpec of `v1.JobSpec`. */
export function bareName(type: string): string {
  return type.slice(type.lastIndexOf('.') + 1);
}
