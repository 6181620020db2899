import { type Finding, formatFaultWithHint } from '../../core/finding';
import { given } from '../../core/given';
import type { KubectlRefusal } from '../../yaml/kubectl-objects';
import { findKeyPosition, findPosition } from '../../yaml/positions';
import type { ManifestDocument } from '../../yaml/read-manifests';

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

/** Where the name of an object stands: `job.yaml:4:9`. */
export function namePlace(file: string, document: ManifestDocument, pathPrefix = ''): string {
  const { line, column } = findPosition(document, `${pathPrefix}metadata.name`);
  return `${file}:${line}:${column}`;
}

/** What kubectl refuses, as a finding. */
export function findingOfRefusal({ field, message, hint }: KubectlRefusal): Finding {
  return { rule: 'kubectl-refuses', field, type: 'Decode', severity: 'error', message, ...given({ hint }) };
}

/** Where an object was written. */
interface ObjectPlace {
  /** The name of the file to show. */
  readonly file: string;
  readonly document: ManifestDocument;
  /** Which document of the file it is, from 1; left out where there can be only one, or where it is of no help. */
  readonly position?: number;
  /** What stands before the object's fields in the document: `items[2].` for one of a list. */
  readonly pathPrefix?: string;
}

/**
 * Findings of an object as lines of a message, in the order of the text:
 * `job.yaml:6:3: document 1: spec.completionz: Unknown field: did you mean completions?`.
 */
export function placedLines(findings: readonly Finding[], { file, document, position, pathPrefix }: ObjectPlace): string[] {
  const placed = inTextOrder(findings.map((finding) => placeFinding(document, finding, pathPrefix)));
  return placed.map((finding) => placedLine(file, position, finding));
}

/** A finding as one line of a message. */
export function placedLine(file: string, position: number | undefined, finding: PlacedFinding): string {
  const { line, column, field } = finding;
  const where = `${file}:${line}:${column}: ${position === undefined ? '' : `document ${position}: `}`;
  return `${where}${field === '' ? '' : `${field}: `}${formatFaultWithHint(finding)}`;
}

/** Findings in the order of the text. */
export function inTextOrder<Placed extends PlacedFinding>(findings: readonly Placed[]): Placed[] {
  return [...findings].sort((one, other) => one.line - other.line || one.column - other.column);
}
