import { COLLECTION_STYLE, EVENT_ID, SCALAR_STYLE, getScalarValue, type ScalarEvent } from 'js-yaml';
import { TextFault } from './text-fault';
import type { ParsedText } from './tolerant-parse';

/** A scalar as it was written, not yet resolved. */
export interface ScalarNode {
  readonly kind: 'scalar';
  /** Offset of its first character, quote or indicator, or of its place when there is none. */
  readonly offset: number;
  readonly text: string;
  /** Whether it is neither quoted nor a block: only then can it be other than a string. */
  readonly isPlain: boolean;
  /** The tag as written, `!!int`, or undefined. */
  readonly tag: string | undefined;
}

/** A list as it was written. */
export interface SequenceNode {
  readonly kind: 'sequence';
  readonly offset: number;
  readonly isFlow: boolean;
  readonly items: TreeNode[];
}

/** A map as it was written: keys and values alternate, merges and duplicates included. */
export interface MappingNode {
  readonly kind: 'mapping';
  readonly offset: number;
  readonly isFlow: boolean;
  readonly children: TreeNode[];
}

/** A reference to an earlier node of the document. */
export interface AliasNode {
  readonly kind: 'alias';
  readonly offset: number;
  readonly name: string;
  readonly target: TreeNode;
}

/** A node of a document, with the offset at which it stands in its chunk. */
export type TreeNode = ScalarNode | SequenceNode | MappingNode | AliasNode;

/** The root of the first document of a chunk, or undefined when there is none. */
export function buildTree({ text, events, toOriginal }: ParsedText): TreeNode | undefined {
  const anchors = new Map<string, TreeNode>();
  const open: Array<TreeNode[]> = [];
  const root: TreeNode[] = [];
  // Empty scalars have no offset: they stand where the text before them ended.
  let last = 0;
  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        open.push(root);
        break;
      case EVENT_ID.POP:
        open.pop();
        if (open.length === 0) return root[0];
        break;
      case EVENT_ID.ALIAS: {
        const name = text.slice(event.anchorStart, event.anchorEnd);
        const target = anchors.get(name);
        if (target === undefined) throw new TextFault(`unknown anchor '${name}' referenced`, toOriginal(event.anchorStart - 1));
        last = event.anchorEnd;
        open.at(-1)?.push({ kind: 'alias', offset: toOriginal(event.anchorStart - 1), name, target });
        break;
      }
      case EVENT_ID.SCALAR: {
        const node = scalarNode(text, event, toOriginal(scalarStart(text, event, last)));
        last = Math.max(event.valueEnd, event.tagEnd, event.anchorEnd, last);
        remember(text, event, node, anchors);
        open.at(-1)?.push(node);
        break;
      }
      default: {
        const isFlow = event.style === COLLECTION_STYLE.FLOW;
        const children: TreeNode[] = [];
        const node: TreeNode = event.type === EVENT_ID.MAPPING
          ? { kind: 'mapping', offset: toOriginal(event.start), isFlow, children }
          : { kind: 'sequence', offset: toOriginal(event.start), isFlow, items: children };
        last = event.start;
        remember(text, event, node, anchors);
        open.at(-1)?.push(node);
        open.push(children);
      }
    }
  }
  return root[0];
}

/** The offset in the chunk of the root of a document that has one. */
export function startOf({ text, events: [, root], toOriginal }: ParsedText): number {
  if (root?.type === EVENT_ID.SCALAR) return toOriginal(scalarStart(text, root, 0));
  return root?.type === EVENT_ID.MAPPING || root?.type === EVENT_ID.SEQUENCE ? toOriginal(root.start) : 0;
}

function scalarStart(text: string, { valueStart, tagStart, anchorStart, style }: ScalarEvent, last: number): number {
  if (valueStart === -1) return Math.max(last, tagStart, anchorStart);
  if (style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED) return valueStart - 1;
  if (style === SCALAR_STYLE.PLAIN) return valueStart;
  // The text of a block begins on the line below its indicator.
  const line = text.slice(0, valueStart).trimEnd();
  const header = line.slice(Math.max(line.lastIndexOf('\n'), line.lastIndexOf('\r')) + 1);
  return line.length - (/[|>][-+0-9]*(?:[ \t]*|[ \t]+#.*)$/.exec(header)?.[0].length ?? 0);
}

function scalarNode(text: string, event: ScalarEvent, offset: number): ScalarNode {
  return {
    kind: 'scalar',
    offset,
    text: getScalarValue(text, event),
    isPlain: event.style === SCALAR_STYLE.PLAIN,
    tag: event.tagStart === -1 ? undefined : text.slice(event.tagStart, event.tagEnd),
  };
}

/** An anchor is known from the beginning of its node, so that a node may refer to itself; that is a fault only when it is read. */
function remember(text: string, event: { anchorStart: number; anchorEnd: number }, node: TreeNode, anchors: Map<string, TreeNode>): void {
  if (event.anchorStart !== -1) anchors.set(text.slice(event.anchorStart, event.anchorEnd), node);
}
