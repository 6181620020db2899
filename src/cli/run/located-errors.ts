import { errorLines, hintForFindings, placeOf } from './check-run';
import { groupOf, isCronJob, toCronJobPath } from '../../api/kinds';
import { JobsError, UsageError } from '../../core/errors';
import type { Finding } from '../../core/finding';
import { given } from '../../core/given';
import { asObject } from '../../core/json';
import { ClusterError, type KubernetesObject } from '../../port/cluster-port';
import { ManifestsRefusedError, PartlyAppliedError, type Refusal } from '../../runtime/apply-errors';
import type { Cluster } from '../../runtime/cluster';
import { judgeOffline } from '../../runtime/preflight';
import type { LocatedObject } from '../input/run-manifests';
import type { Output } from '../terminal/output';

/** What is done to manifests, for `Cannot run …`. */
type RunOrApply = 'run' | 'apply';

/**
 * Refuses what the rules of the cluster's version refuse, before anything is sent; warns where those rules are not known.
 *
 * @throws {UsageError} with one line for each mistake. @throws {ClusterError} when the cluster cannot be asked for its version.
 */
export async function refuseOffline(verb: RunOrApply, { port }: Cluster, located: readonly LocatedObject[], output: Output): Promise<void> {
  const { refusals, doubt } = await judgeOffline(port, located.map(({ object }) => object));
  if (doubt !== undefined) output.warn(doubt);
  if (refusals.length > 0) throw refusedError(verb, refusals, located);
}

/** The error of a run or an apply, with the places in the files of what it is about; any other error as it is. */
export function withPlaces(verb: RunOrApply, error: unknown, located: readonly LocatedObject[]): unknown {
  if (error instanceof ManifestsRefusedError) return refusedError(verb, error.refusals, located);
  if (!(error instanceof ClusterError) || !isAboutObject(error)) return error;
  const refusal = blame(error, located);
  return refusal === undefined ? error : refusedError(verb, [refusal], located);
}

/** The error of one refused Job, with its place; its codes and findings stay. */
export function placedRefusal(refusal: Refusal, located: readonly LocatedObject[]): ClusterError {
  const { code, status, reason, findings, body, cause } = refusal.error;
  const { message, hint } = refusedError('run', [refusal], located);
  return new ClusterError(code, message, {
    findings,
    body,
    cause,
    ...given({ hint, status, reason }),
  });
}

/** The object that an error is about; undefined where it may be any. */
function blame(error: ClusterError, located: readonly LocatedObject[]): Refusal | undefined {
  const isPartly = error instanceof PartlyAppliedError;
  const [object] = isPartly ? error.notApplied : located.length === 1 ? located.map((only) => only.object) : [];
  return object === undefined ? undefined : { object, error: isPartly ? error.cause : error };
}

function refusedError(verb: RunOrApply, refusals: readonly Refusal[], located: readonly LocatedObject[]): JobsError {
  const lines = refusals.flatMap((refusal) => refusalLines(verb, refusal, located));
  const hint = refusals[0]?.error.hint ?? hintForFindings(refusals.flatMap(({ error }) => error.findings));
  return new UsageError(`Cannot ${verb} ${lines.join('\n')}`, hint);
}

function refusalLines(verb: RunOrApply, { object, error }: Refusal, located: readonly LocatedObject[]): string[] {
  const place = located.find((candidate) => candidate.object === object)
    ?? (located.length === 1 ? located[0] : located.find((candidate) => isSame(candidate.object, object)));
  if (place === undefined) return [wordsOf(error)];
  if (error.findings.length === 0) return [`${placeOf(place)}: ${wordsOf(error)}`];
  const isSentAsJob = verb === 'run' && isCronJob(place.object);
  return errorLines(place, isSentAsJob ? error.findings.map(ofCronJob) : error.findings);
}

/** A server's finding about the Job of a CronJob, as one about the CronJob; findings of our own are about the CronJob already. */
function ofCronJob(finding: Finding): Finding {
  const { rule, field } = finding;
  return rule === 'api-server' && field.startsWith('spec.') ? { ...finding, field: toCronJobPath(field) } : finding;
}

/** Whether an object that was sent is the one that was written: Jobs are sent with the namespace that their manifests leave out. */
function isSame(written: KubernetesObject, { apiVersion, kind, metadata }: KubernetesObject): boolean {
  const { name, generateName, namespace = metadata?.namespace } = written.metadata ?? {};
  if (groupOf(written.apiVersion) !== groupOf(apiVersion) || written.kind !== kind) return false;
  return name === metadata?.name && generateName === metadata?.generateName && namespace === metadata?.namespace;
}

/** The API server's own words, or our message where it said nothing. */
function wordsOf({ body, message }: ClusterError): string {
  const said = asObject(body).message;
  return typeof said === 'string' && said !== '' ? said : message;
}

/** Whether the cluster refused what was sent, rather than who sent it. */
function isAboutObject({ status = 0, code, findings }: ClusterError): boolean {
  return findings.length > 0 || (status >= 400 && status < 500 && code !== 'UNAUTHENTICATED' && code !== 'UNAVAILABLE');
}
