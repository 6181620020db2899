import { updateRules } from './job/update';
import { type ValidateOptions } from './rule/versions';
import { mergeJobs } from './validate-update';
import { type Difference, differences } from '../core/differences';
import { type Finding } from '../core/finding';

/** A field of a Job that a new manifest changes. */
export interface ChangedField extends Difference {
  /** Whether the API server refuses this change in place. */
  readonly isImmutable: boolean;
}

/**
 * What a new manifest changes in the spec of a Job, field by field; what the API server fills in or generates does not count.
 *
 * Empty for manifests that cannot be read. Neither manifest is changed.
 *
 * @throws UsageError for a version of Kubernetes that is not known
 */
export function changedFields(oldManifest: unknown, newManifest: unknown, options: ValidateOptions = {}): ChangedField[] {
  const merged = mergeJobs(oldManifest, newManifest, options);
  if (merged === undefined) return [];
  const immutable = merged.findings.filter(isAboutImmutable);
  const changes = differences(merged.before.spec, merged.after.spec, 'spec').filter(({ from, to }) => !isEmpty(from) || !isEmpty(to));
  return changes.map((change) => ({ ...change, isImmutable: isBlamed(change.field, immutable) }));
}

/** Whether a value is as good as missing: the API server writes some empty objects that nobody gave it, such as `resources: {}`. */
function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

/** Whether a finding refuses the change of a field, rather than its value. */
export function isAboutImmutable({ rule, severity }: Finding): boolean {
  return severity === 'error' && idsOfUpdateRules.has(rule);
}

/** Whether findings are about a field, or about one that it is a part of. */
export function isBlamed(field: string, findings: readonly Finding[]): boolean {
  return findings.some(({ field: blamed }) => field === blamed || field.startsWith(`${blamed}.`) || field.startsWith(`${blamed}[`));
}

const idsOfUpdateRules: ReadonlySet<string> = new Set([...updateRules.job.rules, ...updateRules.metadata.rules].map(({ id }) => id));
