import type { Checked } from './checked-fields';
import type { ContainerProps, InitContainerProps } from './container-props';
import type { Affinity, LocalObjectReference, PodSecurityContext, PodSpecRest, TolerationRest, TopologySpreadConstraint } from '../kubernetes';
import type { PodMetadataProps } from './metadata-props';
import type { DurationObject, NamedConstruct, PlusContainer } from './plus-props';
import type { ResourceAmounts, ResourceProps } from './quantity-props';
import type { otherRefusals } from './refusals';
import type { VolumeProps } from './volume-props';
import type { OtherWord } from './word-props';
import type { Forbidden } from '../../core/messages';

/** What a Job may do when a container fails. */
export type RestartPolicy = 'Never' | 'OnFailure';

/**
 * The pod's part of the props: every field of PodSpec by its own name, beside the fields of the Job.
 *
 * | here | in the manifest |
 * |---|---|
 * | `podMetadata` | `spec.template.metadata` |
 * | `podActiveDeadlineSeconds` | `spec.template.spec.activeDeadlineSeconds` (the Job has a field of that name too) |
 */
export interface PodProps<
  Restart extends string = RestartPolicy, ContainerName = string, VolumeName = string, Amount = string, Count = number,
  Word extends string = never, Mounted = string, Integer = number,
> extends PlainPodFields {
  /**
   * What happens when a container fails: `Never` makes a new pod, `OnFailure` restarts the container in its pod.
   *
   * Required, and never `Always`: a Job must be able to end. `Never` keeps the logs of failed attempts.
   */
  // Written out, and the same for both policies: a name would hide the sentence, and each further type costs every use.
  readonly restartPolicy: string extends Restart
    ? Restart
    : 'Never' | 'OnFailure' | ('Never' & Forbidden<typeof otherRefusals.restartPolicy>);
  /** What the pods run, at least one container; a Container of cdk8s-plus fits too. */
  readonly containers: ReadonlyArray<ContainerProps<ContainerName, Mounted, Amount, Word, Count> | PlusContainer>;
  /** What runs before the containers, one after the other; with `restartPolicy: 'Always'` a sidecar. */
  readonly initContainers?: ReadonlyArray<InitContainerProps<ContainerName, Mounted, Amount, Word, Count> | PlusContainer>;
  /** Volumes that the containers can mount; a Volume of cdk8s-plus fits too. */
  readonly volumes?: ReadonlyArray<VolumeProps<VolumeName, Amount, Word>>;
  /** What all containers together need and may use. On since 1.34. */
  readonly resources?: ResourceProps<Amount>;
  /**
   * Seconds that one pod may run before it fails; `activeDeadlineSeconds` limits the whole Job.
   *
   * Shape: whole number, 1 or more. Unit: seconds. @default - no limit
   */
  readonly podActiveDeadlineSeconds?: Count | DurationObject;
  /** Taints of nodes that the pods put up with. */
  readonly tolerations?: ReadonlyArray<TolerationProps<Word, Integer>>;
  /** Where names are resolved. @default 'ClusterFirst' */
  readonly dnsPolicy?: 'ClusterFirst' | 'ClusterFirstWithHostNet' | 'Default' | 'None' | OtherWord<Word>;
  /** Whether pods of lower priority may be pushed out. @default 'PreemptLowerPriority' */
  readonly preemptionPolicy?: 'Never' | 'PreemptLowerPriority' | OtherWord<Word>;
  /** How long containers have between SIGTERM and SIGKILL. Shape: whole number; 0 kills at once. Unit: seconds. @default 30 */
  readonly terminationGracePeriodSeconds?: Integer | DurationObject;
  /** The priority that admission makes of `priorityClassName`. */
  readonly priority?: Integer;
  /** What all containers may do, and as whom they run. */
  readonly securityContext?: Checked<PodSecurityContext, Word, Count>;
  /** Where pods should or must be placed, by nodes and by other pods. */
  readonly affinity?: Checked<Affinity, Word, Count>;
  /** How evenly pods are spread over nodes or zones. */
  readonly topologySpreadConstraints?: ReadonlyArray<Checked<TopologySpreadConstraint, Word, Count>>;
}

/** The fields of a pod that hold no names to check. They stand apart: the compiler makes them once, and the others for every literal. */
interface PlainPodFields extends PodSpecRest {
  /** Labels and annotations of the pods. */
  readonly podMetadata?: PodMetadataProps;
  /** What the runtime class itself needs; set by admission. */
  readonly overhead?: ResourceAmounts;
  /** The service account that the pods run as, by name or as an object of cdk8s-plus. @default - the namespace's `default` */
  readonly serviceAccountName?: string | NamedConstruct;
  /** Secrets with the passwords of image registries. */
  readonly imagePullSecrets?: ReadonlyArray<LocalObjectReference | NamedConstruct>;
  /** Not in a template. */
  readonly ephemeralContainers?: Forbidden<typeof otherRefusals.ephemeralContainers>;
}

/** A taint of nodes that the pods put up with. */
interface TolerationProps<Word extends string, Integer> extends TolerationRest {
  /** Which effect of the taint. @default - all */
  readonly effect?: 'NoExecute' | 'NoSchedule' | 'PreferNoSchedule' | OtherWord<Word>;
  /** `Exists`: any value. `Equal`: this value. @default 'Equal' */
  readonly operator?: 'Equal' | 'Exists' | 'Gt' | 'Lt' | OtherWord<Word>;
  /** How long a pod stays on a node with a NoExecute taint. Unit: seconds. @default - for ever */
  readonly tolerationSeconds?: Integer | DurationObject;
}
