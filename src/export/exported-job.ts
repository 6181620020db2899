import { given } from '../core/given';
import { asObject, type JsonObject, valueAt } from '../core/json';

/**
 * A Job under a name that is made when it is created: a run of yesterday has left one behind.
 *
 * @param home the namespace of the Workflow, which need not be written.
 */
export function withoutFixedName(job: object, home: string): object {
  const { metadata: written, ...rest } = job as JsonObject;
  const { name, generateName, namespace, ...metadata } = asObject(written);
  const named = keepsName(job) ? { name } : { generateName: generateName ?? `${String(name)}-` };
  const placed = namespace === home ? {} : given({ namespace });
  return { apiVersion: rest.apiVersion, kind: rest.kind, metadata: { ...named, ...placed, ...metadata }, ...rest };
}

/** Whether others find the pods of a Job by names that begin with its own. */
export function keepsName(job: object): boolean {
  return valueAt(job, ['spec', 'template', 'spec', 'subdomain']) !== undefined;
}

/** The namespace that is written in an object; empty when there is none. */
export function namespaceOf(object: object): string {
  const namespace = valueAt(object, ['metadata', 'namespace']);
  return typeof namespace === 'string' ? namespace : '';
}
