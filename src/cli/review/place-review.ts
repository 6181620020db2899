import type { Review, Reviewed } from '../../gitops/review';
import { findPosition } from '../../yaml/positions';
import type { LocatedObject } from '../input/run-manifests';

/** A review with all that its reports say of it. */
export interface ReviewReport {
  readonly review: Review<LocatedObject>;
  /** How messages name the old state, and the new one. */
  readonly names: readonly [base: string, head: string];
  /** The tool that was named. */
  readonly gitops?: 'argocd' | 'flux' | undefined;
  /** The call that shows all of it. */
  readonly call: string;
}

/** A Job or CronJob of a review. */
export type ReviewedObject = Reviewed<LocatedObject>;

/** The place of a field in a file. */
export interface Place {
  readonly file: string;
  /** From 1; undefined for what is no longer there. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
}

/** Where the first thing that matters of an object stands: the refused field, one that has changed, or the name. */
export function placeOfReviewed({ before, after, refusals, changes, runsForEver }: ReviewedObject): Place {
  if (after === undefined) return { file: before?.file ?? '' };
  const ttl = runsForEver ? ['spec.ttlSecondsAfterFinished'] : [];
  // An immutable change is refused as a whole; the field that makes it so stands deeper.
  const immutable = changes.filter(({ isImmutable, to }) => isImmutable && to !== undefined).map(({ field }) => field);
  const fields = [...immutable, ...refusals.map(({ field }) => field), ...ttl];
  const field = fields[0] ?? changes.find(({ to }) => to !== undefined)?.field ?? 'metadata.name';
  return placeOfField(after, field);
}

/** Where a finding of what is new or changed stands. */
export function placeOfFinding({ before, after }: ReviewedObject, field: string): Place {
  return after === undefined ? { file: before?.file ?? '' } : placeOfField(after, field);
}

/** Where a field of an object stands. */
function placeOfField({ file, document, pathPrefix }: LocatedObject, field: string): Place {
  return { file, ...findPosition(document, `${pathPrefix}${field}`) };
}
