/** The readers of YAML, loaded when the first text is read. */
import type { ManifestDocument } from './read-manifests';
import type { Finding } from '../core/finding';

/**
 * The documents of a text, as kubectl's reader makes them: YAML 1.1 in Go's dialect, or a stream of JSON values.
 *
 * Bytes are decoded by their byte order mark. Empty and null documents are left out; a document need not be a Kubernetes object.
 *
 * @throws {ManifestSyntaxError} with line and column, where kubectl cannot read the text. A few texts that kubectl could read are refused
 * too (a quoted text that continues left of its key, unusual line separators); none is read as something else.
 */
export function readManifests(text: string | Uint8Array): ManifestDocument[] {
  return (require('./read-manifests') as typeof import('./read-manifests')).readManifests(text);
}

/** Strings of a manifest that a reader of YAML would take for something else, see `yaml/unsafe-strings`. */
export function findUnsafeStrings(manifest: unknown): Finding[] {
  return (require('./unsafe-strings') as typeof import('./unsafe-strings')).findUnsafeStrings(manifest);
}
