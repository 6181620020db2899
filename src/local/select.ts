import { matchesFieldSelector } from './field-selector';
import { labelMatcher } from '../api/selector';
import type { KubernetesObject, Selection } from '../port/cluster-port';

/** Says of objects whether they are in a selection: namespace, label selector (`readSelector`) and field selector (`readFieldSelector`). */
export function selecting(selection: Selection, defaultNamespace: string): (object: KubernetesObject) => boolean {
  const { namespace = defaultNamespace, labelSelector = '', fieldSelector = '' } = selection;
  const hasLabels = labelMatcher(labelSelector);
  return (object) => {
    const { metadata } = object;
    if (namespace !== '*' && metadata?.namespace !== undefined && metadata.namespace !== namespace) return false;
    return hasLabels(metadata?.labels ?? {}) && matchesFieldSelector(fieldSelector, object);
  };
}
