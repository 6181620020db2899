import type { Cause } from './cause';
import type { PodFacts } from './pod-facts';
import type { PodsSum } from './pods-sum';
import type { Run } from './run';
import { given } from '../core/given';

/**
 * The Job's deadline as the cause: its pods were still at work.
 *
 * A container that had ended with 0 before its pod was asked to go lost a race: the Job counts pods, and learns a second late that they
 * have ended.
 */
export function deadlineCause({ late, lastGoing }: PodsSum, decision: { readonly at: number; readonly message: string }): Cause {
  const common = { code: 'DeadlineExceeded', detail: decision.message, knownAt: decision.at } as const;
  const run = late && lateSuccess(late);
  if (late === undefined || run === undefined) return { ...common, ...given({ pod: lastGoing }) };
  return { ...common, pod: late, container: run.container, run, exitCode: 0 };
}

/** A run of the main container that had ended well before its pod was asked to go, but whose pod had not. */
export function lateSuccess(pod: PodFacts): Run | undefined {
  if (pod.deletingAt === undefined || (pod.endedAt ?? Infinity) <= pod.deletingAt) return undefined;
  return pod.runs.find(({ role, endedByItself, othersWentOn, exitCode }) =>
    role === 'main' && endedByItself && !othersWentOn && exitCode === 0);
}
