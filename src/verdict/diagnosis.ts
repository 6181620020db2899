/**
 * What is wrong with a Job, as stable codes: the cause rather than the mechanism.
 *
 * A Job that failed with BackoffLimitExceeded because its container exited 1 is `NonZeroExit`.
 */
export const diagnoses = [
  'Succeeded', 'Running', 'NotStarted', 'OutputMissing', 'Suspended', 'Queued', 'QueueMissing', 'ExceedsQuota', 'Deactivated',
  'WorkloadFinished', 'Deleted', 'NamespaceDeleted', 'Replaced',
  'NonZeroExit', 'Signal', 'OOMKilled', 'MemoryLimitTooSmall', 'CommandNotFound', 'NotExecutable', 'InitContainerFailed',
  'LivenessProbe', 'PostStartHook', 'PodDeadline', 'DeadlineExceeded', 'NodeRejected', 'NodeLost', 'CrashLoopBackOff',
  'ImagePullBackOff', 'ErrImageNeverPull', 'InvalidImageName', 'ConfigMissing', 'SecretMissing', 'KeyMissing', 'RunAsNonRoot',
  'VolumeMissing', 'VolumeUnbound', 'SandboxFailed', 'SidecarNotStarted', 'SidecarKeepsRunning',
  'Unschedulable.Resources', 'Unschedulable.Selector', 'Unschedulable.Affinity', 'Unschedulable.PodAffinity', 'Unschedulable.Taint',
  'Unschedulable.Cordoned', 'SchedulingGated',
  'QuotaExceeded', 'AdmissionRefused', 'ServiceAccountMissing', 'PriorityClassMissing', 'RuntimeClassMissing',
  'PodDeleted', 'Evicted', 'Preempted', 'ParallelismZero', 'ManagedByOther', 'Invalid', 'AlreadyExists', 'CronNameTaken',
  'ContainerCannotStart', 'Unknown',
] as const;

/** The cause of a Job's outcome, as a stable code. */
export type Diagnosis = (typeof diagnoses)[number];
