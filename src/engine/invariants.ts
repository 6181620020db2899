import { isFinished, trueCondition } from './conditions';
import type { StoredJob, StoredPod } from './objects';
import { isTerminal } from './pods';
import type { ChangedAction } from './world';
import type { JobStatus } from '../api/kubernetes';

/**
 * What must never be seen of a change: what the API server refuses in the status of a Job, and pods that come back from their end.
 *
 * Empty when all is well. `before` is the form before the change, absent for a new object.
 *
 * @source pkg/registry/batch/job/strategy.go getStatusValidationOptions; pkg/apis/batch/validation/validation.go (v1.37)
 */
export function faultsOfChange({ object }: ChangedAction, before?: ChangedAction['object']): readonly string[] {
  if (object.kind === 'Job') return jobFaults(object as unknown as StoredJob, before as unknown as StoredJob | undefined);
  if (object.kind === 'Pod') return podFaults(object as unknown as StoredPod, before as unknown as StoredPod | undefined);
  return [];
}

type Rule = readonly [broken: boolean, fault: string];

function jobFaults(job: StoredJob, before: StoredJob | undefined): readonly string[] {
  const { status } = job;
  return said([...finishRules(status), ...numberRules(status), ...(before === undefined ? [] : changeRules(job, before))]);
}

function finishRules(status: JobStatus): readonly Rule[] {
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

function numberRules({ active = 0, ready = 0, terminating = 0, succeeded = 0, failed = 0, ...rest }: JobStatus): readonly Rule[] {
  const uncounted = rest.uncountedTerminatedPods;
  const uids = [...uncounted?.succeeded ?? [], ...uncounted?.failed ?? []];
  return [
    [Math.min(active, ready, terminating, succeeded, failed) < 0, 'a count is below zero'],
    [ready > active, 'more pods are ready than active'],
    [new Set(uids).size < uids.length, 'a pod is listed twice as uncounted'],
  ];
}

function changeRules({ spec, status }: StoredJob, before: StoredJob): readonly Rule[] {
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
  return said([[before !== undefined && isTerminal(before.status) && status.phase !== before.status.phase, 'a pod comes back from its end']]);
}

function said(rules: readonly Rule[]): readonly string[] {
  return rules.filter(([broken]) => broken).map(([, fault]) => fault);
}
