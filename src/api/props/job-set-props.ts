import type { JobTemplateProps } from './cron-job-props';
import type { MetadataProps } from './metadata-props';
import type { DurationObject } from './plus-props';
import type { JobSetFailureRule, JobSetSpec } from '../job-set';

/**
 * One entry of a JobSet: a Job, and how many of it there are.
 *
 * `Name` is the names of all entries of the set.
 */
export interface ReplicatedJobProps<Name extends string = string> {
  /** The name of the entry; its Jobs are called `SET-NAME-INDEX`. Shape: letters a-z, digits and `-`. */
  readonly name: Name;
  /** How many Jobs. Shape: whole number, 0 or more. @default 1 */
  readonly replicas?: number;
  /**
   * Entries that stand before this one, and what all their Jobs must be before these are made: `Ready` counts one that has ended as well.
   *
   * @default - none: it starts at once
   */
  readonly dependsOn?: ReadonlyArray<{ readonly name: NoInfer<Name>; readonly status: 'Complete' | 'Ready' }>;
  /** The name of a group of entries, which their pods get as a label. @default 'default' */
  readonly groupName?: string;
  /** What each of the Jobs is, as in a schedule. With `type: 'Indexed'` its pods have host names: `SET-NAME-JOB-INDEX.SUBDOMAIN`. */
  readonly job: JobTemplateProps;
}

/** Props of JobSet: Jobs that belong together. */
export interface JobSetProps<Name extends string = string> extends Pick<JobSetSpec, 'managedBy' | 'network' | 'suspend'> {
  /** Name, namespace, labels and annotations of the JobSet. */
  readonly metadata?: MetadataProps;
  /** The Jobs, those that are waited for first. */
  readonly replicatedJobs: ReadonlyArray<ReplicatedJobProps<Name>>;
  /** When the JobSet is done. @default - when all its Jobs are Complete */
  readonly successPolicy?: {
    /** Whether `All` of them or `Any` one must be Complete. */
    readonly operator: 'All' | 'Any';
    /** Entries that count. @default - all */
    readonly targetReplicatedJobs?: ReadonlyArray<NoInfer<Name>>;
  };
  /** What happens when one of its Jobs has failed. @default - the JobSet has failed */
  readonly failurePolicy?: {
    /** How often all Jobs are made again. Shape: whole number, 0 or more. @default 0 */
    readonly maxRestarts?: number;
    /** `BlockingRecreate` makes no Job before all old pods are gone. @default 'Recreate' */
    readonly restartStrategy?: 'BlockingRecreate' | 'Recreate';
    /** What to do instead, by reason and entry: the first rule that fits. */
    readonly rules?: ReadonlyArray<Omit<JobSetFailureRule, 'targetReplicatedJobs'> & { readonly targetReplicatedJobs?: ReadonlyArray<NoInfer<Name>> }>;
  };
  /** The pod whose address all pods get as the label `jobset.sigs.k8s.io/coordinator`. @default - none */
  readonly coordinator?: {
    /** The entry, whose Job must be Indexed. */
    readonly replicatedJob: NoInfer<Name>;
    /** Which of its Jobs. @default 0 */
    readonly jobIndex?: number;
    /** Which index of that. @default 0 */
    readonly podIndex?: number;
  };
  /** How long the JobSet and its Jobs are kept after it has finished. Shape: whole number, 0 or more. Unit: seconds. @default - kept */
  readonly ttlSecondsAfterFinished?: number | DurationObject;
}
