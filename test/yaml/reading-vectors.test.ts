import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifestStream } from '../../src/yaml/read-manifests';

/** A text and what kubectl made of it. */
interface Vector {
  readonly id: string;
  readonly what: string;
  readonly text?: string;
  readonly base64?: string;
  /** What the reader delivers up to the first split or parse error; integers beyond 2^53 are rounded. */
  readonly documents: readonly unknown[];
  readonly error?: { readonly where: 'split' | 'parse' | 'decode' | 'server' | 'empty'; readonly message: string };
}

const vectors = readFileSync(join(__dirname, 'vectors', 'reading.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Vector);

/** Texts that kubectl reads and this reader refuses; a text that it misreads is never allowed. */
const refused: ReadonlyMap<string, string> = new Map([
  ['scalar "!!str,x 5" as parallelism', 'tags with flow indicators are no tags to the parser'],
  ['scalar "\\"a\u2028b\\"" as parallelism', 'a line separator inside a text'],
  ['folded scalar with LS', 'a line separator inside a text'],
]);

test('every text is read as kubectl reads it, or refused where the list says so', () => {
  const wrong: string[] = [];
  for (const vector of vectors) {
    const verdict = compare(vector);
    if (verdict === 'agrees') continue;
    if (verdict === 'refused, though kubectl reads it' && refused.has(vector.what)) continue;
    wrong.push(`${vector.id} ${vector.what}: ${verdict}`);
  }
  expect(wrong).toEqual([]);
});

test('the list of refusals is not longer than needed', () => {
  const needed = vectors.filter((vector) => compare(vector) === 'refused, though kubectl reads it').map(({ what }) => what);
  expect([...refused.keys()].filter((what) => !needed.includes(what))).toEqual([]);
});

function compare({ text, base64, documents, error }: Vector): string {
  const stream = readManifestStream(base64 === undefined ? text ?? '' : new Uint8Array(Buffer.from(base64, 'base64')));
  const phase = error?.where === 'split' || error?.where === 'parse' ? error.where : undefined;
  if (stream.phase !== phase) {
    if (phase === undefined) return 'refused, though kubectl reads it';
    return `${stream.phase ?? 'read'}, though kubectl says ${phase}: ${error?.message ?? ''}`;
  }
  return sameValue(stream.documents.map(({ value }) => value), documents) ? 'agrees' : 'read as something else';
}

function sameValue(left: unknown, right: unknown): boolean {
  return JSON.stringify(sorted(left)) === JSON.stringify(sorted(right));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, entry]) => [key, sorted(entry)]));
}
