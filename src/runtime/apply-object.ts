import { describeObject, withoutServerFields } from './manifests';
import { besideKueue, queueOf } from '../api/kueue';
import type { Finding } from '../core/finding';
import { given } from '../core/given';
import { type ApplyOptions, ClusterError, type ClusterPort, type KubernetesObject, type WriteAnswer } from '../port/cluster-port';
import { tryFindResource } from '../port/resources';
import { changedFields, isBlamed } from '../rules/changed-fields';

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
 * Creates an object, or merges it into the existing one (server-side apply). An object with `generateName` is always created. Of a Job in a
 * queue what Kueue decides is left out.
 *
 * @throws {ClusterError} INVALID, with a hint if an immutable field changed; CONFLICT when another manager owns a field.
 */
export async function applyObject(port: ClusterPort, object: KubernetesObject, options: ApplyOptions = {}): Promise<Applied> {
  const before = isGenerated(object) ? undefined : await tryGet(port, object);
  const answer = await sendObject(port, besideKueue(object, before), options, async () => before);
  return { object: answer.object, result: resultOf(answer, before?.metadata?.resourceVersion), warnings: answer.warnings };
}

/**
 * Only the write: it does not find out whether anything changed; `getBefore` tells what was there, to name what cannot be changed.
 *
 * @throws {ClusterError} as `applyObject`.
 */
export async function sendObject(
  port: ClusterPort, manifest: KubernetesObject, options: ApplyOptions, getBefore = () => tryGet(port, manifest),
): Promise<WriteAnswer> {
  const object = withoutServerFields(queueOf(manifest) === undefined ? manifest : besideKueue(manifest, await getBefore()));
  if (isGenerated(object)) return port.create(object, given({ dryRun: options.dryRun }));
  try {
    return await port.apply(object, { fieldManager, ...options });
  } catch (error) {
    throw isImmutable(error) ? immutableError(error, object, await getBefore()) : error;
  }
}

function isGenerated({ metadata }: KubernetesObject): boolean {
  return metadata?.name === undefined && metadata?.generateName !== undefined;
}

/** What is there now. An apply that changes nothing answers 200 like any other: only the resource version tells them apart. */
async function tryGet(port: ClusterPort, object: KubernetesObject): Promise<KubernetesObject | undefined> {
  const resource = tryFindResource(object.apiVersion, object.kind);
  const { name, namespace } = object.metadata ?? {};
  if (resource === undefined || name === undefined) return undefined;
  try {
    return await port.get({ resource, name, ...given({ namespace }) });
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

function isImmutable(error: unknown): error is ClusterError {
  return error instanceof ClusterError && error.code === 'INVALID' && /field is immutable/.test(error.message);
}

function immutableError(error: ClusterError, object: KubernetesObject, before: KubernetesObject | undefined): ClusterError {
  const findings = error.findings.flatMap((finding) => (finding.message.includes('immutable') ? immutableFindings(finding, object, before) : [finding]));
  const fields = [...new Set(findings.filter(({ message }) => /immutable/.test(message)).map(({ field }) => field))];
  const what = fields.length === 0 ? 'a field' : fields.join(', ');
  return new ClusterError('INVALID', `Cannot apply ${describeObject(object)}: ${what} cannot be changed in a Job that is there already`, {
    hint: 'run it with --replace, which deletes the old Job and makes it again, or give it a new name (metadata.generateName does)',
    ...given({ status: error.status, reason: error.reason }),
    findings,
    body: error.body,
    cause: error,
  });
}

/** The API server blames the whole pod template: what has changed in it is told field by field, where the old Job may be read. */
function immutableFindings(finding: Finding, object: KubernetesObject, before: KubernetesObject | undefined): Finding[] {
  const changes = before === undefined ? [] : changedFields(before, object).filter(({ field }) => isBlamed(field, [finding]));
  if (changes.length === 0) return [{ ...finding, message: 'field is immutable' }];
  return changes.map(({ field, from, to }) => ({ ...finding, field, ...given({ value: to }), message: `field is immutable, and is ${wordFor(from)} in the cluster` }));
}

function wordFor(value: unknown): string {
  return value === undefined ? 'not set' : JSON.stringify(value);
}
