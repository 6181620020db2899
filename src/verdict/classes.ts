import type { Diagnosis } from './diagnosis';

/** What holds for all causes of one code. */
interface FailureClass {
  /** Whether the Job can still end well without anybody changing anything. */
  readonly canHeal: boolean;
  /** Seconds after which further waiting is pointless; null when only the Job itself can tell. */
  readonly grace: number | null;
  /** Whether no container of the Job ran because of it: exit status 126. */
  readonly couldNotStart: boolean;
}

const withTheJob: FailureClass = { canHeal: true, grace: null, couldNotStart: false };
const never: FailureClass = { canHeal: false, grace: 0, couldNotStart: true };
const missing: FailureClass = { canHeal: true, grace: 30, couldNotStart: true };
const unplaced: FailureClass = { canHeal: true, grace: 60, couldNotStart: true };

/** Every class of failure: whether it heals, how long it is given, and whether anything ran. */
export const failureClasses: Readonly<Record<Diagnosis, FailureClass>> = {
  'Succeeded': { canHeal: true, grace: null, couldNotStart: false },
  'Running': withTheJob,
  'NotStarted': { canHeal: false, grace: null, couldNotStart: true },
  'OutputMissing': { canHeal: false, grace: null, couldNotStart: true },
  'Suspended': { canHeal: false, grace: null, couldNotStart: false },
  'Queued': { canHeal: true, grace: null, couldNotStart: true },
  'QueueMissing': missing,
  'ExceedsQuota': { canHeal: false, grace: 10, couldNotStart: true },
  'Deactivated': never,
  'WorkloadFinished': { canHeal: false, grace: 10, couldNotStart: true },
  'Deleted': { canHeal: false, grace: null, couldNotStart: false },
  'NamespaceDeleted': { canHeal: false, grace: null, couldNotStart: false },
  'Replaced': { canHeal: false, grace: null, couldNotStart: false },
  'NonZeroExit': withTheJob,
  'Signal': withTheJob,
  'OOMKilled': withTheJob,
  'MemoryLimitTooSmall': { canHeal: false, grace: 20, couldNotStart: true },
  'CommandNotFound': { canHeal: false, grace: 20, couldNotStart: true },
  'NotExecutable': { canHeal: false, grace: 20, couldNotStart: true },
  'InitContainerFailed': withTheJob,
  'LivenessProbe': withTheJob,
  'PostStartHook': withTheJob,
  'PodDeadline': withTheJob,
  'DeadlineExceeded': withTheJob,
  'NodeRejected': never,
  'NodeLost': withTheJob,
  'CrashLoopBackOff': { canHeal: true, grace: 60, couldNotStart: false },
  'ImagePullBackOff': { canHeal: false, grace: 20, couldNotStart: true },
  'ErrImageNeverPull': { canHeal: false, grace: 20, couldNotStart: true },
  'InvalidImageName': never,
  'ConfigMissing': missing,
  'SecretMissing': missing,
  'KeyMissing': missing,
  'RunAsNonRoot': never,
  'VolumeMissing': missing,
  'VolumeUnbound': unplaced,
  'SandboxFailed': { canHeal: false, grace: 60, couldNotStart: true },
  'SidecarNotStarted': { canHeal: true, grace: 60, couldNotStart: true },
  'SidecarKeepsRunning': { canHeal: false, grace: 60, couldNotStart: false },
  'Unschedulable.Resources': unplaced,
  'Unschedulable.Selector': unplaced,
  'Unschedulable.Affinity': unplaced,
  'Unschedulable.PodAffinity': unplaced,
  'Unschedulable.Taint': unplaced,
  'Unschedulable.Cordoned': unplaced,
  'SchedulingGated': { canHeal: true, grace: null, couldNotStart: true },
  'QuotaExceeded': { canHeal: true, grace: 60, couldNotStart: true },
  'AdmissionRefused': { canHeal: false, grace: 10, couldNotStart: true },
  'ServiceAccountMissing': missing,
  'PriorityClassMissing': missing,
  'RuntimeClassMissing': missing,
  'PodDeleted': withTheJob,
  'Evicted': withTheJob,
  'Preempted': withTheJob,
  'ParallelismZero': { canHeal: false, grace: 0, couldNotStart: true },
  'ManagedByOther': { canHeal: false, grace: 0, couldNotStart: true },
  'Invalid': { canHeal: false, grace: 0, couldNotStart: true },
  'AlreadyExists': { canHeal: false, grace: 0, couldNotStart: true },
  'CronNameTaken': { canHeal: false, grace: null, couldNotStart: true },
  'ContainerCannotStart': { canHeal: true, grace: 30, couldNotStart: true },
  'Unknown': withTheJob,
};

/** How long a cause that may pass by itself is given, like an overloaded registry, in seconds. */
export const passingGrace = 300;

/**
 * How long the Job controller is given to report the failure of a Job that is bound to fail, in seconds.
 *
 * On an idle cluster it learns of its pods a second late; with kubelet and controllers short of CPU it has taken more than five.
 */
export const decidingGrace = 30;
