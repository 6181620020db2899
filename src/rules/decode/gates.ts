import { type FeatureGate } from '../../api/feature-gates';

/** The objects that are dropped when everything in them is dropped. */
export const vanishingTypes: ReadonlySet<string> = new Set(['v1.Lifecycle']);

/**
 * The fields that are dropped while a feature gate is off, by type and name.
 *
 * @source pkg/api/pod/util.go dropDisabledFields, pkg/api/job/util.go DropDisabledFields (v1.37, and the same of 1.31 to 1.38)
 */
export const fieldGates: Readonly<Record<string, Readonly<Record<string, FeatureGate>>>> = {
  'v1.JobSpec': {
    backoffLimitPerIndex: 'JobBackoffLimitPerIndex',
    maxFailedIndexes: 'JobBackoffLimitPerIndex',
    podReplacementPolicy: 'JobPodReplacementPolicy',
    scheduling: 'WorkloadWithJob',
    successPolicy: 'JobSuccessPolicy',
  },
  'v1.PodSpec': {
    resources: 'PodLevelResources',
    hostnameOverride: 'HostnameOverride',
    resourceClaims: 'DynamicResourceAllocation',
    hostUsers: 'UserNamespacesSupport',
    schedulingGroup: 'GenericWorkload',
    evictionResponders: 'EvictionRequestAPI',
  },
  'v1.PodSecurityContext': { supplementalGroupsPolicy: 'SupplementalGroupsPolicy', seLinuxChangePolicy: 'SELinuxChangePolicy' },
  'v1.Container': { restartPolicyRules: 'ContainerRestartRules', resizePolicy: 'InPlacePodVerticalScaling' },
  'v1.EphemeralContainer': { restartPolicyRules: 'ContainerRestartRules', resizePolicy: 'InPlacePodVerticalScaling' },
  'v1.SecurityContext': { procMount: 'ProcMountType' },
  'v1.ResourceRequirements': { claims: 'DynamicResourceAllocation' },
  'v1.EnvVarSource': { fileKeyRef: 'EnvFiles' },
  'v1.Lifecycle': { stopSignal: 'ContainerStopSignals' },
  'v1.VolumeProjection': { clusterTrustBundle: 'ClusterTrustBundleProjection', podCertificate: 'PodCertificateRequest' },
  'v1.SecretVolumeSource': { defaultUser: 'AtomicWriteVolumeUserFields' },
  'v1.ConfigMapVolumeSource': { defaultUser: 'AtomicWriteVolumeUserFields' },
  'v1.DownwardAPIVolumeSource': { defaultUser: 'AtomicWriteVolumeUserFields' },
  'v1.ProjectedVolumeSource': { defaultUser: 'AtomicWriteVolumeUserFields' },
  'v1.EmptyDirVolumeSource': { mode: 'EmptyDirVolumeMode' },
  'v1.VolumeMount': { bindMountOptions: 'VolumeBindMountOptions', recursiveReadOnly: 'RecursiveReadOnlyMounts' },
  'v1.HTTPGetAction': { protocol: 'H2CContainerProbe' },
  'v1.GRPCAction': { mode: 'GRPCContainerProbeTLS' },
  'v1.TopologySpreadConstraint': { matchLabelKeys: 'MatchLabelKeysInPodTopologySpread' },
};
