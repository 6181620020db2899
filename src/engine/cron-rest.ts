import { finishCondition } from './conditions';
import { jobsOf } from './cron-job-reconciliation';
import { runHistory } from './cron-wake';
import type { StoredCronJob, StoredJob } from './objects';
import type { Store, StoreChange } from './store';
import type { CronJobStatus } from '../api/kubernetes';
import { rememberedFor } from '../core/remembered';
import type { Instant } from '../core/time';
import { nextLook } from '../schedule/missed-runs';

/** What is known of a CronJob that needs nothing. */
interface Rest {
  readonly cronJob: StoredCronJob;
  /** Before the run that is due next. */
  readonly until: Instant;
  /** When it is to be looked at again. */
  readonly wakeAt: Instant;
}

/**
 * What is known of the CronJobs of a store, by uid: that they rest, that one of their Jobs has ended since, or nothing. It stays in the map
 * as undefined: one that shrinks and grows each time takes longer.
 */
const restsOf = rememberedFor((_: Store) => new Map<string, Rest | 'has news' | undefined>());

/**
 * When to look at a CronJob again if there is nothing to do for it now: no run is due, its status lists exactly its unfinished Jobs and
 * knows the last success, and no finished Job is beyond the history limits. Undefined if there may be something to do.
 *
 * A shortcut of this engine: it looks at a CronJob at each change of its Jobs as the controller does, and most of them say nothing new.
 */
export function wakeOfRest(store: Store, cronJob: StoredCronJob): Instant | undefined {
  const rests = restsOf(store);
  const { uid } = cronJob.metadata;
  const known = rests.get(uid);
  if (known !== 'has news' && known?.cronJob === cronJob) return store.now < known.until ? known.wakeAt : undefined;
  const rest = known === 'has news' ? undefined : findRest(store, cronJob);
  rests.set(uid, rest);
  return rest?.wakeAt;
}

/** Forgets a CronJob that is gone. */
export function forgetRest(store: Store, { metadata: { uid } }: StoredCronJob): void {
  restsOf(store).delete(uid);
}

/** Takes note of a change of a Job: what there is to do for the CronJobs that control the Job or did is found out anew if it may matter. */
export function noteJobOfRests(store: Store, { object, before }: StoreChange<StoredJob>): void {
  const end = finishCondition(object.status.conditions)?.type;
  const hasEnded = before !== undefined && finishCondition(before.status.conditions)?.type !== end;
  const mayMatter = hasEnded || before === undefined || before.metadata.ownerReferences !== object.metadata.ownerReferences
    || before.status.completionTime !== object.status.completionTime;
  if (!mayMatter) return;
  const rests = restsOf(store);
  for (const metadata of [object.metadata, before?.metadata]) {
    for (const { uid } of metadata?.ownerReferences ?? []) if (rests.has(uid)) rests.set(uid, hasEnded ? 'has news' : undefined);
  }
}

function findRest(store: Store, cronJob: StoredCronJob): Rest | undefined {
  const { metadata, spec, status } = cronJob;
  if (metadata.deletionTimestamp !== undefined || spec.suspend === true) return undefined;
  if (!isAsWritten(status) || !hasNewsOfNone(jobsOf(store, cronJob), cronJob)) return undefined;
  const history = runHistory(store, cronJob);
  const next = 'times' in history ? nextLook(history, store.now) : undefined;
  return next && { cronJob, ...next };
}

/** Whether a status has nothing that the controller would leave out if it wrote it again. */
function isAsWritten(status: CronJobStatus): boolean {
  for (const name in status) if (name !== 'active' && name !== 'lastScheduleTime' && name !== 'lastSuccessfulTime') return false;
  return status.active === undefined || status.active.length > 0;
}

/** Whether the status of a CronJob says what there is to say of its Jobs, and of no others, and none of them is too old. */
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
  if (status.active !== undefined && status.active.length !== jobs.length - successful - failed) return false;
  return successful <= (spec.successfulJobsHistoryLimit ?? successful) && failed <= (spec.failedJobsHistoryLimit ?? failed);
}
