import { finishCondition } from './conditions';
import { type CronSync, deleteJobOf } from './cron-sync';
import type { StoredJob } from './objects';

/**
 * Deletes the oldest finished Jobs beyond the history limits, successful and failed ones apart.
 *
 * @source pkg/controller/cronjob/cronjob_controllerv2.go cleanupFinishedJobs (v1.37)
 */
export function trimHistory(sync: CronSync): void {
  const { successfulJobsHistoryLimit, failedJobsHistoryLimit } = sync.cronJob.spec;
  if (successfulJobsHistoryLimit !== undefined) removeOldest(sync, endedAs(sync, 'Complete'), successfulJobsHistoryLimit);
  if (failedJobsHistoryLimit !== undefined) removeOldest(sync, endedAs(sync, 'Failed'), failedJobsHistoryLimit);
}

function endedAs({ jobs }: CronSync, type: 'Complete' | 'Failed'): readonly StoredJob[] {
  return jobs.filter(({ status }) => finishCondition(status.conditions)?.type === type);
}

function removeOldest(sync: CronSync, jobs: readonly StoredJob[], limit: number): void {
  const oldest = [...jobs].sort((one, other) => compare(sortKey(one), sortKey(other)));
  for (const job of oldest.slice(0, Math.max(0, jobs.length - limit))) deleteJobOf(sync, job);
}

/** By start, then name; a Job that never started counts as the newest. */
function sortKey({ metadata, status }: StoredJob): string {
  return `${status.startTime ?? '~'} ${metadata.name}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
