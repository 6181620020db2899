import type { ReportedFinding } from './validation-report';
import { jobsBefore } from '../../api/order';
import { findOutputs } from '../../api/outputs';
import { missingJob, orderOf } from '../../rules/order';
import { noteOutputs } from '../../rules/outputs';
import type { ManifestDocument } from '../../yaml/read-manifests';
import { placeFinding } from '../input/place-finding';

/** An object of a file that was checked. */
export interface CheckedPlace {
  readonly value: unknown;
  readonly file: string;
  readonly document: ManifestDocument;
  /** Which document of the file it is, from 1. */
  readonly position: number;
  /** What stands before the object's fields in the document. */
  readonly pathPrefix: string;
}

/** A finding, and the object that it is about. */
interface FindingOfObject {
  readonly object: unknown;
  readonly finding: ReportedFinding;
}

/**
 * What is wrong with the order of all objects that were checked together, and with the outputs that they use: an error where something
 * could never begin, a warning for a Job that is not among them, since it may be run before.
 */
export function findOrderFaults(objects: readonly CheckedPlace[], isInGit: boolean): FindingOfObject[] {
  const notes = objects.flatMap(({ value }, position) => noteOutputs(value, isInGit).map((finding) => ({ position, finding })));
  if (notes.length === 0 && !objects.some(({ value }) => jobsBefore(value).length + findOutputs(value).length > 0)) return [];
  const { faults, outside } = orderOf(objects.map(({ value }) => value));
  const missing = outside.map((job) => {
    const finding = missingJob(job, 'there is no such Job among what was checked: run looks for it in the cluster, where it must be complete');
    return { position: job.position, finding: { ...finding, severity: 'warning' as const } };
  });
  return [...faults, ...missing, ...notes].flatMap(({ position, finding }) => {
    const place = objects[position];
    if (place === undefined) return [];
    const placed = { ...placeFinding(place.document, finding, place.pathPrefix), file: place.file, document: place.position };
    return [{ object: place.value, finding: placed }];
  });
}
