/** The label with the uid of the Job that a pod was made for. */
export const controllerUidLabel = 'batch.kubernetes.io/controller-uid';

/** The label with the name of the Job that a pod was made for. */
export const jobNameLabel = 'batch.kubernetes.io/job-name';

/** What `controllerUidLabel` was called before it had a prefix; still generated beside it. */
export const legacyControllerUidLabel = 'controller-uid';

/** What `jobNameLabel` was called before it had a prefix; still generated beside it. */
export const legacyJobNameLabel = 'job-name';

/** The labels that the API server generates for the pods of a Job without a manual selector. */
export type GeneratedLabel =
  typeof controllerUidLabel | typeof jobNameLabel | typeof legacyControllerUidLabel | typeof legacyJobNameLabel;

/**
 * The labels that the API server generates for the pods of a Job without a manual selector, with the values of one Job.
 *
 * @source pkg/registry/batch/job/strategy.go generateSelector (v1.37)
 */
export function generatedLabels(name: string, uid: string): Readonly<Record<GeneratedLabel, string>> {
  // The names are checked by type: with computed ones, each Job would take ten times as long.
  return { 'controller-uid': uid, 'batch.kubernetes.io/controller-uid': uid, 'job-name': name, 'batch.kubernetes.io/job-name': name };
}

/** The value of one of the generated labels. */
export function generatedLabel(label: GeneratedLabel, name: string, uid: string): string {
  return label === controllerUidLabel || label === legacyControllerUidLabel ? uid : name;
}

/** The names of the generated labels. */
export const generatedLabelNames = Object.keys(generatedLabels('', '')) as readonly GeneratedLabel[];

/** Whether a label is one of those that the API server generates. */
export function isGeneratedLabel(label: string): label is GeneratedLabel {
  return generatedLabelNames.some((name) => name === label);
}

/** The annotation, and the label, that hold the index of a pod of an Indexed Job. */
export const completionIndexAnnotation = 'batch.kubernetes.io/job-completion-index';

/** The annotation that counts the failed pods of an index before this one. */
export const failureCountAnnotation = 'batch.kubernetes.io/job-index-failure-count';

/** The annotation that counts the failures of an index that the pod failure policy ignored. */
export const ignoredFailureCountAnnotation = 'batch.kubernetes.io/job-index-ignored-failure-count';

/** The annotation with the time for which a CronJob made a Job, in the CronJob's time zone. */
export const scheduledTimestampAnnotation = 'batch.kubernetes.io/cronjob-scheduled-timestamp';

/** The annotation of a Job that was made from a CronJob by hand; its value is `manual`. */
export const instantiateAnnotation = 'cronjob.kubernetes.io/instantiate';

/** The finalizer that keeps a pod until the Job controller has counted it; older controllers also set it as an annotation on the Job. */
export const trackingFinalizer = 'batch.kubernetes.io/job-tracking';

/** The finalizer of an object that is deleted without its dependents. */
export const orphanFinalizer = 'orphan';

/** The finalizer of an object that is deleted after its dependents. */
export const foregroundFinalizer = 'foregroundDeletion';

/** The label of a Job that reruns one index of another Job: the name of that Job. */
export const retryOfLabel = 'cdk8s-jobs/retry-of';

/** The annotation of a Job that reruns one index of another Job: the uid of that Job. */
export const retryOfUidAnnotation = 'cdk8s-jobs/retry-of-uid';

/** The annotation of a Job whose name ends with a hash of its content: the name without the hash. */
export const baseNameAnnotation = 'cdk8s-jobs/name';
