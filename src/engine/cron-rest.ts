import { finishCondition } from './conditions';
import { runHistory } from './cron-wake';
import type { StoredCronJob, StoredJob } from './objects';
import type { Store } from './store';
import type { CronJobStatus } from '../api/kubernetes';
import type { Instant } from '../core/time';
import { nextLook } from '../schedule/missed-runs';

/**
 * Until when a CronJob needs nothing if it and its Jobs stay as they are: no run is due, its status lists exactly its unfinished Jobs and
 * knows the last success, and no finished Job is beyond the history limits. Undefined if there may be something to do.
 *
 * A shortcut of this engine: it wakes a CronJob at each change of its Jobs as the controller does, and most of these say nothing new.
 */
export function restsUntil(store: Store, cronJob: StoredCronJob, jobs: readonly StoredJob[]): Instant | undefined {
  const { metadata, spec, status } = cronJob;
  if (metadata.deletionTimestamp !== undefined || spec.suspend === true) return undefined;
  if (!isAsWritten(status) || !hasNewsOfNone(jobs, cronJob) || !areThere(store, status)) return undefined;
  const history = runHistory(store, cronJob);
  return 'times' in history ? nextLook(history, store.now) : undefined;
}

/** Whether a status has nothing that the controller would leave out if it wrote it again. */
function isAsWritten(status: CronJobStatus): boolean {
  for (const name in status) if (name !== 'active' && name !== 'lastScheduleTime' && name !== 'lastSuccessfulTime') return false;
  return status.active === undefined || status.active.length > 0;
}

/** Whether the status of a CronJob says of each of its Jobs what there is to say, and none of them is too old. */
function hasNewsOfNone(jobs: readonly StoredJob[], { spec, status }: StoredCronJob): boolean {
  let successful = 0;
  let failed = 0;
  for (const job of jobs) {
    const end = finishCondition(job.status.conditions)?.type;
    const isListed = status.active?.some(({ uid }) => uid === job.metadata.uid) ?? false;
    if (isListed !== (end === undefined)) return false;
    if (end === 'Complete') successful += 1;
    else if (end === 'Failed') failed += 1;
    const { completionTime } = job.status;
    const { lastSuccessfulTime } = status;
    if (completionTime !== undefined && (lastSuccessfulTime === undefined || completionTime > lastSuccessfulTime)) return false;
  }
  return successful <= (spec.successfulJobsHistoryLimit ?? successful) && failed <= (spec.failedJobsHistoryLimit ?? failed);
}

/** Whether all Jobs that a status lists as active exist. */
function areThere(store: Store, { active = [] }: CronJobStatus): boolean {
  return active.every(({ uid = '' }) => store.getByUid(uid) !== undefined);
}
