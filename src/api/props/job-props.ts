/**
 * The props of the four kinds of Job.
 *
 * `…JobProps` is the plain type, for variables. `…Literal` is what the constructor takes: its parameters are the literals in the
 * props, so that what depends on them can be checked. Each literal type is one interface, neither union nor intersection: the
 * compiler then blames the field, and one use costs about 60 instantiations. A parameter at its default means "not written, or not
 * known": `IsKnown` tells the two apart.
 */
import type { CheckedJobName } from './checked-name';
import type { JobSpec, LabelSelector } from '../kubernetes';
import type { MetadataProps } from './metadata-props';
import type { PodFields, RestartPolicy } from './pod-props';
import type { PodFailurePolicyProps, SuccessPolicyProps } from './policy-props';
import type { fixedCompletionRefuses, indexedRefuses, nonParallelRefuses, otherRefusals, workQueueRefuses } from './refusals';
import type { Forbidden } from '../../core/messages';

type SharedJobSpec = Pick<
  JobSpec,
  'activeDeadlineSeconds' | 'backoffLimit' | 'managedBy' | 'podReplacementPolicy' | 'scheduling' | 'suspend' | 'ttlSecondsAfterFinished'
>;

/** The fields that every kind of Job has: those of JobSpec and those of its pods, side by side. `Action` is what failure rules may do. */
export interface CommonJobFields<
  ContainerName extends string, VolumeName extends string, Restart extends RestartPolicy, Action,
> extends SharedJobSpec, PodFields<ContainerName, VolumeName, Restart> {
  /** What to do about a failed pod, by exit code or condition; needs `restartPolicy: 'Never'`. Stable since 1.31. */
  readonly podFailurePolicy?: Restart extends 'Never'
    ? PodFailurePolicyProps<ContainerName, Action>
    : Forbidden<typeof otherRefusals.podFailurePolicyWhenRestarted>;
}

/**
 * Whether the props were written in place: `Restart` is then the one policy that was written.
 *
 * Props in a variable, or passed on by a subclass, may hold either policy, and everything else too.
 */
export type IsKnown<Restart> = 'Never' | 'OnFailure' extends Restart ? false : true;

/** What a Job has that is not part of a schedule: a name and, rarely, a selector of its own. */
export interface StandaloneFields<Name extends string, Restart, Manual extends boolean> {
  /** Name, namespace, labels and annotations of the Job. */
  readonly metadata?: MetadataProps<CheckedJobName<Name>>;
  /** Says that the selector is yours. @default false: Kubernetes makes one that fits this Job only */
  readonly manualSelector?: Manual;
  /** Which pods belong to the Job; needs `manualSelector: true`, and `podMetadata.labels` that it fits. */
  readonly selector?: SelectorOf<Manual, Restart>;
}

type SelectorOf<Manual, Restart> = [Manual] extends [true]
  ? LabelSelector
  : Forbidden<typeof otherRefusals.selectorNeedsManual> | (IsKnown<Restart> extends false ? LabelSelector : never);

/** What is special to a Job that is done when one pod succeeds. */
export interface NonParallelKind {
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

/** What is special to a Job that is done when `completions` pods have succeeded. */
export interface FixedCompletionKind {
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

/** What is special to a Job whose pods share an outside queue: it is done when one pod has succeeded and all have ended. */
export interface WorkQueueKind {
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

/** What is special to a Job in which every pod has an index from 0 to `completions` - 1, in the variable JOB_COMPLETION_INDEX. */
export interface IndexedKind {
  /** How many indexes there are; each must succeed once. Shape: whole number, 0 or more. */
  readonly completions: number;
  /** How many pods may run at the same time. Shape: whole number, 0 to 100000; 0 pauses. @default 1 */
  readonly parallelism?: number;
  /** When the Job is done before all indexes have succeeded. @default - when all have. Stable since 1.33. */
  readonly successPolicy?: SuccessPolicyProps;
  /** Set by the construct. */
  readonly completionMode?: Forbidden<typeof indexedRefuses.completionMode>;
  /** Written as flat fields. */
  readonly template?: Forbidden<typeof indexedRefuses.template>;
}

/** How an Indexed Job counts failures. `PerIndex` is the type of the limit as written, `never` when there is none. */
export interface IndexedLimits<Restart, PerIndex> {
  /** How often the pods of one index may fail before the index has failed. Shape: whole number, 0 or more. Stable since 1.33. */
  readonly backoffLimitPerIndex?: PerIndex | AnyNumber;
  /**
   * How many indexes may fail before the whole Job fails; needs `backoffLimitPerIndex`.
   *
   * Shape: whole number, 0 to `completions`. @default - all may fail
   */
  readonly maxFailedIndexes?: WithPerIndex<PerIndex, Restart, number, Forbidden<typeof otherRefusals.maxFailedIndexesNeedsPerIndex>>;
}

/** A number that does not swallow the literal type beside it in a union. */
type AnyNumber = number & {};

/** `Allowed` when `backoffLimitPerIndex` is written, or nothing is known of the props; else `Refused`. */
export type WithPerIndex<PerIndex, Restart, Allowed, Refused> = [PerIndex] extends [never]
  ? IsKnown<Restart> extends false ? Allowed : Refused
  : Allowed;

/**
 * What the rules of an Indexed Job may do about a failed pod.
 *
 * The unions are written out in the branches: a union with a name of its own would hide its sentence in error messages.
 */
export type IndexedActionOf<PerIndex, Restart> = WithPerIndex<PerIndex, Restart, true, false> extends true
  ? 'Count' | 'FailIndex' | 'FailJob' | 'Ignore'
  : 'Count' | 'FailJob' | 'Ignore' | Forbidden<typeof otherRefusals.failIndexNeedsPerIndex>;

/** What `new NonParallelJob` takes; its parameters are the literals written in it, so that they can be checked. */
export interface NonParallelLiteral<
  Name extends string, ContainerName extends string, VolumeName extends string, Restart extends RestartPolicy, Manual extends boolean,
> extends CommonJobFields<
    ContainerName, VolumeName, Restart, 'Count' | 'FailJob' | 'Ignore' | Forbidden<typeof otherRefusals.failIndexNeedsIndexed>
  >, NonParallelKind, StandaloneFields<Name, Restart, Manual> {}

/** What `new FixedCompletionJob` takes; its parameters are the literals written in it, so that they can be checked. */
export interface FixedCompletionLiteral<
  Name extends string, ContainerName extends string, VolumeName extends string, Restart extends RestartPolicy, Manual extends boolean,
> extends CommonJobFields<
    ContainerName, VolumeName, Restart, 'Count' | 'FailJob' | 'Ignore' | Forbidden<typeof otherRefusals.failIndexNeedsIndexed>
  >, FixedCompletionKind, StandaloneFields<Name, Restart, Manual> {}

/** What `new WorkQueueJob` takes; its parameters are the literals written in it, so that they can be checked. */
export interface WorkQueueLiteral<
  Name extends string, ContainerName extends string, VolumeName extends string, Restart extends RestartPolicy, Manual extends boolean,
> extends CommonJobFields<
    ContainerName, VolumeName, Restart, 'Count' | 'FailJob' | 'Ignore' | Forbidden<typeof otherRefusals.failIndexNeedsIndexed>
  >, WorkQueueKind, StandaloneFields<Name, Restart, Manual> {}

/** What `new IndexedJob` takes; its parameters are the literals written in it, so that they can be checked. */
export interface IndexedLiteral<
  Name extends string, ContainerName extends string, VolumeName extends string, Restart extends RestartPolicy, Manual extends boolean,
  PerIndex,
> extends CommonJobFields<ContainerName, VolumeName, Restart, IndexedActionOf<PerIndex, Restart>>, IndexedKind,
  IndexedLimits<Restart, PerIndex>, StandaloneFields<Name, Restart, Manual> {}

/**
 * The fields of a literal type, for variables: a type of its own, since two uses of one interface are not compared field by field.
 *
 * The compiler makes it when somebody uses it; an interface that extends another is checked for everybody.
 */
export type FieldsOf<Literal> = { readonly [Field in keyof Literal]: Literal[Field] };

/** What props with a selector of their own say. */
export interface WithSelector {
  /** Says that the selector is yours. */
  readonly manualSelector: true;
}

/** Props of NonParallelJob: one pod, until one succeeds. */
export type NonParallelJobProps = ManualNonParallelProps | NonParallelPropsOf<'Never'> | NonParallelPropsOf<'OnFailure'>;

/** NonParallelJobProps with one restart policy. */
export type NonParallelPropsOf<Restart extends RestartPolicy> = FieldsOf<NonParallelLiteral<string, string, string, Restart, false>>;

/** NonParallelJobProps with a selector of your own. */
export type ManualNonParallelProps = FieldsOf<NonParallelLiteral<string, string, string, RestartPolicy, true>> & WithSelector;

/** Props of FixedCompletionJob: done when `completions` pods have succeeded. */
export type FixedCompletionJobProps = ManualFixedCompletionProps | FixedCompletionPropsOf<'Never'> | FixedCompletionPropsOf<'OnFailure'>;

/** FixedCompletionJobProps with one restart policy. */
export type FixedCompletionPropsOf<Restart extends RestartPolicy> =
  FieldsOf<FixedCompletionLiteral<string, string, string, Restart, false>>;

/** FixedCompletionJobProps with a selector of your own. */
export type ManualFixedCompletionProps = FieldsOf<FixedCompletionLiteral<string, string, string, RestartPolicy, true>> & WithSelector;

/** Props of WorkQueueJob: workers that share a queue. */
export type WorkQueueJobProps = ManualWorkQueueProps | WorkQueuePropsOf<'Never'> | WorkQueuePropsOf<'OnFailure'>;

/** WorkQueueJobProps with one restart policy. */
export type WorkQueuePropsOf<Restart extends RestartPolicy> = FieldsOf<WorkQueueLiteral<string, string, string, Restart, false>>;

/** WorkQueueJobProps with a selector of your own. */
export type ManualWorkQueueProps = FieldsOf<WorkQueueLiteral<string, string, string, RestartPolicy, true>> & WithSelector;

/** Props of IndexedJob: one success for each index. */
export type IndexedJobProps = ManualIndexedProps | IndexedPropsOf<'Never'> | IndexedPropsOf<'OnFailure'>;

/** IndexedJobProps with one restart policy. */
export type IndexedPropsOf<Restart extends RestartPolicy> = FieldsOf<IndexedLiteral<string, string, string, Restart, false, number>>;

/** IndexedJobProps with a selector of your own. */
export type ManualIndexedProps = FieldsOf<IndexedLiteral<string, string, string, RestartPolicy, true, number>> & WithSelector;
