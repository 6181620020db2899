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
