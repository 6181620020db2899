import type { Cause } from './cause';
import type { PodFacts } from './pod-facts';
import { given } from '../core/given';

/**
 * The Job's deadline as the cause: its pods were still at work.
 *
 * A container that had ended with 0 before its pod was asked to go lost a race: the Job counts pods, and learns a second late that they
 * have ended.
 */
export function deadlineCause(pods: readonly PodFacts[], decision: { readonly at: number; readonly message: string }): Cause {
  for (const pod of pods) {
    const run = pod.runs.find(({ role, endedByItself, othersWentOn, exitCode }) =>
      role === 'main' && endedByItself && !othersWentOn && exitCode === 0);
    if (run !== undefined && pod.deletingAt !== undefined && (pod.endedAt ?? Infinity) > pod.deletingAt) {
      return { code: 'DeadlineExceeded', detail: decision.message, knownAt: decision.at, pod, container: run.container, run, exitCode: 0 };
    }
  }
  const pod = pods.filter(({ deletingAt }) => deletingAt !== undefined).at(-1);
  return { code: 'DeadlineExceeded', detail: decision.message, knownAt: decision.at, ...given({ pod }) };
}
