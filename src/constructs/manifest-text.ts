import { mayNameOutputs } from '../api/outputs';
import type { Finding } from '../core/finding';
import { arrivesSurely, findUnsafeStrings } from '../yaml/unsafe-strings';

/** Whether a manifest names outputs of other Jobs anywhere; most name none, which is seen at a glance. */
export function holdsOutputs(manifest: unknown): boolean {
  const text = textOf(manifest);
  return text === undefined || mayNameOutputs(text);
}

/** As `findUnsafeStrings`: most manifests hold no such string, which is seen at a glance. */
export function findSpoiledStrings(manifest: unknown): readonly Finding[] {
  const text = textOf(manifest);
  return text !== undefined && arrivesSurely(text) ? none : findUnsafeStrings(manifest);
}

const none: readonly Finding[] = [];

let last: { readonly manifest: unknown; readonly text: string | undefined } | undefined;

/** A manifest as JSON; undefined for one that JSON cannot hold. Both questions are asked of it in a row: the last answer is kept. */
function textOf(manifest: unknown): string | undefined {
  if (last?.manifest !== manifest) last = { manifest, text: tryWrite(manifest) };
  return last?.text;
}

function tryWrite(manifest: unknown): string | undefined {
  try {
    return JSON.stringify(manifest);
  } catch {
    // Whole numbers of any size are written and judged as others are.
    return undefined;
  }
}
