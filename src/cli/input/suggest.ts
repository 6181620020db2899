import { countEdits, nearest } from '../../core/nearest';

/** The nearest of some names to a mistyped one, or undefined when none is near. */
export function findNearest(name: string, candidates: readonly string[]): string | undefined {
  const most = Math.max(2, Math.floor(name.length / 3));
  return nearest(candidates, most, (candidate) => {
    return candidate.startsWith(name) && name.length > 1 ? 1 : countEdits(name, candidate, { swaps: true });
  });
}
