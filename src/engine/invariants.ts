import { isFinished, trueCondition } from './conditions';
import { type StoredJob, type StoredPod, isOfKind } from './objects';
import { isTerminal } from './pods';
import type { ChangedAction } from './world';
import type { JobStatus } from '../api/kubernetes';

/**
 * The invariants that a change breaks: what the API server refuses in the status of a Job, and pods that leave a terminal phase.
 *
 * Empty when all is well. `before` is the form before the change, absent for a new object.
 *
 * @source pkg/registry/batch/job/strategy.go getStatusValidationOptions; pkg/apis/batch/validation/validation.go (v1.37)
 */
export function faultsOfChange({ object }: ChangedAction, before?: ChangedAction['object']): readonly string[] {
  if (isOfKind(object, 'Job')) return jobFaults(object, before as StoredJob | undefined);
  if (isOfKind(object, 'Pod')) return podFaults(object, before as StoredPod | undefined);
  return [];
}

/** Something that must hold: whether it is broken, and the words for that. */
type Invariant = readonly [isBroken: boolean, fault: string];

function jobFaults(job: StoredJob, before: StoredJob | undefined): readonly string[] {
  const { status } = job;
  if (status === before?.status) return [];
  return faults([...ofFinish(status), ...ofCounters(status), ...(before === undefined ? [] : ofChange(job, before))]);
}

function ofFinish(status: JobStatus): readonly Invariant[] {
  const { active = 0, terminating = 0, uncountedTerminatedPods: uncounted, conditions } = status;
  const isComplete = trueCondition(conditions, 'Complete') !== undefined;
  const hasFailed = trueCondition(conditions, 'Failed') !== undefined;
  const isFailing = trueCondition(conditions, 'FailureTarget') !== undefined;
  const left = (uncounted?.succeeded ?? []).length + (uncounted?.failed ?? []).length;
  return [
    [isFinished(conditions) && active > 0, 'a finished Job has active pods'],
    [isFinished(conditions) && terminating > 0, 'a finished Job has terminating pods'],
    [isFinished(conditions) && left > 0, 'a finished Job has uncounted pods'],
    [hasFailed && !isFailing, 'Failed without FailureTarget'],
    [isComplete && trueCondition(conditions, 'SuccessCriteriaMet') === undefined, 'Complete without SuccessCriteriaMet'],
    [isComplete && (hasFailed || isFailing), 'Complete together with Failed or FailureTarget'],
    [status.completionTime !== undefined && !isComplete, 'completionTime without Complete'],
    [isComplete && status.completionTime === undefined, 'Complete without completionTime'],
  ];
}

function ofCounters({ active = 0, ready = 0, terminating = 0, succeeded = 0, failed = 0, ...rest }: JobStatus): readonly Invariant[] {
  const uncounted = rest.uncountedTerminatedPods;
  const uids = [...uncounted?.succeeded ?? [], ...uncounted?.failed ?? []];
  return [
    [Math.min(active, ready, terminating, succeeded, failed) < 0, 'a count is below zero'],
    [ready > active, 'more pods are ready than active'],
    [new Set(uids).size < uids.length, 'a pod is listed twice as uncounted'],
  ];
}

function ofChange({ spec, status }: StoredJob, before: StoredJob): readonly Invariant[] {
  const isElastic = spec.completionMode === 'Indexed' && spec.completions === spec.parallelism;
  const wasSuspended = trueCondition(before.status.conditions, 'Suspended') !== undefined;
  const isSuspended = trueCondition(status.conditions, 'Suspended') !== undefined;
  const isStartMoved = before.status.startTime !== undefined && status.startTime !== before.status.startTime;
  const types = new Set(status.conditions?.filter((condition) => condition.status === 'True').map(({ type }) => type));
  const lost = (['Complete', 'Failed', 'FailureTarget', 'SuccessCriteriaMet'] as const)
    .filter((type) => trueCondition(before.status.conditions, type) !== undefined && !types.has(type));
  return [
    [(status.failed ?? 0) < (before.status.failed ?? 0), 'failed shrinks'],
    [(status.succeeded ?? 0) < (before.status.succeeded ?? 0) && !isElastic, 'succeeded shrinks'],
    [isStartMoved && !isSuspended && !wasSuspended, 'startTime changes while the Job runs'],
    [lost.length > 0, `the condition ${lost.join(', ')} is taken back`],
  ];
}

function podFaults({ status }: StoredPod, before: StoredPod | undefined): readonly string[] {
  return faults([[before !== undefined && isTerminal(before.status) && status.phase !== before.status.phase, 'a pod comes back from its end']]);
}

function faults(invariants: readonly Invariant[]): readonly string[] {
  return invariants.filter(([isBroken]) => isBroken).map(([, fault]) => fault);
}
