import { behind } from './apply-errors';
import { type Applied, applyObject } from './apply-object';
import { checkAll } from './preflight';
import type { ApplyOptions, ClusterPort, KubernetesObject } from '../port/cluster-port';

/**
 * Applies objects, those that others need first. Several objects are checked before the first one is written.
 *
 * @throws {ManifestsRefusedError} when one of several is refused: nothing was written. @throws {PartlyAppliedError} when a write fails
 * after others succeeded. @throws {ClusterError} otherwise.
 */
export async function applyObjects(
  port: ClusterPort, objects: readonly KubernetesObject[], options: ApplyOptions = {},
): Promise<Applied[]> {
  await checkAll(port, objects.map((object) => ({ written: object, sent: object })), options);
  const ordered = inApplyOrder(objects);
  const applied: Applied[] = [];
  for (const object of ordered) {
    try {
      applied.push(await applyObject(port, object, options));
    } catch (error) {
      throw behind(applied, error, ordered.slice(applied.length));
    }
  }
  return applied;
}

/** Namespaces, then what pods refer to, then everything else, workloads last; otherwise in the given order. */
export function inApplyOrder(objects: readonly KubernetesObject[]): KubernetesObject[] {
  const rank = ({ kind = '' }: KubernetesObject): number => {
    if (workloads.includes(kind)) return 1000;
    return applyFirst.includes(kind) ? applyFirst.indexOf(kind) : 500;
  };
  return [...objects].sort((a, b) => rank(a) - rank(b));
}

const applyFirst = [
  'Namespace', 'CustomResourceDefinition', 'ResourceQuota', 'LimitRange', 'PriorityClass', 'ServiceAccount', 'Secret', 'ConfigMap', 'StorageClass',
  'PersistentVolume', 'PersistentVolumeClaim', 'ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding', 'Service',
];
const workloads = ['Pod', 'ReplicaSet', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'];
