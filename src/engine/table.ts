import { fiveBitsOf, hashText } from './random';

/** Entries that share the beginning of their keys' hashes. */
type Leaf<Key, Value> = ReadonlyMap<Key, Value>;

/** Nodes by the next five bits of the hash. */
type Branch<Key, Value> = ReadonlyArray<Node<Key, Value> | undefined>;

type Node<Key, Value> = Leaf<Key, Value> | Branch<Key, Value>;

const bits = 5;
const width = 32;
/** A leaf with more entries becomes a branch, as long as the hash has bits left. */
const mostInLeaf = 16;
const lastShift = 30;

/**
 * An immutable map with text keys, as a tree over the hashes of the keys; a change copies the way from the root to one leaf.
 *
 * From step to step, a world of a hundred thousand pods changes in one of them: copying all each time, or a fixed part of it, would make a
 * run quadratic.
 */
export class Table<Key extends string, Value> {
  /** An empty table. */
  public static empty<Key extends string, Value>(): Table<Key, Value> {
    return new Table<Key, Value>(undefined, 0);
  }

  private constructor(private readonly root: Node<Key, Value> | undefined, public readonly size: number) {}

  /** The value of a key, or undefined. */
  public get(key: Key): Value | undefined {
    return find(this.root, key);
  }

  /** All entries, in an order that depends on the keys and on the order in which they came. */
  public entries(): Iterable<readonly [Key, Value]> {
    return entriesOf(this.root);
  }

  /** A table with one more value, or another one, under a key. */
  public with(key: Key, value: Value): Table<Key, Value> {
    const draft = this.edit();
    draft.set(key, value);
    return draft.freeze();
  }

  /** A copy that can be changed; this table stays as it is. */
  public edit(): TableDraft<Key, Value> {
    return new TableDraft<Key, Value>(this.root, this.size, (root, size) => (root === this.root ? this : new Table(root, size)));
  }
}

/** A table being changed; it shares the nodes that it has not touched since it was frozen last. */
export class TableDraft<Key extends string, Value> {
  /** The nodes that this draft has made, and may change. */
  private own: Set<Node<Key, Value>> | undefined;

  public constructor(
    private root: Node<Key, Value> | undefined,
    private size: number,
    private readonly seal: (root: Node<Key, Value> | undefined, size: number) => Table<Key, Value>,
  ) {}

  /** The value of a key, or undefined. */
  public get(key: Key): Value | undefined {
    return find(this.root, key);
  }

  /** Puts a value under a key. */
  public set(key: Key, value: Value): void {
    this.root = this.put(this.root, 0, hashText(key), key, value);
  }

  /** Removes a key; nothing happens when it is not there. */
  public delete(key: Key): void {
    if (find(this.root, key) === undefined) return;
    this.root = this.drop(this.root, 0, hashText(key), key);
    this.size -= 1;
  }

  /** Whether nothing is in it. */
  public get isEmpty(): boolean {
    return this.size === 0;
  }

  /** All entries, in an order that depends on the keys and on the order in which they came. */
  public entries(): Iterable<readonly [Key, Value]> {
    return entriesOf(this.root);
  }

  /** The table as it is now; changes of the draft that come later leave it alone. */
  public freeze(): Table<Key, Value> {
    this.own = undefined;
    return this.seal(this.root, this.size);
  }

  private put(node: Node<Key, Value> | undefined, shift: number, hash: number, key: Key, value: Value): Node<Key, Value> {
    if (isBranch(node)) {
      const branch = this.ownBranch(node);
      const position = fiveBitsOf(hash, shift);
      branch[position] = this.put(branch[position], shift + bits, hash, key, value);
      return branch;
    }
    const isNew = node?.has(key) !== true;
    const isFull = node !== undefined && node.size >= mostInLeaf && shift < lastShift;
    if (isNew && isFull) return this.put(this.split(node, shift), shift, hash, key, value);
    const leaf = this.ownLeaf(node);
    if (isNew) this.size += 1;
    leaf.set(key, value);
    return leaf;
  }

  private split(leaf: Leaf<Key, Value>, shift: number): Branch<Key, Value> {
    const leaves: Array<Map<Key, Value> | undefined> = Array.from({ length: width });
    for (const [key, value] of leaf) {
      const position = fiveBitsOf(hashText(key), shift);
      const part = leaves[position] ??= this.ownLeaf(undefined);
      part.set(key, value);
    }
    this.own?.delete(leaf);
    return this.owned(leaves);
  }

  private drop(node: Node<Key, Value> | undefined, shift: number, hash: number, key: Key): Node<Key, Value> | undefined {
    if (isBranch(node)) {
      const branch = this.ownBranch(node);
      const position = fiveBitsOf(hash, shift);
      branch[position] = this.drop(branch[position], shift + bits, hash, key);
      return branch;
    }
    const leaf = this.ownLeaf(node);
    leaf.delete(key);
    if (leaf.size > 0) return leaf;
    this.own?.delete(leaf);
    return undefined;
  }

  private ownBranch(branch: Branch<Key, Value>): Array<Node<Key, Value> | undefined> {
    if (this.own?.has(branch) === true) return branch as Array<Node<Key, Value> | undefined>;
    return this.owned([...branch]);
  }

  private ownLeaf(leaf: Leaf<Key, Value> | undefined): Map<Key, Value> {
    if (leaf !== undefined && this.own?.has(leaf) === true) return leaf as Map<Key, Value>;
    return this.owned(new Map<Key, Value>(leaf));
  }

  private owned<Made extends Node<Key, Value>>(node: Made): Made {
    this.own ??= new Set();
    this.own.add(node);
    return node;
  }
}

function isBranch<Key, Value>(node: Node<Key, Value> | undefined): node is Branch<Key, Value> {
  return Array.isArray(node);
}

function find<Key extends string, Value>(root: Node<Key, Value> | undefined, key: Key): Value | undefined {
  let node = root;
  if (!isBranch(node)) return node?.get(key);
  const hash = hashText(key);
  for (let shift = 0; isBranch(node); shift += bits) node = node[fiveBitsOf(hash, shift)];
  return node?.get(key);
}

function entriesOf<Key, Value>(node: Node<Key, Value> | undefined): Iterable<readonly [Key, Value]> {
  return isBranch(node) ? entriesOfBranch(node) : node ?? [];
}

function* entriesOfBranch<Key, Value>(branch: Branch<Key, Value>): Generator<readonly [Key, Value]> {
  for (const child of branch) yield* entriesOf(child);
}
