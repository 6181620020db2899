import { behind, ManifestsRefusedError, type Refusal } from './apply-errors';
import { type Applied, applyObject } from './apply-object';
import { keepOutputs } from './job-outputs';
import { checkAll, type Planned } from './preflight';
import { formatFinding } from '../core/finding';
import { type ApplyOptions, ClusterError, type ClusterPort, type KubernetesObject } from '../port/cluster-port';
import { noteOutputs } from '../rules/outputs';

/**
 * Applies objects, those that others need first. Several objects are checked before the first one is written.
 *
 * @throws {ManifestsRefusedError} when one of several is refused: nothing was written. @throws {PartlyAppliedError} when a write fails
 * after others succeeded. @throws {ClusterError} otherwise.
 */
export async function applyObjects(
  port: ClusterPort, objects: readonly KubernetesObject[], options: ApplyOptions = {},
): Promise<Applied[]> {
  const planned: Planned[] = [];
  for (const object of objects) planned.push({ written: object, sent: await keepOutputs(port, object) });
  const unfilled = options.dryRun === true ? [] : planned.flatMap(({ written, sent }) => refusalOfOutputs(written, sent));
  if (unfilled.length > 0) throw new ManifestsRefusedError(unfilled);
  await checkAll(port, planned, options);
  const ordered = inApplyOrder(planned.map(({ sent }) => sent));
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

/** A Job that would start with a text in place of an output. */
function refusalOfOutputs(object: KubernetesObject, sent: KubernetesObject): Refusal[] {
  const [finding] = noteOutputs(sent, true);
  if (finding === undefined) return [];
  const message = `${object.kind} ${JSON.stringify(object.metadata?.name ?? '')} cannot be applied: ${formatFinding(finding)}`;
  return [{ object, error: new ClusterError('INVALID', message, { reason: 'Invalid', findings: [finding] }) }];
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
