import type { ReportedFinding } from './validation-report';
import type { GitOpsTool } from '../../api/gitops';
import { isCronJob } from '../../api/kinds';
import { afterAnnotation, jobsBefore } from '../../api/order';
import { findOutputs } from '../../api/outputs';
import type { Finding } from '../../core/finding';
import { asObject, type JsonObject } from '../../core/json';
import { findUnkeptOrder } from '../../rules/gitops/kept-order';
import { missingJob, orderOf } from '../../rules/order';
import { noteOutputs } from '../../rules/outputs';
import { findPeerFaults, mayHavePeers } from '../../rules/peers';
import type { ManifestDocument } from '../../yaml/read-manifests';
import type { FindDelivery } from '../input/find-deliveries';
import { placeFinding } from '../input/place-finding';

/** An object of a file that was checked. */
export interface CheckedPlace {
  /** The object, as far as `partForOthers` has it. */
  readonly value: unknown;
  readonly file: string;
  /** Which document of the file it is, from 1. */
  readonly position: number;
  /** What stands before the object's fields in the document. */
  readonly pathPrefix: string;
  /** Finds the document, for the places of what is in it. */
  readonly document: () => ManifestDocument;
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
export function findFaultsTogether(places: readonly CheckedPlace[], git?: InGit): FindingOfObject[] {
  const objects = places.map(({ value }) => value);
  return [...findOrderFaults(places, git), ...findPeerFaults(objects)].flatMap(({ position, finding }) => {
    const place = places[position];
    if (place === undefined) return [];
    const placed = { ...placeFinding(place.document(), finding, place.pathPrefix), file: place.file, document: place.position };
    return [{ object: place.value, finding: placed }];
  });
}

/** What `findFaultsTogether` looks at in an object: all of one that has to do with others, or its name. */
export function partForOthers(object: JsonObject): object {
  if (jobsBefore(object).length > 0 || mayHavePeers(object) || findOutputs(object).length > 0) return object;
  const { apiVersion, kind, metadata } = object;
  return { apiVersion, kind, metadata };
}

function findOrderFaults(places: readonly CheckedPlace[], git?: InGit): Array<{ readonly position: number; readonly finding: Finding }> {
  const objects = places.map(({ value }) => value);
  if (!objects.some((object) => jobsBefore(object).length + findOutputs(object).length > 0)) return [];
  const notes = objects.flatMap((object, position) => noteOutputs(object, git !== undefined).map((finding) => ({ position, finding })));
  const { before, faults, outside } = orderOf(objects);
  const missing = outside.map((job) => {
    const finding = missingJob(job, 'there is no such Job among what was checked: run looks for it in the cluster, where it must be complete');
    return { position: job.position, finding: { ...finding, severity: 'warning' as const } };
  });
  const cronJobs = before.flatMap((earlier, position) => earlier.flatMap((one) => waitForCronJob(objects[one], position)));
  const inGit = git === undefined ? [] : findUnkeptOrder(places.map((place) => inGitAt(place, git)), before, git.gitops);
  return [...faults, ...missing, ...cronJobs, ...inGit, ...notes];
}

/** The tool that applies the objects, and how each of them is applied. */
interface InGit {
  readonly gitops: GitOpsTool;
  readonly deliveryOf: FindDelivery;
}

function inGitAt(
  { value, file, document, pathPrefix }: CheckedPlace, { deliveryOf }: InGit,
): Parameters<typeof findUnkeptOrder>[0][number] {
  return { object: value, file, delivery: deliveryOf(document(), pathPrefix) };
}

/** What waits for a CronJob can begin in one kind of run alone. */
function waitForCronJob(earlier: unknown, position: number): Array<{ readonly position: number; readonly finding: Finding }> {
  const { apiVersion, kind, metadata } = asObject(earlier);
  if (!isCronJob({ apiVersion, kind })) return [];
  const message = 'is a CronJob, which is never complete: only run --once, which makes one Job of it, lets this begin';
  const field = `metadata.annotations[${afterAnnotation}]`;
  const value = asObject(metadata).name;
  return [{ position, finding: { rule: 'after-cron-job-needs-once', field, type: 'Invalid', severity: 'advice', message, value } }];
}
