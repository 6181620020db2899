import { checkRights } from './access-review';
import { type Check, failedCheck, reviewCall, toClusterError } from './doctor-check';
import { featureState, type FeatureState, jobFeatures } from './job-features';
import { lookForKueue } from './kueue-check';
import { defaultVersion, kubernetesVersions } from '../../rules/rule/versions';
import type { KubernetesCluster } from '../connection/kubernetes-cluster';

/** A feature of Jobs at the version of the cluster. */
interface FeatureReport {
  readonly field: string;
  readonly state: FeatureState;
  /** The first version that has it on: `1.31`. */
  readonly since: string;
  /** What happens if it is off. */
  readonly otherwise: string;
}

/** Whether `run` can work on a cluster. */
export interface DoctorReport {
  readonly context: string;
  readonly server: string;
  readonly namespace: string;
  /** `v1.37.2`; null when the cluster did not say. */
  readonly version: string | null;
  /** The identity of the caller; null when the cluster did not say. */
  readonly user: string | null;
  readonly checks: readonly Check[];
  /** Empty when the version is not known. */
  readonly features: readonly FeatureReport[];
  /** Whether no check failed. */
  readonly ok: boolean;
}

/** Asks a cluster whether `run` can work on it. A question that gets no answer is a failed check; only faults of this package throw. */
export async function examineCluster(cluster: KubernetesCluster): Promise<DoctorReport> {
  const { description: { name: context, server }, namespace } = cluster;
  const reached = await reach(cluster);
  // Without an answer or an identity, every other question gets the same error.
  const who = reached.isThere ? await authenticate(cluster) : undefined;
  const others = who?.check.result === 'ok' ? await Promise.all([lookForNamespace(cluster), lookForQueues(cluster)]) : [];
  const checks = [...reached.checks, ...(who === undefined ? [] : [who.check]), ...reached.versionChecks, ...others.flat()];
  return {
    context,
    server,
    namespace,
    version: reached.version,
    user: who?.user ?? null,
    checks,
    features: reached.minor === undefined ? [] : featuresOf(reached.minor),
    ok: checks.every(({ result }) => result !== 'failed'),
  };
}

/** Rights that only queues need are asked for where Kueue is. */
async function lookForQueues(cluster: KubernetesCluster): Promise<Check[]> {
  const kueue = await lookForKueue(cluster);
  return [...kueue, ...await checkRights(cluster, { queues: kueue.length > 0 })];
}

interface Reached {
  readonly isThere: boolean;
  readonly checks: readonly Check[];
  readonly versionChecks: readonly Check[];
  readonly version: string | null;
  readonly minor?: number;
}

async function reach(cluster: KubernetesCluster): Promise<Reached> {
  const { name, server } = cluster.description;
  const subject = 'cluster';
  const detail = `${name}, ${server}`;
  try {
    const { body } = await cluster.transport.call({ verb: 'read', target: 'the version', method: 'GET', path: '/version' });
    const { gitVersion, minor } = body as { readonly gitVersion?: unknown; readonly minor?: unknown };
    if (typeof gitVersion !== 'string') {
      return { isThere: false, checks: [{ subject, result: 'failed', detail: `${detail}: what answers there is no Kubernetes` }], versionChecks: [], version: null };
    }
    const number = Number.parseInt(typeof minor === 'string' ? minor : '', 10);
    const checks: readonly Check[] = [{ subject, result: 'ok', detail }];
    const versionChecks = [checkVersion(gitVersion, number)];
    return { isThere: true, checks, versionChecks, version: gitVersion, ...(Number.isNaN(number) ? {} : { minor: number }) };
  } catch (error) {
    const { code, message, hint } = toClusterError(error);
    // A server that refuses to tell its version can be reached.
    const isThere = code === 'UNAUTHENTICATED' || code === 'FORBIDDEN';
    if (!isThere) return { isThere, checks: [failedCheck(subject, `${detail}: ${message}`, hint)], versionChecks: [], version: null };
    const untold: Check = { subject: 'version', result: 'warning', detail: 'not told' };
    return { isThere, checks: [{ subject, result: 'ok', detail }], versionChecks: code === 'FORBIDDEN' ? [untold] : [], version: null };
  }
}

function checkVersion(version: string, minor: number): Check {
  const [oldest, newest] = [kubernetesVersions[0], defaultVersion];
  const subject = 'version';
  if (minor < minorOf(oldest)) return { subject, result: 'warning', detail: `${version} is older than ${oldest}, the oldest that is tested` };
  if (minor > minorOf(newest)) return { subject, result: 'warning', detail: `${version} is newer than ${newest}, the newest that is tested` };
  return { subject, result: 'ok', detail: version };
}

function featuresOf(minor: number): FeatureReport[] {
  return jobFeatures.map((feature) => {
    const { field, on, otherwise } = feature;
    return { field, state: featureState(feature, minor), since: `1.${on}`, otherwise };
  });
}

async function authenticate(cluster: KubernetesCluster): Promise<{ readonly check: Check; readonly user: string | null }> {
  const subject = 'authentication';
  try {
    const { body } = await cluster.transport.call(reviewCall('authentication.k8s.io', 'SelfSubjectReview', {}, 'who we are'));
    const { status } = body as { readonly status?: { readonly userInfo?: { readonly username?: string } } };
    const user = status?.userInfo?.username ?? null;
    if (user === 'system:anonymous') return { user, check: failedCheck(subject, 'the request carried no credentials', 'log in, or give the context a user') };
    return { user, check: { subject, result: 'ok', detail: user === null ? 'accepted' : `as ${user}` } };
  } catch (error) {
    const { code, message, hint } = toClusterError(error);
    if (code === 'FORBIDDEN' && /system:anonymous/.test(message)) {
      return { user: 'system:anonymous', check: failedCheck(subject, 'the request carried no credentials', 'log in, or give the context a user') };
    }
    // A caller that may not ask for its identity, or asks a server before 1.28, has one all the same.
    if (code === 'FORBIDDEN' || code === 'NOT_FOUND') return { user: null, check: { subject, result: 'ok', detail: 'accepted' } };
    return { user: null, check: failedCheck(subject, message, hint) };
  }
}

async function lookForNamespace({ transport, namespace }: KubernetesCluster): Promise<Check[]> {
  const subject = 'namespace';
  try {
    const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}`;
    const { body } = await transport.call({ verb: 'get', target: `namespace ${namespace}`, method: 'GET', path });
    const { metadata } = body as { readonly metadata?: { readonly deletionTimestamp?: string } };
    if (metadata?.deletionTimestamp === undefined) return [{ subject, result: 'ok', detail: namespace }];
    return [failedCheck(subject, `${namespace} is being deleted: nothing can be created in it`, 'choose another one with --namespace')];
  } catch (error) {
    const { code, message } = toClusterError(error);
    if (code === 'NOT_FOUND') return [failedCheck(subject, `there is no namespace ${namespace}`, `create it (kubectl create namespace ${namespace}), or choose another one with --namespace`)];
    // Working in a namespace does not need the right to read it.
    return [code === 'FORBIDDEN' ? { subject, result: 'ok', detail: `${namespace} (not allowed to look whether it is there)` } : failedCheck(subject, message)];
  }
}

function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}
