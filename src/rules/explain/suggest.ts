import { fieldSince, type ObjectShape } from '../decode/shapes';

/**
 * What to write instead of an unknown field, as a clause: another spelling, or the version that brings it;
 * empty when there is nothing to say.
 */
export function suggestField(name: string, shape: ObjectShape, minor: number): string {
  const since = fieldSince(shape.name, name);
  if (since !== undefined && since > minor) return `it is new in Kubernetes 1.${since}`;
  const nearest = nearestName(name, [...shape.fields.keys()]);
  return nearest === undefined ? '' : `did you mean ${nearest}?`;
}

/** The name that differs least from `text`: by case alone, or by at most two edits (one in short names). */
export function nearestName(text: string, names: readonly string[]): string | undefined {
  if (text.length > 100) return undefined;
  const lower = text.toLowerCase();
  const sameLetters = names.find((name) => name.toLowerCase() === lower);
  if (sameLetters !== undefined) return sameLetters;
  const allowed = text.length > 5 ? 2 : 1;
  let best: { readonly name: string; readonly edits: number } | undefined;
  for (const name of names) {
    const edits = Math.abs(name.length - text.length) > allowed ? allowed + 1 : countEdits(lower, name.toLowerCase());
    if (edits <= allowed && (best === undefined || edits < best.edits)) best = { name, edits };
  }
  return best?.name;
}

/** Levenshtein distance. */
function countEdits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let line = 1; line <= from.length; line += 1) {
    const next = [line];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (from[line - 1] === to[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
