import type { ReportedFinding } from './validation-report';
import { jobsBefore } from '../../api/order';
import { findOutputs } from '../../api/outputs';
import type { Finding } from '../../core/finding';
import { missingJob, orderOf } from '../../rules/order';
import { noteOutputs } from '../../rules/outputs';
import { findPeerFaults } from '../../rules/peers';
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
 * What is wrong with all objects that were checked together: with their order, the outputs that they use, and the Services by which pods
 * find one another. An error where something could never begin, a warning for what may be in the cluster.
 */
export function findFaultsTogether(places: readonly CheckedPlace[], isInGit: boolean): FindingOfObject[] {
  const objects = places.map(({ value }) => value);
  return [...findOrderFaults(objects, isInGit), ...findPeerFaults(objects)].flatMap(({ position, finding }) => {
    const place = places[position];
    if (place === undefined) return [];
    const placed = { ...placeFinding(place.document, finding, place.pathPrefix), file: place.file, document: place.position };
    return [{ object: place.value, finding: placed }];
  });
}

function findOrderFaults(objects: readonly unknown[], isInGit: boolean): Array<{ readonly position: number; readonly finding: Finding }> {
  if (!objects.some((object) => jobsBefore(object).length + findOutputs(object).length > 0)) return [];
  const notes = objects.flatMap((object, position) => noteOutputs(object, isInGit).map((finding) => ({ position, finding })));
  const { faults, outside } = orderOf(objects);
  const missing = outside.map((job) => {
    const finding = missingJob(job, 'there is no such Job among what was checked: run looks for it in the cluster, where it must be complete');
    return { position: job.position, finding: { ...finding, severity: 'warning' as const } };
  });
  return [...faults, ...missing, ...notes];
}
