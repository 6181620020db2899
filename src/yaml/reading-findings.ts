import { type Position, positionAt } from './chunk';
import { tryFindSource } from './document-source';
import type { ManifestDocument } from './read-manifests';
import type { Finding } from '../core/finding';

/** A finding about the text of a document, with its place. */
interface ReadingFinding extends Finding, Position {}

/**
 * What kubectl reads without a word but hardly anybody means: keys written twice, merges that overwrite, keys that are not strings, ignored
 * text, bytes that are not text.
 *
 * They are warnings: kubectl accepts the document, though the API server would refuse some of it when it read the same bytes.
 */
export function findReadingFaults(document: ManifestDocument): ReadingFinding[] {
  const source = tryFindSource(document);
  if (source === undefined) return [];
  const { chunk, constructed, ignoredFrom, isDamaged } = source;
  const findings = constructed.faults.map(({ rule, path, message, value, offset }): ReadingFinding => ({
    rule, field: path.toString(), message, value, ...positionAt(chunk, offset), type: typeOf(rule), severity: 'warning',
  }));
  if (ignoredFrom !== undefined) {
    findings.push({
      rule: 'yaml-text-ignored',
      field: '',
      type: 'Invalid',
      severity: 'warning',
      ...positionAt(chunk, ignoredFrom),
      message: 'kubectl ignores everything from here to the next line that begins with ---: put --- before another document',
    });
  }
  if (isDamaged) {
    findings.push({
      rule: 'yaml-damaged-text',
      field: '',
      type: 'Invalid',
      severity: 'warning',
      line: document.line,
      column: 1,
      message: 'the file holds bytes that are not UTF-8; each was replaced by U+FFFD: save the file as UTF-8',
    });
  }
  return findings;
}

function typeOf(rule: string): Finding['type'] {
  return rule === 'yaml-key-not-a-string' ? 'Invalid' : 'Duplicate';
}
