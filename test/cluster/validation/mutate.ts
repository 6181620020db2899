import { createHash } from 'node:crypto';

/** A source of random numbers from 0 to below 1 that a seed decides. */
export type Random = () => number;

/** A generator of random numbers: the same seed, the same numbers. */
export function seededRandom(seed: number): Random {
  let count = 0;
  return () => {
    count += 1;
    return createHash('sha256').update(`${seed} ${count}`).digest().readUInt32BE() / 2 ** 32;
  };
}

/** A value of JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Values that stand near some limit or are some word of the API; no quantity with an exponent: some keep a server busy for minutes. */
export const strangers: readonly Json[] = [
  null, true, false, -1, 0, 1, 2, 10, 64, 100000, 100001, 2147483647, 2147483648, 1.5, {}, [],
  '', 'a', 'A', 'a.b', 'a_b', '-a', 'x'.repeat(64), 'x'.repeat(254),
  'Never', 'OnFailure', 'Always', 'Indexed', 'NonIndexed', 'Failed', 'TerminatingOrFailed', 'In', 'NotIn', 'FailJob', 'FailIndex', 'Ignore', 'Count',
  'Allow', 'Forbid', 'Replace', 'UTC', 'Local', 'Europe/Zurich', '*/5 * * * *', '@daily', '0-3', '1,2', '500m', '1Gi', '0',
];

/** A copy of `manifest` after one to three random changes: a field taken away, replaced, doubled, or taken over from `other`. */
export function mutate(manifest: object, other: object, random: Random): object {
  const copy = structuredClone(manifest) as Json;
  const changes = 1 + Math.floor(random() * 3);
  for (let count = 0; count < changes; count += 1) changeOne(copy, other as Json, random);
  return copy as object;
}

/** Both manifests in one: the fields of the second over those of the first, lists one after the other or element by element. */
export function combine(first: object, second: object, random: Random): object {
  const merge = (left: Json | undefined, right: Json): Json => {
    if (left === undefined || left === null || right === null || typeof left !== 'object' || typeof right !== 'object') return structuredClone(right);
    if (Array.isArray(left) !== Array.isArray(right)) return structuredClone(right);
    if (!Array.isArray(left) || !Array.isArray(right)) {
      const [from, to] = [right as { [key: string]: Json }, structuredClone(left) as { [key: string]: Json }];
      for (const key of Object.keys(from)) to[key] = merge(to[key], from[key] ?? null);
      return to;
    }
    if (random() < 0.3) return structuredClone([...left, ...right]);
    return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => {
      const item = right[index];
      return item === undefined ? structuredClone(left[index] ?? null) : merge(left[index], item);
    });
  };
  return merge(first as Json, second as Json) as object;
}

function changeOne(root: Json, donor: Json, random: Random): void {
  const places = placesOf(root, 'apiVersion kind');
  const place = pick(places, random);
  if (place === undefined) return;
  const { parent, key } = place;
  const kind = random();
  const value = at(parent, key);
  // Without one of these there is too little left to say something about.
  const bears = ['metadata', 'spec', 'jobTemplate', 'template', 'containers'].includes(String(key)) && random() < 0.95;
  if (bears) takeOver(root, donor, random);
  else if (kind < 0.25) remove(parent, key);
  else if (kind < 0.3) put(parent, key, pick(strangers, random) ?? null);
  else if (kind < 0.45) put(parent, key, pick(strangers.filter((other) => typeof other === typeof value), random) ?? null);
  else if (kind < 0.55 && Array.isArray(parent)) parent.push(structuredClone(value));
  else takeOver(root, donor, random);
}

/** Takes a field of the other manifest over to a place of the same kind in this one. */
function takeOver(root: Json, other: Json, random: Random): void {
  const from = pick(placesOf(other, 'apiVersion kind metadata').filter(({ key }) => typeof key === 'string'), random);
  if (from === undefined) return;
  const parents = placesOf(root, '').filter((place) => place.inside === from.inside && shareKeys(place.parent, from.parent));
  const to = pick(parents, random);
  if (to !== undefined) put(to.parent, from.key, structuredClone(at(from.parent, from.key)));
}

interface Place {
  readonly parent: Json[] | { [key: string]: Json };
  readonly key: string | number;
  /** The field that holds the parent, or the list in which it stands. */
  readonly inside: string;
}

function placesOf(value: Json, skipped: string, inside = ''): Place[] {
  if (value === null || typeof value !== 'object') return [];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value).filter((key) => !skipped.split(' ').includes(key));
  return keys.flatMap((key) => [
    { parent: value, key, inside }, ...placesOf(at(value, key), skipped, typeof key === 'string' ? key : inside),
  ]);
}

/** Objects of one kind have some field in common; what is called `spec` may be of three kinds. */
function shareKeys(left: Place['parent'], right: Place['parent']): boolean {
  return Object.keys(right).some((key) => key in left);
}

function at(parent: Place['parent'], key: string | number): Json {
  return (parent as Record<string | number, Json>)[key] ?? null;
}

function put(parent: Place['parent'], key: string | number, value: Json): void {
  (parent as Record<string | number, Json>)[key] = value;
}

function remove(parent: Place['parent'], key: string | number): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
}

/** One of the items; undefined when there is none. */
export function pick<Item>(items: readonly Item[], random: Random): Item | undefined {
  return items[Math.floor(random() * items.length)];
}
