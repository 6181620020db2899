import { refusedPodSign } from './admission';
import type { Cause } from './cause';
import type { CronJobFacts } from './cron-job-facts';
import { type History, isOwnedBy } from './history';
import type { JobFacts } from './job-facts';

/**
 * A Job of another owner has the name that the CronJob's first tick needs: the controller creates no Job and says nothing.
 *
 * The names of a CronJob's Jobs end in the minute of their tick, counted from 1970. What is left of ticks before the CronJob, or of ticks
 * that it has passed, is in nobody's way.
 *
 * @source pkg/controller/cronjob/cronjob_controllerv2.go getJobName, syncCronJob (v1.37)
 */
export function takenName(history: History): Cause | undefined {
  const { cronJob, allJobs } = history;
  if (cronJob === undefined || cronJob.suspendedAt !== undefined) return undefined;
  const own = allJobs.filter((job) => isOwnedBy(job, cronJob.uid));
  const firstOwn = own.reduce((first, job) => Math.min(first, minuteOf(cronJob, job) ?? Infinity), Infinity);
  const passed = Math.max(cronJob.createdAt ?? -Infinity, cronJob.scheduledAt ?? -Infinity);
  const foreign = allJobs.find((job) => {
    const minute = minuteOf(cronJob, job);
    return minute !== undefined && minute < firstOwn && minute * 60 > passed && !isOwnedBy(job, cronJob.uid) && !wasGone(cronJob, job);
  });
  if (foreign === undefined) return undefined;
  const detail = `Job ${foreign.name} is not the CronJob's`;
  return { code: 'CronNameTaken', detail, knownAt: Math.max(cronJob.seenAt, foreign.seenAt) };
}

/** The Jobs of the CronJob are refused, as its last `FailedCreate` Event says. */
export function refusedJobs(history: History): Cause | undefined {
  const events = history.cronJob === undefined ? [] : history.eventsOf(history.cronJob.uid).of('FailedCreate');
  const last = events.at(-1);
  if (last === undefined) return undefined;
  const { code, detail, canHeal } = refusedPodSign(last.message.replace(/^Error creating job: /, ''));
  return { code, detail, knownAt: last.sightings[0], ...(canHeal === undefined ? {} : { canHeal }) };
}

/** The minute since 1970 in which a Job of this name is due; undefined when the CronJob needs no such name. */
function minuteOf({ name, namespace }: CronJobFacts, job: JobFacts): number | undefined {
  const rest = job.namespace === namespace && job.name.startsWith(`${name}-`) ? job.name.slice(name.length + 1) : '';
  return /^\d{6,12}$/.test(rest) ? Number(rest) : undefined;
}

/** Whether a Job went before the CronJob came. */
function wasGone({ seenAt }: CronJobFacts, { deletedAt }: JobFacts): boolean {
  return deletedAt !== undefined && deletedAt < seenAt;
}
