import type { Cause } from './cause';
import type { CronJobFacts, History } from './history';
import type { JobFacts } from './job-facts';
import { records } from './read';

/**
 * A Job of another owner has the name that a tick of the CronJob needs: the controller creates no Job and says nothing.
 *
 * The names of a CronJob's Jobs end in the minute of their tick, counted from 1970.
 *
 * @source pkg/controller/cronjob/cronjob_controllerv2.go getJobName, syncCronJob (v1.36)
 */
export function takenName(history: History): Cause | undefined {
  const cronJob = history.cronJob;
  if (cronJob === undefined) return undefined;
  const foreign = history.allJobs.find((job) => wantsName(cronJob, job) && !isOwned(cronJob, job));
  if (foreign === undefined) return undefined;
  const detail = `Job ${foreign.name} is not the CronJob's`;
  return { code: 'CronNameTaken', detail, knownAt: Math.max(cronJob.seenAt, foreign.seenAt) };
}

function wantsName({ name, namespace }: CronJobFacts, job: JobFacts): boolean {
  return job.namespace === namespace && job.name.startsWith(`${name}-`) && /^\d{6,}$/.test(job.name.slice(name.length + 1));
}

function isOwned({ uid }: CronJobFacts, job: JobFacts): boolean {
  return records(job.latest, 'metadata', 'ownerReferences').some((owner) => owner.uid === uid);
}
