import type { GitOps } from './gitops-props';
import type { FailurePolicyOf, FieldsOf, IsKnown, JobFields } from './job-props';
import type { CronJobSpecRest, JobSpec } from '../kubernetes';
import type { JobMetadataProps, MetadataProps } from './metadata-props';
import type { DurationObject } from './plus-props';
import type { PodProps, RestartPolicy } from './pod-props';
import type { FailureAction, SuccessPolicyProps } from './policy-props';
import type { Misplaced, otherRefusals, RefusedFields, scheduledKindRefuses, scheduledRefuses } from './refusals';
import type { OtherWord } from './word-props';
import type { Forbidden } from '../../core/messages';
import type { TimeZoneName } from '../../schedule/zone-names';

/** The fields of the Jobs of a schedule: those of a Job, without name and selector. */
export interface ScheduledFields<
  ContainerName, VolumeName, Restart extends string, Type extends JobType, Amount = string, Count = number, Word extends string = never,
  Mounted = string, InRule = string, Integer = number,
> extends JobFields<Count, Word>, PodProps<Restart, ContainerName, VolumeName, Amount, Count, Word, Mounted, Integer> {
  /** The kind of the Jobs. @default 'NonParallel' */
  readonly type?: Type;
  /** Labels and annotations of the Jobs; their names are made from the CronJob's. */
  readonly metadata?: JobMetadataProps;
  /** What to do about a failed pod, by exit code or condition; needs `restartPolicy: 'Never'`. Stable since 1.31. */
  readonly podFailurePolicy?: FailurePolicyOf<Restart, InRule, KindTypes[KindOf<Type, Restart>]['action'], Word>;
  /** How many pods must succeed, or how many indexes there are: needed in FixedCompletion and Indexed Jobs, refused in others. */
  readonly completions?: `${Type}` extends 'FixedCompletion' | 'Indexed'
    ? Count
    : KindTypes[KindOf<Type, Restart>]['completions'];
  /** How many pods may run at the same time: needed in a WorkQueue, refused in NonParallel Jobs; 0 pauses. */
  readonly parallelism?: `${Type}` extends 'FixedCompletion' | 'Indexed' | 'WorkQueue'
    ? Count
    : KindTypes[KindOf<Type, Restart>]['parallelism'];
  /** How often the pods of one index may fail: in Indexed Jobs only. */
  readonly backoffLimitPerIndex?: `${Type}` extends 'Indexed'
    ? Count
    : KindTypes[KindOf<Type, Restart>]['backoffLimitPerIndex'];
  /** How many indexes may fail before the whole Job fails: in Indexed Jobs only; needs `backoffLimitPerIndex`. */
  readonly maxFailedIndexes?: `${Type}` extends 'Indexed' ? Count : KindTypes[KindOf<Type, Restart>]['maxFailedIndexes'];
  /** When the Job is done before all indexes have succeeded: in Indexed Jobs only. */
  readonly successPolicy?: `${Type}` extends 'Indexed' ? SuccessPolicyProps<Count> : KindTypes[KindOf<Type, Restart>]['successPolicy'];
  /** Lets the pods of one Job find one another by host names: in Indexed Jobs only. All Jobs share the Service. */
  readonly peers?: `${Type}` extends 'Indexed' ? boolean | 'unlisted' : KindTypes[KindOf<Type, Restart>]['peers'];
  /** Set by the construct. */
  readonly completionMode?: KindTypes[KindOf<Type, Restart>]['completionMode'];
  /** Written as flat fields. */
  readonly template?: KindTypes[KindOf<Type, Restart>]['template'];
  /** Not in a schedule. */
  readonly selector?: Forbidden<typeof otherRefusals.scheduledSelector>;
  /** Not in a schedule. */
  readonly manualSelector?: Forbidden<typeof otherRefusals.scheduledManualSelector>;
}

/** The types of the fields that differ between the kinds, by the name of the kind. */
interface KindTypes {
  /** Done when one pod succeeds. */
  readonly NonParallel: RefusedFields<typeof scheduledKindRefuses.NonParallel> & ActionsOfJob;
  /** Done when `completions` pods have succeeded. */
  readonly FixedCompletion:
    RefusedFields<typeof scheduledKindRefuses.FixedCompletion> & Counts<'completions' | 'parallelism'> & ActionsOfJob;
  /** One success for each index. */
  readonly Indexed: RefusedFields<typeof scheduledKindRefuses.Indexed> & IndexedTypes;
  /** Workers that share a queue. */
  readonly WorkQueue: RefusedFields<typeof scheduledKindRefuses.WorkQueue> & Counts<'parallelism'> & ActionsOfJob;
}

type Counts<Field extends string> = Readonly<Record<Field, number>>;

/** What an Indexed Job has. */
interface IndexedTypes extends Counts<'backoffLimitPerIndex' | 'completions' | 'maxFailedIndexes' | 'parallelism'> {
  /** When it is done early. */
  readonly successPolicy: SuccessPolicyProps;
  /** How its pods find one another. */
  readonly peers: boolean | 'unlisted';
  /** What its failure rules may do. */
  readonly action: FailureAction;
}

/** What all but Indexed Jobs have. The union is written out: with a name it would hide its sentence in error messages. */
interface ActionsOfJob {
  /** What its failure rules may do. */
  readonly action: 'Count' | 'FailJob' | 'Ignore' | ('Ignore' & Forbidden<typeof otherRefusals.scheduledFailIndex>);
}

/** The kinds of Job, as `type` names them in a schedule. */
export type JobType = 'NonParallel' | 'FixedCompletion' | 'Indexed' | 'WorkQueue';

/** The written kind; without a `type` it is NonParallel, unless the props come from a variable, which may hold any kind. */
type KindOf<Type extends JobType, Restart> = JobType extends Type
  ? IsKnown<Restart> extends false ? JobType : 'NonParallel'
  : Type;

/** What a Job of some kinds must have. */
interface NeedsCompletions {
  readonly completions: number;
}

/** What a work queue must have. */
interface NeedsParallelism {
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

type JobField = keyof PodProps | Exclude<keyof JobFields<number, never> | keyof JobSpec, 'suspend'> | 'peers' | 'type';

/** The fields of the Job, which are refused beside `job`. */
type JobFieldRefusals = { readonly [Field in JobField]?: Forbidden<Misplaced<Field>> };

/** What a CronJob takes, with the literals that were written in it, so that they can be checked, and with the type of what it starts. */
export interface ScheduleFields<Text, Name, Count, Word extends string, Job>
  extends CronJobSpecRest, JobFieldRefusals {
  /** Name, namespace, labels and annotations of the CronJob. */
  readonly metadata?: MetadataProps<Name>;
  /**
   * When to start a Job: `minute hour day month weekday`, `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly` or `@every 90m`.
   *
   * Fields take `*`, numbers, names, ranges `1-5`, steps and lists. There are no seconds, no `L`, `W`, `#`, and weekday 7 is none.
   */
  readonly schedule: Text;
  /** The zone of the schedule, as `Europe/Berlin`. Stable since 1.27. @default - that of the controller, mostly UTC */
  readonly timeZone?: TimeZoneName;
  /**
   * How late a Job may start; what is later is skipped.
   *
   * Shape: whole number, 0 or more; under 10 the controller may never start one. Unit: seconds.
   * @default - however late, but after 100 missed times the controller complains
   */
  readonly startingDeadlineSeconds?: Count | DurationObject;
  /** When the Job before still runs: `Allow` both, `Forbid` (skip the new one) or `Replace` (delete the old one). @default 'Allow' */
  readonly concurrencyPolicy?: 'Allow' | 'Forbid' | 'Replace' | OtherWord<Word>;
  /** How many failed Jobs are kept. Shape: whole number, 0 or more. @default 1 */
  readonly failedJobsHistoryLimit?: Count;
  /** How many successful Jobs are kept. Shape: whole number, 0 or more. @default 3 */
  readonly successfulJobsHistoryLimit?: Count;
  /** What to start. */
  readonly job: Job;
  /** Written as `job`. */
  readonly jobTemplate?: Forbidden<typeof scheduledRefuses.jobTemplate>;
  /** Not in a schedule. */
  readonly rerun?: Forbidden<typeof scheduledRefuses.rerun>;
  /** What Argo CD or Flux shall do with the CronJob, as `argocd` and `flux` make it. @default - what was applied to the chart or the app */
  readonly gitops?: GitOps;
}

/** Props of ScheduledJob: a CronJob. */
export interface ScheduledJobProps extends ScheduleFields<string, string, number, never, JobTemplateProps> {}

/**
 * The Job of a schedule: the fields of a Job of its kind, without name and selector.
 *
 * `JobTemplateProps<'Indexed'>` is that of one kind, which can be extended; without a kind it is any of them.
 */
export type JobTemplateProps<Type extends JobType = JobType> =
  NamedTemplateOf<Exclude<Type, 'NonParallel'>> | SimpleTemplateOf<Extract<Type, 'NonParallel'>>;

type NamedTemplateOf<Type extends JobType> = Type extends JobType ? TemplateFieldsOf<Type> & WithType<Type> : never;

/** It comes last in its union: when nothing fits, the compiler explains itself by the last, and a Job without a kind is of this one. */
type SimpleTemplateOf<Type extends JobType> = Type extends JobType ? TemplateFieldsOf<Type> : never;

type TemplateFieldsOf<Type extends JobType> = FieldsOf<ScheduledFields<string, string, RestartPolicy, Type> & KindNeeds[Type]>;

/** What names the kind of a Job: only NonParallel need not be named. */
interface WithType<Type extends JobType> {
  readonly type: Type;
}
