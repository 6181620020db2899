import { type Finding, formatFault } from '../core/finding';
import type { KubectlRefusal } from '../yaml/kubectl-objects';
import { findKeyPosition, findPosition } from '../yaml/positions';
import type { ManifestDocument } from '../yaml/read-manifests';

/** A finding with its path in the document, and its place in the file. */
export interface PlacedFinding extends Finding {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** Where a finding about an object of a document stands; `pathPrefix` is what stands before the object's fields: `items[2].`. */
export function placeFinding(document: ManifestDocument, finding: Finding, pathPrefix = ''): PlacedFinding {
  const field = `${pathPrefix}${finding.field}`;
  const find = finding.type === 'Unknown' ? findKeyPosition : findPosition;
  return { ...finding, field, ...find(document, field) };
}

/** What kubectl refuses, as a finding. */
export function findingOfRefusal({ field, message }: KubectlRefusal): Finding {
  return { rule: 'kubectl-refuses', field, type: 'Decode', severity: 'error', message };
}

/** A finding as one line of a message: `job.yaml:6:3: document 1: spec.completionz: Unknown field: did you mean completions?`. */
export function placedLine(file: string, position: number, finding: PlacedFinding): string {
  const { line, column, field } = finding;
  return `${file}:${line}:${column}: document ${position}: ${field === '' ? '' : `${field}: `}${formatFault(finding)}`;
}

/** Findings in the order of the text. */
export function inTextOrder<Placed extends PlacedFinding>(findings: readonly Placed[]): Placed[] {
  return [...findings].sort((one, other) => one.line - other.line || one.column - other.column);
}
