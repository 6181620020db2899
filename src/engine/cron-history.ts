import { finishCondition } from './conditions';
import { type CronJobReconciliation, deleteJobOf } from './cron-job-reconciliation';
import type { StoredJob } from './objects';

/**
 * Deletes the oldest finished Jobs, by start time and name, beyond the history limits; successful and failed ones are counted apart.
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
  const oldest = [...jobs].sort((one, other) => compare(startOf(one), startOf(other)) || compare(one.metadata.name, other.metadata.name));
  for (const job of oldest.slice(0, jobs.length - limit)) deleteJobOf(reconciliation, job);
}

/** The start time of a Job; one that never started counts as the newest. */
function startOf({ status }: StoredJob): string {
  return status.startTime ?? '~';
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
