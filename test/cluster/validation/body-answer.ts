import { isDeepStrictEqual } from 'node:util';
import { undecodableMessage } from '../../../src/api/invalid-message';
import type { Finding } from '../../../src/core/finding';
import { findJsonProblem } from '../../../src/core/go-json';
import type { ValidateOptions } from '../../../src/rules/rule/versions';
import { validateManifest } from '../../../src/rules/validate-manifest';
import { type ManifestStream, readManifestStream } from '../../../src/yaml/read-manifests';
import { findReadingFaults } from '../../../src/yaml/reading-findings';

/** A body as it is sent, and in which format. */
export interface RawBody {
  readonly format: 'json' | 'yaml';
  readonly text: string;
}

/** What is said of a body, by a server or by the offline validator; comparable as a whole. */
interface BodyAnswer {
  /** Why it is not decoded, as the server words it, without the kind; empty where it is. */
  readonly words: string;
  /** The keys that are written twice in YAML: a server refuses them, the reader warns of them. */
  readonly repeated: readonly string[];
  /** What validation refuses, each as `field type`, sorted. */
  readonly errors: readonly string[];
}

/** A refusal of the server as it was recorded. */
interface ServerRefusal {
  readonly message?: string | undefined;
  readonly errors?: ReadonlyArray<{ readonly field: string; readonly type: string }> | undefined;
}

/** The answer of a server. */
export function answerOfServer({ message = '', errors = [] }: ServerRefusal): BodyAnswer {
  const repeated = [...message.matchAll(/key ("(?:[^"\\]|\\.)*") already set in map/g)].map(([, key = '']) => JSON.parse(key) as string);
  return { words: wordsOf(message), repeated: repeated.sort(), errors: sorted(errors) };
}

/** The answer of the offline validator to the first document of a body. */
export function answerToBody({ format, text }: RawBody, options: ValidateOptions = {}): BodyAnswer {
  const problem = format === 'json' ? findJsonProblem(text) : undefined;
  if (problem !== undefined) return { words: `json parse error: ${problem}`, repeated: [], errors: [] };
  const stream = readManifestStream(text);
  const [document] = stream.documents;
  if (document === undefined) return { words: stream.error === undefined ? '' : unreadable, repeated: [], errors: [] };
  const found = validateManifest(document.value, options).filter(({ severity }) => severity === 'error');
  const kind = found.find(({ rule }) => rule === 'object-is-a-job-or-cron-job');
  if (kind !== undefined) return { words: kind.message.startsWith('json: ') ? `json parse error: ${kind.message}` : otherKind, repeated: [], errors: [] };
  // YAML becomes JSON with the names in alphabetical order before it is decoded.
  const words = wordsOf(undecodableMessage(document.value as object, format === 'yaml' ? inOrderOfNames(found) : found) ?? '');
  const isDecoded = !found.some(({ type }) => type === 'Decode' || type === 'Unknown');
  // A value of the wrong type is told alone.
  const repeated = words === '' || words.startsWith('strict decoding error') ? repeatedKeys(stream) : [];
  return { words, repeated, errors: isDecoded && repeated.length === 0 ? sorted(found) : [] };
}

/** Whether two answers agree. Where the server crashes instead of answering, it is enough that the validator refuses. */
export function agreeOnBody(server: BodyAnswer | undefined, validator: BodyAnswer): boolean {
  return server === undefined ? Object.values(validator).some(({ length }) => length > 0) : isDeepStrictEqual(server, validator);
}

const unreadable = 'unreadable';
const otherKind = 'another kind';

function wordsOf(message: string): string {
  if (/: (?:no kind "|converting \()| unexpected GroupVersion |into Go value of type struct/.test(message)) return otherKind;
  const [, parse] = /(json parse error: .*) \((?:\{|<|[\da-f]{2}).*$/s.exec(message) ?? [];
  if (parse !== undefined) return parse;
  if (message.includes(' is unrecognized ')) return unreadable;
  const words = message.replace(/^\w+ in version "[^"]*" cannot be handled as a \w+: /, '');
  const rest = words.replace(/yaml: unmarshal errors:(?:\n {2}line \d+: key "(?:[^"\\]|\\.)*" already set in map)+(?:, )?/, '');
  return rest === 'strict decoding error: ' ? '' : rest;
}

function repeatedKeys({ documents }: ManifestStream): string[] {
  return documents.slice(0, 1).flatMap(findReadingFaults).filter(({ type }) => type === 'Duplicate').map(({ value }) => String(value)).sort();
}

function inOrderOfNames(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((one, other) => compareNames(namesIn(one.field), namesIn(other.field)));
}

function namesIn(field: string): readonly string[] {
  return field.split(/\.|(?=\[)/);
}

function compareNames(one: readonly string[], other: readonly string[]): number {
  const index = one.findIndex((name, position) => name !== other[position]);
  const [left = '', right = ''] = [one[index], other[index]];
  const [leftNumber, rightNumber] = [left, right].map((name) => Number(/^\[(\d+)\]$/.exec(name)?.[1] ?? NaN)) as [number, number];
  return Number.isNaN(leftNumber - rightNumber) ? (left < right ? -1 : 1) : leftNumber - rightNumber;
}

function sorted(errors: ReadonlyArray<{ readonly field: string; readonly type: string }>): string[] {
  return errors.map(({ field, type }) => `${field} ${type}`).sort();
}
