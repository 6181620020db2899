import { jobUidOf, queueOf } from '../api/kueue';
import { UsageError } from '../core/errors';
import { given } from '../core/given';
import { asObject, isObject } from '../core/json';
import { ClusterError, type ClusterPort, type KubernetesObject, type Resource } from '../port/cluster-port';
import { workloads } from '../port/resources';

/** A Workload, and the version of its API in which the cluster has it. */
interface FoundWorkload {
  readonly resource: Resource;
  readonly object: KubernetesObject;
}

/**
 * Tells Kueue to pass a Job over, or to consider it again. One that runs is stopped.
 *
 * @returns `absent` where there is no Workload of the Job: then its `suspend` is its user's.
 * @throws {UsageError} where Workloads may not be read or changed.
 */
export async function setActive(port: ClusterPort, job: KubernetesObject, active: boolean): Promise<'changed' | 'unchanged' | 'absent'> {
  try {
    const found = await findWorkload(port, job);
    if (found === undefined) return 'absent';
    const { resource, object: { metadata, spec } } = found;
    if ((asObject(spec).active !== false) === active) return 'unchanged';
    await port.patch({ resource, name: metadata?.name ?? '', ...given({ namespace: metadata?.namespace }) }, { spec: { active } }, 'merge');
    return 'changed';
  } catch (error) {
    if (!(error instanceof ClusterError && error.code === 'FORBIDDEN')) throw error;
    const { name = '' } = job.metadata ?? {};
    throw new UsageError(
      `Cannot ${active ? 'resume' : 'suspend'} Job ${name}: queue ${queueOf(job) ?? ''} decides when it runs, and we may not change its Workload`,
      'ask for list and patch of workloads.kueue.x-k8s.io (cdk8s-jobs rbac suspend --queues), or delete the Job',
    );
  }
}

/** The `parallelism` that a Job had before Kueue lowered it; undefined where its Workload is gone or may not be read. */
export async function askedParallelism(port: ClusterPort, job: KubernetesObject): Promise<number | undefined> {
  try {
    const found = await findWorkload(port, job);
    const { podSets } = asObject(found?.object.spec);
    const [first] = Array.isArray(podSets) ? podSets.filter(isObject) : [];
    return typeof first?.count === 'number' ? first.count : undefined;
  } catch (error) {
    if (error instanceof ClusterError && error.code === 'FORBIDDEN') return undefined;
    throw error;
  }
}

async function findWorkload(port: ClusterPort, { metadata }: KubernetesObject): Promise<FoundWorkload | undefined> {
  for (const resource of workloads) {
    try {
      const { items } = await port.list(resource, given({ namespace: metadata?.namespace }));
      const object = items.find((item) => jobUidOf(item) === metadata?.uid);
      return object === undefined ? undefined : { resource, object };
    } catch (error) {
      if (!(error instanceof ClusterError && error.code === 'NOT_FOUND')) throw error;
    }
  }
  return undefined;
}
