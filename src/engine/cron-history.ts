import { finishCondition } from './conditions';
import { type CronJobReconciliation, deleteJobOf } from './cron-job-reconciliation';
import type { StoredJob } from './objects';

/**
 * Deletes the oldest finished Jobs beyond the history limits, counting successful and failed ones separately.
 *
 * @source pkg/controller/cronjob/cronjob_controllerv2.go cleanupFinishedJobs (v1.37)
 */
export function trimHistory(reconciliation: CronJobReconciliation): void {
  const { successfulJobsHistoryLimit, failedJobsHistoryLimit } = reconciliation.cronJob.spec;
  if (successfulJobsHistoryLimit !== undefined) removeOldest(reconciliation, 'Complete', successfulJobsHistoryLimit);
  if (failedJobsHistoryLimit !== undefined) removeOldest(reconciliation, 'Failed', failedJobsHistoryLimit);
}

function removeOldest(reconciliation: CronJobReconciliation, type: 'Complete' | 'Failed', limit: number): void {
  if (reconciliation.jobs.length <= limit) return;
  const jobs = reconciliation.jobs.filter(({ status }) => finishCondition(status.conditions)?.type === type);
  if (jobs.length <= limit) return;
  const oldest = jobs.sort((one, other) => compare(sortKey(one), sortKey(other)));
  for (const job of oldest.slice(0, jobs.length - limit)) deleteJobOf(reconciliation, job);
}

/** Orders Jobs by start time, then name; a Job that never started counts as the newest. */
function sortKey({ metadata, status }: StoredJob): string {
  return `${status.startTime ?? '~'} ${metadata.name}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
