import { kindRefuses, misplaced, otherRefusals, scheduledKindRefuses, scheduledRefuses, serverSetFields } from '../api/props/refusals';
import { isFieldOfJob, type JobKind } from '../api/to-manifest';
import type { Finding } from '../core/finding';
import { asObject, type JsonObject } from '../core/json';

const kinds = Object.keys(kindRefuses) as JobKind[];

const requirements: Readonly<Record<JobKind, Readonly<Record<string, string>>>> = {
  NonParallel: {},
  FixedCompletion: { completions: 'a FixedCompletionJob needs to know how many pods must succeed' },
  Indexed: { completions: 'an IndexedJob needs to know how many indexes there are' },
  WorkQueue: { parallelism: 'a WorkQueueJob needs to know how many workers share the queue' },
};

/**
 * What a Job has that its kind does not have: Kubernetes would take it, but as a Job of another kind.
 *
 * `spec` is the JobSpec as rendered, `props` what the user wrote, `path` where the JobSpec stands: `spec` or `spec.jobTemplate.spec`.
 */
export function findKindFaults(kind: JobKind, spec: unknown, props: JsonObject, path: string): Finding[] {
  const written = asObject(spec);
  const findings: Finding[] = [];
  const refused: Readonly<Record<string, string>> = (path === 'spec' ? kindRefuses : scheduledKindRefuses)[kind];
  for (const field of Object.keys(refused)) {
    const isOurs = field === 'template' || field === 'peers' || (field === 'completionMode' && kind === 'Indexed');
    const holder = isOurs ? props : written;
    // Most have none of them, which is sooner seen than that something is undefined.
    const value = Object.hasOwn(holder, field) ? holder[field] : undefined;
    if (value === undefined || value === null || isImplied(kind, field, value)) continue;
    findings.push({ rule: 'kind-has-no-such-field', field: `${path}.${field}`, type: 'Forbidden', message: refused[field] ?? '', value, severity: 'error' });
  }
  for (const field of Object.keys(requirements[kind])) {
    const value = written[field];
    if (value !== undefined && value !== null) continue;
    findings.push({ rule: 'kind-needs-field', field: `${path}.${field}`, type: 'Required', message: requirements[kind][field] ?? '', severity: 'error' });
  }
  if (kind === 'Indexed' && written.completionMode !== 'Indexed') {
    const { completionMode } = kindRefuses.Indexed;
    findings.push({ rule: 'kind-has-no-such-field', field: `${path}.completionMode`, type: 'Forbidden', message: completionMode, severity: 'error' });
  }
  return findings;
}

/** What the kind implies anyway may also be written out. */
function isImplied(kind: JobKind, field: string, value: unknown): boolean {
  if (field === 'peers') return value === false;
  return field === 'completionMode' && value === (kind === 'Indexed' ? 'Indexed' : 'NonIndexed');
}

/** What a schedule's props have that no CronJob has, and `type` when it is no kind of Job. */
export function findScheduleFaults(props: JsonObject): Finding[] {
  const { type } = asObject(props.job);
  const findings: Finding[] = [];
  if (props.jobTemplate !== undefined) {
    const { jobTemplate } = scheduledRefuses;
    findings.push({ rule: 'kind-has-no-such-field', field: 'spec.jobTemplate', type: 'Forbidden', message: jobTemplate, severity: 'error' });
  }
  for (const [field, value] of [['rerun', props.rerun], ['job.rerun', asObject(props.job).rerun]] as const) {
    if (value === undefined) continue;
    findings.push({ rule: 'kind-has-no-such-field', field, type: 'Forbidden', message: scheduledRefuses.rerun, severity: 'error' });
  }
  for (const [field, value] of Object.entries(props)) {
    if (value === undefined || !isFieldOfJob(field)) continue;
    findings.push({ rule: 'kind-has-no-such-field', field: `spec.${field}`, type: 'Forbidden', message: misplaced(field), severity: 'error' });
  }
  if (type !== undefined && !isJobKind(type)) {
    const message = `supported values: ${kinds.map((kind) => `"${kind}"`).join(', ')}`;
    findings.push({ rule: 'kind-of-job', field: 'job.type', type: 'NotSupported', message, value: type, severity: 'error' });
  }
  return findings;
}

/** What metadata has that the API server sets: it would be taken, and mean nothing. */
export function findServerSetFields(metadata: JsonObject): Finding[] {
  return serverSetFields.filter((field) => metadata[field] !== undefined && metadata[field] !== null).map((field) => (
    { rule: 'set-by-server', field: `metadata.${field}`, type: 'Forbidden', message: otherRefusals.serverSet, severity: 'error' }
  ));
}

/** Whether a value names a kind of Job. */
export function isJobKind(value: unknown): value is JobKind {
  return kinds.some((kind) => kind === value);
}
