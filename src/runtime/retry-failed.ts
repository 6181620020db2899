import { indexJob, indexJobName, unfinishedIndexes } from './index-job';
import { endOf } from './job-state';
import { getJob, type JobOptions, setSuspend } from './jobs';
import { runJobs } from './run';
import type { Progress, RunResult, WaitOptions } from './run-options';
import { Turns } from './turns';
import { unlessMissing } from './unless-missing';
import { waitFor } from './wait-for';
import { formatIndexSet, indexesOf, type IndexSet, sizeOfIndexSet } from '../api/index-set';
import type { JobSpec } from '../api/kubernetes';
import { queueOf } from '../api/kueue';
import { retryOfLabel, retryOfUidAnnotation } from '../api/labels';
import { UsageError } from '../core/errors';
import { given } from '../core/given';
import type { ClusterPort, KubernetesObject } from '../port/cluster-port';
import { jobs as jobResource } from '../port/resources';

/** How the indexes of a Job that have not succeeded are run again and waited for. */
export interface RetryFailedOptions extends JobOptions, Omit<WaitOptions, 'record' | 'onSuspended'> {
  readonly failed: true;
}

/** What running indexes again came to: one verdict for each, in the order of the indexes; `ok` is whether all have succeeded now. */
export interface RetryResult extends RunResult {
  /** The name of the Job whose indexes they are. */
  readonly retryOf: string;
  /** The indexes, as the API writes them: `3,5-7`. */
  readonly indexes: string;
}

/**
 * Runs the indexes of an Indexed Job that have not succeeded again, each as a Job of its own, and waits for them.
 *
 * No more run at once than the old Job's `parallelism`: the others are created suspended, and resumed as others end. What an earlier call
 * has begun is gone on with: an index that has succeeded meanwhile does not run again, one that still runs is waited for.
 *
 * @throws {UsageError} for a Job that has no indexes, has not ended, or is complete, and where a name is taken by another Job.
 * @throws {ClusterError} when the cluster cannot be asked.
 */
export async function retryFailed(port: ClusterPort, name: string, options: RetryFailedOptions): Promise<RetryResult> {
  const old = await getJob(port, name, given({ namespace: options.namespace }));
  const indexes = retriableIndexes(old);
  const { items } = await port.list(jobResource, given({ namespace: old.metadata?.namespace }));
  const taken = new Map(items.map((item) => [item.metadata?.name ?? '', item]));
  const plans = [...indexesOf(indexes)].map((index) => planOf(old, index, taken.get(indexJobName(name, index))));
  const results = await play(port, old, plans, options);
  const jobs = plans.flatMap(({ name: its }) => results.flatMap((result) => result.jobs.filter((verdict) => verdict.name === its)));
  const [interrupted] = results.flatMap((result) => (result.interrupted === undefined ? [] : [result.interrupted]));
  return {
    retryOf: name, indexes: formatIndexSet(indexes), jobs, ok: jobs.every(({ verdict }) => verdict === 'Complete'), ...given({ interrupted }),
  };
}

/** What is to be done for one index. */
interface Plan {
  /** The name of its Job. */
  readonly name: string;
  /** The Job to make; undefined where one is there already that has succeeded or goes on. */
  readonly job?: KubernetesObject;
  /** What the Job that is there does. */
  readonly there?: 'works' | 'suspended' | 'complete';
}

/** More than this many Jobs for one are no help. */
const mostIndexes = 500;

function retriableIndexes(old: KubernetesObject): IndexSet {
  const { name = '' } = old.metadata ?? {};
  const { completionMode } = (old.spec ?? {}) as Partial<JobSpec>;
  const whole = `run it again as a whole: cdk8s-jobs retry ${name}`;
  if (completionMode !== 'Indexed') throw new UsageError(`Cannot retry the failed indexes of Job ${name}: it is not Indexed`, whole);
  const end = endOf(old);
  if (end === undefined) {
    throw new UsageError(`Cannot retry the failed indexes of Job ${name}: it has not ended yet`, `wait for it: cdk8s-jobs wait ${name}`);
  }
  if (end === 'Complete') throw new UsageError(`Cannot retry the failed indexes of Job ${name}: it is complete`, whole);
  const indexes = unfinishedIndexes(old);
  const size = sizeOfIndexSet(indexes);
  if (size > mostIndexes) {
    throw new UsageError(`Cannot retry ${size} indexes of Job ${name} one by one: each becomes a Job, and ${mostIndexes} is the most`, whole);
  }
  return indexes;
}

/** @throws {UsageError} for a name that is taken by a Job of somebody else, or by one that still runs for an older Job. */
function planOf(old: KubernetesObject, index: number, there: KubernetesObject | undefined): Plan {
  const { name: oldName = '', uid } = old.metadata ?? {};
  const name = indexJobName(oldName, index);
  const again: Plan = { name, job: indexJob(old, index) };
  if (there === undefined) return again;
  const { labels = {}, annotations = {}, deletionTimestamp } = there.metadata ?? {};
  const end = endOf(there);
  const isOwn = annotations[retryOfUidAnnotation] === uid;
  if (labels[retryOfLabel] !== oldName || (!isOwn && end === undefined)) {
    const whose = labels[retryOfLabel] === oldName ? `still runs an index of an older Job ${oldName}` : `runs no index of ${oldName}`;
    throw new UsageError(`Cannot retry index ${index} of Job ${oldName}: there is a Job ${name} already, which ${whose}`, `delete it first: cdk8s-jobs delete ${name}`);
  }
  if (!isOwn || end === 'Failed' || deletionTimestamp !== undefined) return again;
  if (end === 'Complete') return { name, there: 'complete' };
  return { name, there: (there.spec as Partial<JobSpec> | undefined)?.suspend === true ? 'suspended' : 'works' };
}

async function play(
  port: ClusterPort, old: KubernetesObject, plans: readonly Plan[], { failed: _, signal, ...options }: RetryFailedOptions,
): Promise<readonly RunResult[]> {
  const namespace = old.metadata?.namespace ?? port.namespace;
  // A queue decides itself how many run at once.
  const isQueued = queueOf(old) !== undefined;
  const turns = new Turns(isQueued ? Infinity : parallelismOf(old), (name) => resume(port, name, namespace));
  const waiting = {
    ...options,
    namespace,
    signal: signal === undefined ? turns.signal : AbortSignal.any([signal, turns.signal]),
    onSuspended: 'wait',
    onProgress: (progress: Progress) => {
      options.onProgress?.(progress);
      take(turns, progress);
    },
  } as const;
  for (const { name, there } of plans) if (there === 'works' || (isQueued && there === 'suspended')) turns.occupy(name);
  for (const { name, there } of plans) if (!isQueued && there === 'suspended') turns.enqueue(name);
  const made = plans.flatMap(({ name, job }) => (job === undefined ? [] : [turns.tryOccupy(name) ? job : suspended(job)]));
  const kept = plans.flatMap(({ name, job }) => (job === undefined ? [name] : []));
  const results = await Promise.all([
    ...(made.length === 0 ? [] : [runJobs(port, made, { ...waiting, replace: true })]),
    ...(kept.length === 0 ? [] : [waitFor(port, kept, waiting)]),
  ]);
  if (turns.error !== undefined) throw turns.error;
  return results;
}

/** A Job that was deleted while it waited has a verdict that says so. */
async function resume(port: ClusterPort, name: string, namespace: string): Promise<void> {
  await unlessMissing(setSuspend(port, name, false, { namespace }));
}

/** One that timed out, or is not waited for any more, keeps its place: it goes on. */
function take(turns: Turns, progress: Progress): void {
  if (progress.type === 'applied') turns.enqueue(progress.applied.object.metadata?.name ?? '');
  if (progress.type === 'ended' && (progress.verdict.over || progress.verdict.stuck)) turns.leave(progress.verdict.name ?? '');
}

function parallelismOf({ spec }: KubernetesObject): number {
  return Math.max(1, (spec as Partial<JobSpec> | undefined)?.parallelism ?? 1);
}

function suspended(job: KubernetesObject): KubernetesObject {
  return { ...job, spec: { ...job.spec as object, suspend: true } };
}
