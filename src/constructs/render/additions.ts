import { Construct, type IConstruct } from 'constructs';

/** How often something was added to each tree whose additions are counted. */
const counts = new WeakMap<IConstruct, { additions: number }>();
let canCount: boolean | undefined;

/**
 * How often a construct was added to a tree since this was first asked: as long as it is the same, nothing is new there.
 *
 * Whoever adds a construct asks the root whether the tree is locked; that is counted. Undefined for a version of constructs that does not.
 */
export function additionsTo({ node: { root } }: IConstruct): number | undefined {
  canCount ??= countsOne();
  return canCount ? countOf(root) : undefined;
}

function countOf(root: IConstruct): number {
  const known = counts.get(root);
  if (known !== undefined) return known.additions;
  const count = { additions: 0 };
  counts.set(root, count);
  const isLocked = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(root.node), 'locked')?.get;
  Object.defineProperty(root.node, 'locked', {
    configurable: true,
    get: () => {
      count.additions += 1;
      return isLocked?.call(root.node) as unknown;
    },
  });
  return 0;
}

/** Tries it on a tree of its own: an addition far below the root must be seen, and a lock must hold. */
function countsOne(): boolean {
  const root = new Construct(undefined as never, '');
  const scope = new Construct(root, 'scope');
  const before = countOf(root);
  new Construct(scope, 'new');
  const isSeen = countOf(root) > before;
  root.node.lock();
  return isSeen && root.node.locked && scope.node.locked;
}
