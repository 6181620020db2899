/** Since which version the API server keeps a field with default feature gates. */
interface FieldGate {
  /** The first minor version that keeps it; earlier ones that know the field drop it silently. Undefined: no version so far. */
  readonly kept?: number;
}

/** The objects that are dropped when everything in them is dropped. */
export const vanishingTypes: ReadonlySet<string> = new Set(['v1.Lifecycle']);

/**
 * The fields that come and go with a feature gate, by type and name.
 *
 * @source pkg/features/kube_features.go and pkg/api/pod/util.go dropDisabledFields (v1.37, and the same of 1.31 to 1.36)
 */
export const fieldGates: Readonly<Record<string, Readonly<Record<string, FieldGate>>>> = {
  'v1.JobSpec': { scheduling: {} },
  'v1.PodSpec': {
    resources: { kept: 34 },
    hostnameOverride: { kept: 35 },
    resourceClaims: { kept: 34 },
    hostUsers: { kept: 33 },
    schedulingGroup: {},
    evictionResponders: {},
  },
  'v1.PodSecurityContext': { supplementalGroupsPolicy: { kept: 33 }, seLinuxChangePolicy: { kept: 33 } },
  'v1.Container': { restartPolicyRules: { kept: 35 }, resizePolicy: { kept: 33 } },
  'v1.EphemeralContainer': { restartPolicyRules: { kept: 35 }, resizePolicy: { kept: 33 } },
  'v1.SecurityContext': { procMount: { kept: 33 } },
  'v1.ResourceRequirements': { claims: { kept: 34 } },
  'v1.EnvVarSource': { fileKeyRef: { kept: 35 } },
  'v1.Lifecycle': { stopSignal: {} },
  'v1.VolumeProjection': { clusterTrustBundle: { kept: 37 }, podCertificate: { kept: 37 } },
  'v1.SecretVolumeSource': { defaultUser: {} },
  'v1.ConfigMapVolumeSource': { defaultUser: {} },
  'v1.DownwardAPIVolumeSource': { defaultUser: {} },
  'v1.ProjectedVolumeSource': { defaultUser: {} },
  'v1.EmptyDirVolumeSource': { mode: {} },
  'v1.VolumeMount': { bindMountOptions: {} },
  'v1.HTTPGetAction': { protocol: {} },
  'v1.GRPCAction': { mode: {} },
};
