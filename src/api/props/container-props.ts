import type { Checked } from './checked-fields';
import type {
  ConfigMapEnvSource, ConfigMapKeySelectorRest, ContainerPort, ContainerRest, ContainerRestartRule, EnvVarSourceRest, LifecycleHandlerRest,
  LifecycleRest, Probe, ResourceFieldSelectorRest, SecretEnvSource, SecretKeySelectorRest, SecurityContext, SleepActionRest,
  VolumeMountRest,
} from '../kubernetes';
import type { OneOf } from './one-of';
import type { DurationObject, NamedConstruct, PlusEnvValue, SecondsProps } from './plus-props';
import type { QuantityProps, ResourceProps } from './quantity-props';
import type { otherRefusals } from './refusals';
import type { OtherWord } from './word-props';
import type { Forbidden } from '../../core/messages';

/** One container of the pods: `kubectl explain job.spec.template.spec.containers` with its choices spelled out. */
export interface ContainerProps<
  Name = string, Mounted = string, Amount = string, Word extends string = never, Count = number,
> extends ContainerFields {
  /**
   * The name, unique within the pod; logs and failure rules refer to it.
   *
   * Shape: a-z, 0-9 and `-`, at most 63 characters.
   */
  readonly name: Name;
  /** Where the pod's volumes appear in the container. */
  readonly volumeMounts?: ReadonlyArray<VolumeMountProps<Mounted, Word>>;
  /** Ports that the container listens on. */
  readonly ports?: ReadonlyArray<Checked<ContainerPort, Word, Count>>;
  /** What the container may do, and as whom it runs. @default - what the pod says */
  readonly securityContext?: Checked<SecurityContext, Word, Count>;
  /** What the container needs and may use. */
  readonly resources?: ResourceProps<Amount>;
  /** When to restart this container, whatever the pod says. @default - as the pod. Since 1.35. */
  readonly restartPolicy?: 'Always' | 'Never' | 'OnFailure' | OtherWord<Word>;
  /** When to pull. @default - `Always` for the tag `latest` or none, else `IfNotPresent` */
  readonly imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never' | OtherWord<Word>;
  /** `FallbackToLogsOnError` takes the end of the log when the message file is empty and the container has failed. @default 'File' */
  readonly terminationMessagePolicy?: 'FallbackToLogsOnError' | 'File' | OtherWord<Word>;
  /** Restarts by exit code; needs `restartPolicy` on the container. At most 20. Since 1.35. */
  readonly restartPolicyRules?: readonly ContainerRestartRule[];
  /** Restarts the container when it fails again and again. */
  readonly livenessProbe?: ProbeProps<Word, Count>;
  /** Says when the container is ready; a Job counts ready pods in its status. */
  readonly readinessProbe?: ProbeProps<Word, Count>;
  /** Holds the other probes back until the container has started. */
  readonly startupProbe?: ProbeProps<Word, Count>;
  /** Hooks after the start and before the end. */
  readonly lifecycle?: LifecycleProps<Word>;
}

/** An init container: one that ends before the containers start, or a sidecar that runs beside them. */
export type InitContainerProps<
  Name = string, Mounted = string, Amount = string, Word extends string = never, Count = number,
> =
  | SidecarProps<Name, Mounted, Amount, Word, Count>
  | PlainInitContainerProps<Name, Mounted, Amount, Word, Count>;

/** An init container that keeps running beside the containers and does not keep the Job from finishing. */
export interface SidecarProps<
  Name = string, Mounted = string, Amount = string, Word extends string = never, Count = number,
> extends SidecarFields<Word, Count>, CheckedFields<Name, Mounted, Amount, Word, Count> {}

/** An init container that must succeed before the next one starts. */
export interface PlainInitContainerProps<
  Name = string, Mounted = string, Amount = string, Word extends string = never, Count = number,
> extends PlainInitContainerFields<Word>, CheckedFields<Name, Mounted, Amount, Word, Count> {}

/** The fields of init containers whose literals are checked: the compiler makes them anew for every literal, and the others once. */
interface CheckedFields<Name, Mounted, Amount, Word extends string, Count> {
  /**
   * The name, unique within the pod; logs and failure rules refer to it.
   *
   * Shape: a-z, 0-9 and `-`, at most 63 characters.
   */
  readonly name: Name;
  /** Where the pod's volumes appear in the container. */
  readonly volumeMounts?: ReadonlyArray<VolumeMountProps<Mounted, Word>>;
  /** Ports that the container listens on. */
  readonly ports?: ReadonlyArray<Checked<ContainerPort, Word, Count>>;
  /** What the container may do, and as whom it runs. @default - what the pod says */
  readonly securityContext?: Checked<SecurityContext, Word, Count>;
  /** What the container needs and may use. */
  readonly resources?: ResourceProps<Amount>;
  /** When to pull. @default - `Always` for the tag `latest` or none, else `IfNotPresent` */
  readonly imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never' | OtherWord<Word>;
  /** `FallbackToLogsOnError` takes the end of the log when the message file is empty and the container has failed. @default 'File' */
  readonly terminationMessagePolicy?: 'FallbackToLogsOnError' | 'File' | OtherWord<Word>;
}

/** The fields that only a sidecar has, or has in its own way. */
interface SidecarFields<Word extends string, Count> extends ContainerFields {
  /** What makes it a sidecar. */
  readonly restartPolicy: 'Always' | OtherWord<Word>;
  /** Restarts by exit code. Since 1.36. */
  readonly restartPolicyRules?: readonly ContainerRestartRule[];
  /** Restarts the sidecar when it fails again and again. */
  readonly livenessProbe?: ProbeProps<Word, Count>;
  /** Says when the sidecar is ready. */
  readonly readinessProbe?: ProbeProps<Word, Count>;
  /** Holds the next init container back until the sidecar has started. */
  readonly startupProbe?: ProbeProps<Word, Count>;
  /** Hooks after the start and before the end. */
  readonly lifecycle?: LifecycleProps<Word>;
}

/** The fields that only an init container that ends has, or has in its own way. */
interface PlainInitContainerFields<Word extends string> extends ContainerFields {
  /** When to restart it, whatever the pod says. @default - as the pod. Since 1.35. */
  readonly restartPolicy?: 'Never' | 'OnFailure' | OtherWord<Word>;
  /** Restarts by exit code; needs `restartPolicy`. Since 1.35. */
  readonly restartPolicyRules?: readonly ContainerRestartRule[];
  /** Only sidecars have it. */
  readonly livenessProbe?: Forbidden<typeof otherRefusals.initProbe>;
  /** Only sidecars have it. */
  readonly readinessProbe?: Forbidden<typeof otherRefusals.initProbe>;
  /** Only sidecars have it. */
  readonly startupProbe?: Forbidden<typeof otherRefusals.initProbe>;
  /** Only sidecars have it. */
  readonly lifecycle?: Forbidden<typeof otherRefusals.initLifecycle>;
}

/** The fields that containers, init containers and sidecars share. */
interface ContainerFields extends ContainerRest {
  /** The image to run, as `registry.example/app:1.2`. */
  readonly image: string;
  /** Environment variables; later ones may refer to earlier ones as `$(NAME)`. */
  readonly env?: readonly EnvVarProps[];
  /** Config maps and secrets whose every key becomes a variable. */
  readonly envFrom?: readonly EnvFromProps[];
}

/** An environment variable: a value, or where it comes from. */
export type EnvVarProps = EnvValueProps | EnvReferenceProps | (EnvOfBoth & Forbidden<typeof otherRefusals.valueOrSource>);

/** A variable with a value. */
interface EnvValueProps {
  /** The name: printable ASCII without `=`. */
  readonly name: string;
  /** The value, or an EnvValue of cdk8s-plus. Always a text: write `'1'`, not `1`. @default '' */
  readonly value?: string | PlusEnvValue;
  /** Where the value comes from: not beside a value. */
  readonly valueFrom?: never;
}

/** A variable that comes from somewhere. */
interface EnvReferenceProps {
  /** The name: printable ASCII without `=`. */
  readonly name: string;
  /** The value: not beside a source. */
  readonly value?: never;
  /** Where the value comes from. */
  readonly valueFrom: EnvVarSourceProps;
}

/** No variable has both: it comes last in its union, beside a sentence, so that the compiler explains itself by that. */
interface EnvOfBoth {
  /** The name. */
  readonly name: string;
  /** The value. */
  readonly value?: string | PlusEnvValue;
  /** Where the value comes from. */
  readonly valueFrom?: EnvVarSourceProps;
}

/** Where the value of a variable comes from: exactly one source. */
export type EnvVarSourceProps = OneOf<EnvVarSources, typeof otherRefusals.oneEnvSource>;

/** Every source of a variable, by the name of its field. */
interface EnvVarSources extends Required<EnvVarSourceRest> {
  /** A key of a secret. */
  readonly secretKeyRef: SecretKeyProps;
  /** A key of a config map. */
  readonly configMapKeyRef: ConfigMapKeyProps;
  /** What a container needs, or may use. */
  readonly resourceFieldRef: ResourceFieldProps;
}

/** What a container needs, or may use. */
interface ResourceFieldProps extends ResourceFieldSelectorRest {
  /** The unit of the value. @default '1' */
  readonly divisor?: QuantityProps;
}

/** One key of a secret. */
export interface SecretKeyProps extends SecretKeySelectorRest {
  /** The secret, by name or as an object of cdk8s-plus. */
  readonly name: string | NamedConstruct;
}

/** One key of a config map. */
export interface ConfigMapKeyProps extends ConfigMapKeySelectorRest {
  /** The config map, by name or as an object of cdk8s-plus. */
  readonly name: string | NamedConstruct;
}

/** A config map or a secret whose every key becomes a variable. */
export type EnvFromProps = EnvFromPrefix & OneOf<EnvFromSources, typeof otherRefusals.oneEnvFromSource>;

/** What may stand beside the source of several variables. */
interface EnvFromPrefix {
  /** Put before every key. */
  readonly prefix?: string;
}

/** Every source of several variables, by the name of its field. */
interface EnvFromSources {
  /** All keys of a config map. */
  readonly configMapRef: ConfigMapEnvSource | NamedConstruct;
  /** All keys of a secret. */
  readonly secretRef: SecretEnvSource | NamedConstruct;
}

/** Where a volume appears in a container. */
export interface VolumeMountProps<Name = string, Word extends string = never> extends VolumeMountRest {
  /** The name of one of the pod's volumes. */
  readonly name: Name;
  /** Whether later mounts below it are seen on both sides. @default 'None' */
  readonly mountPropagation?: 'Bidirectional' | 'HostToContainer' | 'None' | OtherWord<Word>;
}

/** The name of a mounted volume, where `VolumeName` are those of the pod: members of enums are compared as their texts. */
export type CheckedMount<Name extends string, VolumeName extends string> =
  `${Name}` extends `${VolumeName}` ? string
    : Name extends `${VolumeName}` ? Name : NoInfer<VolumeName> | (string & Forbidden<typeof otherRefusals.noSuchVolume>);

/** What a kubelet asks a container, and how often. */
export type ProbeProps<Word extends string = never, Count = number> =
  ProbeTimes<Count> & OneOf<ProbeHandlers<Word>, typeof otherRefusals.oneHandler>;

/** Every way to ask, by the name of its field. Ports are checked at synth: the kinds would be compared anew for every number. */
type ProbeHandlers<Word extends string> = Checked<Required<Pick<Probe, 'exec' | 'grpc' | 'httpGet' | 'tcpSocket'>>, Word, number>;

/** The times of a probe, and how many answers count. */
interface ProbeTimes<Count> {
  /** How long after the start the first one is. Unit: seconds. @default 0 */
  readonly initialDelaySeconds?: Count | DurationObject;
  /** How often. Unit: seconds, 1 or more. @default 10 */
  readonly periodSeconds?: Count | DurationObject;
  /** How long an answer may take. Unit: seconds, 1 or more. @default 1 */
  readonly timeoutSeconds?: Count | DurationObject;
  /** The grace period when this probe ends the container; not for readiness. Unit: seconds. @default - as the pod */
  readonly terminationGracePeriodSeconds?: Count | DurationObject;
  /** How many bad answers in a row are a failure. 1 or more. @default 3 */
  readonly failureThreshold?: Count;
  /** How many good answers in a row are a success after a failure. 1 or more; for liveness and startup only 1. @default 1 */
  readonly successThreshold?: Count;
}

/** What runs after the start of a container and before its end. */
export interface LifecycleProps<Word extends string = never> extends LifecycleRest {
  /** Runs at once after the start; the container is ended when it fails. */
  readonly postStart?: LifecycleHandlerProps<Word>;
  /** Runs before the container is asked to end. */
  readonly preStop?: LifecycleHandlerProps<Word>;
}

/** One action of a hook. */
export type LifecycleHandlerProps<Word extends string = never> = OneOf<LifecycleActions<Word>, typeof otherRefusals.oneHandler>;

/** Every action of a hook, by the name of its field. */
interface LifecycleActions<Word extends string> extends Checked<Required<LifecycleHandlerRest>, Word, number> {
  /** Waits. */
  readonly sleep: SleepProps;
}

/** A pause of a hook. */
interface SleepProps extends SleepActionRest {
  /** How long, up to the grace period. Unit: seconds. */
  readonly seconds: SecondsProps;
}
