import type { Demand } from './quota';
import type { Decoded } from '../../api/decoded';
import type { OwnerReference, PodSpec } from '../../api/kubernetes';
import { minParallelismAnnotation, queuePriorityLabel } from '../../api/kueue';
import { sumOfQueuedRequests } from '../../api/resource-sums';
import { given } from '../../core/given';
import { type Instant, formatTime } from '../../core/time';
import type { KubernetesObject } from '../../port/cluster-port';
import { workloads } from '../../port/resources';
import type { StoredJob, StoredObject } from '../objects';

/** A condition of a Workload. */
export interface WorkloadCondition {
  readonly type: 'QuotaReserved' | 'Admitted' | 'Evicted' | 'Finished';
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
  readonly lastTransitionTime?: string;
}

/** What Kueue keeps for a Job in a queue, as far as it is played here. */
export interface StoredWorkload extends StoredObject {
  readonly spec: {
    /** False while the Job is to be passed over. */
    readonly active?: boolean;
    readonly queueName: string;
    readonly priority: number;
    readonly podSets: ReadonlyArray<{ readonly name: 'main'; readonly count: number; readonly minCount?: number }>;
  };
  readonly status: {
    readonly conditions?: readonly WorkloadCondition[];
    /** With how many pods at once it was admitted. */
    readonly admission?: { readonly clusterQueue: string; readonly podSetAssignments: ReadonlyArray<{ readonly name: 'main'; readonly count: number }> };
  };
}

/** Whether an object of a world is a Workload of Kueue. */
export function isWorkload({ apiVersion, kind }: KubernetesObject): boolean {
  return kind === 'Workload' && workloads.some((resource) => resource.apiVersion === apiVersion);
}

/** The Workload for a new Job of a queue, without a name; undefined where its priority is unknown: then Kueue makes none. */
export function newWorkload(job: StoredJob, queueName: string, priorities: ReadonlyMap<string, number>): KubernetesObject | undefined {
  const { metadata: { name, namespace, uid, labels } } = job;
  const priorityClass = labels?.[queuePriorityLabel];
  const priority = priorityClass === undefined ? 0 : priorities.get(priorityClass);
  if (priority === undefined) return undefined;
  const { count, minCount } = demandOf(job);
  const [{ apiVersion = '' } = {}] = workloads;
  const owner: OwnerReference = { apiVersion: 'batch/v1', kind: 'Job', name, uid, controller: true, blockOwnerDeletion: true };
  return {
    apiVersion,
    kind: 'Workload',
    metadata: {
      generateName: `job-${name}-`,
      namespace,
      ownerReferences: [owner],
    },
    spec: { active: true, queueName, priority, podSets: [{ name: 'main', count, ...given({ minCount }) }] },
    status: {},
  } as KubernetesObject;
}

/**
 * What a Job asks of its queue.
 *
 * @source kueue pkg/controller/jobs/job/job_controller.go PodSets, podsCount, minPodsCount (kueue v0.17)
 */
export function demandOf({ metadata: { annotations }, spec }: StoredJob): Demand {
  const { parallelism = 1, completions = parallelism, template } = spec;
  const minimum = annotations?.[minParallelismAnnotation];
  const minCount = minimum !== undefined && /^[+-]?\d+$/.test(minimum) ? Number(minimum) : undefined;
  const perPod = sumOfQueuedRequests((template.spec ?? {}) as Decoded<PodSpec>);
  return { perPod, count: Math.min(parallelism, completions), ...given({ minCount }) };
}

/** With how many pods at once a Workload was admitted; undefined while it is not. */
export function admittedCount({ status }: StoredWorkload): number | undefined {
  return status.admission?.podSetAssignments[0]?.count;
}

/**
 * How many pods of an admitted Job still need their room: as the last ones are at work, that of the others is free.
 *
 * @source kueue pkg/controller/jobs/job/job_controller.go ReclaimablePods (kueue v0.17)
 */
export function neededCount({ spec, status: { succeeded = 0 } }: StoredJob, admitted: number): number {
  const { parallelism = 1, completions = parallelism } = spec;
  return succeeded === 0 ? admitted : Math.min(admitted, Math.max(0, completions - succeeded));
}

/** Whether a condition of a Workload is True. */
export function isTrue({ status }: StoredWorkload, type: WorkloadCondition['type']): boolean {
  return status.conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false;
}

/** Why a Workload has no room in its queue, in Kueue's words; undefined while it has, or nothing was said yet. */
export function whyItWaits({ status }: StoredWorkload): string | undefined {
  return status.conditions?.find(({ type, status: value }) => type === 'QuotaReserved' && value === 'False')?.message;
}

/** A Workload with conditions set, each with the time of its last change. */
export function withConditions(workload: StoredWorkload, now: Instant, ...wanted: readonly WorkloadCondition[]): StoredWorkload {
  const conditions = new Map((workload.status.conditions ?? []).map((condition) => [condition.type, condition]));
  for (const condition of wanted) {
    const known = conditions.get(condition.type);
    const lastTransitionTime = known?.status === condition.status ? known.lastTransitionTime : formatTime(now);
    conditions.set(condition.type, { ...condition, ...given({ lastTransitionTime }) });
  }
  return { ...workload, status: { ...workload.status, conditions: [...conditions.values()] } };
}
