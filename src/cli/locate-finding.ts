import { type Finding, formatFault, formatFinding } from '../core/finding';
import { findKeyPosition, findPosition, type Position } from '../yaml/positions';
import type { ManifestDocument } from '../yaml/read-manifests';

/** Where an object was written. */
export interface ObjectPlace {
  /** The name of the file to show. */
  readonly file: string;
  readonly document: ManifestDocument;
  /** What stands before the object's fields in the document: `items[2].` for one of a list. */
  readonly pathPrefix: string;
}

/** Findings of an object as lines with their places, in the order of the text: `job.yaml:5:17: spec.backoffLimit: Invalid value: -1: …`. */
export function locateFindings(findings: readonly Finding[], { file, document, pathPrefix }: ObjectPlace): string[] {
  const located = findings.map((finding) => {
    const whole = { ...finding, field: `${pathPrefix}${finding.field}` };
    const { line, column } = placeOf(whole, document);
    return { line, column, text: `${file}:${line}:${column}: ${whole.field === '' ? formatFault(whole) : formatFinding(whole)}` };
  });
  return located.sort((one, other) => one.line - other.line || one.column - other.column).map(({ text }) => text);
}

function placeOf({ type, field }: Finding, document: ManifestDocument): Position {
  return type === 'Unknown' ? findKeyPosition(document, field) : findPosition(document, field);
}
