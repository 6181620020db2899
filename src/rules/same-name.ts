import { kindInBatch } from '../api/kinds';
import type { Finding } from '../core/finding';
import { asObject } from '../core/json';

/**
 * What identifies a batch object in a cluster: `Job/media/etl`. Undefined for other kinds, and for an object that has no name yet.
 *
 * @param defaultNamespace where objects without a namespace go; default: all of them to the same one, whichever that is.
 */
export function identityOf(manifest: unknown, defaultNamespace = ''): string | undefined {
  const object = asObject(manifest);
  const kind = kindInBatch(object)?.kind;
  if (kind === undefined) return undefined;
  const { name, namespace } = asObject(object.metadata);
  if (typeof name !== 'string' || name === '') return undefined;
  return `${kind}/${typeof namespace === 'string' && namespace !== '' ? namespace : defaultNamespace}/${name}`;
}

/**
 * The finding for an object whose identity another one had first. What is given together is applied together, whatever charts, files and
 * documents it comes from: no server objects, because it takes the second object for a change of the first.
 *
 * @param place where the other one is: `job.yaml:4:9`, or the path of its construct.
 */
export function sameNameFinding(identity: string, place: string): Finding {
  const value = identity.slice(identity.lastIndexOf('/') + 1);
  const message = `${place} has it too, and of two objects of one name only the last one applied remains`;
  return { rule: 'name-given-once', field: 'metadata.name', type: 'Duplicate', message, value, severity: 'error' };
}
