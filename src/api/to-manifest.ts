import { fieldsOfType } from './field-table';
import { asObject, type JsonObject, ownFields } from '../core/json';

/** The kinds of Job, as `type` names them in a schedule. */
export type JobKind = 'NonParallel' | 'FixedCompletion' | 'Indexed' | 'WorkQueue';

/** Props that have a place of their own in a manifest, or none. */
const placed: ReadonlySet<string> = new Set(['gitops', 'metadata', 'peers', 'podMetadata', 'podActiveDeadlineSeconds', 'queue', 'rerun', 'template']);

/** Props of Jobs and CronJobs alike, outside their specs. */
const ofObjects: ReadonlySet<string> = new Set(['gitops', 'metadata', 'rerun']);

/**
 * The JobSpec of flat props: Job fields stay, pod fields go to `template.spec`; fields that are `undefined` are left out.
 *
 * A name that is neither stays among the Job fields, where validation finds it.
 */
export function toJobSpec(kind: JobKind, props: JsonObject): JsonObject {
  const podFields = fieldsOfType('v1.PodSpec');
  const spec: Record<string, unknown> = {};
  const podSpec: Record<string, unknown> = {};
  for (const name of Object.keys(props)) {
    const value = props[name];
    if (value === undefined || placed.has(name)) continue;
    if (podFields.has(name) && name !== 'activeDeadlineSeconds') podSpec[name] = value;
    else spec[name] = value;
  }
  if (props.podActiveDeadlineSeconds !== undefined) podSpec.activeDeadlineSeconds = props.podActiveDeadlineSeconds;
  if (kind === 'Indexed') spec.completionMode ??= 'Indexed';
  spec.template = props.podMetadata === undefined ? { spec: podSpec } : { metadata: props.podMetadata, spec: podSpec };
  return spec;
}

/** The CronJobSpec of props: `job` becomes `jobTemplate`; what belongs into `job` is left out, and refused by the construct. */
export function toCronJobSpec(kind: JobKind, props: JsonObject): JsonObject {
  const { metadata: _, job, jobTemplate: __, rerun: ___, gitops: ____, ...cron } = props;
  const { type: _____, ...template } = ownFields(asObject(job));
  const spec: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(cron)) if (value !== undefined && !isFieldOfJob(name)) spec[name] = value;
  const jobSpec = toJobSpec(kind, template);
  spec.jobTemplate = template.metadata === undefined ? { spec: jobSpec } : { metadata: template.metadata, spec: jobSpec };
  return spec;
}

/** Whether a field beside the `job` of a schedule belongs into it: the Job or its pods have it, and the CronJob does not. */
export function isFieldOfJob(name: string): boolean {
  if (ofObjects.has(name) || fieldsOfType('v1.CronJobSpec').has(name)) return false;
  return name === 'type' || placed.has(name) || fieldsOfType('v1.JobSpec').has(name) || fieldsOfType('v1.PodSpec').has(name);
}
