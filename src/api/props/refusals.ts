/**
 * What each kind of Job does not have, and the sentence that says so: the compiler shows it, and `app.synth()` says it again.
 *
 * Field name → sentence: the field, why not, what to write instead.
 */

const template = 'template: containers, volumes and the other pod fields stand beside the Job fields; write them there';
const completionMode = 'completionMode: the construct sets it; use IndexedJob for Indexed';
const indexedOnly = {
  backoffLimitPerIndex: 'backoffLimitPerIndex: only an Indexed Job counts failures per index; use IndexedJob, or backoffLimit',
  maxFailedIndexes: 'maxFailedIndexes: only an Indexed Job has indexes; use IndexedJob',
  successPolicy: 'successPolicy: only an Indexed Job can succeed early; use IndexedJob',
} as const;

/** NonParallelJob: one pod, until one has succeeded. */
export const nonParallelRefuses = {
  template,
  completionMode,
  completions: 'completions: a non-parallel Job is done when one pod succeeds; for a number of them use FixedCompletionJob',
  parallelism: 'parallelism: a non-parallel Job runs one pod at a time; use FixedCompletionJob or WorkQueueJob',
  ...indexedOnly,
} as const;

/** FixedCompletionJob: done when `completions` pods have succeeded. */
export const fixedCompletionRefuses = { template, completionMode, ...indexedOnly } as const;

/** IndexedJob: one success for each index. */
export const indexedRefuses = { template, completionMode: 'completionMode: an IndexedJob is always Indexed; leave it out' } as const;

/** WorkQueueJob: pods that share a queue. */
export const workQueueRefuses = {
  template,
  completionMode,
  completions: 'completions: a work queue is done when one pod succeeds and all have ended; for a fixed number use FixedCompletionJob',
  ...indexedOnly,
} as const;

/** ScheduledJob: a CronJob. */
export const scheduledRefuses = {
  jobTemplate: 'jobTemplate: write the Job as `job`, with its fields and those of its pods side by side',
  rerun: 'rerun: a CronJob is changed in place, and its next Job is the new one; leave it out',
} as const;

/** Fields that only some combinations of other fields allow; the rules find these in the manifest. */
export const otherRefusals = {
  restartPolicy: "restartPolicy: a Job must be able to end; use 'Never', a new pod for each attempt, or 'OnFailure', the container again",
  podFailurePolicyWhenRestarted: "podFailurePolicy: with restartPolicy 'OnFailure' the kubelet restarts containers itself; use restartPolicy 'Never'",
  failIndexNeedsIndexed: "FailIndex: only an Indexed Job can fail one index; use IndexedJob with backoffLimitPerIndex, or 'FailJob'",
  failIndexNeedsPerIndex: "FailIndex: needs backoffLimitPerIndex beside it, or use 'FailJob'",
  maxFailedIndexesNeedsPerIndex: 'maxFailedIndexes: needs backoffLimitPerIndex, which says when an index has failed',
  selectorNeedsManual: 'selector: Kubernetes makes one for each Job; to bring your own, add manualSelector: true and matching podMetadata.labels',
  scheduledSelector: 'selector: every Job of a schedule needs its own, which Kubernetes makes; leave it out',
  scheduledManualSelector: 'manualSelector: every Job of a schedule needs its own selector; leave it out',
  reservedLabel: 'this label is set by the Job controller; leave it out or use a key of your own',
  ephemeralContainers: 'ephemeralContainers: only a running pod can be given one, with kubectl debug; use initContainers or containers',
  oneVolumeSource: 'a volume has one source; declare two volumes',
  oneEnvSource: 'valueFrom has one source; declare two variables',
  oneEnvFromSource: 'an envFrom entry has one source; write two entries',
  oneHandler: 'a handler does one thing: exec, httpGet, tcpSocket, grpc or sleep; remove the others',
  valueOrSource: 'valueFrom: a variable has a value or a source, not both; remove one',
  exitCodesOrConditions: 'a rule looks at exit codes or at pod conditions, not both; write two rules',
  initProbe: "an init container runs to its end and has no probes; for a sidecar add restartPolicy: 'Always'",
  initLifecycle: "lifecycle: an init container has no hooks; for a sidecar add restartPolicy: 'Always'",
  serverSet: 'this field is set by the API server; leave it out',
} as const;
