import { type Chunk, type Position, positionAt } from './chunk';
import { tryFindSource } from './document-source';
import { buildTree, type MappingNode, type TreeNode } from './node-tree';
import { parseYaml } from './parse-yaml';
import { parseFieldPath } from './path-segments';
import type { ManifestDocument } from './read-manifests';
import { isMergeKey, resolveScalar } from './scalar-value';
import { TextFault } from './text-fault';
import { parseTolerantly } from './tolerant-parse';

export type { Position } from './chunk';

/**
 * The place of a field in the file that its document was read from: `spec.template.spec.containers[0].image`, `metadata.labels[app]`.
 *
 * A scalar is shown where its value begins, a map or list where its key stands. For a field that is not there (it is required, say) it is
 * the place of the nearest one around it. Within an alias or a merge it is the place that the value comes from.
 */
export function findPosition(document: ManifestDocument, field: string): Position {
  return findPlace(document, field, ({ value, offset }) => {
    const isInline = value.kind === 'alias' || (value.kind === 'scalar' ? value.text !== '' : value.isFlow);
    return isInline ? value.offset : offset;
  });
}

/** The place of a field's key, for findings about the name rather than the value. */
export function findKeyPosition(document: ManifestDocument, field: string): Position {
  return findPlace(document, field, ({ offset }) => offset);
}

function findPlace(document: ManifestDocument, field: string, choose: (child: Child) => number): Position {
  const source = tryFindSource(document);
  const root = source === undefined ? undefined : rootOf(source.chunk);
  if (source === undefined || root === undefined) return { line: document.line, column: 1 };
  return positionAt(source.chunk, choose(findField(root, parseFieldPath(field))));
}

const roots = new WeakMap<Chunk, TreeNode | undefined>();

/** The root of a document, which is parsed again: most documents have nothing whose place anybody asks for. */
function rootOf(chunk: Chunk): TreeNode | undefined {
  if (!roots.has(chunk)) roots.set(chunk, chunk.syntax === 'yaml' ? buildTree(parseYaml(chunk.text).parsed) : parseJson(chunk));
  return roots.get(chunk);
}

/** JSON is YAML, with few exceptions; for those, the document's first line has to do. */
function parseJson({ text }: Chunk): TreeNode | undefined {
  try {
    return buildTree(parseTolerantly(text));
  } catch (error) {
    if (error instanceof TextFault) return undefined;
    throw error;
  }
}

function findField(root: TreeNode, segments: ReadonlyArray<string | number>): Child {
  let found: Child = { offset: root.offset, value: root };
  for (const segment of segments) {
    const child = findChild(dereference(found.value), segment);
    if (child === undefined) break;
    found = child;
  }
  return found;
}

interface Child {
  /** Where the key, or the list element, stands. */
  readonly offset: number;
  readonly value: TreeNode;
}

function findChild(node: TreeNode, segment: string | number): Child | undefined {
  if (node.kind === 'sequence') {
    const value = typeof segment === 'number' ? node.items[segment] : undefined;
    return value === undefined ? undefined : { offset: value.offset, value };
  }
  return node.kind === 'mapping' ? findEntry(node, String(segment)) : undefined;
}

/** The entry that wins: of equal keys the last one; merges count where they stand. */
function findEntry({ children }: MappingNode, name: string): Child | undefined {
  for (let position = children.length - 2; position >= 0; position -= 2) {
    const key = children[position];
    const value = children[position + 1];
    if (key === undefined || value === undefined) continue;
    const scalar = dereference(key);
    if (scalar.kind !== 'scalar') continue;
    const merged = isMergeKey(scalar) ? findMerged(value, name) : undefined;
    if (merged !== undefined) return merged;
    if (String(resolveScalar(scalar)) === name) return { offset: key.offset, value };
  }
  return undefined;
}

function findMerged(value: TreeNode, name: string): Child | undefined {
  const target = dereference(value);
  const maps = target.kind === 'sequence' ? target.items.map(dereference) : [target];
  for (const map of maps) {
    const found = map.kind === 'mapping' ? findEntry(map, name) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function dereference(node: TreeNode): TreeNode {
  return node.kind === 'alias' ? dereference(node.target) : node;
}
