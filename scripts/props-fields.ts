/**
 * The fields of Kubernetes' types that `src/api/props` writes in a way of its own, by type.
 *
 * The generator puts the others into an interface that props extend, `ContainerRest` for `Container`. As `Omit<Container, …>` they would be
 * computed by the compiler of everyone who imports this package, field by field, used or not.
 */
export const propsFields: Readonly<Record<string, readonly string[]>> = {
  ConfigMapKeySelector: ['name'],
  ConfigMapVolumeSource: ['name'],
  Container: [
    'env', 'envFrom', 'image', 'imagePullPolicy', 'lifecycle', 'livenessProbe', 'name', 'ports', 'readinessProbe', 'resources', 'restartPolicy',
    'restartPolicyRules', 'securityContext', 'startupProbe', 'terminationMessagePolicy', 'volumeMounts',
  ],
  CronJobSpec: [
    'concurrencyPolicy', 'failedJobsHistoryLimit', 'jobTemplate', 'schedule', 'startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'timeZone',
  ],
  EmptyDirVolumeSource: ['sizeLimit'],
  EnvVarSource: ['configMapKeyRef', 'resourceFieldRef', 'secretKeyRef'],
  JobSpec: [
    'activeDeadlineSeconds', 'backoffLimit', 'backoffLimitPerIndex', 'completionMode', 'completions', 'manualSelector', 'maxFailedIndexes',
    'parallelism', 'podFailurePolicy', 'podReplacementPolicy', 'selector', 'successPolicy', 'template', 'ttlSecondsAfterFinished',
  ],
  Lifecycle: ['postStart', 'preStop'],
  LifecycleHandler: ['sleep'],
  PersistentVolumeClaimSpec: ['resources', 'volumeMode'],
  PersistentVolumeClaimTemplate: ['spec'],
  PersistentVolumeClaimVolumeSource: ['claimName'],
  PodCertificateProjection: ['maxExpirationSeconds'],
  PodFailurePolicyOnExitCodesRequirement: ['containerName', 'operator', 'values'],
  PodSpec: [
    'activeDeadlineSeconds', 'affinity', 'containers', 'dnsPolicy', 'ephemeralContainers', 'imagePullSecrets', 'initContainers', 'overhead',
    'preemptionPolicy', 'priority', 'resources', 'restartPolicy', 'securityContext', 'serviceAccountName', 'terminationGracePeriodSeconds',
    'tolerations', 'topologySpreadConstraints', 'volumes',
  ],
  ProjectedVolumeSource: ['sources'],
  ResourceFieldSelector: ['divisor'],
  ResourceRequirements: ['limits', 'requests'],
  SecretKeySelector: ['name'],
  SecretVolumeSource: ['secretName'],
  ServiceAccountTokenProjection: ['expirationSeconds'],
  SleepAction: ['seconds'],
  Toleration: ['effect', 'operator', 'tolerationSeconds'],
  Volume: ['azureDisk', 'configMap', 'emptyDir', 'ephemeral', 'hostPath', 'image', 'name', 'persistentVolumeClaim', 'projected', 'secret'],
  VolumeMount: ['mountPropagation', 'name'],
  VolumeProjection: ['podCertificate', 'serviceAccountToken'],
};
