import { finishCondition } from './conditions';
import { type CronJobReconciliation, deleteJobOf } from './cron-job-reconciliation';
import type { StoredJob } from './objects';

/**
 * Deletes the oldest finished Jobs beyond the history limits, counting successful and failed ones separately.
 *
 * @source pkg/controller/cronjob/cronjob_controllerv2.go cleanupFinishedJobs (v1.37)
 */
export function trimHistory(reconciliation: CronJobReconciliation): void {
  const { cronJob: { spec: { successfulJobsHistoryLimit, failedJobsHistoryLimit } }, jobs } = reconciliation;
  const successful: StoredJob[] = [];
  const failed: StoredJob[] = [];
  for (const job of jobs) {
    const end = finishCondition(job.status.conditions)?.type;
    if (end === 'Complete') successful.push(job);
    else if (end === 'Failed') failed.push(job);
  }
  removeOldest(reconciliation, successful, successfulJobsHistoryLimit);
  removeOldest(reconciliation, failed, failedJobsHistoryLimit);
}

function removeOldest(reconciliation: CronJobReconciliation, jobs: readonly StoredJob[], limit = jobs.length): void {
  if (jobs.length <= limit) return;
  const oldest = [...jobs].sort((one, other) => compare(sortKey(one), sortKey(other)));
  for (const job of oldest.slice(0, jobs.length - limit)) deleteJobOf(reconciliation, job);
}

/** Orders Jobs by start time, then name; a Job that never started counts as the newest. */
function sortKey({ metadata, status }: StoredJob): string {
  return `${status.startTime ?? '~'} ${metadata.name}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
