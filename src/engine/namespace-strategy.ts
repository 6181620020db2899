import type { StoredObject } from './objects';
import type { TypeMeta } from '../api/kinds';
import { asObject } from '../core/json';
import { namespaces } from '../port/resources';

/** Whether something is a namespace. */
export function isNamespace({ apiVersion, kind }: TypeMeta): boolean {
  return kind === namespaces.kind && apiVersion === namespaces.apiVersion;
}

/**
 * A new namespace as it is stored: labelled with its name, and held until what is in it is gone.
 *
 * @source pkg/apis/core/v1/defaults.go SetDefaults_Namespace, pkg/registry/core/namespace/strategy.go PrepareForCreate (v1.37)
 */
export function prepareNewNamespace(made: StoredObject): StoredObject {
  const { metadata } = made;
  return {
    ...made,
    metadata: { ...metadata, labels: { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name } },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  };
}

/** Whether an object is a namespace that has not been emptied yet. */
export function isHeldNamespace(object: StoredObject): boolean {
  return isNamespace(object) && asObject(object.spec).finalizers !== undefined;
}

/** An object that has been marked as deleted; a namespace says so in its phase too. */
export function withPhaseOf(object: StoredObject): StoredObject {
  return isNamespace(object) ? { ...object, status: { phase: 'Terminating' } } : object;
}
