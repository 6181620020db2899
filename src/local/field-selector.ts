import { valueAt } from '../core/json';
import type { KubernetesObject } from '../port/cluster-port';

/** One condition on a field. */
interface FieldTerm {
  readonly field: string;
  readonly isEqual: boolean;
  readonly value: string;
}

/** What a text says, or why it cannot be read, in the words of the API server. */
type FieldSelector = { readonly terms: readonly FieldTerm[] } | { readonly problem: string };

const names = ['metadata.name', 'metadata.namespace'];
const ofEvents = ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'].map((field) => `involvedObject.${field}`);

/** By what else than its name and namespace a kind can be selected. Other kinds: by nothing. */
const selectable: Readonly<Record<string, readonly string[]>> = {
  Job: ['status.successful'],
  Pod: [
    'spec.host', 'spec.nodeName', 'spec.restartPolicy', 'spec.schedulerName', 'spec.serviceAccountName', 'spec.hostNetwork', 'status.phase',
    'status.podIP', 'status.podIPs', 'status.nominatedNodeName',
  ],
  Event: [...ofEvents, 'reason', 'reportingComponent', 'source', 'type'],
  Namespace: ['status.phase'],
  Secret: ['type'],
  Service: ['spec.clusterIP', 'spec.type'],
};

/**
 * Reads a field selector: `path=value`, `path==value`, `path!=value`, joined by commas; a backslash goes before a comma, a sign of equality
 * and a backslash in a value.
 *
 * @param kind decides which fields can be selected; without one, every field can.
 * @source staging/src/k8s.io/apimachinery/pkg/fields/selector.go ParseSelector,
 * pkg/apis/core/v1/conversion.go and pkg/apis/batch/v1/conversion.go addFieldLabelConversions (v1.37)
 */
export function readFieldSelector(text: string, kind: string | undefined): FieldSelector {
  const terms: FieldTerm[] = [];
  for (const part of text.match(/(?:\\.|[^,\\]|\\$)+/gs)?.sort() ?? []) {
    const [, field = '', operator, written = ''] = /^(.*?)(!=|==|=)(.*)$/s.exec(part) ?? [];
    if (operator === undefined) return { problem: `invalid selector: '${text}'; can't understand '${part}'` };
    const problem = findFaultOfValue(written);
    if (problem !== undefined) return { problem: `invalid field selector: ${problem}` };
    terms.push({ field, isEqual: operator !== '!=', value: written.replace(/\\(.)/gs, '$1') });
  }
  const unknown = terms.find(({ field }) => kind !== undefined && !names.includes(field) && selectable[kind]?.includes(field) !== true);
  if (unknown !== undefined) return { problem: notSupported(unknown.field, kind ?? '') };
  return { terms: terms.filter(({ field, value }) => field !== '' || value !== '') };
}

function findFaultOfValue(written: string): string | undefined {
  for (const [token] of written.matchAll(/\\.?|[,=]/gs)) {
    if (!token.startsWith('\\')) return `unescaped character in value: ${token.charCodeAt(0)}`;
    if (!['\\\\', '\\,', '\\='].includes(token)) return `invalid escape sequence: ${token}`;
  }
  return undefined;
}

function notSupported(field: string, kind: string): string {
  if (kind === 'Job') return `field label ${JSON.stringify(field)} not supported for Job`;
  if (Object.hasOwn(selectable, kind)) return `field label not supported: ${field}`;
  return `${JSON.stringify(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`;
}

/** Whether the fields of an object are as a text asks; a text that cannot be read selects nothing. */
export function matchesFieldSelector(text: string, object: KubernetesObject): boolean {
  if (text === '') return true;
  const selector = readFieldSelector(text, object.kind);
  return 'terms' in selector && selector.terms.every(({ field, isEqual, value }) => (fieldText(object, field) === value) === isEqual);
}

/** @source pkg/registry/batch/job/strategy.go JobToSelectableFields, pkg/registry/core/pod/strategy.go ToSelectableFields (v1.37) */
function fieldText(object: KubernetesObject, field: string): string {
  switch (`${object.kind ?? ''} ${field}`) {
    case 'Job status.successful': return textAt(object, 'status.succeeded', '0');
    case 'Pod spec.host': return textAt(object, 'spec.nodeName');
    case 'Pod spec.hostNetwork': return textAt(object, field, 'false');
    case 'Pod status.podIPs': return '';
    case 'Event source': return textAt(object, 'source.component', textAt(object, 'reportingComponent'));
    default: return textAt(object, field);
  }
}

function textAt(object: object, path: string, missing = ''): string {
  const value = valueAt(object, path.split('.'));
  return value === undefined || value === null || value === '' ? missing : String(value);
}
