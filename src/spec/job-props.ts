import type { CheckedJobName } from './checked-name';
import type { JobSpec, LabelSelector } from './kubernetes';
import type { MetadataProps } from './metadata-props';
import type { PodFields, RestartPolicy } from './pod-props';
import type { PodFailurePolicyProps, SuccessPolicyProps } from './policy-props';
import type { fixedCompletionRefuses, indexedRefuses, nonParallelRefuses, otherRefusals, workQueueRefuses } from './refusals';
import type { Forbidden } from '../core/messages';

type SharedJobSpec = Pick<
  JobSpec,
'activeDeadlineSeconds' | 'backoffLimit' | 'managedBy' | 'podReplacementPolicy' | 'scheduling' | 'suspend' | 'ttlSecondsAfterFinished'
>;

/** What an Indexed Job may do about a failed pod. */
export type IndexAction = 'Count' | 'FailIndex' | 'FailJob' | 'Ignore';

/** The fields that every kind of Job has: those of JobSpec and those of its pods, side by side. */
export interface CommonJobFields<
  ContainerName extends string, VolumeName extends string, Restart extends RestartPolicy,
> extends SharedJobSpec, PodFields<ContainerName, VolumeName, Restart> {}

/** What Jobs without indexes have in common. */
export interface NonIndexedFields<
  ContainerName extends string, VolumeName extends string, Restart extends RestartPolicy,
> extends CommonJobFields<ContainerName, VolumeName, Restart> {
  /** What to do about a failed pod, by exit code or condition; needs `restartPolicy: 'Never'`. */
  readonly podFailurePolicy?: Restart extends 'Never'
    ? PodFailurePolicyProps<ContainerName, 'Count' | 'FailJob' | 'Ignore' | Forbidden<typeof otherRefusals.failIndexNeedsIndexed>>
    : Forbidden<typeof otherRefusals.podFailurePolicyWhenRestarted>;
}

/** A number that does not swallow the literal type beside it in a union. */
type AnyNumber = number & {};
type AnySelector = LabelSelector & {};

/**
 * What a Job has that is not part of a schedule: a name and, rarely, a selector of its own.
 *
 * `Selector` is the type of the selector as written, `never` when there is none.
 */
export interface StandaloneFields<Name extends string, Selector> {
  /** Name, namespace, labels and annotations of the Job. */
  readonly metadata?: MetadataProps<CheckedJobName<Name>>;
  /** Says that the selector is yours. @default false: Kubernetes makes one that fits this Job only */
  readonly manualSelector?: boolean;
  /** Which pods belong to the Job; needs `manualSelector: true`, and `podMetadata.labels` that it fits. */
  readonly selector?: Selector | AnySelector;
}

/** What must stand beside a field; the sentence says why. */
export interface ManualSelectorNeeded<Sentence extends string> {
  /** Says that the selector is yours. */
  readonly manualSelector: true;
  /** Never present; it keeps two sentences from being the same type. */
  readonly why?: Forbidden<Sentence>;
}

/** What must stand beside a field; the sentence says why. */
export interface PerIndexLimitNeeded<Sentence extends string> {
  /** How often the pods of one index may fail before the index has failed. */
  readonly backoffLimitPerIndex: number;
  /** Never present; it keeps two sentences from being the same type. */
  readonly why?: Forbidden<Sentence>;
}

/** `unknown` unless a selector is written: then `manualSelector: true` must be, too. */
export type SelectorRule<Selector> = [Selector] extends [never] ? unknown : ManualSelectorNeeded<typeof otherRefusals.selectorNeedsManual>;

/** `unknown` unless something is written that needs `backoffLimitPerIndex`. `Written` holds all actions when there is no policy. */
export type PerIndexRule<MaxFailed, Written> = [MaxFailed] extends [never]
  ? [IndexAction] extends [Written]
    ? unknown
    : 'FailIndex' extends Written ? PerIndexLimitNeeded<typeof otherRefusals.failIndexNeedsPerIndex> : unknown
  : PerIndexLimitNeeded<typeof otherRefusals.maxFailedIndexesNeedsPerIndex>;

/** The fields of a Job that is done when one pod succeeds. */
export interface NonParallelFields<
  ContainerName extends string, VolumeName extends string, Restart extends RestartPolicy,
> extends NonIndexedFields<ContainerName, VolumeName, Restart> {
  /** Not in this kind. */
  readonly completions?: Forbidden<typeof nonParallelRefuses.completions>;
  /** Not in this kind. */
  readonly parallelism?: Forbidden<typeof nonParallelRefuses.parallelism>;
  /** Not in this kind. */
  readonly backoffLimitPerIndex?: Forbidden<typeof nonParallelRefuses.backoffLimitPerIndex>;
  /** Not in this kind. */
  readonly maxFailedIndexes?: Forbidden<typeof nonParallelRefuses.maxFailedIndexes>;
  /** Not in this kind. */
  readonly successPolicy?: Forbidden<typeof nonParallelRefuses.successPolicy>;
  /** Set by the construct. */
  readonly completionMode?: Forbidden<typeof nonParallelRefuses.completionMode>;
  /** Written as flat fields. */
  readonly template?: Forbidden<typeof nonParallelRefuses.template>;
}

/** The fields of a Job that is done when `completions` pods have succeeded. */
export interface FixedCompletionFields<
  ContainerName extends string, VolumeName extends string, Restart extends RestartPolicy,
> extends NonIndexedFields<ContainerName, VolumeName, Restart> {
  /** How many pods must succeed. Shape: whole number, 0 or more; with 0 the Job is done at once. */
  readonly completions: number;
  /** How many pods may run at the same time. Shape: whole number, 0 or more; 0 pauses. @default 1 */
  readonly parallelism?: number;
  /** Not in this kind. */
  readonly backoffLimitPerIndex?: Forbidden<typeof fixedCompletionRefuses.backoffLimitPerIndex>;
  /** Not in this kind. */
  readonly maxFailedIndexes?: Forbidden<typeof fixedCompletionRefuses.maxFailedIndexes>;
  /** Not in this kind. */
  readonly successPolicy?: Forbidden<typeof fixedCompletionRefuses.successPolicy>;
  /** Set by the construct. */
  readonly completionMode?: Forbidden<typeof fixedCompletionRefuses.completionMode>;
  /** Written as flat fields. */
  readonly template?: Forbidden<typeof fixedCompletionRefuses.template>;
}

/** The fields of a Job whose pods share an outside queue: done when one pod has succeeded and all have ended. */
export interface WorkQueueFields<
  ContainerName extends string, VolumeName extends string, Restart extends RestartPolicy,
> extends NonIndexedFields<ContainerName, VolumeName, Restart> {
  /** How many workers run at the same time. Shape: whole number, 0 or more; 0 pauses. */
  readonly parallelism: number;
  /** Not in this kind. */
  readonly completions?: Forbidden<typeof workQueueRefuses.completions>;
  /** Not in this kind. */
  readonly backoffLimitPerIndex?: Forbidden<typeof workQueueRefuses.backoffLimitPerIndex>;
  /** Not in this kind. */
  readonly maxFailedIndexes?: Forbidden<typeof workQueueRefuses.maxFailedIndexes>;
  /** Not in this kind. */
  readonly successPolicy?: Forbidden<typeof workQueueRefuses.successPolicy>;
  /** Set by the construct. */
  readonly completionMode?: Forbidden<typeof workQueueRefuses.completionMode>;
  /** Written as flat fields. */
  readonly template?: Forbidden<typeof workQueueRefuses.template>;
}

/** The fields of a Job in which every pod has an index, from 0 to `completions` - 1, as JOB_COMPLETION_INDEX. */
export interface IndexedFields<
  ContainerName extends string, VolumeName extends string, Restart extends RestartPolicy, MaxFailed, Written,
> extends CommonJobFields<ContainerName, VolumeName, Restart> {
  /** How many indexes there are; each must succeed once. Shape: whole number, 0 or more. */
  readonly completions: number;
  /** How many pods may run at the same time. Shape: whole number, 0 to 100000; 0 pauses. @default 1 */
  readonly parallelism?: number;
  /** How often the pods of one index may fail before the index has failed. Shape: whole number, 0 or more. Stable since 1.33. */
  readonly backoffLimitPerIndex?: number;
  /**
   * How many indexes may fail before the whole Job fails; needs `backoffLimitPerIndex`.
   *
   * Shape: whole number, 0 to `completions`. @default - all may fail
   */
  readonly maxFailedIndexes?: MaxFailed | AnyNumber;
  /** What to do about a failed pod, by exit code or condition; needs `restartPolicy: 'Never'`. */
  readonly podFailurePolicy?: Restart extends 'Never'
    ? PodFailurePolicyProps<ContainerName, Written>
    : Forbidden<typeof otherRefusals.podFailurePolicyWhenRestarted>;
  /** When the Job is done before all indexes have succeeded. @default - when all have. Stable since 1.33. */
  readonly successPolicy?: SuccessPolicyProps;
  /** Set by the construct. */
  readonly completionMode?: Forbidden<typeof indexedRefuses.completionMode>;
  /** Written as flat fields. */
  readonly template?: Forbidden<typeof indexedRefuses.template>;
}


/** What `new NonParallelJob` takes; its parameters are the literals written in it, so that they can be checked. */
export interface NonParallelLiteral<
  Name extends string, ContainerName extends string, VolumeName extends string, Restart extends RestartPolicy, Selector,
> extends NonParallelFields<ContainerName, VolumeName, Restart>, StandaloneFields<Name, Selector> {}

/** Props of NonParallelJob: one pod, until one succeeds. */
export type NonParallelJobProps = NonParallelLiteral<string, string, string, 'Never', never> | NonParallelLiteral<string, string, string, 'OnFailure', never>;

/** What `new FixedCompletionJob` takes; its parameters are the literals written in it, so that they can be checked. */
export interface FixedCompletionLiteral<
  Name extends string, ContainerName extends string, VolumeName extends string, Restart extends RestartPolicy, Selector,
> extends FixedCompletionFields<ContainerName, VolumeName, Restart>, StandaloneFields<Name, Selector> {}

/** Props of FixedCompletionJob: done when `completions` pods have succeeded. */
export type FixedCompletionJobProps = FixedCompletionLiteral<string, string, string, 'Never', never> | FixedCompletionLiteral<string, string, string, 'OnFailure', never>;

/** What `new WorkQueueJob` takes; its parameters are the literals written in it, so that they can be checked. */
export interface WorkQueueLiteral<
  Name extends string, ContainerName extends string, VolumeName extends string, Restart extends RestartPolicy, Selector,
> extends WorkQueueFields<ContainerName, VolumeName, Restart>, StandaloneFields<Name, Selector> {}

/** Props of WorkQueueJob: workers that share a queue. */
export type WorkQueueJobProps = WorkQueueLiteral<string, string, string, 'Never', never> | WorkQueueLiteral<string, string, string, 'OnFailure', never>;

/** What `new IndexedJob` takes; its parameters are the literals written in it, so that they can be checked. */
export interface IndexedLiteral<
  Name extends string, ContainerName extends string, VolumeName extends string, Restart extends RestartPolicy, Selector, MaxFailed, Written,
> extends IndexedFields<ContainerName, VolumeName, Restart, MaxFailed, Written>, StandaloneFields<Name, Selector> {}

/** Props of IndexedJob: one success for each index. */
export type IndexedJobProps =
  | IndexedLiteral<string, string, string, 'Never', never, never, IndexAction>
  | IndexedLiteral<string, string, string, 'OnFailure', never, never, IndexAction>;
