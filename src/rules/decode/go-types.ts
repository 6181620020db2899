import { type ObjectShape, type Shape } from './shapes';
import { bareName } from '../../api/field-entry';

/** Where a value stands in the Go types of the API, as Go's JSON decoder names it. */
interface GoPlace {
  /** The struct that holds it: `JobSpec`; undefined for the object itself. */
  readonly struct: string | undefined;
  /** The names of the fields down to it, embedded structs among them, without positions and keys: `spec.template.spec.containers`. */
  readonly path: string;
  /** Its Go type: `int32`, `[]v1.Container`. */
  readonly type: string;
}

/**
 * Where the steps of a path lead: names of fields, positions in lists, keys of maps.
 *
 * @source sigs.k8s.io/json internal/golang/encoding/json/decode.go object, addErrorContext (v0.0.0-20250730193827-2d320260d730)
 */
export function goPlace(root: ObjectShape, steps: readonly (string | number)[]): GoPlace {
  let shape: Shape = root;
  let place: GoPlace = { struct: undefined, path: '', type: typeOf(root) };
  for (const step of steps) {
    if (shape.kind === 'object') {
      const struct = bareName(shape.name);
      const name = String(step);
      shape = shape.fields.get(name)?.shape ?? { kind: 'any' };
      const path = [place.path, embeddedStructs[struct]?.(name), name].filter(Boolean).join('.');
      place = { struct, path, type: namedTypes[struct]?.[name] ?? typeOf(shape) };
    } else {
      shape = shape.kind === 'list' ? shape.item : shape.kind === 'map' ? shape.entry.shape : shape;
      place = { ...place, type: place.type.startsWith('[]') ? place.type.slice(2) : typeOf(shape) };
    }
  }
  return place;
}

function typeOf(shape: Shape): string {
  switch (shape.kind) {
    case 'object': return shape.name.includes('.') ? shape.name : `v1.${shape.name}`;
    case 'list': return `[]${typeOf(shape.item)}`;
    case 'map': return `map[string]${typeOf(shape.entry.shape)}`;
    case 'boolean': return 'bool';
    case 'int-or-string': return 'int32';
    case 'time': return 'string';
    default: return shape.kind;
  }
}

/** The struct whose fields stand inline in another one, by the name of the field. */
const embeddedStructs: Readonly<Record<string, (name: string) => string>> = {
  ConfigMapEnvSource: ofReference,
  ConfigMapKeySelector: ofReference,
  ConfigMapProjection: ofReference,
  ConfigMapVolumeSource: ofReference,
  SecretEnvSource: ofReference,
  SecretKeySelector: ofReference,
  SecretProjection: ofReference,
  EphemeralContainer: (name) => (name === 'targetContainerName' ? '' : 'EphemeralContainerCommon'),
  Probe: (name) => (['exec', 'grpc', 'httpGet', 'tcpSocket'].includes(name) ? 'ProbeHandler' : ''),
  Volume: (name) => (name === 'name' ? '' : 'VolumeSource'),
};

function ofReference(name: string): string {
  return name === 'name' ? 'LocalObjectReference' : '';
}

/** Those of a container, which an ephemeral one has too. */
const containerTypes: Readonly<Record<string, string>> = {
  imagePullPolicy: 'v1.PullPolicy',
  restartPolicy: 'v1.ContainerRestartPolicy',
  terminationMessagePolicy: 'v1.TerminationMessagePolicy',
};

/**
 * The Go types of fields that have a type of their own, by struct and field.
 *
 * @source staging/src/k8s.io/api/core/v1/types.go, batch/v1/types.go; staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/types.go (v1.37)
 */
const namedTypes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  LabelSelectorRequirement: { operator: 'v1.LabelSelectorOperator' },
  ManagedFieldsEntry: { operation: 'v1.ManagedFieldsOperationType' },
  ObjectMeta: { uid: 'types.UID' },
  OwnerReference: { uid: 'types.UID' },
  AppArmorProfile: { type: 'v1.AppArmorProfileType' },
  AzureDiskVolumeSource: { cachingMode: 'v1.AzureDataDiskCachingMode', kind: 'v1.AzureDataDiskKind' },
  Capabilities: { add: '[]v1.Capability', drop: '[]v1.Capability' },
  Container: containerTypes,
  ContainerPort: { protocol: 'v1.Protocol' },
  ContainerResizePolicy: { resourceName: 'v1.ResourceName', restartPolicy: 'v1.ResourceResizeRestartPolicy' },
  ContainerRestartRule: { action: 'v1.ContainerRestartRuleAction' },
  ContainerRestartRuleOnExitCodes: { operator: 'v1.ContainerRestartRuleOnExitCodesOperator' },
  CronJobSpec: { concurrencyPolicy: 'v1.ConcurrencyPolicy' },
  EmptyDirVolumeSource: { medium: 'v1.StorageMedium' },
  EphemeralContainer: containerTypes,
  GRPCAction: { mode: 'v1.GRPCProbeMode' },
  HTTPGetAction: { protocol: 'v1.HTTPProtocol', scheme: 'v1.URIScheme' },
  HostPathVolumeSource: { type: 'v1.HostPathType' },
  ImageVolumeSource: { pullPolicy: 'v1.PullPolicy' },
  JobCondition: { status: 'v1.ConditionStatus', type: 'v1.JobConditionType' },
  JobSpec: { completionMode: 'v1.CompletionMode', podReplacementPolicy: 'v1.PodReplacementPolicy' },
  Lifecycle: { stopSignal: 'v1.Signal' },
  NodeSelectorRequirement: { operator: 'v1.NodeSelectorOperator' },
  ObjectReference: { uid: 'types.UID' },
  PersistentVolumeClaimSpec: {
    accessModes: '[]v1.PersistentVolumeAccessMode',
    volumeMode: 'v1.PersistentVolumeMode',
  },
  PodFailurePolicyOnExitCodesRequirement: { operator: 'v1.PodFailurePolicyOnExitCodesOperator' },
  PodFailurePolicyOnPodConditionsPattern: { status: 'v1.ConditionStatus', type: 'v1.PodConditionType' },
  PodFailurePolicyRule: { action: 'v1.PodFailurePolicyAction' },
  PodOS: { name: 'v1.OSName' },
  PodReadinessGate: { conditionType: 'v1.PodConditionType' },
  PodSecurityContext: {
    fsGroupChangePolicy: 'v1.PodFSGroupChangePolicy',
    seLinuxChangePolicy: 'v1.PodSELinuxChangePolicy',
    supplementalGroupsPolicy: 'v1.SupplementalGroupsPolicy',
  },
  PodSpec: {
    dnsPolicy: 'v1.DNSPolicy',
    overhead: 'v1.ResourceList',
    preemptionPolicy: 'v1.PreemptionPolicy',
    restartPolicy: 'v1.RestartPolicy',
  },
  ResourceRequirements: { limits: 'v1.ResourceList', requests: 'v1.ResourceList' },
  SeccompProfile: { type: 'v1.SeccompProfileType' },
  SecurityContext: { procMount: 'v1.ProcMountType' },
  Toleration: { effect: 'v1.TaintEffect', operator: 'v1.TolerationOperator' },
  TopologySpreadConstraint: {
    nodeAffinityPolicy: 'v1.NodeInclusionPolicy',
    nodeTaintsPolicy: 'v1.NodeInclusionPolicy',
    whenUnsatisfiable: 'v1.UnsatisfiableConstraintAction',
  },
  UncountedTerminatedPods: { failed: '[]types.UID', succeeded: '[]types.UID' },
  VolumeMount: { mountPropagation: 'v1.MountPropagationMode', recursiveReadOnly: 'v1.RecursiveReadOnlyMode' },
  VolumeResourceRequirements: { limits: 'v1.ResourceList', requests: 'v1.ResourceList' },
};
