import { podsOf } from './claim-pods';
import { type Condition, newCondition, trueCondition } from './conditions';
import { remainingDeadlineMs } from './deadline';
import { failJobMessage } from './failure-policy';
import type { JobReconciliation } from './job-reconciliation';
import type { StoredPod } from './objects';
import { matchSuccessPolicy } from './success-policy';
import { sizeOfIndexSet } from '../api/index-set';

/**
 * Whether this reconciliation ends the Job, and why. The order settles every tie: an end already decided, then failures, then success.
 *
 * @source pkg/controller/job/job_controller.go syncJob (v1.37)
 */
export function decideEnd(reconciliation: JobReconciliation): Condition | undefined {
  return trueCondition(reconciliation.status.conditions, 'SuccessCriteriaMet')
    ?? trueCondition(reconciliation.status.conditions, 'FailureTarget')
    ?? failedByPolicy(reconciliation)
    ?? failedByBackoffLimit(reconciliation)
    ?? failedByDeadline(reconciliation)
    ?? failedByIndexes(reconciliation)
    ?? succeededByPolicy(reconciliation);
}

/** The condition of a Job that has reached its completions. */
export function completionsReached({ store }: JobReconciliation): Condition {
  return newCondition('SuccessCriteriaMet', 'True', 'CompletionsReached', 'Reached expected number of succeeded pods', store.now);
}

function failedByPolicy({ job, store }: JobReconciliation): Condition | undefined {
  const message = failJobMessage(job.spec, () => podsOf(store, job));
  return message === undefined ? undefined : newCondition('FailureTarget', 'True', 'PodFailurePolicy', message, store.now);
}

function failedByBackoffLimit(reconciliation: JobReconciliation): Condition | undefined {
  const limit = reconciliation.job.spec.backoffLimit ?? 6;
  const isPast = reconciliation.failed > limit || restartsReach(reconciliation, limit);
  return isPast ? failure(reconciliation, 'BackoffLimitExceeded', 'Job has reached the specified backoff limit') : undefined;
}

/**
 * With restartPolicy OnFailure, the restarts of all containers in all unfinished pods are added up; the limits 0 and 1 mean the same.
 *
 * @source pkg/controller/job/job_controller.go pastBackoffLimitOnFailure (v1.37)
 */
function restartsReach({ job, pods }: JobReconciliation, limit: number): boolean {
  if (job.spec.template.spec?.restartPolicy !== 'OnFailure') return false;
  const unfinished = pods.filter(({ status }) => status.phase === 'Running' || status.phase === 'Pending');
  const restarts = unfinished.reduce((sum, pod) => sum + restartsOf(pod), 0);
  return limit === 0 ? restarts > 0 : restarts >= limit;
}

function restartsOf({ status }: StoredPod): number {
  const containers = [...status.initContainerStatuses ?? [], ...status.containerStatuses ?? []];
  return containers.reduce((sum, { restartCount }) => sum + restartCount, 0);
}

/** The end by the deadline; while that is still to come, a timer is set for it. */
function failedByDeadline(reconciliation: JobReconciliation): Condition | undefined {
  const { store, key, job, startedAt } = reconciliation;
  const remainingMs = remainingDeadlineMs(job.spec, startedAt, store.now);
  if (remainingMs === undefined) return undefined;
  if (remainingMs <= 0) return failure(reconciliation, 'DeadlineExceeded', 'Job was active longer than specified deadline');
  store.timers.schedule('job', key, store.now + remainingMs);
  return undefined;
}

function failedByIndexes(reconciliation: JobReconciliation): Condition | undefined {
  const { job: { spec }, indexes } = reconciliation;
  if (indexes?.failed === undefined) return undefined;
  const failed = sizeOfIndexSet(indexes.failed);
  if (spec.maxFailedIndexes !== undefined && failed > spec.maxFailedIndexes) {
    return failure(reconciliation, 'MaxFailedIndexesExceeded', 'Job has exceeded the specified maximal number of failed indexes');
  }
  const isDecided = failed > 0 && failed + sizeOfIndexSet(indexes.succeeded) >= (spec.completions ?? 0);
  return isDecided ? failure(reconciliation, 'FailedIndexes', 'Job has failed indexes') : undefined;
}

function succeededByPolicy({ job, indexes, store }: JobReconciliation): Condition | undefined {
  const message = indexes === undefined ? undefined : matchSuccessPolicy(job.spec, indexes.succeeded);
  return message === undefined ? undefined : newCondition('SuccessCriteriaMet', 'True', 'SuccessPolicy', message, store.now);
}

function failure({ store }: JobReconciliation, reason: string, message: string): Condition {
  return newCondition('FailureTarget', 'True', reason, message, store.now);
}
