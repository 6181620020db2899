import { describeObject, withoutServerFields } from './manifests';
import { given } from '../core/given';
import { type ApplyOptions, ClusterError, type ClusterPort, type KubernetesObject, type WriteAnswer } from '../port/cluster-port';
import { tryFindResource } from '../port/resources';

/** What applying did to one object. */
export interface Applied {
  /** The object as the API server stored it. */
  readonly object: KubernetesObject;
  readonly result: 'created' | 'configured' | 'unchanged';
  /** The texts of the API server's warnings. */
  readonly warnings: readonly string[];
}

/** The field manager that owns what this package applies. */
const fieldManager = 'cdk8s-jobs';

/**
 * Creates an object, or merges it into the existing one (server-side apply). An object with `generateName` is always created.
 *
 * @throws {ClusterError} INVALID, with a hint if an immutable field changed; CONFLICT when another manager owns a field.
 */
export async function applyObject(port: ClusterPort, object: KubernetesObject, options: ApplyOptions = {}): Promise<Applied> {
  const before = isGenerated(object) ? undefined : await tryGetVersion(port, object);
  const answer = await sendObject(port, object, options);
  return { object: answer.object, result: resultOf(answer, before), warnings: answer.warnings };
}

/** Only the write: it does not find out whether anything changed. @throws {ClusterError} as `applyObject`. */
export async function sendObject(port: ClusterPort, manifest: KubernetesObject, options: ApplyOptions): Promise<WriteAnswer> {
  const object = withoutServerFields(manifest);
  if (isGenerated(object)) return port.create(object, given({ dryRun: options.dryRun }));
  try {
    return await port.apply(object, { fieldManager, ...options });
  } catch (error) {
    throw isImmutable(error) ? immutableError(error as ClusterError, object) : error;
  }
}

function isGenerated({ metadata }: KubernetesObject): boolean {
  return metadata?.name === undefined && metadata?.generateName !== undefined;
}

/** An apply that changes nothing answers 200 like any other: only the resource version tells them apart. */
async function tryGetVersion(port: ClusterPort, object: KubernetesObject): Promise<string | undefined> {
  const resource = tryFindResource(object.apiVersion, object.kind);
  const { name, namespace } = object.metadata ?? {};
  if (resource === undefined || name === undefined) return undefined;
  try {
    const live = await port.get({ resource, name, ...given({ namespace }) });
    return live.metadata?.resourceVersion;
  } catch (error) {
    // A Role for runs need not allow reading; a change and no change then look alike.
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
    ...given({ status: error.status, reason: error.reason }),
    findings: error.findings.map((finding) => (finding.message.includes('immutable') ? { ...finding, message: 'field is immutable' } : finding)),
    body: error.body,
    cause: error,
  });
}
