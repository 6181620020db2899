import type { RawBody } from './body-answer';
import { randomManifests } from './manifests';
import { type Json, pick, type Random, seededRandom } from './mutate';

/** A manifest of which every part can be written as nobody's writer would. */
type Node =
  | { readonly kind: 'map'; readonly entries: Array<readonly [key: string, value: Node]> }
  | { readonly kind: 'list'; readonly items: Node[] }
  | { readonly kind: 'scalar'; text: string };

/** Scalars as texts of JSON whose value does not tell how they were written, or that few fields can hold. */
const jsonScalars = [
  '1.0', '1e3', '1E0', '-0', '-0.0', '1.5', '1e400', '1e-400', '2147483648', '9007199254740993', '9223372036854775807', '9223372036854775808', '1e30',
  'true', 'false', 'null', '[]', '{}', '[1]', '{"a":1}', '""', '"1"', '"\\u0031"', '"a\\u0062"', '"x"', '"1Gi"', '"64mb"', '"1e"', '"1KM"', '"2026-01-01T00:00:00Z"', '"2026-01-01"',
];

/** The same for YAML: what is no string without quotes, and what looks as if it were none. */
const yamlScalars = [
  '1.0', '1e3', '0x1F', '017', '0o17', '0b11', '1_000', '+1', '.5', '-0', '1e400', '2147483648', '9007199254740993', '9223372036854775807',
  'yes', 'on', 'y', 'no', 'True', 'tRUE', '~', '', 'null', '1:30', '2026-01-01', '!!int "5"', '!!str 5', '!!float 5', '!foo 5', '08', '1.', '[]', '{}', '"1"', '64mb', '1e3m', '1Gi',
];

/** Bodies, all different, made from the corpus of manifests by writing parts of them otherwise; the same seed gives the same ones. */
export function randomBodies(seed: number, count: number, minor: number): readonly RawBody[] {
  const random = seededRandom(seed);
  return randomManifests(seed, count, minor).filter(saysWhatItIs).map((manifest, position) => {
    const format = position % 2 === 0 ? 'json' : 'yaml';
    const root = nodeOf(JSON.parse(manifest) as Json);
    for (let edits = 1 + Math.floor(random() * 3); edits > 0; edits -= 1) edit(root, format, random);
    const text = format === 'json' ? toJson(root) : toYaml(root, '');
    return { format, text: format === 'json' && random() < 0.1 ? withSlip(text, random) : text };
  });
}

/** Whether a manifest is one object of batch/v1: a server would else take kind and version from the address, and knows some others. */
function saysWhatItIs(manifest: string): boolean {
  const { apiVersion, kind } = JSON.parse(manifest) as { readonly apiVersion?: unknown; readonly kind?: unknown };
  return apiVersion === 'batch/v1' && typeof kind === 'string' && kind !== '';
}

function nodeOf(value: Json): Node {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(nodeOf) };
  if (typeof value !== 'object' || value === null) return { kind: 'scalar', text: JSON.stringify(value) };
  return { kind: 'map', entries: Object.entries(value).map(([key, content]) => [key, nodeOf(content)] as const) };
}

/** Writes a scalar otherwise, a name twice, a name that is unknown, or one in another case. */
function edit(root: Node, format: RawBody['format'], random: Random): void {
  const nodes = nodesIn(root);
  const scalars = nodes.filter((node) => node.kind === 'scalar');
  const map = pick(nodes.filter((node) => node.kind === 'map'), random);
  const choice = random();
  if (choice < 0.6) {
    const scalar = pick(scalars, random);
    if (scalar !== undefined) scalar.text = pick(format === 'json' ? jsonScalars : yamlScalars, random) ?? '1';
    return;
  }
  if (map === undefined) return;
  const position = Math.floor(random() * map.entries.length);
  const [name, value] = map.entries[position] ?? ['foo', { kind: 'scalar', text: '1' } as const];
  // The last of several values counts: one of another type could make another object of the body.
  if (choice < 0.8) map.entries.splice(Math.floor(random() * (map.entries.length + 1)), 0, [name, structuredClone(value)]);
  else if (choice < 0.9) map.entries.splice(position, 0, [pick(['foo', 'a.b', 'é', 'Spec', 'image'], random) ?? 'foo', { kind: 'scalar', text: '1' }]);
  else if (!isOfKind(name)) map.entries[position] = [name.charAt(0).toUpperCase() + name.slice(1), value];
}

function isOfKind(name: string): boolean {
  return name === 'kind' || name === 'apiVersion';
}

/** All parts but kind and version, which say what the body is. */
function nodesIn(node: Node): Node[] {
  switch (node.kind) {
    case 'scalar': return [node];
    case 'list': return [node, ...node.items.flatMap(nodesIn)];
    case 'map': return [node, ...node.entries.flatMap(([name, value]) => (isOfKind(name) ? [] : nodesIn(value)))];
  }
}

function toJson(node: Node): string {
  switch (node.kind) {
    case 'scalar': return node.text;
    case 'list': return `[${node.items.map(toJson).join(',')}]`;
    case 'map': return `{${node.entries.map(([key, value]) => `${JSON.stringify(key)}:${toJson(value)}`).join(',')}}`;
  }
}

function toYaml(node: Node, indent: string): string {
  const inside = `${indent}  `;
  const child = (value: Node): string => (value.kind === 'scalar' || isEmpty(value) ? ` ${toJson(value)}\n` : `\n${toYaml(value, inside)}`);
  switch (node.kind) {
    case 'scalar': return node.text;
    case 'list': return node.items.map((item) => `${indent}-${child(item)}`).join('');
    case 'map': return node.entries.map(([key, value]) => `${indent}${/^[a-zA-Z]+$/.test(key) ? key : JSON.stringify(key)}:${child(value)}`).join('');
  }
}

function isEmpty(node: Node): boolean {
  return node.kind === 'list' && node.items.length === 0 || node.kind === 'map' && node.entries.length === 0;
}

/** A text with one character too few or too many, behind those that say what it is: a server takes that from the address. */
function withSlip(text: string, random: Random): string {
  const start = Math.max(...[...text.matchAll(/"(?:kind|apiVersion)":"[^"]*"/g)].map(({ 0: entry, index }) => index + entry.length));
  const position = start + Math.floor(random() * (text.length - start));
  return `${text.slice(0, position)}${pick(['', ',', '}', ']', '"', '1', ':', '\\', 't'], random) ?? ''}${text.slice(position + (random() < 0.5 ? 1 : 0))}`;
}
