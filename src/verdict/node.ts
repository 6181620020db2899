import type { Cause } from './cause';
import { containersOf, hasRun } from './containers';
import type { Diagnosis } from './diagnosis';
import type { EventFact } from './event-facts';
import type { JobFacts } from './job-facts';
import type { PodFacts } from './pod-facts';
import { isSet, number, record, text } from './read';
import type { Sign } from './sign';

/**
 * Why something other than the Job took a pod away.
 *
 * @source pkg/apis/core/types.go PodReasonPreemptionByScheduler and its neighbours (v1.36)
 */
const disruptionCodes: Readonly<Record<string, Diagnosis>> = {
  EvictionByEvictionAPI: 'Evicted',
  PreemptionByScheduler: 'Preempted',
  DeletionByTaintManager: 'NodeLost',
  DeletionByPodGC: 'NodeLost',
  TerminationByKubelet: 'Evicted',
};

/** The reasons that the kubelet gives for ending a pod, apart from refusals. */
const podReasonCodes: Readonly<Record<string, Diagnosis>> = {
  DeadlineExceeded: 'PodDeadline',
  Evicted: 'Evicted',
  Preempting: 'Preempted',
  Terminated: 'NodeLost',
  Shutdown: 'NodeLost',
  NodeLost: 'NodeLost',
};

/** A pod that its node failed as a whole: because of its deadline, an eviction or a shutdown, or by refusing to admit it. */
export function failedPodCause(job: JobFacts, pod: PodFacts): Cause | undefined {
  const reason = pod.reason;
  if (pod.phase !== 'Failed' || reason === undefined) return undefined;
  const detail = text(pod.latest, 'status', 'message') ?? reason;
  const known = podReasonCodes[reason];
  const neverRan = !containersOf(pod.latest).some(hasRun);
  const code = known ?? (neverRan || /^Pod was rejected/.test(detail) ? 'NodeRejected' : undefined);
  if (code === undefined) return undefined;
  // The scheduler may find another node, unless the template names one.
  if (code === 'NodeRejected') return { code, detail, knownAt: pod.endedAt, pod, canHeal: !isSet(job.spec, 'template', 'spec', 'nodeName') };
  return { code, detail, knownAt: pod.endedAt, pod, ...exitCodeOf(pod) };
}

/** A pod that was disrupted before a moment. */
export function disruptionCause(pod: PodFacts, before: number): Cause | undefined {
  const found = pod.disruptions.find(({ at }) => at <= before);
  if (found === undefined) return undefined;
  return { code: disruptionCodes[found.reason] ?? 'Evicted', detail: found.message, knownAt: found.at, pod, ...exitCodeOf(pod) };
}

/** A pod that somebody deleted before a moment. */
export function podDeletionCause(pod: PodFacts, before: number): Cause | undefined {
  if (pod.deletingAt === undefined || pod.deletingAt > before) return undefined;
  return { code: 'PodDeleted', detail: 'the pod was deleted', knownAt: pod.deletingAt, pod, ...exitCodeOf(pod) };
}

/** A pod whose sandbox the node cannot make; the pod itself says nothing but `ContainerCreating`. */
export function sandboxSign({ message }: EventFact): Sign {
  return { code: 'SandboxFailed', detail: message };
}

/** The exit code of the main container of a pod that was ended from outside, once it is known. */
function exitCodeOf(pod: PodFacts): { readonly exitCode: number } | Record<string, never> {
  const main = containersOf(pod.latest).find(({ role }) => role === 'main');
  const ended = record(main?.status, 'state', 'terminated');
  const exitCode = number(ended, 'exitCode');
  return exitCode === undefined || ended.reason === 'ContainerStatusUnknown' ? {} : { exitCode };
}
