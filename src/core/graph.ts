/** Which nodes come before which, by position: `before[3]` holds the nodes that node 3 waits for. */
export type Before = ReadonlyArray<readonly number[]>;

/**
 * The nodes in an order in which none stands in front of what it waits for; of those that may come next, the first given one does.
 *
 * Nodes of a circle, and what waits for one, are not in it.
 */
export function sortByOrder(before: Before): number[] {
  const after = reverse(before);
  const open = before.map((nodes) => new Set(nodes).size);
  const sorted: number[] = [];
  let ready = open.flatMap((count, node) => (count === 0 ? [node] : []));
  while (ready.length > 0) {
    const next: number[] = [];
    for (const node of ready) {
      sorted.push(node);
      for (const follower of after[node] ?? []) {
        const left = (open[follower] ?? 0) - 1;
        open[follower] = left;
        if (left === 0) next.push(follower);
      }
    }
    ready = next.sort((one, other) => one - other);
  }
  return sorted;
}

/** How many steps each node is from the beginning, by its longest way: 0 for one that waits for nothing. Nodes of a circle have 0 too. */
export function levelsOf(before: Before): number[] {
  const levels = before.map(() => 0);
  for (const node of sortByOrder(before)) levels[node] = Math.max(0, ...(before[node] ?? []).map((earlier) => (levels[earlier] ?? 0) + 1));
  return levels;
}

/** The followers of each node, each once. */
export function reverse(before: Before): number[][] {
  const after: number[][] = before.map(() => []);
  for (const [node, nodes] of before.entries()) for (const earlier of new Set(nodes)) after[earlier]?.push(node);
  return after;
}

/** A circle, if there is one: each node waits for the next one, and the last one for the first. */
export function findCircle(before: Before): number[] | undefined {
  const sorted = new Set(sortByOrder(before));
  const start = before.findIndex((_, node) => !sorted.has(node));
  if (start < 0) return undefined;
  // Every node that is left waits for another one that is left: whoever goes on must come back.
  const way: number[] = [];
  const seen = new Map<number, number>();
  let node = start;
  while (!seen.has(node)) {
    seen.set(node, way.length);
    way.push(node);
    node = before[node]?.find((earlier) => !sorted.has(earlier)) ?? start;
  }
  return way.slice(seen.get(node));
}
