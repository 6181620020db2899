import { ManifestsRefusedError, type Refusal } from './apply-errors';
import { sendObject } from './apply-object';
import { isMissingRight } from './connection/api-errors';
import { withoutServerFields } from './manifests';
import { invalidMessage } from '../api/invalid-message';
import { isJob } from '../api/kinds';
import type { Finding } from '../core/finding';
import { type ApplyOptions, ClusterError, type ClusterPort, type KubernetesObject } from '../port/cluster-port';
import { isMeantForBatch } from '../rules/decode/batch-kind';
import { type KubernetesVersion, defaultVersion, tryFindVersion } from '../rules/rule/versions';
import { identityOf, sameNameFinding } from '../rules/same-name';
import { validateManifest } from '../rules/validate-manifest';

/** An object that is about to be written. */
export interface Planned {
  /** The object as it was written. */
  readonly written: KubernetesObject;
  /** What will be sent for it. */
  readonly sent: KubernetesObject;
}

/**
 * Finds out before the first of several writes what may be refused: all objects are judged offline, then sent as a dry run.
 *
 * A single object is not checked: its write succeeds or fails as a whole anyway.
 *
 * @throws {ManifestsRefusedError} when one is refused. @throws {ClusterError} when the cluster cannot be asked.
 */
export async function checkAll(port: ClusterPort, planned: readonly Planned[], options: PreflightOptions): Promise<void> {
  if (planned.length < 2) return;
  const twins = findTwins(port, planned);
  if (twins.length > 0) throw new ManifestsRefusedError(twins);
  const { refusals } = await judgeOffline(port, planned.map(({ written }) => written));
  if (refusals.length > 0) throw new ManifestsRefusedError(refusals);
  const refused = await dryRun(port, planned, options);
  if (refused.length > 0) throw new ManifestsRefusedError(refused);
}

/** How objects are about to be written. */
interface PreflightOptions extends ApplyOptions {
  /** Whether Jobs that are there make way for new ones, so that no change of them is refused. */
  readonly replace?: boolean;
}

/** The Jobs and CronJobs whose name one before them has: each would be written over the other. */
function findTwins(port: ClusterPort, planned: readonly Planned[]): Refusal[] {
  const seen = new Map<string, number>();
  return planned.flatMap(({ written: object, sent }, position) => {
    const identity = identityOf(object, sent.metadata?.namespace ?? port.namespace);
    if (identity === undefined) return [];
    const twin = seen.get(identity);
    if (twin === undefined) seen.set(identity, position);
    return twin === undefined ? [] : [refusalOf(object, [sameNameFinding(identity, `manifest ${twin + 1} of ${planned.length}`)])];
  });
}

/** What the rules say about objects before they are sent. */
interface OfflineJudgment {
  /** The Jobs and CronJobs that the cluster refuses. */
  readonly refusals: readonly Refusal[];
  /** One sentence for people: what the newest rules would refuse, where those of the cluster are not known. */
  readonly doubt?: string;
}

/**
 * The Jobs and CronJobs that this cluster refuses, without sending them.
 *
 * Its version is asked for only when something is wrong at the newest one. Where it is not told, or its rules are not known here, the
 * newest rules are no more than a doubt: the cluster decides.
 */
export async function judgeOffline(port: ClusterPort, objects: readonly KubernetesObject[]): Promise<OfflineJudgment> {
  const suspects = judge(objects, defaultVersion);
  if (suspects.length === 0) return { refusals: [] };
  const told = await port.version();
  const version = tryFindVersion(told ?? '');
  if (version !== undefined) return { refusals: judge(objects, version) };
  const why = told === undefined ? 'the cluster does not tell its version' : `the cluster says that its version is ${told}, whose rules are not known here`;
  return { refusals: [], doubt: `${why}; by the rules of ${defaultVersion}, ${suspects.map(({ error }) => error.message).join('; ')}` };
}

function judge(objects: readonly KubernetesObject[], kubernetesVersion: KubernetesVersion): Refusal[] {
  return objects.filter(isMeantForBatch).flatMap((object) => {
    const findings = validateManifest(withoutServerFields(object), { kubernetesVersion }).filter(({ severity }) => severity === 'error');
    return findings.length === 0 ? [] : [refusalOf(object, findings)];
  });
}

function refusalOf(object: KubernetesObject, findings: readonly Finding[]): Refusal {
  return { object, error: new ClusterError('INVALID', invalidMessage(object, findings), { status: 422, reason: 'Invalid', findings }) };
}

/** How many dry runs are sent at once. */
const atOnce = 10;

async function dryRun(port: ClusterPort, planned: readonly Planned[], options: PreflightOptions): Promise<Refusal[]> {
  const kinds = new Set(planned.map(({ sent }) => sent.kind ?? ''));
  const refusals: Refusal[] = [];
  for (let next = 0; next < planned.length; next += atOnce) {
    const answers = await Promise.all(planned.slice(next, next + atOnce).map((object) => tryObject(port, object, kinds, options)));
    refusals.push(...answers.filter((answer) => answer !== undefined));
  }
  return refusals;
}

async function tryObject(
  port: ClusterPort, { written, sent }: Planned, kinds: ReadonlySet<string>, { replace = false, ...options }: PreflightOptions,
): Promise<Refusal | undefined> {
  try {
    if (replace && isJob(sent)) await port.create(withoutServerFields(sent), { dryRun: true });
    else await sendObject(port, sent, { ...options, dryRun: true });
    return undefined;
  } catch (error) {
    // A name that is taken is looked at last: all else is well.
    if (replace && error instanceof ClusterError && error.reason === 'AlreadyExists') return undefined;
    if (!(error instanceof ClusterError) || isOutage(error)) throw error;
    return mayHeal(error, kinds) ? undefined : { object: written, error };
  }
}

/** Whether nothing at all could be written now. */
function isOutage({ code, transient }: ClusterError): boolean {
  return transient || code === 'UNAUTHENTICATED' || code === 'EXPIRED';
}

const bringsRights: readonly string[] = ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'];

/** Whether the write itself may succeed: because of the objects before it, or because it is no dry run. */
function mayHeal({ code, status, message }: ClusterError, kinds: ReadonlySet<string>): boolean {
  switch (code) {
    case 'NOT_FOUND': return kinds.has('Namespace') || kinds.has('CustomResourceDefinition');
    // Quotas and policies are left to the verdict; a missing right may come with the objects themselves.
    case 'FORBIDDEN': return !isMissingRight(message) || bringsRights.some((kind) => kinds.has(kind));
    // An admission webhook may refuse dry runs as such.
    case 'API': return status === 400 && /dry ?run/i.test(message);
    default: return false;
  }
}
