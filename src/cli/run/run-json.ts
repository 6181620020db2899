import type { LogLine } from '../../runtime/log-line';
import type { Progress, RunResult } from '../../runtime/run-options';
import { exitStatus, exitStatuses } from '../../verdict/exit-status';

/** The exit status of a run: that of a manifest that was refused, else that of the first Job that ran and has not completed. */
export function statusOf({ jobs }: RunResult): number {
  const ran = jobs.filter(({ verdict }) => verdict !== 'NotStarted');
  if (ran.some((job) => exitStatus(job) !== 0)) return statusOfAll(ran);
  return statusOfAll(jobs);
}

function statusOfAll(jobs: RunResult['jobs']): number {
  const statuses = jobs.map(exitStatus);
  const isMistaken = jobs.some(({ verdict }, position) => verdict === 'Refused' && statuses[position] === exitStatuses.error);
  return isMistaken ? exitStatuses.error : statuses.find((status) => status !== 0) ?? 0;
}

/** What is written of a run when it has ended. */
export function resultJson(result: RunResult, cluster: object): object {
  return { apiVersion: 'cdk8s-jobs/v1', kind: 'RunResult', cluster, ...result, exitStatus: statusOf(result) };
}

/** What is written of a line that a container printed. */
export function logJson({ source: { job, pod, container, index, attempt }, time, text }: LogLine): object {
  return { type: 'log', job, pod, container, index, attempt, time, text };
}

/** What is written of something that happens; undefined fields are left out of the JSON. */
export function progressJson(progress: Progress): object {
  switch (progress.type) {
    case 'applied': {
      const { object: { kind, metadata }, result, warnings } = progress.applied;
      return { type: 'applied', object: { kind, name: metadata?.name, namespace: metadata?.namespace, uid: metadata?.uid }, result, warnings };
    }
    case 'left-out': {
      const { type, objects } = progress;
      return { type, objects: objects.map(({ kind, metadata }) => ({ kind, name: metadata?.name, namespace: metadata?.namespace })) };
    }
    case 'replacing': {
      const { type, object: { kind, metadata }, changes } = progress;
      return { type, object: { kind, name: metadata?.name, namespace: metadata?.namespace, uid: metadata?.uid }, changes };
    }
    case 'refused':
    case 'trouble':
    case 'unwatched': {
      const { code, message, hint, findings } = progress.error;
      return { type: progress.type, code, message, hint, findings: findings.length === 0 ? undefined : findings };
    }
    default: return progress;
  }
}
