import { valueAt } from '../core/json';
import type { KubernetesObject, Selection } from '../port/cluster-port';

/**
 * Whether an object is in a selection: namespace, label selector and field selector.
 *
 * Label selectors: `a=b`, `a==b`, `a!=b`, `a in (b,c)`, `a notin (b,c)`, `a`, `!a`, joined by commas. Field selectors: `path=value`,
 * `path!=value`, joined by commas.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/labels/selector.go Requirement.Matches (v1.37)
 */
export function isSelected(object: KubernetesObject, selection: Selection, defaultNamespace: string): boolean {
  const namespace = selection.namespace ?? defaultNamespace;
  if (namespace !== '*' && object.metadata?.namespace !== undefined && object.metadata.namespace !== namespace) return false;
  return matchesLabels(object.metadata?.labels ?? {}, selection.labelSelector ?? '') && matchesFields(object, selection.fieldSelector ?? '');
}

function matchesLabels(labels: Readonly<Record<string, string>>, selector: string): boolean {
  return splitOutsideParentheses(selector).every((requirement) => matchesLabel(labels, requirement));
}

function matchesLabel(labels: Readonly<Record<string, string>>, requirement: string): boolean {
  const set = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(requirement);
  if (set !== null) {
    const values = (set[3] ?? '').split(',').map((value) => value.trim());
    const value = labels[set[1] ?? ''];
    return set[2] === 'in' ? value !== undefined && values.includes(value) : value === undefined || !values.includes(value);
  }
  const [, key = '', operator, value = ''] = /^([^=!\s]+)\s*(==|=|!=)\s*(.*)$/.exec(requirement) ?? [];
  if (operator === '!=') return labels[key] !== value;
  if (operator !== undefined) return labels[key] === value;
  return requirement.startsWith('!') ? !(requirement.slice(1).trim() in labels) : requirement in labels;
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

function splitOutsideParentheses(text: string): string[] {
  return (text.match(/(?:[^,(]|\([^)]*\))+/g) ?? []).map((part) => part.trim()).filter((part) => part !== '');
}
