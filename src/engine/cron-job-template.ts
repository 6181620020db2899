import type { StoredCronJob, Writable } from './objects';
import type { ClientObject } from './prepare';
import type { Decoded } from '../api/decoded';
import { setJobDefaults } from '../api/defaults';
import type { Job, JobSpec, JobTemplateSpec, PodSpec, PodTemplateSpec } from '../api/kubernetes';
import { scheduledTimestampAnnotation } from '../api/labels';
import { copyJson, withFields } from '../core/copy-json';
import { rememberedFor } from '../core/remembered';
import { type Instant, formatTime } from '../core/time';
import { zoneOffsets } from '../schedule/zone-offsets';

/**
 * The name of the Job for a time. It ends in the minutes since 1970, so that a time always gives the same name.
 *
 * @source pkg/controller/cronjob/utils.go getJobName (v1.37)
 */
export function scheduledJobName({ metadata }: StoredCronJob, scheduled: Instant): string {
  return `${metadata.name}-${Math.floor(scheduled / 60_000)}`;
}

/**
 * The Job that a CronJob makes for a time.
 *
 * @source pkg/controller/cronjob/utils.go getJobFromTemplate2 (v1.37)
 */
export function scheduledJob(cronJob: StoredCronJob, scheduled: Instant): ClientObject {
  const { metadata, spec: { jobTemplate, timeZone } } = cronJob;
  const { labels, annotations } = jobTemplate.metadata ?? {};
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: scheduledJobName(cronJob, scheduled),
      namespace: metadata.namespace,
      ...(labels === undefined ? {} : { labels: { ...labels } }),
      annotations: withFields(annotations ?? {}, { [scheduledTimestampAnnotation]: zonedTime(scheduled, timeZone ?? 'UTC') }),
      ownerReferences: [
        { apiVersion: 'batch/v1', kind: 'CronJob', name: metadata.name, uid: metadata.uid, controller: true, blockOwnerDeletion: true },
      ],
    },
    spec: specOfJob(jobTemplate),
    status: {},
  };
}

/** The spec of one Job: a copy, but for what its pods are like, which is most of it and the same for all Jobs. */
function specOfJob(template: JobTemplateSpec): JobSpec {
  const { own, pods } = partsOf(template);
  const spec = copyJson(own);
  const podTemplate: Writable<PodTemplateSpec> = spec.template;
  podTemplate.spec = pods;
  return spec;
}

/** The spec in a template, with what the API server fills in for all of its Jobs alike; apart from it, what their pods are like. */
const partsOf = rememberedFor((template: JobTemplateSpec): { readonly own: JobSpec; readonly pods: PodSpec } => {
  const job = { spec: copyJson(template.spec ?? {}) } as Decoded<Job> & { readonly spec: JobSpec };
  setJobDefaults(job);
  const { spec: pods = { containers: [] }, ...rest } = job.spec.template;
  return { own: { ...job.spec, template: rest }, pods };
});

/** A time as RFC 3339 in a time zone: `2026-11-23T18:32:00+05:30`. */
function zonedTime(instant: Instant, timeZone: string): string {
  const offset = zoneOffsets(timeZone).at(Math.floor(instant / 1000));
  const local = formatTime(instant + offset * 1000).slice(0, 19);
  if (offset === 0) return `${local}Z`;
  const minutes = Math.floor(Math.abs(offset) / 60);
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${local}${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}
