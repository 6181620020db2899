/** Where the API shows a reason, and with it how far its pod comes. */
type ReasonPlace =
  /** A container that ran and ended: `terminated.reason`. */
  | 'end'
  /** A container that could not be started and has ended: `terminated.reason`. */
  | 'failed start'
  /** A container that cannot start for now: `waiting.reason`. */
  | 'wait'
  /** A pod that its node ends while it runs: `status.reason`. */
  | 'pod end'
  /** A pod whose node is lost while it runs: the reason of its condition DisruptionTarget. */
  | 'node lost'
  /** A pod that its node does not take: `status.reason`. */
  | 'rejection'
  /** A pod without a node: the condition PodScheduled. */
  | 'no node';

/** What a reason means for the pod of a script that has it. */
interface PodReason {
  readonly place: ReasonPlace;
  /** The exit code of its containers unless the script gives another. */
  readonly exit?: number;
  /** The API's message unless the script gives another. */
  readonly message?: string;
  /** Whether the pod gets the condition DisruptionTarget. */
  readonly isDisruption?: boolean;
}

const killed = 137;
const rejected: PodReason = { place: 'rejection', message: 'Pod was rejected' };
const waits: PodReason = { place: 'wait' };

/**
 * The reasons that a script can give a pod or a container.
 *
 * @source pkg/kubelet/container/sync_result.go, pkg/kubelet/images/types.go, pkg/kubelet/kuberuntime/kuberuntime_container.go,
 * pkg/kubelet/eviction/helpers.go, pkg/kubelet/preemption/preemption.go, pkg/kubelet/nodeshutdown,
 * pkg/kubelet/lifecycle/predicate.go, pkg/controller/tainteviction, pkg/controller/podgc (v1.37)
 */
const podReasons: Readonly<Record<string, PodReason>> = {
  Completed: { place: 'end', exit: 0 },
  Error: { place: 'end', exit: 1 },
  OOMKilled: { place: 'end', exit: killed },
  ContainerStatusUnknown: { place: 'end', exit: killed, message: 'The container could not be located when the pod was terminated' },
  StartError: { place: 'failed start', exit: 128 },
  ContainerCannotRun: { place: 'failed start', exit: 128 },
  DeadlineExceeded: { place: 'pod end', exit: killed, message: 'Pod was active on the node longer than the specified deadline' },
  Evicted: { place: 'pod end', exit: killed, isDisruption: true },
  Preempting: { place: 'pod end', exit: killed, message: 'Preempted in order to admit critical pod', isDisruption: true },
  Terminated: { place: 'pod end', exit: killed, message: 'Pod was terminated in response to imminent node shutdown.', isDisruption: true },
  DeletionByTaintManager: { place: 'node lost', message: 'Taint manager: deleting due to NoExecute taint' },
  DeletionByPodGC: { place: 'node lost', message: 'PodGC: node no longer exists' },
  OutOfcpu: rejected,
  OutOfmemory: rejected,
  OutOfpods: rejected,
  NodeAffinity: rejected,
  NodeShutdown: rejected,
  SysctlForbidden: rejected,
  TopologyAffinityError: rejected,
  UnexpectedAdmissionError: rejected,
  ErrImagePull: waits,
  ImagePullBackOff: waits,
  ErrImageNeverPull: waits,
  InvalidImageName: waits,
  CreateContainerConfigError: waits,
  CreateContainerError: waits,
  Unschedulable: { place: 'no node' },
};

/** What a reason means; undefined for none, and for a word that is none. */
export function podReason(word: string | undefined): PodReason | undefined {
  return word !== undefined && Object.hasOwn(podReasons, word) ? podReasons[word] : undefined;
}

/** All reasons of some places. */
export function reasonsOf(...places: readonly ReasonPlace[]): readonly string[] {
  return Object.entries(podReasons).filter(([, { place }]) => places.includes(place)).map(([word]) => word);
}

/** All reasons. */
export const allReasons: readonly string[] = Object.keys(podReasons);
