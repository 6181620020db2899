import fc from 'fast-check';
import { type Json, strangers } from '../cluster/validation/mutate';

/** One change of a text or a value; the numbers choose the place and what comes there, whatever the size. */
export interface Edit {
  readonly kind: 'double' | 'insert' | 'move' | 'remove' | 'replace' | 'splice';
  readonly at: number;
  readonly length: number;
  readonly choice: number;
}

/** A few changes. */
export const someEdits: fc.Arbitrary<readonly Edit[]> = fc.array(fc.record<Edit>({
  kind: fc.constantFrom('double', 'insert', 'move', 'remove', 'replace', 'splice'),
  at: fc.nat(0xfff_ffff),
  length: fc.nat(60),
  choice: fc.nat(0xffff),
}), { minLength: 1, maxLength: 4 });

/** What has a meaning in YAML, in JSON, in a schedule, or for some reader of texts. */
const tokens: readonly string[] = [
  '\n', '\r\n', '\r', ' ', '  ', '\t', ':', ': ', '- ', '-', '#', ' #', '---\n', '...\n', '--- ', '%YAML 1.1\n', '&a ', '*a', '<<: *a\n', '!!str ', '!!binary ',
  '!!int ', '!a ', '|\n', '>-\n', '|2+\n', '"', "'", '\\', '\\u0000', '\\x', '{', '}', '[', ']', ',', '?', '? ', '~', 'null', 'yes', '0x1F', '0o7', '1_000', '1e400', '.nan', '.inf',
  '-0', '9007199254740993', '\u0000', '\ufeff', '\u0085', '\u2028', '\ud800', '😀', 'é', '@', '`', '*', '/', '*/', '5', '60', '@every ', '@daily', '1h', 'TZ=', 'CRON_TZ=UTC ', 'MON', 'l',
  '__proto__: 1\n', 'constructor: 1\n', '$(A)', '<cdk8s-jobs:output/a/b>', 'kind: Job\n', 'apiVersion: batch/v1\n', 'items: []\n', 'a'.repeat(300),
];

/** A text after changes; `others` are texts to take pieces from. */
export function editText(text: string, edits: readonly Edit[], others: readonly string[]): string {
  return edits.reduce((before, edit) => editTextOnce(before, edit, others), text);
}

function editTextOnce(text: string, { kind, at, length, choice }: Edit, others: readonly string[]): string {
  const from = at % (text.length + 1);
  const [head, middle, tail] = [text.slice(0, from), text.slice(from, from + length), text.slice(from + length)];
  const token = tokens[choice % tokens.length] ?? '';
  switch (kind) {
    case 'double': return head + middle + middle + tail;
    case 'insert': return head + token + middle + tail;
    case 'move': return head + tail.slice(0, choice % 80) + middle + tail.slice(choice % 80);
    case 'remove': return head + tail;
    case 'replace': return head + token + text.slice(from + 1 + (length % 3));
    case 'splice': {
      const other = others[choice % others.length] ?? '';
      return head + other.slice(at % (other.length + 1), (at % (other.length + 1)) + length * 4) + middle + tail;
    }
  }
}

/** A copy of a value of JSON after changes; `others` are values to take parts from. */
export function editValue(value: object, edits: readonly Edit[], others: readonly object[]): unknown {
  const root = { value: structuredClone(value) as Json };
  for (const edit of edits) editValueOnce(root, edit, others);
  return root.value;
}

type Holder = Json[] | { [key: string]: Json };

interface Place {
  readonly holder: Holder;
  readonly key: string | number;
}

function editValueOnce(root: { [key: string]: Json }, { kind, at, length, choice }: Edit, others: readonly object[]): void {
  const places = placesOf(root);
  const { holder, key } = places[at % places.length] ?? { holder: root, key: 'value' };
  const stranger = structuredClone(strangers[choice % strangers.length] ?? null);
  switch (kind) {
    case 'double': if (Array.isArray(holder)) holder.push(structuredClone(read(holder, key))); else write(holder, `${key}${length}`, read(holder, key)); return;
    case 'insert': if (Array.isArray(holder)) holder.splice(Number(key), 0, stranger); else write(holder, tokens[length % tokens.length] ?? 'a', stranger); return;
    case 'move': {
      const target = places[choice % places.length];
      // A copy: nothing may hold itself, which no text can say.
      if (target !== undefined) write(target.holder, target.key, structuredClone(read(holder, key)));
      return;
    }
    case 'remove': if (Array.isArray(holder)) holder.splice(Number(key), 1); else delete holder[key]; return;
    case 'replace': write(holder, key, stranger); return;
    case 'splice': {
      const parts = placesOf({ value: structuredClone(others[choice % others.length]) as Json });
      const part = parts[(at + length) % parts.length];
      if (part !== undefined) write(holder, key, read(part.holder, part.key));
    }
  }
}

function placesOf(root: Holder): Place[] {
  const places: Place[] = [];
  const visit = (holder: Holder): void => {
    for (const key of Array.isArray(holder) ? holder.keys() : Object.keys(holder)) {
      places.push({ holder, key });
      const value = read(holder, key);
      if (typeof value === 'object' && value !== null) visit(value);
    }
  };
  visit(root);
  return places;
}

function read(holder: Holder, key: string | number): Json {
  return (holder as Record<string | number, Json>)[key] ?? null;
}

function write(holder: Holder, key: string | number, value: Json): void {
  (holder as Record<string | number, Json>)[key] = value;
}
