import type { StoredPod } from './objects';
import { isFailed } from './pods';
import type { JobSpec, PodFailurePolicyOnExitCodesRequirement, PodFailurePolicyRule } from '../api/kubernetes';
import type { ContainerStatus } from '../api/pod-manifest';

/** What the pod failure policy says about a failed pod. */
interface PolicyMatch {
  /** The action of the first rule that matches; absent when none does. */
  readonly action?: PodFailurePolicyRule['action'];
  /** Whether the failure counts towards the limits. */
  readonly counts: boolean;
  /** Why the Job fails; only for FailJob. */
  readonly message?: string;
}

/**
 * The first rule that matches a failed pod; without one the failure counts.
 *
 * @source pkg/controller/job/pod_failure_policy.go matchPodFailurePolicy (v1.37)
 */
export function matchFailurePolicy({ podFailurePolicy }: JobSpec, pod: StoredPod): PolicyMatch {
  for (const [index, rule] of (podFailurePolicy?.rules ?? []).entries()) {
    const because = rule.onExitCodes === undefined ? matchConditions(rule, pod) : matchExitCodes(rule.onExitCodes, pod);
    if (because === undefined) continue;
    return {
      action: rule.action,
      counts: rule.action !== 'Ignore',
      ...(rule.action === 'FailJob' ? { message: `${because} matching ${rule.action} rule at index ${index}` } : {}),
    };
  }
  return { counts: true };
}

/**
 * Why the pod failure policy fails the Job, or undefined: the message of the first failed pod that matches a FailJob rule.
 *
 * @source pkg/controller/job/job_controller.go getFailJobMessage (v1.37)
 */
export function failJobMessage(spec: JobSpec, pods: () => readonly StoredPod[]): string | undefined {
  if (spec.podFailurePolicy === undefined) return undefined;
  for (const pod of pods()) {
    const message = isFailed(pod, spec) ? matchFailurePolicy(spec, pod).message : undefined;
    if (message !== undefined) return message;
  }
  return undefined;
}

/** Regular containers come first, then init containers; a container that exited with 0 never matches. */
function matchExitCodes(requirement: PodFailurePolicyOnExitCodesRequirement, { metadata, status }: StoredPod): string | undefined {
  const containers: readonly ContainerStatus[] = [...status.containerStatuses ?? [], ...status.initContainerStatuses ?? []];
  for (const { name, state } of containers) {
    const exitCode = state.terminated?.exitCode;
    if (exitCode === undefined || exitCode === 0) continue;
    if (requirement.containerName !== undefined && requirement.containerName !== name) continue;
    if (requirement.values.includes(exitCode) === (requirement.operator === 'In')) {
      return `Container ${name} for pod ${metadata.namespace}/${metadata.name} failed with exit code ${exitCode}`;
    }
  }
  return undefined;
}

/** The conditions are tried in the order of the pod, not of the rule: the first one that any pattern matches gives the message. */
function matchConditions({ onPodConditions = [] }: PodFailurePolicyRule, { metadata, status }: StoredPod): string | undefined {
  const met = status.conditions?.find((condition) => onPodConditions.some(({ type, status: wanted = 'True' }) =>
    condition.type === type && condition.status === wanted));
  return met === undefined ? undefined : `Pod ${metadata.namespace}/${metadata.name} has condition ${met.type}`;
}
