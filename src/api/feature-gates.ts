/**
 * The minor versions in which the stages of a gate begin: 36 for 1.36, 0 for a version before the oldest known one. A stage that is not
 * there has not come.
 */
interface GateHistory {
  readonly alpha?: number;
  readonly beta?: number;
  /** Since when it is on without being asked for. */
  readonly on?: number;
  /** Since when it counts as stable; where it is not there, since it is locked. */
  readonly ga?: number;
  /** Since when it cannot be switched any more. */
  readonly locked?: number;
  /** Since when no server knows its name: what it brought has become part of Kubernetes. */
  readonly gone?: number;
  /** What has to be on with it. */
  readonly needs?: ReadonlyArray<keyof typeof histories>;
}

/**
 * The gates that change what a Job may say, what of it the API server keeps, or what its controller does.
 *
 * @source pkg/features/kube_features.go defaultVersionedKubernetesFeatureGates, defaultKubernetesFeatureGateDependencies (v1.31 to v1.38)
 */
const histories = {
  AtomicWriteVolumeUserFields: { alpha: 37, beta: 38, on: 38 },
  ClusterTrustBundleProjection: { alpha: 0, beta: 33, on: 37, ga: 37 },
  ContainerRestartRules: { alpha: 34, beta: 35, on: 35 },
  ContainerStopSignals: { alpha: 33 },
  DynamicResourceAllocation: { alpha: 0, beta: 32, on: 34, ga: 34, locked: 35, gone: 38 },
  EmptyDirVolumeMode: { alpha: 37 },
  EnvFiles: { alpha: 34, beta: 35, on: 35, locked: 38 },
  EvictionRequestAPI: { alpha: 37 },
  GRPCContainerProbeTLS: { alpha: 37 },
  GenericWorkload: { alpha: 35, beta: 37 },
  H2CContainerProbe: { alpha: 37 },
  HostnameOverride: { alpha: 34, beta: 35, on: 35, locked: 37 },
  ImageVolume: { alpha: 0, beta: 33, on: 35, locked: 36 },
  InPlacePodVerticalScaling: { alpha: 0, beta: 33, on: 33, locked: 35, gone: 38 },
  JobBackoffLimitPerIndex: { beta: 0, on: 0, locked: 33, gone: 36 },
  JobManagedBy: { alpha: 0, beta: 32, on: 32, locked: 35, gone: 38 },
  JobPodReplacementPolicy: { beta: 0, on: 0, locked: 34, gone: 37 },
  JobSuccessPolicy: { beta: 0, on: 0, locked: 33, gone: 36 },
  MatchLabelKeysInPodTopologySpread: { beta: 0, on: 0 },
  MatchLabelKeysInPodTopologySpreadSelectorMerge: { beta: 34, on: 34, needs: ['MatchLabelKeysInPodTopologySpread'] },
  MutablePodResourcesForSuspendedJobs: { alpha: 35, beta: 36, on: 36 },
  MutableSchedulingDirectivesForSuspendedJobs: { alpha: 35, beta: 36, on: 36 },
  PodCertificateMLDSA: { beta: 38 },
  PodCertificateRequest: { alpha: 34, beta: 35, on: 37, ga: 37 },
  PodLevelResources: { alpha: 32, beta: 34, on: 34 },
  PodLifecycleSleepActionAllowZero: { alpha: 32, beta: 33, on: 33, locked: 34, gone: 37 },
  ProcMountType: { alpha: 0, beta: 0, on: 33, locked: 36, needs: ['UserNamespacesSupport'] },
  RecursiveReadOnlyMounts: { beta: 0, on: 0, locked: 33 },
  RelaxedDNSSearchValidation: { alpha: 32, beta: 33, on: 33, locked: 34, gone: 37 },
  RelaxedEnvironmentVariableValidation: { alpha: 0, beta: 32, on: 32, locked: 34 },
  RestartAllContainersOnContainerExits: { alpha: 35, beta: 36, on: 36, needs: ['ContainerRestartRules'] },
  SELinuxChangePolicy: { alpha: 32, beta: 33, on: 33, locked: 36 },
  SELinuxMount: { alpha: 0, beta: 33, on: 37, ga: 37 },
  SecurityProfileOCI: { alpha: 38 },
  StrictIPCIDRValidation: { alpha: 33, beta: 36, on: 36, locked: 38 },
  SupplementalGroupsPolicy: { alpha: 0, beta: 33, on: 33, locked: 35, gone: 38 },
  TaintTolerationComparisonOperators: { alpha: 35 },
  UserNamespacesHostNetworkSupport: { alpha: 35, needs: ['UserNamespacesSupport'] },
  UserNamespacesSupport: { alpha: 0, beta: 0, on: 33, locked: 36 },
  VolumeBindMountOptions: { alpha: 37 },
  WorkloadWithJob: { alpha: 36, needs: ['GenericWorkload'] },
} as const satisfies Readonly<Record<string, Omit<GateHistory, 'needs'> & { readonly needs?: readonly string[] }>>;

/** A feature gate of Kubernetes that changes what is said of a Job, or what becomes of it. */
export type FeatureGate = keyof typeof histories;

/** Feature gates as an administrator sets them: `{ WorkloadWithJob: true }`. `AllAlpha` and `AllBeta` stand for all not named. */
export type FeatureGates = Readonly<Partial<Record<FeatureGate | 'AllAlpha' | 'AllBeta', boolean>>>;

const gates: Readonly<Record<FeatureGate, GateHistory>> = histories;

/** The names of all gates of the table. */
export const featureGates = Object.keys(gates) as readonly FeatureGate[];

/** What is known of a gate in a minor version; undefined where no server of it knows the name. */
export function gateIn(name: FeatureGate, minor: number): { readonly stage: 'alpha' | 'beta' | 'GA'; readonly isOn: boolean; readonly isLocked: boolean } | undefined {
  const { alpha = Infinity, beta = Infinity, on = Infinity, locked = Infinity, ga = locked, gone = Infinity } = gates[name];
  if (minor < Math.min(alpha, beta) || minor >= gone) return undefined;
  return { stage: minor >= ga ? 'GA' : minor >= beta ? 'beta' : 'alpha', isOn: minor >= on, isLocked: minor >= locked };
}

/** Whether what a gate brings is there in a minor version when nobody sets it. */
export function isOnByDefault(name: FeatureGate, minor: number): boolean {
  return minor >= (gates[name].on ?? Infinity);
}

/** The version that has a gate on by default: 35 for 1.35; undefined while no version has. */
export function onSince(name: FeatureGate): number | undefined {
  return gates[name].on;
}

/**
 * What is wrong with some gates for a minor version, in the words in which a component of Kubernetes refuses to start; undefined when
 * nothing is. Any value may be passed.
 *
 * @source staging/src/k8s.io/component-base/featuregate/feature_gate.go unsafeSetFromMap, validateDependencies (v1.37)
 */
export function faultOfGates(set: Readonly<Record<string, unknown>>, minor: number): string | undefined {
  for (const [name, value] of Object.entries(set)) {
    if (value === undefined) continue;
    if (typeof value !== 'boolean') return `invalid value of ${name}: write true or false`;
    if (name === 'AllAlpha' || name === 'AllBeta') continue;
    const gate = isFeatureGate(name) ? gateIn(name, minor) : undefined;
    if (gate === undefined) return `unrecognized feature gate: ${name}${isFeatureGate(name) ? `: Kubernetes 1.${minor} has none of this name` : '; known are those that change a Job'}`;
    if (gate.isLocked && value !== gate.isOn) return `cannot set feature gate ${name} to ${value}, feature is locked to ${gate.isOn}`;
  }
  return faultOfNeeds(gatesOf(minor, set), minor);
}

/** The gates that are on in a minor version. */
export function gatesOf(minor: number, set: FeatureGates = {}): ReadonlySet<FeatureGate> {
  return new Set(featureGates.filter((name) => {
    const gate = gateIn(name, minor);
    if (gate === undefined || gate.isLocked) return isOnByDefault(name, minor);
    return set[name] ?? allOf(gate.stage, set) ?? gate.isOn;
  }));
}

function allOf(stage: 'alpha' | 'beta' | 'GA', { AllAlpha, AllBeta }: FeatureGates): boolean | undefined {
  return stage === 'alpha' ? AllAlpha : stage === 'beta' ? AllBeta : undefined;
}

function faultOfNeeds(on: ReadonlySet<FeatureGate>, minor: number): string | undefined {
  for (const name of on) {
    const missing = gates[name].needs?.filter((needed) => !on.has(needed) && gateIn(needed, minor) !== undefined) ?? [];
    if (missing.length > 0) return `${name} is enabled, but depends on features that are disabled: [${missing.join(' ')}]`;
  }
  return undefined;
}

function isFeatureGate(name: string): name is FeatureGate {
  return Object.hasOwn(gates, name);
}
