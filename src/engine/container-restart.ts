import type { ContainerRecord } from './memory';
import type { Container, PodSpec } from '../api/kubernetes';
import type { Instant } from '../core/time';

/** The wait after the second failure of a container, in milliseconds; each further one doubles it. */
const firstWaitMs = 10_000;

/** The longest wait between two runs, in milliseconds. */
const longestWaitMs = 300_000;

/** How long a run must last to reset the waits, in milliseconds. */
const resetMs = 2 * longestWaitMs;

/**
 * Whether a container that ended is started again: by its own rules, its own policy, or the policy of the pod.
 *
 * @source pkg/kubelet/container/helpers.go ShouldContainerBeRestarted (v1.37)
 */
export function shouldRestart(pod: PodSpec, container: Container, exitCode: number): boolean {
  const action = ruleFor(container, exitCode);
  if (action !== undefined) return action === 'Restart' || action === 'RestartAllContainers';
  const policy = container.restartPolicy ?? pod.restartPolicy ?? 'Always';
  return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);
}

/**
 * Whether the end of a container makes all containers of its pod start over, its init containers first.
 *
 * @source pkg/kubelet/container/helpers.go ShouldAllContainersRestart (v1.37)
 */
export function restartsAll(container: Container, exitCode: number): boolean {
  return ruleFor(container, exitCode) === 'RestartAllContainers';
}

/** The action of the first rule for an exit code, or undefined. */
function ruleFor({ restartPolicyRules }: Container, exitCode: number): string | undefined {
  return restartPolicyRules?.find(({ exitCodes }) =>
    exitCodes !== undefined && (exitCodes.values?.includes(exitCode) ?? false) === (exitCodes.operator === 'In'))?.action;
}

/**
 * How long an ended container still has to wait for its next run, in milliseconds. The first restart is immediate.
 *
 * @source pkg/kubelet/kuberuntime/kuberuntime_manager.go doBackOff; client-go/util/flowcontrol/backoff.go IsInBackOffSince (v1.37)
 */
export function remainingRestartMs({ backoff, finishedAt }: ContainerRecord, now: Instant): number {
  if (backoff === undefined || finishedAt === undefined || isExpired(backoff, finishedAt)) return 0;
  return Math.max(0, backoff.waitMs - (now - finishedAt));
}

/**
 * The back-off of a container that is started again now.
 *
 * @source staging/src/k8s.io/client-go/util/flowcontrol/backoff.go Backoff.Next (v1.37)
 */
export function nextRestart({ backoff, finishedAt }: ContainerRecord, now: Instant): NonNullable<ContainerRecord['backoff']> {
  if (backoff === undefined || (finishedAt !== undefined && isExpired(backoff, finishedAt))) return { waitMs: firstWaitMs, at: now };
  return { waitMs: Math.min(backoff.waitMs * 2, longestWaitMs), at: now };
}

function isExpired({ at }: NonNullable<ContainerRecord['backoff']>, finishedAt: Instant): boolean {
  return finishedAt - at > resetMs;
}
