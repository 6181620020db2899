import type { StoredCronJob } from './objects';
import type { ClientObject } from './prepare';
import type { WorldOptions } from './world';
import type { JobTemplateSpec } from '../api/kubernetes';
import { scheduledTimestampAnnotation } from '../api/labels';

/** A Job of a template that the API server accepted, as far as the next ones may differ from it. */
interface AcceptedJob {
  readonly refuse: Required<WorldOptions>['refuse'];
  /** The lengths of its name and of the time that it is for. */
  readonly lengths: string;
}

const accepted = new WeakMap<JobTemplateSpec, AcceptedJob>();

/**
 * The API server's words for refusing a Job that a CronJob makes, or undefined.
 *
 * The Jobs of one template differ in their names, by the digits at the end, and in the time in an annotation: when one was accepted, all
 * are that are as long. Only a template that names its Job, as in a label, is judged each time.
 */
export function refusalOfScheduled(job: ClientObject, cronJob: StoredCronJob, refuse: AcceptedJob['refuse']): string | undefined {
  const { jobTemplate } = cronJob.spec;
  const { name = '', annotations } = job.metadata ?? {};
  const lengths = `${name.length} ${annotations?.[scheduledTimestampAnnotation]?.length}`;
  const known = accepted.get(jobTemplate);
  if (known?.refuse === refuse && known.lengths === lengths) return undefined;
  const refusal = refuse(job);
  if (refusal === undefined && !JSON.stringify(jobTemplate).includes(name)) accepted.set(jobTemplate, { refuse, lengths });
  return refusal;
}
