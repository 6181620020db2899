import { trueCondition } from './conditions';
import type { StoredJob, StoredPod } from './objects';
import { isTerminal } from './pods';
import { type ChangedAction, isChangeOf } from './world';
import type { JobStatus } from '../api/kubernetes';

/**
 * The invariants that a change breaks: what the API server refuses in the status of a Job, and pods that leave a terminal phase.
 *
 * Empty when all is well.
 *
 * @source pkg/registry/batch/job/strategy.go getStatusValidationOptions; pkg/apis/batch/validation/validation.go (v1.37)
 */
export function faultsOfChange(change: ChangedAction): readonly string[] {
  if (isChangeOf(change, 'Job')) return jobFaults(change.object, change.before as StoredJob | undefined);
  if (isChangeOf(change, 'Pod')) return podFaults(change.object, change.before as StoredPod | undefined);
  return [];
}

/** What must hold, and the words for what does not: a list that is not made as long as all is well. */
class Faults {
  public readonly found: string[] = [];

  /** Notes a fault if something is so that must not be. */
  public note(isBroken: boolean, fault: string): void {
    if (isBroken) this.found.push(fault);
  }
}

function jobFaults(job: StoredJob, before: StoredJob | undefined): readonly string[] {
  const { status } = job;
  const faults = new Faults();
  if (status === before?.status) return faults.found;
  noteFinish(faults, status);
  noteCounters(faults, status);
  if (before !== undefined) noteChange(faults, job, before);
  return faults.found;
}

function noteFinish(faults: Faults, status: JobStatus): void {
  const { active = 0, terminating = 0, uncountedTerminatedPods: uncounted, conditions, completionTime } = status;
  if (conditions === undefined && completionTime === undefined) return;
  const isComplete = trueCondition(conditions, 'Complete') !== undefined;
  const hasFailed = trueCondition(conditions, 'Failed') !== undefined;
  const isFailing = trueCondition(conditions, 'FailureTarget') !== undefined;
  const isOver = isComplete || hasFailed;
  const left = (uncounted?.succeeded?.length ?? 0) + (uncounted?.failed?.length ?? 0);
  faults.note(isOver && active > 0, 'a finished Job has active pods');
  faults.note(isOver && terminating > 0, 'a finished Job has terminating pods');
  faults.note(isOver && left > 0, 'a finished Job has uncounted pods');
  faults.note(hasFailed && !isFailing, 'Failed without FailureTarget');
  faults.note(isComplete && trueCondition(conditions, 'SuccessCriteriaMet') === undefined, 'Complete without SuccessCriteriaMet');
  faults.note(isComplete && (hasFailed || isFailing), 'Complete together with Failed or FailureTarget');
  faults.note(completionTime !== undefined && !isComplete, 'completionTime without Complete');
  faults.note(isComplete && completionTime === undefined, 'Complete without completionTime');
}

function noteCounters(faults: Faults, status: JobStatus): void {
  const { active = 0, ready = 0, terminating = 0, succeeded = 0, failed = 0, uncountedTerminatedPods: uncounted } = status;
  faults.note(Math.min(active, ready, terminating, succeeded, failed) < 0, 'a count is below zero');
  faults.note(ready > active, 'more pods are ready than active');
  faults.note(hasRepeats(uncounted?.succeeded ?? [], uncounted?.failed ?? []), 'a pod is listed twice as uncounted');
}

function hasRepeats(some: readonly string[], others: readonly string[]): boolean {
  const count = some.length + others.length;
  return count > 1 && new Set([...some, ...others]).size < count;
}

function noteChange(faults: Faults, { spec, status }: StoredJob, before: StoredJob): void {
  const isElastic = spec.completionMode === 'Indexed' && spec.completions === spec.parallelism;
  const isStartMoved = before.status.startTime !== undefined && status.startTime !== before.status.startTime;
  faults.note((status.failed ?? 0) < (before.status.failed ?? 0), 'failed shrinks');
  faults.note((status.succeeded ?? 0) < (before.status.succeeded ?? 0) && !isElastic, 'succeeded shrinks');
  faults.note(isStartMoved && !isSuspended(status) && !isSuspended(before.status), 'startTime changes while the Job runs');
  if (before.status.conditions === undefined || status.conditions === before.status.conditions) return;
  const has = ({ conditions }: JobStatus, type: (typeof lasting)[number]): boolean => trueCondition(conditions, type) !== undefined;
  const lost = lasting.filter((type) => has(before.status, type) && !has(status, type));
  faults.note(lost.length > 0, `the condition ${lost.join(', ')} is taken back`);
}

const lasting = ['Complete', 'Failed', 'FailureTarget', 'SuccessCriteriaMet'] as const;

function isSuspended({ conditions }: JobStatus): boolean {
  return trueCondition(conditions, 'Suspended') !== undefined;
}

function podFaults({ status }: StoredPod, before: StoredPod | undefined): readonly string[] {
  const isBack = before !== undefined && isTerminal(before.status) && status.phase !== before.status.phase;
  return isBack ? ['a pod comes back from its end'] : [];
}
