import type { CheckedCronJobName } from './checked-name';
import type { FixedCompletionFields, IndexAction, IndexedFields, NonParallelFields, WorkQueueFields } from './job-props';
import type { CronJobSpec } from './kubernetes';
import type { JobMetadataProps, MetadataProps } from './metadata-props';
import type { RestartPolicy } from './pod-props';
import type { otherRefusals, scheduledRefuses } from './refusals';
import type { Forbidden } from '../core/messages';

/** What the Jobs of a schedule have besides the fields of their kind. */
export interface ScheduledFields {
  /** Labels and annotations of the Jobs; their names are made from the CronJob's. */
  readonly metadata?: JobMetadataProps;
  /** Not in a schedule. */
  readonly selector?: Forbidden<typeof otherRefusals.scheduledSelector>;
  /** Not in a schedule. */
  readonly manualSelector?: Forbidden<typeof otherRefusals.scheduledManualSelector>;
}

/** Each Job of the schedule is done when one pod succeeds. */
export interface NonParallelTemplate<
  ContainerName extends string = string, VolumeName extends string = string, Restart extends RestartPolicy = RestartPolicy,
> extends NonParallelFields<ContainerName, VolumeName, Restart>, ScheduledFields {
  /** The kind of the Jobs. @default 'NonParallel' */
  readonly type?: 'NonParallel';
}

/** Each Job of the schedule is done when `completions` pods have succeeded. */
export interface FixedCompletionTemplate<
  ContainerName extends string = string, VolumeName extends string = string, Restart extends RestartPolicy = RestartPolicy,
> extends FixedCompletionFields<ContainerName, VolumeName, Restart>, ScheduledFields {
  /** The kind of the Jobs. */
  readonly type: 'FixedCompletion';
}

/** Each Job of the schedule gives every pod an index. */
export interface IndexedTemplate<
  ContainerName extends string = string, VolumeName extends string = string, Restart extends RestartPolicy = RestartPolicy,
> extends IndexedFields<ContainerName, VolumeName, Restart, never, IndexAction>, ScheduledFields {
  /** The kind of the Jobs. */
  readonly type: 'Indexed';
}

/** Each Job of the schedule is a crew of workers that share a queue. */
export interface WorkQueueTemplate<
  ContainerName extends string = string, VolumeName extends string = string, Restart extends RestartPolicy = RestartPolicy,
> extends WorkQueueFields<ContainerName, VolumeName, Restart>, ScheduledFields {
  /** The kind of the Jobs. */
  readonly type: 'WorkQueue';
}

/** The Jobs of a schedule. The kind without `type` comes last: the compiler blames it when `type` is missing. */
export type JobTemplateLiteral<ContainerName extends string, VolumeName extends string, Restart extends RestartPolicy> =
  | FixedCompletionTemplate<ContainerName, VolumeName, Restart>
  | IndexedTemplate<ContainerName, VolumeName, Restart>
  | WorkQueueTemplate<ContainerName, VolumeName, Restart>
  | NonParallelTemplate<ContainerName, VolumeName, Restart>;

/** What `new ScheduledJob` takes; its parameters are the literals written in it, so that they can be checked. */
export interface ScheduledLiteral<
  Schedule extends string, Name extends string, ContainerName extends string, VolumeName extends string, Restart extends RestartPolicy,
> extends Omit<CronJobSpec, 'jobTemplate' | 'schedule'> {
  /** Name, namespace, labels and annotations of the CronJob. */
  readonly metadata?: MetadataProps<CheckedCronJobName<Name>>;
  /**
   * When to start a Job: `minute hour day month weekday`, `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly` or `@every 90m`.
   *
   * Fields take `*`, numbers, names, ranges `1-5`, steps and lists. There are no seconds, no `L`, `W`, `#`, and weekday 7 is none.
   */
  readonly schedule: Schedule;
  /** What to start. */
  readonly job: JobTemplateLiteral<ContainerName, VolumeName, Restart>;
  /** Written as `job`. */
  readonly jobTemplate?: Forbidden<typeof scheduledRefuses.jobTemplate>;
}

/** Props of ScheduledJob: a CronJob. */
export type ScheduledJobProps =
  | ScheduledLiteral<string, string, string, string, 'Never'>
  | ScheduledLiteral<string, string, string, string, 'OnFailure'>;
