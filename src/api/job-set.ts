import { groupOf, type TypeMeta } from './kinds';
import type { JobTemplateSpec, ObjectMeta } from './kubernetes';
import { isObject, type JsonObject } from '../core/json';

/** The group of JobSets: Jobs that belong together, made and restarted by one controller. */
const jobSetGroup = 'jobset.x-k8s.io';

/** The only version of JobSet that clusters serve. @internal */
export const jobSetVersion = `${jobSetGroup}/v1alpha2`;

/** Whether something is, or is meant to be, a JobSet: an object of its group, in any version. @internal */
export function isMeantForJobSet({ apiVersion }: TypeMeta): boolean {
  return groupOf(apiVersion) === jobSetGroup;
}

/** A manifest that is, or is meant to be, a JobSet; undefined for any other, and for one that cannot be read. @internal */
export function tryReadJobSet(manifest: unknown): JsonObject | undefined {
  try {
    return isObject(manifest) && isMeantForJobSet(manifest) ? manifest : undefined;
  } catch {
    // Only a getter or a proxy of the manifest itself can throw here.
    return undefined;
  }
}

/** The name of a Job that the controller makes for one entry of a JobSet. @internal */
export function childJobName(jobSet: string, replicatedJob: string, index: number): string {
  return `${jobSet}-${replicatedJob}-${index}`;
}

/** A JobSet as it is written. */
export interface JobSetObject {
  readonly metadata?: ObjectMeta;
  readonly spec?: JobSetSpec;
}

/**
 * The fields of a JobSet that are judged.
 *
 * @source sigs.k8s.io/jobset api/jobset/v1alpha2/jobset_types.go (JobSet v0.11.1)
 */
export interface JobSetSpec {
  readonly replicatedJobs?: readonly ReplicatedJob[];
  /** How the pods find one another. The controller makes a headless Service. */
  readonly network?: {
    /** Whether each pod can be reached as `SET-ENTRY-JOB-INDEX.SUBDOMAIN`, as pods of Indexed Jobs can. @default true */
    readonly enableDNSHostnames?: boolean;
    /** The name of the headless Service. @default - the name of the JobSet */
    readonly subdomain?: string;
    /** Whether pods are found before they are ready. @default true */
    readonly publishNotReadyAddresses?: boolean;
  };
  readonly successPolicy?: {
    readonly operator: 'All' | 'Any';
    readonly targetReplicatedJobs?: readonly string[];
  };
  readonly failurePolicy?: {
    readonly maxRestarts?: number;
    readonly restartStrategy?: 'BlockingRecreate' | 'InPlaceRestart' | 'Recreate';
    readonly rules?: readonly JobSetFailureRule[];
  };
  readonly startupPolicy?: { readonly startupPolicyOrder: 'AnyOrder' | 'InOrder' };
  /** Whether the Jobs wait, until this is set to false. @default false */
  readonly suspend?: boolean;
  readonly coordinator?: {
    readonly replicatedJob: string;
    readonly jobIndex?: number;
    readonly podIndex?: number;
  };
  /** Who makes the Jobs, when it is not the JobSet controller: `kueue.x-k8s.io/multikueue`. */
  readonly managedBy?: string;
  /** How long the JobSet is kept after it has finished. Shape: whole number, 0 or more. Unit: seconds. @default - kept */
  readonly ttlSecondsAfterFinished?: number;
}

/** An entry of a JobSet: a template, and how many Jobs are made of it. */
export interface ReplicatedJob {
  readonly name: string;
  readonly groupName?: string;
  readonly replicas?: number;
  readonly dependsOn?: ReadonlyArray<{ readonly name: string; readonly status: 'Complete' | 'Ready' }>;
  readonly template: JobTemplateSpec;
}

/** What happens when a Job of a JobSet has failed, for some reasons or Jobs. */
export interface JobSetFailureRule {
  readonly name?: string;
  readonly action: 'FailJobSet' | 'RestartJobSet' | 'RestartJobSetAndIgnoreMaxRestarts';
  readonly onJobFailureReasons?: readonly string[];
  readonly onJobFailureMessagePatterns?: readonly string[];
  readonly targetReplicatedJobs?: readonly string[];
}
