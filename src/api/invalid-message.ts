import { fieldsOfType } from './field-table';
import { groupOf } from './kinds';
import { type Finding, formatFinding } from '../core/finding';

/** What is known of an object that is refused. */
interface RefusedObject {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
  readonly metadata?: { readonly name?: string; readonly generateName?: string };
}

/**
 * The message of the API server for an object with faults: `Job.batch "etl" is invalid: [one, other]`, without brackets where there is one.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/api/errors/errors.go NewInvalid (v1.37)
 */
export function invalidMessage({ apiVersion, kind, metadata = {} }: RefusedObject, findings: readonly Finding[]): string {
  const { name, generateName } = metadata;
  const group = groupOf(apiVersion);
  const [first = '', ...others] = new Set(findings.map(formatFinding));
  const faults = others.length === 0 ? first : `[${[first, ...others].join(', ')}]`;
  return `${String(kind)}${group === '' ? '' : `.${group}`} ${JSON.stringify(name ?? generateName ?? '')} is invalid: ${faults}`;
}

/**
 * The message of the API server for an object that cannot be decoded: the first value of a wrong type, or else all unknown and repeated
 * fields. Undefined where everything could be decoded, and where it is of another kind, which is told in other words.
 *
 * @source staging/src/k8s.io/apiserver/pkg/endpoints/handlers/rest.go transformDecodeError;
 * staging/src/k8s.io/apimachinery/pkg/runtime/error.go strictDecodingError.Error (v1.37)
 */
export function undecodableMessage({ apiVersion, kind }: RefusedObject, findings: readonly Finding[]): string | undefined {
  if (findings.some(({ rule }) => rule === 'object-is-a-job-or-cron-job')) return undefined;
  const strict = findings.filter(({ type, rule }) => type === 'Unknown' || rule === 'field-is-written-once');
  const types = findings.filter((finding) => finding.type === 'Decode' && !strict.includes(finding));
  // What a type reads by itself ends the decoding; other values are read on, and the first fault is told.
  const fault = types.find(readsItself) ?? types[0];
  if (fault === undefined && strict.length === 0) return undefined;
  const words = fault?.message ?? `strict decoding error: ${strict.map(({ message }) => message).join(', ')}`;
  const version = String(apiVersion).slice(String(apiVersion).indexOf('/') + 1);
  return `${String(kind)} in version ${JSON.stringify(version)} cannot be handled as a ${String(kind)}: ${words}`;
}

/** Whether the type of a value has a reader of its own: a quantity, a time, or what is a number or a text. */
function readsItself({ message }: Finding): boolean {
  const [, struct, field] = /^json: cannot unmarshal .* into Go struct field (\w+)\.(?:.*\.)?(\w+) of type/.exec(message) ?? [];
  if (struct === undefined || field === undefined) return !message.startsWith('json: ');
  const known = fieldsOfType(`v1.${struct}`).get(field) ?? fieldsOfType(struct).get(field);
  return known !== undefined && ['Time', 'IntOrString', 'Quantity'].includes(known.type) && known.holds === 'value';
}
