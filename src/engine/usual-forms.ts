import type { StoredObject, Writable } from './objects';

/** What an object gets anew; what is missing stays. */
type Parts<Target extends StoredObject> = Partial<Pick<Target, 'metadata' | 'spec' | 'status'>>;

/**
 * An object with other parts.
 *
 * Most objects have the usual fields and come out of one literal, so that they share a hidden class: V8 gives a spread copy of a spread
 * copy another one each time, and what reads objects of many classes has to look their fields up.
 */
export function withParts<Target extends StoredObject>(object: Target, parts: Parts<Target>): Target {
  if (!hasForm(object, objectForm)) return withPartsOfAny(object, parts);
  const { apiVersion, kind, metadata, spec, status } = object;
  return {
    apiVersion,
    kind,
    metadata: parts.metadata ?? metadata,
    spec: parts.spec ?? spec,
    status: parts.status ?? status,
  } as Target;
}

/** As `withParts`, for objects of any fields: a second spread would take several times as long. */
function withPartsOfAny<Target extends StoredObject>(object: Target, { metadata, spec, status }: Parts<Target>): Target {
  const copy: Writable<Target> = { ...object };
  if (metadata !== undefined) copy.metadata = metadata;
  if (spec !== undefined) copy.spec = spec;
  if (status !== undefined) copy.status = status;
  return copy;
}

const objectForm = ['apiVersion', 'kind', 'metadata', 'spec', 'status'];

/** Whether an object has the fields of a form in their order, or at least the first ones and no others. */
export function hasForm(object: object, form: readonly string[], least: number = form.length): boolean {
  let place = 0;
  for (const name in object) {
    if (name !== form[place]) return false;
    place += 1;
  }
  return place >= least;
}
