/**
 * What each kind of Job does not have, and the sentence that says so: the compiler shows it, and `app.synth()` says it again.
 *
 * Field name → sentence: the field, why not, what to write instead. test/types/refusals.test.ts plays every one of them.
 */
import type { Forbidden } from '../../core/messages';

/** What stands for fields that must stay absent, with the sentences of a table. */
export type RefusedFields<Sentences extends Readonly<Record<string, string>>> = {
  readonly [Field in keyof Sentences]: Forbidden<Sentences[Field]>;
};

/** The sentences of the four kinds, with what one writes for each of the other kinds. */
function refusalsOf<const Fixed extends string, const Indexed extends string, const Queue extends string>(
  fixed: Fixed, indexed: Indexed, queue: Queue,
) {
  const template = 'template: containers, volumes and the other pod fields stand beside the Job fields; write them there' as const;
  const completionMode = `completionMode: the construct sets it; use ${indexed} for Indexed` as const;
  const indexedOnly = {
    backoffLimitPerIndex: `backoffLimitPerIndex: only an Indexed Job counts failures per index; use ${indexed}, or backoffLimit`,
    maxFailedIndexes: `maxFailedIndexes: only an Indexed Job has indexes; use ${indexed}`,
    successPolicy: `successPolicy: only an Indexed Job can succeed early; use ${indexed}`,
    peers: `peers: only the pods of an Indexed Job have host names of their own; use ${indexed}`,
  } as const;
  return {
    NonParallel: {
      template,
      completionMode,
      completions: `completions: a non-parallel Job is done when one pod succeeds; for a number of them use ${fixed}`,
      parallelism: `parallelism: a non-parallel Job runs one pod at a time; use ${fixed} or ${queue}`,
      ...indexedOnly,
    },
    FixedCompletion: { template, completionMode, ...indexedOnly },
    Indexed: { template, completionMode: 'completionMode: an Indexed Job is always Indexed; leave it out' },
    WorkQueue: {
      template,
      completionMode,
      completions: `completions: a work queue is done when one pod succeeds and all have ended; for a fixed number use ${fixed}`,
      ...indexedOnly,
    },
  } as const;
}

/** What the constructs of the four kinds refuse. */
export const kindRefuses = refusalsOf('FixedCompletionJob', 'IndexedJob', 'WorkQueueJob');

/** What the Jobs of a schedule refuse, by their `type`. */
export const scheduledKindRefuses = refusalsOf("type: 'FixedCompletion'", "type: 'Indexed'", "type: 'WorkQueue'");

/** ScheduledJob: a CronJob. */
export const scheduledRefuses = {
  jobTemplate: 'jobTemplate: write the Job as `job`, with its fields and those of its pods side by side',
  rerun: 'rerun: a CronJob is changed in place, and its next Job is the new one; leave it out',
} as const;

/** Where a field of the Job stands in a schedule: the sentence for one that stands beside `job`. */
export function misplaced<const Field extends string>(field: Field): Misplaced<Field> {
  return `${field}: is a field of the Job; write it in job`;
}

/** The sentence for one field. */
export type Misplaced<Field extends string> = `${Field}: is a field of the Job; write it in job`;

/** What is never written into `metadata` by hand. */
export const serverSetFields = ['creationTimestamp', 'managedFields', 'resourceVersion', 'uid'] as const;

/** Fields that only some combinations of other fields allow; the rules find these in the manifest. */
export const otherRefusals = {
  restartPolicy: "restartPolicy: a Job must be able to end; use 'Never', a new pod for each attempt, or 'OnFailure', the container again",
  podFailurePolicyWhenReplacedEarly:
    "podFailurePolicy: judges a pod when it has failed; beside it podReplacementPolicy 'Failed' is the only one, write that or leave it out",
  podFailurePolicyWhenRestarted: "podFailurePolicy: with restartPolicy 'OnFailure' the kubelet restarts containers itself; use restartPolicy 'Never'",
  failIndexNeedsIndexed: "FailIndex: only an Indexed Job can fail one index; use IndexedJob with backoffLimitPerIndex, or 'FailJob'",
  scheduledFailIndex: "FailIndex: only an Indexed Job can fail one index; use type: 'Indexed' with backoffLimitPerIndex, or 'FailJob'",
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
  emptySuccess: 'successPolicy: needs one rule at least, and each rule succeededIndexes, succeededCount or both; write which, or how many',
  emptyExitCodes: 'values: needs one exit code at least; write those that the rule is for',
  noSuchVolume: 'volumeMounts: no volume of this pod has that name; write the name of one, or declare it in volumes',
  noSuchContainer: 'containerName: no container of this pod has that name; write the name of one, or leave it out for any',
  serverSet: 'this field is set by the API server; leave it out',
} as const;

/** What the tools that apply Jobs from Git cannot do, and combinations that they do not bear. */
export const gitOpsRefusals = {
  startInRollout: 'start: a rollout waits for ever for a suspended Job, and does not wait for the end of one that was resumed; leave start or run out',
  startOnChange: "start: Flux either never touches the Job again, or makes it again on change; leave one of them out, or use run: 'once'",
  pauseAndStart: 'pause: what is started later has suspend: true, and what is paused by hand has no suspend; leave one of them out',
  pauseOnce: "pause: with run: 'once' Flux never touches the Job again, whoever suspends it; leave pause out",
  cleanUpNeedsHook: "cleanUp: only a Job that runs 'before-rollout' or 'after-rollout' is deleted after success; for others use rerun, and prune in the Application",
  hooksAreKept: 'whenRemoved: a hook is never pruned anyway; leave it out',
  fluxHasNoHooks: 'run: Flux has no hooks; put the Job into a Kustomization of its own, and dependsOn into that of the rollout',
  fluxHasNoWaves: 'order: Flux has no waves; write one folder and one Kustomization for each level, with dependsOn and wait: true',
  fluxHealth: 'health: Flux looks at a whole Kustomization; put the Job into one of its own, without wait',
  fluxCleanUp: 'cleanUp: Flux deletes no finished Job; use rerun, and prune: true in the Kustomization',
} as const;
