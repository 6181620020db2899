import { matchesSelectorText } from '../api/selector';
import { valueAt } from '../core/json';
import type { KubernetesObject, Selection } from '../port/cluster-port';

/**
 * Whether an object is in a selection: namespace, label selector and field selector.
 *
 * Label selectors are those of `readSelector`. Field selectors: `path=value`, `path!=value`, joined by commas.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/fields/selector.go ParseSelector (v1.37)
 */
export function isSelected(object: KubernetesObject, selection: Selection, defaultNamespace: string): boolean {
  const namespace = selection.namespace ?? defaultNamespace;
  if (namespace !== '*' && object.metadata?.namespace !== undefined && object.metadata.namespace !== namespace) return false;
  return matchesSelectorText(selection.labelSelector ?? '', object.metadata?.labels ?? {}) && matchesFields(object, selection.fieldSelector ?? '');
}

function matchesFields(object: KubernetesObject, selector: string): boolean {
  return selector.split(',').filter((part) => part !== '').every((part) => {
    const [, path = '', operator, value = ''] = /^([^=!]+)(==|=|!=)(.*)$/.exec(part) ?? [];
    const actual = fieldText(object, path.trim());
    return operator === '!=' ? actual !== value : actual === value;
  });
}

function fieldText(object: unknown, path: string): string {
  const value = valueAt(object, path.split('.'));
  return value === undefined || value === null ? '' : String(value);
}
