import { fiveBitsOf, hashText } from './random';

/** Entries that share the beginning of their keys' hashes. */
type Leaf<Key, Value> = ReadonlyMap<Key, Value>;

/** Nodes by the next five bits of the hash. */
type Branch<Key, Value> = ReadonlyArray<HashTree<Key, Value>>;

/** A map with text keys as a tree over the hashes of the keys, in which nothing changes; undefined when it is empty. */
export type HashTree<Key, Value> = Leaf<Key, Value> | Branch<Key, Value> | undefined;

const bits = 5;
const width = 32;
/** A leaf with more entries becomes a branch, as long as the hash has bits left. */
const mostInLeaf = 16;
const lastShift = 30;

/** The value of a key in a tree, or undefined. */
export function findInTree<Key extends string, Value>(root: HashTree<Key, Value>, key: Key): Value | undefined {
  let node = root;
  if (!isBranch(node)) return node?.get(key);
  const hash = hashText(key);
  for (let shift = 0; isBranch(node); shift += bits) node = node[fiveBitsOf(hash, shift)];
  return node?.get(key);
}

/** All entries of a tree, in an order that depends on the keys and on the order in which they came. */
export function entriesOfTree<Key, Value>(node: HashTree<Key, Value>): Iterable<readonly [Key, Value]> {
  return isBranch(node) ? entriesOfBranch(node) : node ?? [];
}

/** A tree with changes, undefined for a key that goes; it copies the ways from the root to the leaves that change, and shares the rest. */
export function changeTree<Key extends string, Value>(
  tree: HashTree<Key, Value>, changes: Iterable<readonly [Key, Value | undefined]>,
): HashTree<Key, Value> {
  const edit = new TreeEdit<Key, Value>();
  let root = tree;
  for (const [key, value] of changes) {
    root = value === undefined ? edit.drop(root, 0, hashText(key), key) : edit.put(root, 0, hashText(key), key, value);
  }
  return root;
}

/** Makes one tree out of another; what it has made itself it changes in place. */
class TreeEdit<Key extends string, Value> {
  private readonly own = new Set<HashTree<Key, Value>>();

  public put(node: HashTree<Key, Value>, shift: number, hash: number, key: Key, value: Value): HashTree<Key, Value> {
    if (isBranch(node)) {
      const branch = this.ownBranch(node);
      const position = fiveBitsOf(hash, shift);
      branch[position] = this.put(branch[position], shift + bits, hash, key, value);
      return branch;
    }
    const isFull = node !== undefined && node.size >= mostInLeaf && shift < lastShift;
    if (isFull && !node.has(key)) return this.put(this.split(node, shift), shift, hash, key, value);
    return this.ownLeaf(node).set(key, value);
  }

  public drop(node: HashTree<Key, Value>, shift: number, hash: number, key: Key): HashTree<Key, Value> {
    if (isBranch(node)) {
      const branch = this.ownBranch(node);
      const position = fiveBitsOf(hash, shift);
      branch[position] = this.drop(branch[position], shift + bits, hash, key);
      return branch;
    }
    const leaf = this.ownLeaf(node);
    leaf.delete(key);
    return leaf.size === 0 ? undefined : leaf;
  }

  private split(leaf: Leaf<Key, Value>, shift: number): Branch<Key, Value> {
    const leaves: Array<Map<Key, Value> | undefined> = Array.from({ length: width });
    for (const [key, value] of leaf) {
      const position = fiveBitsOf(hashText(key), shift);
      const part = leaves[position] ??= this.ownLeaf(undefined);
      part.set(key, value);
    }
    return this.owned(leaves);
  }

  private ownBranch(branch: Branch<Key, Value>): Array<HashTree<Key, Value>> {
    return this.own.has(branch) ? branch as Array<HashTree<Key, Value>> : this.owned([...branch]);
  }

  private ownLeaf(leaf: Leaf<Key, Value> | undefined): Map<Key, Value> {
    return leaf !== undefined && this.own.has(leaf) ? leaf as Map<Key, Value> : this.owned(new Map<Key, Value>(leaf));
  }

  private owned<Made extends HashTree<Key, Value>>(node: Made): Made {
    this.own.add(node);
    return node;
  }
}

function isBranch<Key, Value>(node: HashTree<Key, Value>): node is Branch<Key, Value> {
  return Array.isArray(node);
}

function* entriesOfBranch<Key, Value>(branch: Branch<Key, Value>): Generator<readonly [Key, Value]> {
  for (const child of branch) yield* entriesOfTree(child);
}
