import { formatFloatKey } from './float-key';
import type { AliasNode, MappingNode, ScalarNode, SequenceNode, TreeNode } from './node-tree';
import { entryPath } from './path-segments';
import type { PlainValue } from './plain-scalars';
import { isMergeKey, resolveScalar } from './scalar-value';
import { TextFault } from './text-fault';
import { FieldPath } from '../core/field-path';
import { rememberTexts } from '../core/json-text';

/** Something that kubectl accepts without a word but hardly anybody means. */
interface SilentFault {
  readonly rule: 'yaml-duplicate-key' | 'yaml-merge-overwrites' | 'yaml-colliding-keys' | 'yaml-key-not-a-string';
  readonly path: FieldPath;
  readonly message: string;
  readonly value: unknown;
  readonly offset: number;
}

/** A document as JSON, and what was silently wrong with it. */
export interface Constructed {
  readonly value: unknown;
  readonly faults: readonly SilentFault[];
}

/**
 * The JSON that kubectl makes of a document: scalars resolved, merges written out, aliases expanded, keys made strings.
 *
 * @throws {TextFault} where kubectl's reader refuses the document.
 * @source go.yaml.in/yaml/v2 decode.go (v2.4.4), sigs.k8s.io/yaml yaml.go convertToJSONableObject (v1.6.0)
 */
export function constructValue(root: TreeNode): Constructed {
  const builder = new Builder();
  // The reader counts the document itself too.
  builder.countNode(root);
  const value = builder.read(root, FieldPath.root, undefined);
  return { value, faults: builder.faults };
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

interface Entry {
  readonly name: string;
  readonly value: Json;
  /** The digits of an integer that a number cannot hold. */
  readonly digits: string | undefined;
  readonly isMerged: boolean;
}

/** Entries by type and text of their key: `1` and `"1"` are two keys until they become JSON. */
type Entries = Map<string, Entry>;

class Builder {
  public readonly faults: SilentFault[] = [];
  private readonly opened = new Set<TreeNode>();
  private nodes = 0;
  private aliasedNodes = 0;
  private aliasDepth = 0;
  /** The digits of what was read last, where that is an integer which a number cannot hold. */
  private digits: string | undefined;

  public read(node: TreeNode, path: FieldPath, name: string | undefined): Json {
    this.countNode(node);
    switch (node.kind) {
      case 'scalar': return this.readScalar(node);
      case 'sequence': return this.readSequence(node, path, name);
      case 'mapping': return this.readMapping(node, path, name);
      case 'alias': return this.readAlias(node, () => this.read(node.target, path, name));
    }
  }

  /** Refuses documents that are almost nothing but expanded aliases. */
  public countNode(node: TreeNode): void {
    this.nodes += 1;
    if (this.aliasDepth > 0) this.aliasedNodes += 1;
    if (this.aliasedNodes > 100 && this.nodes > 1000 && this.aliasedNodes / this.nodes > allowedAliasRatio(this.nodes)) {
      throw new TextFault('document contains excessive aliasing', node.offset);
    }
  }

  private readAlias<Result>(node: AliasNode, read: () => Result): Result {
    if (this.opened.has(node)) throw new TextFault(`anchor '${node.name}' value contains itself`, node.offset);
    this.opened.add(node);
    this.aliasDepth += 1;
    const result = read();
    this.aliasDepth -= 1;
    this.opened.delete(node);
    return result;
  }

  private readScalar(node: ScalarNode): Json {
    const value = resolveScalar(node);
    this.digits = typeof value === 'bigint' || typeof value === 'number' ? digitsOf(value) : undefined;
    return toJson(value, node);
  }

  private readSequence(node: SequenceNode, path: FieldPath, name: string | undefined): Json {
    const list: Json[] = [];
    const texts = new Map<number, string>();
    // A loop: a callback would take a second frame of the stack for each level.
    for (const [position, item] of node.items.entries()) {
      list.push(this.read(item, path.index(position), name));
      if (this.digits !== undefined) texts.set(position, this.digits);
    }
    this.digits = undefined;
    rememberTexts(list, texts);
    return list;
  }

  private readMapping(node: MappingNode, path: FieldPath, name: string | undefined): Json {
    const entries: Entries = new Map();
    this.readEntries(node, entries, path, name, false);
    const result: { [key: string]: Json } = {};
    const seen = new Set<string>();
    const texts = new Map<string, string>();
    for (const [id, { name: key, value, digits }] of entries) {
      if (seen.has(key)) {
        this.faults.push({
          rule: 'yaml-colliding-keys',
          path: entryPath(path, name, key),
          value: key,
          offset: node.offset,
          message: `two keys of different types become the same text (one is a ${keyTypes[id.charAt(0)] ?? 'string'}); which one wins is left to chance`,
        });
      }
      seen.add(key);
      define(result, key, value);
      if (digits !== undefined) texts.set(key, digits);
    }
    this.digits = undefined;
    rememberTexts(result, texts);
    return result;
  }

  private readEntries(node: MappingNode, entries: Entries, path: FieldPath, name: string | undefined, isMerged: boolean): void {
    const { children } = node;
    for (let position = 0; position + 1 < children.length; position += 2) {
      const key = children[position];
      const value = children[position + 1];
      if (key === undefined || value === undefined) continue;
      if (key.kind === 'scalar' && isMergeKey(key)) this.merge(value, entries, path, name);
      else this.readEntry(key, value, entries, path, name, isMerged);
    }
  }

  private readEntry(key: TreeNode, value: TreeNode, entries: Entries, path: FieldPath, name: string | undefined, isMerged: boolean): void {
    const resolved = this.readKey(key);
    const text = keyText(resolved, key);
    const child = entryPath(path, name, text);
    if (typeof resolved !== 'string') {
      this.faults.push({
        rule: 'yaml-key-not-a-string',
        path: child,
        value: text,
        offset: key.offset,
        message: `the key is read as a ${typeof resolved === 'boolean' ? 'boolean' : 'number'} and becomes "${text}": write it in quotes`,
      });
    }
    const id = keyId(resolved);
    const previous = entries.get(id);
    if (previous !== undefined && !(previous.isMerged && !isMerged)) this.faults.push(overwritten(child, text, key, isMerged));
    const read = this.read(value, child, text);
    // The reader overwrites the entry: it keeps its first place and gets its last value.
    entries.set(id, { name: text, value: read, digits: this.digits, isMerged });
  }

  private readKey(key: TreeNode): PlainValue {
    this.countNode(key);
    if (key.kind === 'alias') return this.readAlias(key, () => this.readKey(key.target));
    if (key.kind !== 'scalar') throw new TextFault('invalid map key: a map or a list cannot be a key', key.offset);
    return resolveScalar(key);
  }

  private merge(value: TreeNode, entries: Entries, path: FieldPath, name: string | undefined): void {
    // Backwards, so that the first of several maps wins.
    const sources = value.kind === 'sequence' ? [...value.items].reverse() : [value];
    for (const source of sources) this.mergeOne(source, entries, path, name);
  }

  private mergeOne(source: TreeNode, entries: Entries, path: FieldPath, name: string | undefined): void {
    const map = source.kind === 'alias' ? source.target : source;
    if (map.kind !== 'mapping') throw new TextFault('map merge requires map or sequence of maps as the value', source.offset);
    this.countNode(source);
    if (source.kind === 'alias') {
      this.readAlias(source, () => {
        this.countNode(map);
        this.readEntries(map, entries, path, name, true);
      });
    } else {
      this.readEntries(map, entries, path, name, true);
    }
  }
}

function overwritten(path: FieldPath, text: string, key: TreeNode, isMerged: boolean): SilentFault {
  if (isMerged) {
    return {
      rule: 'yaml-merge-overwrites',
      path,
      value: text,
      offset: key.offset,
      message: 'the merge (<<) overwrites the key that stands before it: put << first',
    };
  }
  return { rule: 'yaml-duplicate-key', path, value: text, offset: key.offset, message: 'the key is written twice; the last one wins whole' };
}

const largestShare = 0.99;
const smallestShare = 0.1;
const shareFallsFrom = 400_000;
const shareFallsTo = 4_000_000;

function allowedAliasRatio(nodes: number): number {
  if (nodes <= shareFallsFrom) return largestShare;
  if (nodes >= shareFallsTo) return smallestShare;
  return largestShare - (largestShare - smallestShare) * ((nodes - shareFallsFrom) / (shareFallsTo - shareFallsFrom));
}

/** The digits of an integer that a number cannot hold, as kubectl sends them: those that 64 bits cannot hold either are rounded. */
function digitsOf(value: bigint | number): string | undefined {
  if (Number.isSafeInteger(Number(value)) || !Number.isInteger(Number(value))) return undefined;
  return typeof value === 'bigint' && BigInt.asIntN(64, value) === value ? String(value) : String(Number(value));
}

function toJson(value: PlainValue, node: ScalarNode): Json {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new TextFault(`json: unsupported value: ${Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'}`, node.offset);
  }
  return value;
}

const keyTypes: Readonly<Record<string, string>> = { s: 'string', i: 'number', f: 'number', b: 'boolean' };

function keyId(key: PlainValue): string {
  if (typeof key === 'string') return `s${key}`;
  if (typeof key === 'bigint') return `i${key}`;
  return typeof key === 'number' ? `f${key}` : `b${String(key)}`;
}

function keyText(key: PlainValue, node: TreeNode): string {
  if (key === null) throw new TextFault('unsupported map key: null', node.offset);
  if (typeof key === 'bigint' && key >= 2n ** 63n) throw new TextFault(`unsupported map key: ${key} is beyond 63 bits`, node.offset);
  return typeof key === 'number' ? formatFloatKey(key) : String(key);
}

/** `__proto__` is a key like any other. */
function define(target: { [key: string]: Json }, key: string, value: Json): void {
  if (key === '__proto__') Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}
