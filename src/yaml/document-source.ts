import type { Chunk } from './chunk';
import type { Constructed } from './construct-value';

/** Where a document comes from; kept beside the document so that it stays plain data. */
export interface DocumentSource {
  readonly chunk: Chunk;
  readonly constructed: Constructed;
  /** The offset from which kubectl ignores the rest of the chunk, if it does. */
  readonly ignoredFrom: number | undefined;
  /** Whether the file held bytes that are not text. */
  readonly isDamaged: boolean;
}

const sources = new WeakMap<object, DocumentSource>();

/** Keeps where a document comes from. */
export function rememberSource(document: object, source: DocumentSource): void {
  sources.set(document, source);
}

/** Where a document comes from; undefined for an object that the reader did not make. */
export function tryFindSource(document: object): DocumentSource | undefined {
  return sources.get(document);
}
