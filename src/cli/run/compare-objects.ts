import { groupOf } from '../../api/kinds';
import { type Difference, differences } from '../../core/differences';
import type { Finding } from '../../core/finding';
import { given } from '../../core/given';
import { ClusterError, type KubernetesObject } from '../../port/cluster-port';
import { changedFields, isAboutImmutable, isBlamed } from '../../rules/changed-fields';
import { isMeantForBatch } from '../../rules/decode/batch-kind';
import { tryFindVersion, type ValidateOptions } from '../../rules/rule/versions';
import { validateManifest } from '../../rules/validate-manifest';
import { validateUpdate } from '../../rules/validate-update';
import { sendObject } from '../../runtime/apply-object';
import type { KubernetesCluster } from '../../runtime/connection/kubernetes-cluster';
import { withoutServerFields } from '../../runtime/manifests';
import { unlessMissing } from '../../runtime/unless-missing';
import { inTextOrder, placeFinding } from '../input/place-finding';
import type { LocatedObject } from '../input/run-manifests';
import { objectName } from '../tables/object-name';
import { nothing, showValue } from '../tables/show-value';
import type { ReportedFinding } from '../tables/validation-report';

/** What becomes of one object when new manifests are applied. */
export interface ObjectChanges {
  readonly name: string;
  readonly changes: readonly Change[];
  /** Errors and warnings of the new manifest, whatever has changed in it. */
  readonly findings: readonly ReportedFinding[];
}

/** Whether a change cannot be made in place, or the new manifest is refused. */
export function isRefused({ changes, findings }: ObjectChanges): boolean {
  return changes.some(({ isImmutable }) => isImmutable) || findings.some(({ severity }) => severity === 'error');
}

interface Change {
  readonly field: string;
  readonly from: string;
  readonly to: string;
  /** What applying the new manifest comes to for this field. */
  readonly verdict: string;
  readonly isImmutable: boolean;
}

/** What applying a manifest over another one comes to, as far as the rules tell. */
export function compareManifests(before: KubernetesObject | undefined, located: LocatedObject, programName: string): ObjectChanges {
  return report(before, located, judge(before, located.object, {}), differences(before, located.object), programName);
}

/**
 * What applying a manifest to a cluster comes to: the API server is asked for a dry run, and what it would store is compared with what is
 * there.
 *
 * @throws {ClusterError} when the cluster cannot be asked.
 */
export async function compareWithCluster(port: KubernetesCluster, located: LocatedObject, programName: string): Promise<ObjectChanges> {
  const { object } = located;
  const before = await tryGet(port, object);
  const kubernetesVersion = tryFindVersion(await port.version() ?? '');
  const found = judge(before, object, given({ kubernetesVersion }));
  try {
    const { object: after } = await sendObject(port, object, { dryRun: true }, async () => before);
    const changes = before === undefined ? [] : differences(withoutServerFields(before), withoutServerFields(after));
    return report(before, located, found, changes.filter(({ field }) => field !== 'metadata.generation'), programName);
  } catch (error) {
    if (!(error instanceof ClusterError) || error.transient || error.status === undefined) throw error;
    const isKnown = found.some(({ severity }) => severity === 'error');
    const said = error.findings.length > 0 ? error.findings : [{ ...refusal, message: error.message }];
    const changes = before === undefined ? [] : changedFields(before, object);
    return report(before, located, isKnown ? found : [...found, ...said], changes, programName);
  }
}

/** What the server refuses without naming a field. */
const refusal = { rule: 'api-server', field: '', type: 'Forbidden', severity: 'error' } as const;

async function tryGet(port: KubernetesCluster, object: KubernetesObject): Promise<KubernetesObject | undefined> {
  const { name, namespace } = object.metadata ?? {};
  if (name === undefined) return undefined;
  return unlessMissing(port.resourceOf(object).then((resource) => port.get({ resource, name, ...given({ namespace }) })));
}

function report(
  before: KubernetesObject | undefined, located: LocatedObject, found: readonly Finding[], changed: readonly Difference[],
  programName: string,
): ObjectChanges {
  const { object: after } = located;
  const name = objectName(after);
  const refusals = found.filter(({ severity }) => severity === 'error');
  const immutable = refusals.filter(isAboutImmutable);
  const wrong = refusals.filter((finding) => !immutable.includes(finding));
  const findings = place(located, found.filter((finding) => finding.severity !== 'advice' && !immutable.includes(finding)));
  if (before === undefined) return whole(name, nothing, 'new object', wrong.length > 0 ? refusedWord : 'will be created', findings);
  const way = `immutable: needs a new name, or first: ${programName} delete ${after.metadata?.name ?? 'NAME'}`;
  const changes = changed.map(({ field, from, to }) => {
    const isImmutable = isBlamed(field, immutable);
    return { field, from: showValue(from), to: showValue(to), verdict: isBlamed(field, wrong) ? refusedWord : isImmutable ? way : 'in place', isImmutable };
  });
  return { name, changes, findings };
}

const refusedWord = 'is refused, as said below';

/** What the API server says to the new manifest: over the old one, or, where there is none that it could read, on its own. */
function judge(before: KubernetesObject | undefined, after: KubernetesObject, options: ValidateOptions): Finding[] {
  if (!isMeantForBatch(after)) return [];
  const isReadable = before !== undefined && !validateManifest(before, options).some(({ type }) => type === 'Decode');
  return isReadable ? validateUpdate(before, after, options) : validateManifest(after, options);
}

function place({ file, document, position, pathPrefix }: LocatedObject, findings: readonly Finding[]): ReportedFinding[] {
  return inTextOrder(findings.map((finding) => ({ ...placeFinding(document, finding, pathPrefix), file, document: position })));
}

/** An object that only the old manifests have: applying the new ones deletes nothing. */
export function leftAlone(old: KubernetesObject): ObjectChanges {
  return whole(objectName(old), 'object', nothing, 'stays in the cluster until it is deleted', []);
}

function whole(name: string, from: string, to: string, verdict: string, findings: readonly ReportedFinding[]): ObjectChanges {
  return { name, changes: [{ field: '(all)', from, to, verdict, isImmutable: false }], findings };
}

/** Whether two manifests are about one object. */
export function isSame(a: KubernetesObject, b: KubernetesObject): boolean {
  if (groupOf(a.apiVersion) !== groupOf(b.apiVersion) || a.kind !== b.kind) return false;
  return a.metadata?.name === b.metadata?.name && (a.metadata?.namespace ?? '') === (b.metadata?.namespace ?? '');
}
