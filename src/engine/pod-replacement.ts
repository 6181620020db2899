import type { JobSpec } from '../api/kubernetes';

/**
 * How many terminating pods keep new ones from being created: all if pods are replaced only once they have failed, otherwise none.
 *
 * @source pkg/controller/job/job_controller.go onlyReplaceFailedPods (v1.37)
 */
export function terminatingToWaitFor({ podReplacementPolicy }: JobSpec, terminating: number): number {
  return podReplacementPolicy === 'Failed' ? terminating : 0;
}
