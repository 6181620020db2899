/** A field, or a use of one, that not every version of Kubernetes has. */
interface JobFeature {
  readonly field: string;
  /** The first minor version that has it on by default. */
  readonly on: number;
  /** The first minor version in which it is stable; in earlier ones administrators may have switched it off. */
  readonly stable: number;
  /** What happens if it is off. */
  readonly otherwise: string;
}

/** Whether a version has a feature: always, unless switched off by its administrators, or not. */
export type FeatureState = 'stable' | 'beta' | 'off';

/**
 * What Jobs and CronJobs have learned since they became stable, oldest first.
 *
 * @source pkg/features/kube_features.go (v1.37): beta gates are on by default, stable ones are locked
 */
export const jobFeatures: readonly JobFeature[] = [
  { field: 'suspend', on: 22, stable: 24, otherwise: 'Jobs cannot be suspended' },
  { field: 'completionMode: Indexed', on: 22, stable: 24, otherwise: 'pods have no index' },
  { field: 'ttlSecondsAfterFinished', on: 21, stable: 23, otherwise: 'finished Jobs stay until somebody deletes them' },
  { field: 'CronJob timeZone', on: 25, stable: 27, otherwise: 'schedules are in the time zone of the controller manager' },
  { field: 'podFailurePolicy', on: 26, stable: 31, otherwise: 'every failed pod counts' },
  { field: 'completions of an Indexed Job can change', on: 27, stable: 31, otherwise: 'they are immutable' },
  { field: 'backoffLimitPerIndex, maxFailedIndexes', on: 29, stable: 33, otherwise: 'one failing index fails the whole Job' },
  { field: 'podReplacementPolicy', on: 29, stable: 34, otherwise: 'pods are replaced as soon as they begin to terminate' },
  { field: 'sidecars (init containers with restartPolicy Always)', on: 29, stable: 33, otherwise: 'they are init containers that never end' },
  { field: 'successPolicy', on: 31, stable: 33, otherwise: 'all indexes must succeed' },
  { field: 'managedBy', on: 32, stable: 35, otherwise: 'the Job controller takes every Job' },
];

/** Whether Kubernetes 1.`minor` has a feature, as it is set up by default. */
export function featureState({ on, stable }: JobFeature, minor: number): FeatureState {
  if (minor >= stable) return 'stable';
  return minor >= on ? 'beta' : 'off';
}
