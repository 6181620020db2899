import type { StoredObject } from './objects';

/**
 * An object with other parts.
 *
 * Most objects have the usual fields and come out of one literal, so that they share a hidden class: V8 gives a spread copy of a spread
 * copy another one each time, and what reads objects of many classes has to look their fields up.
 */
export function withParts<Target extends StoredObject>(
  object: Target, parts: Partial<Pick<Target, 'metadata' | 'spec' | 'status'>>,
): Target {
  if (!hasForm(object, objectForm)) return { ...object, ...parts };
  const { apiVersion, kind, metadata, spec, status } = object;
  return {
    apiVersion,
    kind,
    metadata: parts.metadata ?? metadata,
    spec: parts.spec ?? spec,
    status: parts.status ?? status,
  } as Target;
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
