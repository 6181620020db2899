import type { CheckedCronJobName } from './checked-name';
import type {
  CommonJobFields, FixedCompletionKind, IndexedKind, IndexedLimits, IsKnown, NonParallelKind, WorkQueueKind,
} from './job-props';
import type { CronJobSpec } from './kubernetes';
import type { JobMetadataProps, MetadataProps } from './metadata-props';
import type { RestartPolicy } from './pod-props';
import type { otherRefusals, scheduledRefuses } from './refusals';
import type { Forbidden } from '../core/messages';
import type { CheckedCron } from '../schedule/cron-text';
import type { TimeZoneName } from '../schedule/zone-names';

/** The fields that every Job of a schedule has, whatever its kind. */
export interface ScheduledFields<
  ContainerName extends string, VolumeName extends string, Restart extends RestartPolicy, Type extends JobType,
> extends CommonJobFields<ContainerName, VolumeName, Restart, ActionOf<Type>> {
  /** The kind of the Jobs. @default 'NonParallel' */
  readonly type?: Type;
  /** Labels and annotations of the Jobs; their names are made from the CronJob's. */
  readonly metadata?: JobMetadataProps;
  /** Not in a schedule. */
  readonly selector?: Forbidden<typeof otherRefusals.scheduledSelector>;
  /** Not in a schedule. */
  readonly manualSelector?: Forbidden<typeof otherRefusals.scheduledManualSelector>;
}

type ActionOf<Type> = Type extends 'Indexed'
  ? 'Count' | 'FailIndex' | 'FailJob' | 'Ignore'
  : 'Count' | 'FailJob' | 'Ignore' | Forbidden<typeof otherRefusals.failIndexNeedsIndexed>;

/** The fields that differ between the kinds, by the name of the kind. */
export interface KindFields {
  /** Done when one pod succeeds. */
  readonly NonParallel: NonParallelKind;
  /** Done when `completions` pods have succeeded. */
  readonly FixedCompletion: FixedCompletionKind;
  /** One success for each index. */
  readonly Indexed: IndexedKind & IndexedLimits<RestartPolicy, never>;
  /** Workers that share a queue. */
  readonly WorkQueue: WorkQueueKind;
}

/** The kinds of Job, as `type` names them in a schedule. */
export type JobType = 'NonParallel' | 'FixedCompletion' | 'Indexed' | 'WorkQueue';

/** The fields of the written kind; without a `type` it is NonParallel, unless the props come from a variable, which may hold any kind. */
export type FieldsOf<Type extends JobType, Restart> = JobType extends Type
  ? IsKnown<Restart> extends false ? KindFields[JobType] : NonParallelKind
  : KindFields[Type];

/** The Jobs of a schedule: the fields of a Job of that kind, without name and selector. */
export type JobTemplateLiteral<
  ContainerName extends string, VolumeName extends string, Restart extends RestartPolicy, Type extends JobType,
> = ScheduledFields<ContainerName, VolumeName, Restart, Type> & FieldsOf<Type, Restart>;

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
  | ScheduledPropsOf<'Never', 'FixedCompletion'> | ScheduledPropsOf<'OnFailure', 'FixedCompletion'>
  | ScheduledPropsOf<'Never', 'Indexed'> | ScheduledPropsOf<'OnFailure', 'Indexed'>
  | ScheduledPropsOf<'Never', 'WorkQueue'> | ScheduledPropsOf<'OnFailure', 'WorkQueue'>;

/** One combination of ScheduledJobProps. An interface of its own: two uses of one interface are not compared field by field. */
export interface ScheduledPropsOf<Restart extends RestartPolicy, Type extends JobType>
  extends ScheduledLiteral<string, string, string, string, Restart, Type> {}
