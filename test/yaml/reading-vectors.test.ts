import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readKubectlObjects } from '../../src/yaml/kubectl-objects';
import { readManifestStream } from '../../src/yaml/read-manifests';

/** A text and what kubectl made of it. */
interface Vector {
  readonly id: string;
  readonly what: string;
  readonly text?: string;
  readonly base64?: string;
  /** What the reader delivers up to the first split or parse error; integers beyond 2^53 are rounded. */
  readonly documents: readonly unknown[];
  /** What kubectl goes on with, where that is not the documents. */
  readonly objects?: readonly unknown[];
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

test('kubectl goes on with the same objects, and refuses the same ones itself', () => {
  const wrong: string[] = [];
  for (const { id, what, documents, objects, error } of vectors) {
    const isStreamBroken = error?.where === 'split' || error?.where === 'parse';
    const sent: unknown[] = [];
    let isRefused = false;
    for (const reading of documents.map(readKubectlObjects)) {
      sent.push(...reading.objects.map(({ value }) => value));
      isRefused ||= reading.refusals.length > 0;
      if (reading.refusals.some(({ endsStream }) => endsStream)) break;
    }
    // What the server refused as well hides what kubectl refused.
    const isExpected = error?.where === 'decode' || isStreamBroken || error?.where === 'server' || !isRefused;
    const isMissed = error?.where === 'decode' && !isRefused;
    if (!isExpected || isMissed) wrong.push(`${id} ${what}: ${isRefused ? 'refused' : 'not refused'}`);
    // Null labels reach the server as empty texts; the vectors give them as written.
    else if (objects !== undefined && !sameValue(sent, objects)) wrong.push(`${id} ${what}: other objects`);
  }
  expect(wrong).toEqual([]);
});

test('what kubectl refuses itself is told in its words', () => {
  const decoding = vectors.filter(({ error }) => error?.where === 'decode');
  expect(decoding.length).toBeGreaterThan(100);
  const wrong = decoding.flatMap(({ id, documents, error }) => {
    const words = error?.message.replace(/^(?:unable to decode|error validating) "t\.yaml": (?:error validating data: )?/, '').replace(/ in '.*$/s, '');
    const said = documents.flatMap((document) => readKubectlObjects(document).refusals.map(({ message }) => message));
    return words !== undefined && said.includes(words) ? [] : [`${id}: ${words}: ${said.join(', ')}`];
  });
  expect(wrong).toEqual([]);
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
