import { toJobSpec, type JobKind } from './to-manifest';
import { asObject, type JsonObject, ownFields } from '../core/json';

/** The JobSetSpec of props: the `job` of each entry becomes its `template`. */
export function toJobSetSpec({ metadata: _, replicatedJobs, ...fields }: JsonObject): JsonObject {
  const entries = Array.isArray(replicatedJobs) ? replicatedJobs.map((entry) => toEntry(ownFields(asObject(entry)))) : replicatedJobs;
  return { ...fields, replicatedJobs: entries };
}

function toEntry({ job, ...entry }: JsonObject): JsonObject {
  const { type = 'NonParallel', metadata, ...props } = ownFields(asObject(job));
  const spec = { ...toJobSpec(type as JobKind, props) };
  // The controller makes Jobs Indexed that do not say what they are. One with a single pod then has a host name, which does no harm.
  if (type === 'FixedCompletion' || type === 'WorkQueue') spec.completionMode ??= 'NonIndexed';
  return { ...entry, template: metadata === undefined ? { spec } : { metadata, spec } };
}
