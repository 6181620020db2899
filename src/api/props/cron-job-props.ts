import type { CheckedCronJobName } from './checked-name';
import type {
  CommonJobFields, FieldsOf, FixedCompletionKind, IndexedKind, IndexedLimits, IsKnown, NonParallelKind, WorkQueueKind,
} from './job-props';
import type { CronJobSpec } from '../kubernetes';
import type { JobMetadataProps, MetadataProps } from './metadata-props';
import type { RestartPolicy } from './pod-props';
import type { otherRefusals, scheduledRefuses } from './refusals';
import type { Forbidden } from '../../core/messages';
import type { CheckedCron } from '../../schedule/cron-text';
import type { TimeZoneName } from '../../schedule/zone-names';

/** The fields of the Jobs of a schedule: those of a Job, without name and selector. */
export interface ScheduledFields<
  ContainerName extends string, VolumeName extends string, Restart extends RestartPolicy, Type extends JobType,
> extends CommonJobFields<ContainerName, VolumeName, Restart, ActionOf<Type>> {
  /** The kind of the Jobs. @default 'NonParallel' */
  readonly type?: Type;
  /** Labels and annotations of the Jobs; their names are made from the CronJob's. */
  readonly metadata?: JobMetadataProps;
  /** How many pods must succeed, or how many indexes there are: needed in FixedCompletion and Indexed Jobs, refused in others. */
  readonly completions?: KindOf<Type, Restart>['completions'];
  /** How many pods may run at the same time: needed in a WorkQueue, refused in NonParallel Jobs. */
  readonly parallelism?: KindOf<Type, Restart>['parallelism'];
  /** How often the pods of one index may fail: in Indexed Jobs only. */
  readonly backoffLimitPerIndex?: KindOf<Type, Restart>['backoffLimitPerIndex'];
  /** How many indexes may fail before the whole Job fails: in Indexed Jobs only; needs `backoffLimitPerIndex`. */
  readonly maxFailedIndexes?: KindOf<Type, Restart>['maxFailedIndexes'];
  /** When the Job is done before all indexes have succeeded: in Indexed Jobs only. */
  readonly successPolicy?: KindOf<Type, Restart>['successPolicy'];
  /** Set by the construct. */
  readonly completionMode?: KindOf<Type, Restart>['completionMode'];
  /** Written as flat fields. */
  readonly template?: KindOf<Type, Restart>['template'];
  /** Not in a schedule. */
  readonly selector?: Forbidden<typeof otherRefusals.scheduledSelector>;
  /** Not in a schedule. */
  readonly manualSelector?: Forbidden<typeof otherRefusals.scheduledManualSelector>;
}

type ActionOf<Type> = Type extends 'Indexed'
  ? 'Count' | 'FailIndex' | 'FailJob' | 'Ignore'
  : 'Count' | 'FailJob' | 'Ignore' | Forbidden<typeof otherRefusals.failIndexNeedsIndexed>;

/** The types of the fields that differ between the kinds, by the name of the kind. */
export interface KindTypes {
  /** Done when one pod succeeds. */
  readonly NonParallel: Required<NonParallelKind>;
  /** Done when `completions` pods have succeeded. */
  readonly FixedCompletion: Required<FixedCompletionKind>;
  /** One success for each index. */
  readonly Indexed: Required<IndexedKind & IndexedLimits<RestartPolicy, never>>;
  /** Workers that share a queue. */
  readonly WorkQueue: Required<WorkQueueKind>;
}

/** The kinds of Job, as `type` names them in a schedule. */
export type JobType = 'NonParallel' | 'FixedCompletion' | 'Indexed' | 'WorkQueue';

/** The written kind; without a `type` it is NonParallel, unless the props come from a variable, which may hold any kind. */
type KindOf<Type extends JobType, Restart> = JobType extends Type
  ? IsKnown<Restart> extends false ? KindTypes[JobType] : KindTypes['NonParallel']
  : KindTypes[Type];

/** What a Job of some kinds must have. */
export interface NeedsCompletions {
  /** How many pods must succeed, or how many indexes there are. Shape: whole number, 0 or more. */
  readonly completions: number;
}

/** What a work queue must have. */
export interface NeedsParallelism {
  /** How many workers run at the same time. Shape: whole number, 0 or more; 0 pauses. */
  readonly parallelism: number;
}

/** What must be written, by the name of the kind; of all kinds together nothing must. */
export interface KindNeeds {
  /** Nothing. */
  readonly NonParallel: unknown;
  /** The number of completions. */
  readonly FixedCompletion: NeedsCompletions;
  /** The number of indexes. */
  readonly Indexed: NeedsCompletions;
  /** The number of workers. */
  readonly WorkQueue: NeedsParallelism;
}

/**
 * The Jobs of a schedule: the fields of a Job of that kind, without name and selector.
 *
 * Where nothing special must be written it is one interface: an intersection costs the compiler a fifth more for each use.
 */
export type JobTemplateLiteral<
  ContainerName extends string, VolumeName extends string, Restart extends RestartPolicy, Type extends JobType,
> = ScheduledFields<ContainerName, VolumeName, Restart, Type> & KindNeeds[Type];

/** What `new ScheduledJob` takes; its parameters are the literals written in it, so that they can be checked. */
export interface ScheduledLiteral<
  Schedule extends string, Name extends string, ContainerName extends string, VolumeName extends string, Restart extends RestartPolicy,
  Type extends JobType,
> extends Omit<CronJobSpec, 'jobTemplate' | 'schedule' | 'timeZone'> {
  /** Name, namespace, labels and annotations of the CronJob. */
  readonly metadata?: MetadataProps<CheckedCronJobName<Name>>;
  /**
   * When to start a Job: `minute hour day month weekday`, `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly` or `@every 90m`.
   *
   * Fields take `*`, numbers, names, ranges `1-5`, steps and lists. There are no seconds, no `L`, `W`, `#`, and weekday 7 is none.
   */
  readonly schedule: CheckedCron<Schedule>;
  /** The zone of the schedule, as `Europe/Berlin`. Stable since 1.27. @default - that of the controller, mostly UTC */
  readonly timeZone?: TimeZoneName;
  /** What to start. */
  readonly job: JobTemplateLiteral<ContainerName, VolumeName, Restart, Type>;
  /** Written as `job`. */
  readonly jobTemplate?: Forbidden<typeof scheduledRefuses.jobTemplate>;
}

/** Props of ScheduledJob: a CronJob. */
export type ScheduledJobProps =
  | ScheduledPropsOf<'Never', 'NonParallel'> | ScheduledPropsOf<'OnFailure', 'NonParallel'>
  | (OtherPropsOf<'Never'> | OtherPropsOf<'OnFailure'>) & WithType;

type OtherPropsOf<Restart extends RestartPolicy> =
  ScheduledPropsOf<Restart, 'FixedCompletion'> | ScheduledPropsOf<Restart, 'Indexed'> | ScheduledPropsOf<Restart, 'WorkQueue'>;

/** Props whose Jobs name their kind: without it they would be NonParallel. */
export interface WithType {
  /** What to start. */
  readonly job: {
    /** The kind of the Jobs. */
    readonly type: JobType;
  };
}

/** One combination of ScheduledJobProps. */
export type ScheduledPropsOf<Restart extends RestartPolicy, Type extends JobType> =
  ScheduleFieldsOf<ScheduledLiteral<string, string, string, string, Restart, Type>>;

/** `FieldsOf` for a schedule and for its Job. */
export type ScheduleFieldsOf<Literal> = {
  readonly [Field in keyof Literal]: Field extends 'job' ? FieldsOf<Literal[Field]> : Literal[Field]
};
