import { matchesFieldSelector } from './field-selector';
import { matchesSelectorText } from '../api/selector';
import type { KubernetesObject, Selection } from '../port/cluster-port';

/** Whether an object is in a selection: namespace, label selector (`readSelector`) and field selector (`readFieldSelector`). */
export function isSelected(object: KubernetesObject, selection: Selection, defaultNamespace: string): boolean {
  const namespace = selection.namespace ?? defaultNamespace;
  if (namespace !== '*' && object.metadata?.namespace !== undefined && object.metadata.namespace !== namespace) return false;
  return matchesSelectorText(selection.labelSelector ?? '', object.metadata?.labels ?? {}) && matchesFieldSelector(selection.fieldSelector ?? '', object);
}
