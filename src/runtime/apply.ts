import { describeObject } from './manifests';
import { type ApplyOptions, ClusterError, type ClusterPort, type KubernetesObject, type WriteAnswer } from '../spec/cluster-port';
import { tryFindResource } from '../spec/resources';

/** What applying did to one object. */
export interface Applied {
  /** The object as the API server stored it. */
  readonly object: KubernetesObject;
  readonly result: 'created' | 'configured' | 'unchanged';
  /** The texts of the API server's warnings. */
  readonly warnings: readonly string[];
}

/** The field manager that owns what this package applies. */
export const fieldManager = 'cdk8s-jobs';

/**
 * Makes an object, or merges it into the one that is there (server-side apply). An object with `generateName` is always made anew.
 *
 * @throws {ClusterError} INVALID says so when what changed is immutable; CONFLICT when another manager owns a field.
 */
export async function applyObject(port: ClusterPort, given: KubernetesObject, options: ApplyOptions = {}): Promise<Applied> {
  const object = withoutServerFields(given);
  if (object.metadata?.name === undefined && object.metadata?.generateName !== undefined) {
    const answer = await port.create(object, options.dryRun === undefined ? {} : { dryRun: options.dryRun });
    return { object: answer.object, result: 'created', warnings: answer.warnings };
  }
  const before = await tryGetVersion(port, object);
  try {
    const answer = await port.apply(object, { fieldManager, ...options });
    return { object: answer.object, result: resultOf(answer, before), warnings: answer.warnings };
  } catch (error) {
    throw isImmutable(error) ? immutableError(error as ClusterError, object) : error;
  }
}

/** Applies objects in an order in which what others need comes first. */
export async function applyObjects(
  port: ClusterPort, objects: readonly KubernetesObject[], options: ApplyOptions = {},
): Promise<Applied[]> {
  const applied: Applied[] = [];
  for (const object of inApplyOrder(objects)) applied.push(await applyObject(port, object, options));
  return applied;
}

/** Namespaces, then what pods refer to, then all else, workloads last; otherwise as given. */
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

/** What a server writes is no part of a manifest, and server-side apply refuses managedFields. */
function withoutServerFields(object: KubernetesObject): KubernetesObject {
  const { status: _, ...rest } = object;
  if (rest.metadata === undefined) return rest;
  const { managedFields: _managed, resourceVersion: _version, uid: _uid, creationTimestamp: _created, ...metadata } = rest.metadata;
  return { ...rest, metadata };
}

/** An apply that changes nothing answers 200 like one that does: only the resource version tells. */
async function tryGetVersion(port: ClusterPort, object: KubernetesObject): Promise<string | undefined> {
  const resource = tryFindResource(object.apiVersion, object.kind);
  const { name, namespace } = object.metadata ?? {};
  if (resource === undefined || name === undefined) return undefined;
  try {
    const live = await port.get({ resource, name, ...(namespace === undefined ? {} : { namespace }) });
    return live.metadata?.resourceVersion;
  } catch (error) {
    // A Role for runs need not allow to read; then a change and none look alike.
    if (error instanceof ClusterError && (error.code === 'NOT_FOUND' || error.code === 'FORBIDDEN')) return undefined;
    throw error;
  }
}

function resultOf({ object, code }: WriteAnswer, versionBefore: string | undefined): Applied['result'] {
  if (code === 201) return 'created';
  return versionBefore !== undefined && versionBefore === object.metadata?.resourceVersion ? 'unchanged' : 'configured';
}

function isImmutable(error: unknown): boolean {
  return error instanceof ClusterError && error.code === 'INVALID' && /field is immutable/.test(error.message);
}

function immutableError(error: ClusterError, object: KubernetesObject): ClusterError {
  const fields = [...new Set(error.findings.filter(({ message }) => /immutable/.test(message)).map(({ field }) => field))];
  const what = fields.length === 0 ? 'a field' : fields.join(', ');
  return new ClusterError('INVALID', `Cannot apply ${describeObject(object)}: ${what} cannot be changed in a Job that is there already`, {
    hint: 'give the Job a new name (metadata.generateName does), or delete the old one first: cdk8s-jobs delete job/' + (object.metadata?.name ?? 'NAME'),
    ...(error.status === undefined ? {} : { status: error.status }),
    ...(error.reason === undefined ? {} : { reason: error.reason }),
    findings: error.findings.map((finding) => (finding.message.includes('immutable') ? { ...finding, message: 'field is immutable' } : finding)),
    body: error.body,
    cause: error,
  });
}
