import { pick, strangers, type Json, type Random } from './mutate';
import { apiServer } from '../../../src/api/api-server';
import { fieldsOfType } from '../../../src/api/field-table';
import { shapeOf, type ObjectShape, type Shape } from '../../../src/rules/decode/shapes';

/** The texts and numbers that stand in some manifests, by the name of their field. */
export type Words = ReadonlyMap<string, readonly Json[]>;

/** Collects the words of manifests. */
export function wordsOf(manifests: readonly object[]): Words {
  const words = new Map<string, Set<Json>>();
  const visit = (value: Json, field: string): void => {
    if (value === null || typeof value !== 'object') {
      if (typeof value !== 'string' || value.length < 300) words.set(field, (words.get(field) ?? new Set()).add(value));
    } else if (Array.isArray(value)) {
      for (const item of value) visit(item, field);
    } else {
      for (const key of Object.keys(value)) visit(value[key] ?? null, key);
    }
  };
  for (const manifest of manifests) visit(manifest as Json, '');
  return new Map([...words].map(([field, values]) => [field, [...values]]));
}

/** Sets one to three fields of a minor version's table anywhere in `manifest`, present or not; most get a value of their type. */
export function invent(manifest: object, words: Words, random: Random, minor?: number): object {
  const kind = (manifest as { kind?: string }).kind === 'CronJob' ? 'CronJob' : 'Job';
  const count = 1 + Math.floor(random() * 3);
  for (let turn = 0; turn < count; turn += 1) {
    const places = placesOf(manifest as Json, shapeOf(`v1.${kind}`, apiServer(minor)));
    // Most objects of a manifest are small; most of the rules are about the pod and what it holds.
    const ofPod = places.filter(({ shape }) => podTypes.has(shape.name));
    const place = pick(random() < 0.5 && ofPod.length > 0 ? ofPod : places, random);
    if (place === undefined) continue;
    const name = pick([...place.shape.fields.keys()].filter((field) => !skipped.has(field)), random);
    if (name === undefined) continue;
    const shape = place.shape.fields.get(name)?.shape ?? { kind: 'any' };
    place.value[name] = valueOf(shape, place.shape.name, name, words, random, 0);
  }
  return manifest;
}

/** What the server takes from nobody, and what it cannot be asked about because the manifest would go elsewhere. */
const skipped = new Set(['apiVersion', 'kind', 'status', 'managedFields', 'namespace', 'fieldsV1', 'resourceVersion']);

const podTypes: ReadonlySet<string> = new Set(['v1.PodSpec', 'v1.Container', 'v1.Volume', 'v1.PodTemplateSpec']);

interface Place {
  readonly value: Record<string, Json>;
  readonly shape: ObjectShape;
}

function placesOf(value: Json | undefined, shape: Shape): Place[] {
  if (value === null || typeof value !== 'object') return [];
  if (shape.kind === 'list') return Array.isArray(value) ? value.flatMap((item) => placesOf(item, shape.item)) : [];
  if (shape.kind !== 'object' || Array.isArray(value)) return [];
  return [{ value, shape }, ...Object.keys(value).flatMap((name) => placesOf(value[name], shape.fields.get(name)?.shape ?? { kind: 'any' }))];
}

function valueOf(shape: Shape, type: string, name: string, words: Words, random: Random, depth: number): Json {
  if (random() < 0.03) return structuredClone(pick(strangers, random) ?? null);
  switch (shape.kind) {
    case 'object': return objectOf(shape, words, random, depth);
    case 'list': return Array.from({ length: pick([0, 1, 1, 1, 2], random) ?? 1 }, () => valueOf(shape.item, type, name, words, random, depth));
    case 'map': return Object.fromEntries(Array.from({ length: pick([0, 1, 1, 2], random) ?? 1 }, () =>
      [wordOf('key', type, words, random, 'string'), valueOf(shape.entry.shape, type, name, words, random, depth)]));
    case 'boolean': return random() < 0.6;
    default: return wordOf(name, type, words, random, shape.kind);
  }
}

function objectOf(shape: ObjectShape, words: Words, random: Random, depth: number): Json {
  const output: Record<string, Json> = {};
  for (const [name, field] of shape.fields) {
    const isRequired = fieldsOfType(shape.name).get(name)?.required === true;
    if (skipped.has(name) || random() > (isRequired ? 0.9 : shareOf(shape, depth))) continue;
    if (depth > 6) continue;
    output[name] = valueOf(field.shape, shape.name, name, words, random, depth + 1);
  }
  return output;
}

/** How many of the fields of an object are given: few of those with dozens, most of those with two or three. */
function shareOf({ fields }: ObjectShape, depth: number): number {
  return Math.min(0.6, 4 / (fields.size * (1 + depth / 3)));
}

/** Texts that some syntax refuses and another takes: names, paths, addresses, keys, amounts. */
const texts: readonly string[] = [
  'a b', 'a/b', 'a/b/c', '/', '/a', 'a/', '..', '../a', 'a/../b', '..a', './a', 'a..b', 'é', '%', '$(A)', 'A=B', 'a:b', '[::1]', ':', ' ', 'a,b',
  '10.0.0.1', '010.0.0.1', '10.0.0.256', '::1', '::ffff:1.2.3.4', 'fe80::1%eth0', '0', '1', '65536', '-1', '1.5', '0x10', 'true', 'null', '{}', '[]', '[{"key":1}]',
  'example.com', 'example.com/a', 'Example.com/A', 'example.com/a/b', 'kubernetes.io/a', 'https://example.com', 'v1', 'apps/v1', 'metadata.name', 'spec.nodeName',
  'metadata.labels[\'a\']', 'metadata.annotations[\'A b\']', 'limits.cpu', 'requests.hugepages-2Mi', 'cpu', 'memory', 'hugepages-2Mi', 'hugepages-x', 'a\nb', '<a&b>',
  'localhost/a', 'runtime/default', 'unconfined', 'localhost/', 'x'.repeat(63), 'x'.repeat(64), `${'x'.repeat(64)}/a`, `a/${'x'.repeat(64)}`, 'x.'.repeat(127), '_a', 'a_', 'a-',
];

const numbers: readonly Json[] = [-1, 0, 1, 2, 5, 255, 256, 65_535, 65_536, 86_400, 86_401, 100_000, 100_001, 2_147_483_647];
const amounts: readonly Json[] = ['1', '0', '-1', '500m', '1Gi', '1.5', '100u', '0.0001', '2Mi', 3];

/** A word of the field, one of its enum, or one that stands near a limit. */
function wordOf(name: string, type: string, words: Words, random: Random, kind: string): Json {
  const choices = fieldsOfType(type).get(name)?.choices ?? [];
  if (choices.length > 0 && random() < 0.6) return pick(choices, random) ?? '';
  if (kind === 'quantity') return pick(amounts, random) ?? '1';
  const isNumber = kind === 'int32' || kind === 'int64' || (kind === 'int-or-string' && random() < 0.5);
  const wanted = isNumber ? 'number' : 'string';
  if (kind === 'time') return '2026-01-01T00:00:00Z';
  const known = (words.get(name) ?? []).filter((word) => typeof word === wanted);
  if (known.length > 0 && random() < 0.7) {
    const word = pick(known, random) ?? '';
    return typeof word === 'string' && random() < 0.25 ? twisted(word, random) : word;
  }
  const others = random() < 0.6 ? texts : strangers.filter((word) => typeof word === 'string');
  return pick<Json>(isNumber ? numbers : others, random) ?? '';
}

/** A word that is written nearly right: with another character, or without one. */
function twisted(word: string, random: Random): string {
  const place = Math.floor(random() * (word.length + 1));
  const character = pick(['', '', '-', '.', '/', '_', 'A', ' ', ':', '*', '0'], random) ?? '';
  return word.slice(0, place) + character + word.slice(place + (random() < 0.5 ? 1 : 0));
}
