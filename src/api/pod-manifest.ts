import type { ObjectMeta, PodSpec, Time } from './kubernetes';

/**
 * A pod as the API server returns it.
 *
 * @source staging/src/k8s.io/api/core/v1/types.go Pod (v1.37)
 */
export interface Pod {
  /** `v1`. */
  readonly apiVersion?: string;
  /** `Pod`. */
  readonly kind?: string;
  readonly metadata?: ObjectMeta;
  readonly spec?: PodSpec;
  readonly status?: PodStatus;
}

/** Where a pod is in its life; it never leaves Succeeded or Failed. */
export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';

/**
 * What is known of a running pod.
 *
 * @source staging/src/k8s.io/api/core/v1/types.go PodStatus (v1.37)
 */
export interface PodStatus {
  /** Default Pending. */
  readonly phase?: PodPhase;
  readonly conditions?: readonly PodCondition[];
  /** `Evicted`, `DeadlineExceeded`: why the whole pod is as it is. */
  readonly reason?: string;
  readonly message?: string;
  /** Regular containers, in the order of the spec. */
  readonly containerStatuses?: readonly ContainerStatus[];
  /** Init containers and sidecars, in the order of the spec. */
  readonly initContainerStatuses?: readonly ContainerStatus[];
  /** When the kubelet accepted the pod. */
  readonly startTime?: Time;
  readonly hostIP?: string;
  readonly podIP?: string;
  readonly qosClass?: string;
  readonly observedGeneration?: number;
}

/**
 * One condition of a pod: `PodScheduled`, `Ready`, `DisruptionTarget`.
 *
 * @source staging/src/k8s.io/api/core/v1/types.go PodCondition (v1.37)
 */
export interface PodCondition {
  readonly type: string;
  /** `True`, `False` or `Unknown`. */
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastProbeTime?: Time | null;
  readonly lastTransitionTime?: Time;
  readonly observedGeneration?: number;
}

/**
 * What is known of one container.
 *
 * @source staging/src/k8s.io/api/core/v1/types.go ContainerStatus (v1.37)
 */
export interface ContainerStatus {
  readonly name: string;
  readonly image: string;
  readonly imageID: string;
  readonly containerID?: string;
  /** Passed its readiness probe, or runs without one. */
  readonly ready: boolean;
  /** Passed its startup probe, or runs without one. */
  readonly started?: boolean;
  readonly restartCount: number;
  readonly state: ContainerState;
  /** How the run before this one ended. */
  readonly lastState: ContainerState;
}

/** The state of a container: one of the three, or none when nothing is known. */
export interface ContainerState {
  readonly waiting?: ContainerStateWaiting;
  readonly running?: ContainerStateRunning;
  readonly terminated?: ContainerStateTerminated;
}

/** Not started yet, or between two runs. */
interface ContainerStateWaiting {
  /** `ContainerCreating`, `PodInitializing`, `CrashLoopBackOff`. */
  readonly reason?: string;
  readonly message?: string;
}

/** Running. */
interface ContainerStateRunning {
  readonly startedAt?: Time;
}

/** Ended. */
export interface ContainerStateTerminated {
  /** 0 to 255; 128 + n after signal n. */
  readonly exitCode: number;
  readonly signal?: number;
  /** `Completed`, `Error`, `OOMKilled`. */
  readonly reason?: string;
  readonly message?: string;
  readonly startedAt?: Time;
  readonly finishedAt?: Time;
  readonly containerID?: string;
}

/**
 * A core/v1 Event: what a controller or a kubelet had to say about an object.
 *
 * @source staging/src/k8s.io/api/core/v1/types.go Event (v1.37)
 */
export interface CoreEvent {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: ObjectMeta;
  readonly involvedObject: EventSubject;
  /** One CamelCase word: `SuccessfulCreate`. */
  readonly reason: string;
  readonly message: string;
  /** `Normal` or `Warning`. */
  readonly type: string;
  readonly source: { readonly component?: string; readonly host?: string };
  readonly reportingComponent: string;
  readonly reportingInstance: string;
  readonly firstTimestamp: Time;
  readonly lastTimestamp: Time;
  /** How often it was seen. */
  readonly count: number;
  readonly eventTime: string | null;
}

/** The object that an event is about. */
export interface EventSubject {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly uid: string;
  readonly apiVersion: string;
  readonly resourceVersion?: string;
  /** `spec.containers{main}`. */
  readonly fieldPath?: string;
}
