import type { JobCondition } from '../api/kubernetes';
import { type Instant, formatTime } from '../core/time';

/** The types of Job conditions. */
type JobConditionType = 'Suspended' | 'FailureTarget' | 'Failed' | 'SuccessCriteriaMet' | 'Complete';

/** A condition of a Job, as the Job controller writes it. */
export interface Condition extends JobCondition {
  readonly type: JobConditionType;
  readonly reason: string;
  readonly message: string;
}

/**
 * A condition whose status changes now.
 *
 * @source pkg/controller/job/job_controller.go newCondition (v1.37)
 */
export function newCondition(type: JobConditionType, status: 'True' | 'False', reason: string, message: string, now: Instant): Condition {
  const time = formatTime(now);
  return { type, status, lastProbeTime: time, lastTransitionTime: time, reason, message };
}

/** The condition of a type when it is True, or undefined. */
export function trueCondition(conditions: readonly JobCondition[] | undefined, type: JobConditionType): Condition | undefined {
  return conditions?.find((condition) => condition.type === type && condition.status === 'True') as Condition | undefined;
}

/**
 * Whether a Job is finished: Complete or Failed.
 *
 * @source pkg/controller/job/util/utils.go IsJobFinished (v1.37)
 */
export function isFinished(conditions: readonly JobCondition[] | undefined): boolean {
  return finishCondition(conditions) !== undefined;
}

/** The condition that ended a Job, or undefined. */
export function finishCondition(conditions: readonly JobCondition[] | undefined): Condition | undefined {
  if (conditions === undefined) return undefined;
  let failed: JobCondition | undefined;
  for (const condition of conditions) {
    if (condition.status !== 'True') continue;
    if (condition.type === 'Complete') return condition as Condition;
    if (condition.type === 'Failed') failed ??= condition;
  }
  return failed as Condition | undefined;
}

/**
 * The conditions with one of them set, or undefined when that changes nothing. A condition is never added as False.
 *
 * @source pkg/controller/job/job_controller.go ensureJobConditionStatus (v1.37)
 */
export function withCondition(conditions: readonly JobCondition[], wanted: Condition): readonly JobCondition[] | undefined {
  const known = conditions.find(({ type }) => type === wanted.type);
  if (known === undefined) return wanted.status === 'False' ? undefined : [...conditions, wanted];
  if (known.status === wanted.status && known.reason === wanted.reason && known.message === wanted.message) return undefined;
  return conditions.map((condition) => (condition === known ? wanted : condition));
}
