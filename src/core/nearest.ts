/** The name with the fewest edits, the first of several; undefined when each takes more than `most`. */
export function nearest(names: readonly string[], most: number, editsTo: (name: string) => number): string | undefined {
  let best: string | undefined;
  let fewest = most + 1;
  for (const name of names) {
    const edits = editsTo(name);
    if (edits < fewest) [best, fewest] = [name, edits];
  }
  return best;
}

/**
 * How many letters must be added, left out or changed to make one text of the other (the Levenshtein distance).
 *
 * With `swaps`, two neighbours that change places count as one edit and not as two, as they are one slip of the fingers.
 */
export function countEdits(from: string, to: string, { swaps = false }: { readonly swaps?: boolean } = {}): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const changed = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const isSwap = swaps && row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const swapped = isSwap ? (beforePrevious[column - 2] ?? 0) + 1 : Infinity;
      current.push(Math.min(changed, swapped, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    [beforePrevious, previous] = [previous, current];
  }
  return previous[to.length] ?? 0;
}
