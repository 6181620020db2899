/** The public names in the order in which API.md describes them; the comments are its chapters. No logic. */

// Constructs
export { NonParallelJob } from './constructs/non-parallel-job';
export { FixedCompletionJob } from './constructs/fixed-completion-job';
export { IndexedJob } from './constructs/indexed-job';
export { WorkQueueJob } from './constructs/work-queue-job';
export { ScheduledJob } from './constructs/scheduled-job';
export { JobSet } from './constructs/job-set';
export { JobConstruct } from './constructs/job-construct';
export type { OutputText } from './api/outputs';
export { JobValidation } from './constructs/synth-plugin';
export { argocd, flux } from './constructs/gitops';
export { forKubernetes, type KubernetesTarget } from './constructs/scope-server';
export { App } from './synth/app';
export { synthesize } from './synth/synthesize';

// What constructs take
export type { NonParallelJobProps, FixedCompletionJobProps, IndexedJobProps, WorkQueueJobProps, CommonJobProps } from './api/props/job-props';
export type { ScheduledJobProps, JobTemplateProps, JobType } from './api/props/cron-job-props';
export type { JobSetProps, ReplicatedJobProps } from './api/props/job-set-props';
export type { PodProps, RestartPolicy } from './api/props/pod-props';
export type { MetadataProps, JobMetadataProps, PodMetadataProps } from './api/props/metadata-props';

// Jobs in Git
export type { ArgoCdOptions, ArgoCdRun, ConstructNode, FluxOptions, FluxRun, GitOps, Rerun, RerunMark } from './api/props/gitops-props';
export type { QueueProps } from './api/props/queue-props';

// Containers
export type { ContainerProps, InitContainerProps, PlainInitContainerProps, SidecarProps } from './api/props/container-props';
export type { EnvVarProps, EnvVarSourceProps, SecretKeyProps, ConfigMapKeyProps, EnvFromProps } from './api/props/container-props';
export type { QuantityProps, ResourceAmounts, ResourceProps } from './api/props/quantity-props';
export type { LifecycleHandlerProps, LifecycleProps, ProbeProps, VolumeMountProps } from './api/props/container-props';

// Volumes
export type { VolumeProps, ConfigMapVolumeProps, SecretVolumeProps, ClaimVolumeProps, EmptyDirVolumeProps } from './api/props/volume-props';

// Failure and success
export type { PodFailurePolicyProps, FailureAction, ExitCodesRuleProps, OnExitCodesProps, PodConditionsRuleProps } from './api/props/policy-props';
export type { SuccessPolicyProps, SuccessPolicyRuleProps } from './api/props/policy-props';

// Objects of cdk8s and cdk8s-plus
export type { DurationObject, NamedConstruct, PlusContainer, PlusCpu, PlusEnvValue, SecondsProps, SizeObject } from './api/props/plus-props';

// Validation
export type { GitOpsTool } from './api/gitops';
export { validateManifest } from './rules/validate-manifest';
export { validateUpdate } from './rules/validate-update';
export type { FeatureGates } from './api/feature-gates';
export { kubernetesVersions, type KubernetesVersion, type ServerOptions, type ValidateOptions } from './rules/rule/versions';
export { formatFinding, type FaultType, type Finding, type Severity } from './core/finding';
export { readManifests } from './yaml/read-manifests';
export type { ManifestDocument } from './yaml/read-manifests';

// Schedules
export { parseSchedule } from './schedule/parse';
export type { Schedule, ScheduleOptions } from './schedule/schedule';
export type { TimeZoneName } from './schedule/zone-names';

// Errors
export { JobsError, InvalidManifestError, CronSyntaxError, ManifestSyntaxError, type ErrorCode } from './core/errors';
