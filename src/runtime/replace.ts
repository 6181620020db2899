import { deleteJob } from './jobs';
import { withoutServerFields } from './manifests';
import { judgeOffline } from './preflight';
import type { RunOptions } from './run-options';
import { systemTimers } from './timers';
import { unlessMissing } from './unless-missing';
import { untilGone } from './until-gone';
import { given } from '../core/given';
import { ClusterError, type ClusterPort, type KubernetesObject } from '../port/cluster-port';
import { jobs as jobResource } from '../port/resources';
import { changedFields } from '../rules/changed-fields';
import { tryFindVersion } from '../rules/rule/versions';

/** A Job that is there, and the one that is to be made in its place. */
interface Replacement {
  readonly old: KubernetesObject;
  readonly job: KubernetesObject;
  readonly changes: ReturnType<typeof changedFields>;
}

/** What making some Jobs anew comes to. */
interface ReplacementPlan {
  readonly replaced: readonly Replacement[];
  /** The successors that the cluster would refuse; what is there stays. */
  readonly refused: ReadonlyMap<KubernetesObject, ClusterError>;
}

/**
 * Which Jobs are there already, and would be deleted for others of their names. Nothing is changed.
 *
 * @throws {ClusterError} when the cluster cannot be asked.
 */
export async function planReplacement(port: ClusterPort, jobs: readonly KubernetesObject[]): Promise<ReplacementPlan> {
  const found = await Promise.all(jobs.map(async (job) => ({ job, old: await tryGet(port, job) })));
  const refused = new Map<KubernetesObject, ClusterError>();
  const replaced: Replacement[] = [];
  for (const { job, old } of found) {
    if (old === undefined) continue;
    const error = await refusalOf(port, job);
    if (error === undefined) replaced.push({ old, job, changes: await changesOf(port, old, job) });
    else refused.set(job, error);
  }
  return { replaced, refused };
}

/**
 * Makes room for Jobs that are to be made: deletes those of the same names with their pods, and waits until all are gone.
 *
 * A Job whose successor the cluster would refuse is left alone. The deletion is `Foreground`, so that the pods of the old Job do not work
 * beside those of the new one.
 *
 * @returns the refused successors, with the errors; for them nothing was deleted.
 * @throws {ClusterError} when the cluster cannot be asked, or an old Job does not go away in time.
 */
export async function makeRoom(
  port: ClusterPort, jobs: readonly KubernetesObject[], options: RunOptions,
): Promise<ReadonlyMap<KubernetesObject, ClusterError>> {
  const { replaced, refused } = await planReplacement(port, jobs);
  for (const { old: object, changes } of replaced) options.onProgress?.({ type: 'replacing', object, changes });
  await inTime(options, (signal) => Promise.all(replaced.map(({ old }) => remove(port, old, options, signal))));
  return refused;
}

async function tryGet(port: ClusterPort, { metadata }: KubernetesObject): Promise<KubernetesObject | undefined> {
  const { name, namespace } = metadata ?? {};
  return name === undefined ? undefined : unlessMissing(port.get({ resource: jobResource, name, ...given({ namespace }) }));
}

/**
 * Why the cluster would not create a Job whose name is taken: it looks at the name last, so that a conflict means all else is well.
 *
 * @source staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go Create (v1.37)
 */
async function refusalOf(port: ClusterPort, job: KubernetesObject): Promise<ClusterError | undefined> {
  const { refusals: [offline] } = await judgeOffline(port, [job]);
  if (offline !== undefined) return offline.error;
  try {
    await port.create(withoutServerFields(job), { dryRun: true });
    return undefined;
  } catch (error) {
    if (!(error instanceof ClusterError) || error.transient) throw error;
    return error.reason === 'AlreadyExists' ? undefined : error;
  }
}

async function changesOf(port: ClusterPort, old: KubernetesObject, job: KubernetesObject): Promise<ReturnType<typeof changedFields>> {
  const kubernetesVersion = tryFindVersion(await port.version() ?? '');
  return changedFields(old, withoutServerFields(job), given({ kubernetesVersion }));
}

async function remove(port: ClusterPort, old: KubernetesObject, { timers }: RunOptions, signal: AbortSignal): Promise<void> {
  const { name = '', namespace, uid } = old.metadata ?? {};
  // Its ttl, or somebody else, may be faster.
  await unlessMissing(deleteJob(port, name, { cascade: 'Foreground', ...given({ namespace, uid }) }));
  await untilGone(port, old, { signal, ...given({ timers }) });
}

/** Does something with a signal that is aborted when the caller gives up, or time is up. */
async function inTime(
  { timers = systemTimers, timeoutSeconds, signal }: RunOptions, work: (signal: AbortSignal) => Promise<unknown>,
): Promise<void> {
  const stop = new AbortController();
  const end = (): void => stop.abort();
  signal?.addEventListener('abort', end, { once: true });
  const cancel = timeoutSeconds === undefined ? () => undefined : timers.after(timeoutSeconds * 1000, end);
  try {
    if (signal?.aborted === true) end();
    await work(stop.signal);
  } finally {
    cancel();
    signal?.removeEventListener('abort', end);
  }
}
