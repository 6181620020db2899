import type { JobSpec } from '../api/kubernetes';

/**
 * How many terminating pods still hold their place: all of them when a pod is replaced only once it has failed, none otherwise.
 *
 * @source pkg/controller/job/job_controller.go onlyReplaceFailedPods (v1.37)
 */
export function terminatingToWaitFor({ podReplacementPolicy }: JobSpec, terminating: number): number {
  return podReplacementPolicy === 'Failed' ? terminating : 0;
}
