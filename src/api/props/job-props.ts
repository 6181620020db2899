/**
 * The props of the four kinds of Job. Long, since they are read side by side.
 *
 * Each is one interface: it can be extended, and a constructor takes it with what its checks made of the literals that were written. Where
 * all are good, that is `string` or `number`: props that are good are then of one type, however they are called, which the compiler looks
 * into once. Else it is each good literal, and the sentence in place of a bad one.
 *
 * Neither union nor intersection: the compiler then blames the field, and one use costs under 50 instantiations. Without parameters it is
 * the type of a variable, in which nothing is known: what some literals would allow is allowed, and checked when the app is synthesized.
 */
import type { GitOps, Rerun } from './gitops-props';
import type { JobSpecRest, LabelSelector } from '../kubernetes';
import type { MetadataProps } from './metadata-props';
import type { DurationObject } from './plus-props';
import type { PodProps, RestartPolicy } from './pod-props';
import type { PodFailurePolicyProps, SuccessPolicyProps } from './policy-props';
import type { QueueProps } from './queue-props';
import type { kindRefuses, otherRefusals } from './refusals';
import type { ReplacementWord } from './word-props';
import type { Forbidden } from '../../core/messages';

/** The fields of JobSpec that all kinds share. */
export interface JobFields<Count, Word extends string> extends JobSpecRest {
  /**
   * How many failed pods, or with OnFailure restarts of containers, are forgiven; one more and the Job has failed.
   *
   * Shape: whole number, 0 or more. New attempts wait 10 s, 20 s, 40 s and so on, up to 10 minutes.
   * @default 6, or no limit when `backoffLimitPerIndex` is set
   */
  readonly backoffLimit?: Count;
  /**
   * How long the Job may be active, all retries included; then its pods are ended and it has failed with DeadlineExceeded.
   *
   * Shape: whole number, 0 or more; 0 fails at once. Unit: seconds. Time in suspension does not count. @default - no limit
   */
  readonly activeDeadlineSeconds?: Count | DurationObject;
  /**
   * How long the Job is kept after it has finished; then it is deleted with its pods and their logs.
   *
   * Shape: whole number, 0 or more; 0 deletes at once. Unit: seconds. @default - kept. Stable since 1.23.
   */
  readonly ttlSecondsAfterFinished?: Count | DurationObject;
  /**
   * When a pod that is going away is replaced: `TerminatingOrFailed` as soon as it is told to go, `Failed` only when it has ended.
   *
   * Stable since 1.34. @default 'TerminatingOrFailed', or 'Failed' beside `podFailurePolicy`, which allows nothing else
   */
  readonly podReplacementPolicy?: ReplacementWord<Word>;
  /** The queue of Kueue in which the Job waits until there is room for it, by name or with more. @default - it starts at once */
  readonly queue?: string | QueueProps;
}

/**
 * What every kind of Job takes: the fields of JobSpec and those of its pods, side by side.
 *
 * `Restart` is the restart policy, `Action` is what failure rules may do.
 */
export interface CommonJobProps<
  Restart extends string = RestartPolicy, ContainerName = string, VolumeName = string,
  Action = 'Count' | 'FailJob' | 'Ignore', Amount = string, Count = number, Word extends string = never,
> extends JobFields<Count, Word>, PodProps<Restart, ContainerName, VolumeName, Amount, Count, Word> {
  /** What to do about a failed pod, by exit code or condition; needs `restartPolicy: 'Never'`. Stable since 1.31. */
  readonly podFailurePolicy?: FailurePolicyOf<Restart, ContainerName, Action, Word>;
}

/** The failure policy, where the other policies allow one. A member of an enum is compared as its text. */
export type FailurePolicyOf<Restart extends string, ContainerName, Action, Word extends string> = 'Never' extends `${Restart}`
  ? 'TerminatingOrFailed' extends Word
    ? UnlessReplacedEarly<Restart, Word, PodFailurePolicyProps<ContainerName, Action, Word>>
    : PodFailurePolicyProps<ContainerName, Action, Word>
  : Forbidden<typeof otherRefusals.podFailurePolicyWhenRestarted>;

/** Refused where `TerminatingOrFailed` was written in place: in a variable either policy may stand, and then both are found here. */
type UnlessReplacedEarly<Restart, Word, Allowed> = 'Failed' extends Word
  ? Allowed
  : IsKnown<Restart> extends true ? Forbidden<typeof otherRefusals.podFailurePolicyWhenReplacedEarly> : Allowed;

/**
 * Whether the props were written in place: `Restart` is then the one policy that was written.
 *
 * Props in a variable, or passed on by a subclass, may hold either policy, and everything else too.
 */
export type IsKnown<Restart> = 'Never' | 'OnFailure' extends Restart ? false : true;

/** What a Job has beside its name that is no part of a schedule; rarely a selector. `Manual` is `never` when that is not written. */
interface StandaloneFields<Restart, Manual extends boolean> {
  /**
   * For Jobs in Git: the name gets a hash of the content, so that the Job runs again exactly when that changes, or the mark does.
   *
   * @default - the name as it is: a cluster refuses a changed Job
   */
  readonly rerun?: Rerun;
  /** What Argo CD or Flux shall do with the Job, as `argocd` and `flux` make it. @default - what was applied to the chart or the app */
  readonly gitops?: GitOps;
  /** Says that the selector is yours. @default false: Kubernetes makes one that fits this Job only */
  readonly manualSelector?: Manual | InVariable<Restart, boolean, never>;
  /** Which pods belong to the Job; needs `manualSelector: true`, and `podMetadata.labels` that it fits. */
  readonly selector?: WhenWritten<Extract<Manual, true>, Restart, LabelSelector, Forbidden<typeof otherRefusals.selectorNeedsManual>>;
}

/** What a non-parallel Job does not have. */
interface NonParallelRefusals {
  /** Written as flat fields. */
  readonly template?: Forbidden<typeof kindRefuses.NonParallel.template>;
  /** Set by the construct. */
  readonly completionMode?: Forbidden<typeof kindRefuses.NonParallel.completionMode>;
  /** Not in this kind. */
  readonly completions?: Forbidden<typeof kindRefuses.NonParallel.completions>;
  /** Not in this kind. */
  readonly parallelism?: Forbidden<typeof kindRefuses.NonParallel.parallelism>;
  /** In Indexed Jobs only. */
  readonly backoffLimitPerIndex?: Forbidden<typeof kindRefuses.NonParallel.backoffLimitPerIndex>;
  /** In Indexed Jobs only. */
  readonly maxFailedIndexes?: Forbidden<typeof kindRefuses.NonParallel.maxFailedIndexes>;
  /** In Indexed Jobs only. */
  readonly successPolicy?: Forbidden<typeof kindRefuses.NonParallel.successPolicy>;
  /** In Indexed Jobs only. */
  readonly peers?: Forbidden<typeof kindRefuses.NonParallel.peers>;
}

/** What a Job of a fixed number of completions does not have. */
interface FixedCompletionRefusals {
  /** Written as flat fields. */
  readonly template?: Forbidden<typeof kindRefuses.FixedCompletion.template>;
  /** Set by the construct. */
  readonly completionMode?: Forbidden<typeof kindRefuses.FixedCompletion.completionMode>;
  /** In Indexed Jobs only. */
  readonly backoffLimitPerIndex?: Forbidden<typeof kindRefuses.FixedCompletion.backoffLimitPerIndex>;
  /** In Indexed Jobs only. */
  readonly maxFailedIndexes?: Forbidden<typeof kindRefuses.FixedCompletion.maxFailedIndexes>;
  /** In Indexed Jobs only. */
  readonly successPolicy?: Forbidden<typeof kindRefuses.FixedCompletion.successPolicy>;
  /** In Indexed Jobs only. */
  readonly peers?: Forbidden<typeof kindRefuses.FixedCompletion.peers>;
}

/** What an Indexed Job does not have. */
interface IndexedRefusals {
  /** Written as flat fields. */
  readonly template?: Forbidden<typeof kindRefuses.Indexed.template>;
  /** Set by the construct. */
  readonly completionMode?: Forbidden<typeof kindRefuses.Indexed.completionMode>;
}

/** What a work queue does not have. */
interface WorkQueueRefusals {
  /** Written as flat fields. */
  readonly template?: Forbidden<typeof kindRefuses.WorkQueue.template>;
  /** Set by the construct. */
  readonly completionMode?: Forbidden<typeof kindRefuses.WorkQueue.completionMode>;
  /** Not in this kind. */
  readonly completions?: Forbidden<typeof kindRefuses.WorkQueue.completions>;
  /** In Indexed Jobs only. */
  readonly backoffLimitPerIndex?: Forbidden<typeof kindRefuses.WorkQueue.backoffLimitPerIndex>;
  /** In Indexed Jobs only. */
  readonly maxFailedIndexes?: Forbidden<typeof kindRefuses.WorkQueue.maxFailedIndexes>;
  /** In Indexed Jobs only. */
  readonly successPolicy?: Forbidden<typeof kindRefuses.WorkQueue.successPolicy>;
  /** In Indexed Jobs only. */
  readonly peers?: Forbidden<typeof kindRefuses.WorkQueue.peers>;
}

/** `Loose` in a variable, `Exact` in props that were written in place. */
type InVariable<Restart, Loose, Exact> = IsKnown<Restart> extends false ? Loose : Exact;

/** `Allowed` when what it needs is written, or nothing is known of the props; else `Refused`. `Written` is `never` when it is not. */
type WhenWritten<Written, Restart, Allowed, Refused> = [Written] extends [never]
  ? IsKnown<Restart> extends false ? Allowed : Refused
  : Allowed;

/**
 * What the rules of an Indexed Job may do about a failed pod.
 *
 * The unions are written out in the branches: a union with a name of its own would hide its sentence in error messages.
 */
type IndexedActionOf<PerIndex, Restart> = WhenWritten<PerIndex, Restart, true, false> extends true
  ? 'Count' | 'FailIndex' | 'FailJob' | 'Ignore'
  : 'Count' | 'FailJob' | 'Ignore' | ('Ignore' & Forbidden<typeof otherRefusals.failIndexNeedsPerIndex>);

/**
 * Props of NonParallelJob: one pod, until one succeeds.
 *
 * With a restart policy, as in `NonParallelJobProps<'OnFailure'>`, it refuses what the policy excludes.
 * The other parameters are found by constructors.
 */
export interface NonParallelJobProps<
  Restart extends string = RestartPolicy, Name = string, ContainerName = string, VolumeName = string,
  Manual extends boolean = InVariable<Restart, never, boolean>, Amount = string, Count = number, Word extends string = never,
  Mounted = string, InRule = string, Integer = number,
> extends JobFields<Count, Word>, PodProps<Restart, ContainerName, VolumeName, Amount, Count, Word, Mounted, Integer>,
  NonParallelRefusals, StandaloneFields<Restart, Manual> {
  /** Name, namespace, labels and annotations of the Job. */
  readonly metadata?: MetadataProps<Name>;
  /** What to do about a failed pod, by exit code or condition; needs `restartPolicy: 'Never'`. Stable since 1.31. */
  readonly podFailurePolicy?: FailurePolicyOf<
    Restart, InRule, 'Count' | 'FailJob' | 'Ignore' | ('Ignore' & Forbidden<typeof otherRefusals.failIndexNeedsIndexed>), Word
  >;
}

/**
 * Props of FixedCompletionJob: done when `completions` pods have succeeded.
 *
 * With a restart policy, as in `FixedCompletionJobProps<'OnFailure'>`, it refuses what the policy excludes.
 * The other parameters are found by constructors.
 */
export interface FixedCompletionJobProps<
  Restart extends string = RestartPolicy, Name = string, ContainerName = string, VolumeName = string,
  Manual extends boolean = InVariable<Restart, never, boolean>, Amount = string, Count = number, Word extends string = never,
  Mounted = string, InRule = string, Integer = number,
> extends JobFields<Count, Word>, PodProps<Restart, ContainerName, VolumeName, Amount, Count, Word, Mounted, Integer>,
  FixedCompletionRefusals, StandaloneFields<Restart, Manual> {
  /** Name, namespace, labels and annotations of the Job. */
  readonly metadata?: MetadataProps<Name>;
  /** How many pods must succeed. Shape: whole number, 0 or more; with 0 the Job is done at once. */
  readonly completions: Count;
  /** How many pods may run at the same time. Shape: whole number, 0 or more; 0 pauses. @default 1 */
  readonly parallelism?: Count;
  /** What to do about a failed pod, by exit code or condition; needs `restartPolicy: 'Never'`. Stable since 1.31. */
  readonly podFailurePolicy?: FailurePolicyOf<
    Restart, InRule, 'Count' | 'FailJob' | 'Ignore' | ('Ignore' & Forbidden<typeof otherRefusals.failIndexNeedsIndexed>), Word
  >;
}

/**
 * Props of WorkQueueJob: workers that share a queue.
 *
 * With a restart policy, as in `WorkQueueJobProps<'OnFailure'>`, it refuses what the policy excludes.
 * The other parameters are found by constructors.
 */
export interface WorkQueueJobProps<
  Restart extends string = RestartPolicy, Name = string, ContainerName = string, VolumeName = string,
  Manual extends boolean = InVariable<Restart, never, boolean>, Amount = string, Count = number, Word extends string = never,
  Mounted = string, InRule = string, Integer = number,
> extends JobFields<Count, Word>, PodProps<Restart, ContainerName, VolumeName, Amount, Count, Word, Mounted, Integer>,
  WorkQueueRefusals, StandaloneFields<Restart, Manual> {
  /** Name, namespace, labels and annotations of the Job. */
  readonly metadata?: MetadataProps<Name>;
  /** How many workers run at the same time. Shape: whole number, 0 or more; 0 pauses. */
  readonly parallelism: Count;
  /** What to do about a failed pod, by exit code or condition; needs `restartPolicy: 'Never'`. Stable since 1.31. */
  readonly podFailurePolicy?: FailurePolicyOf<
    Restart, InRule, 'Count' | 'FailJob' | 'Ignore' | ('Ignore' & Forbidden<typeof otherRefusals.failIndexNeedsIndexed>), Word
  >;
}

/**
 * Props of IndexedJob: one success for each index.
 *
 * With a restart policy, as in `IndexedJobProps<'OnFailure'>`, it refuses what the policy excludes.
 * The other parameters are found by constructors.
 */
export interface IndexedJobProps<
  Restart extends string = RestartPolicy, Name = string, ContainerName = string, VolumeName = string,
  Manual extends boolean = InVariable<Restart, never, boolean>, PerIndex = InVariable<Restart, never, number>, Amount = string,
  Count = number, Word extends string = never, Mounted = string, InRule = string, Integer = number,
> extends JobFields<Count, Word>, PodProps<Restart, ContainerName, VolumeName, Amount, Count, Word, Mounted, Integer>,
  IndexedRefusals, StandaloneFields<Restart, Manual> {
  /** Name, namespace, labels and annotations of the Job. */
  readonly metadata?: MetadataProps<Name>;
  /** How many indexes there are; each must succeed once. Shape: whole number, 0 or more. */
  readonly completions: Count;
  /** How many pods may run at the same time. Shape: whole number, 0 to 100000; 0 pauses. @default 1 */
  readonly parallelism?: Count;
  /** When the Job is done before all indexes have succeeded. @default - when all have. Stable since 1.33. */
  readonly successPolicy?: SuccessPolicyProps<Count>;
  /** How often the pods of one index may fail before the index has failed. Shape: whole number, 0 or more. Stable since 1.33. */
  readonly backoffLimitPerIndex?: PerIndex | Count;
  /**
   * How many indexes may fail before the whole Job fails; needs `backoffLimitPerIndex`.
   *
   * Shape: whole number, 0 to `completions`. @default - all may fail
   */
  readonly maxFailedIndexes?: WhenWritten<
    PerIndex, Restart, Count, Forbidden<typeof otherRefusals.maxFailedIndexesNeedsPerIndex>
  >;
  /**
   * Lets the pods find one another by host names, `JOB-INDEX.SERVICE`: makes a headless Service, called like the Job or as `subdomain`
   * says, and sets JOB_NAME and JOB_PEERS, all names with commas between them.
   *
   * `unlisted` leaves JOB_PEERS out: for over 1,000 completions, or some that will change. Use a `parallelism` of `completions`.
   */
  readonly peers?: boolean | 'unlisted';
  /** What to do about a failed pod, by exit code or condition; needs `restartPolicy: 'Never'`. Stable since 1.31. */
  readonly podFailurePolicy?: FailurePolicyOf<Restart, InRule, IndexedActionOf<PerIndex, Restart>, Word>;
}

/**
 * The fields of an interface: a type of its own, since two uses of one interface are not compared field by field.
 *
 * The compiler makes it when somebody uses it; an interface that extends another is checked for everybody.
 */
export type FieldsOf<Props> = { readonly [Field in keyof Props]: Props[Field] };
