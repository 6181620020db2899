import { type Applied, applyObject } from './apply-object';
import { isMissingRight } from './connection/api-errors';
import { endOf, isSuspended } from './job-state';
import type { RunOptions } from './run-options';
import { requestFor, statusBody } from './set-up';
import type { AwaitedJob } from './wait';
import { Waiter } from './waiter';
import { resumerOf } from '../api/kueue';
import { given } from '../core/given';
import { ClusterError, type ClusterPort, type KubernetesObject } from '../port/cluster-port';
import type { Observation } from '../verdict/observation';

/** A Job to start, or to report as refused. */
export interface StartableJob {
  readonly job: KubernetesObject;
  /** Why the cluster would refuse it in the place of the one that is there. */
  readonly refusal?: ClusterError;
}

/**
 * Applies a Job and begins to judge it; that it is refused is a verdict.
 *
 * @throws {ClusterError} when it could not be written for another reason.
 */
export async function startJob(
  port: ClusterPort, { job, refusal }: StartableJob, options: RunOptions, clock: () => number,
): Promise<AwaitedJob> {
  const namespace = job.metadata?.namespace ?? port.namespace;
  const sentAt = clock();
  const action = requestFor(job);
  try {
    if (refusal !== undefined) throw refusal;
    const applied = await applyObject(port, job, given({ force: options.force }));
    options.onProgress?.({ type: 'applied', applied });
    const { name = '', uid = '' } = applied.object.metadata ?? {};
    const waiter = new Waiter(port, name, { uid }, withSuspension(options, job, applied), clock);
    waiter.foreword = wordsOnEnded(applied.object);
    const { warnings, result } = applied;
    waiter.observe({ at: sentAt, action, answer: { code: result === 'created' ? 201 : 200, seconds: clock() - sentAt, uid, warnings } });
    return { name, namespace, from: applied.object, waiter };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    options.onProgress?.({ type: 'refused', object: job, error });
    const name = job.metadata?.name ?? job.metadata?.generateName ?? '';
    const waiter = new Waiter(port, name, {}, options, clock);
    const answer = { code: error.status ?? 0, seconds: clock() - sentAt, body: statusBody(error) };
    const observation: Observation = { at: sentAt, action, answer };
    waiter.observe(observation);
    await waiter.ended;
    return { name, namespace, waiter };
  }
}

/** What to know of a Job that had ended before it was run: an apply starts nothing again. */
function wordsOnEnded(job: KubernetesObject): string {
  const end = endOf(job);
  if (end === undefined) return '';
  const name = job.metadata?.name ?? '';
  const { completionMode } = (job.spec ?? {}) as { completionMode?: string };
  const only = end === 'Failed' && completionMode === 'Indexed' ? `; only what failed: cdk8s-jobs retry ${name} --failed` : '';
  const before = end === 'Failed' ? 'It had failed' : 'It was complete';
  return `${before} before this run, which started nothing. To make it again from its manifest: run it with --replace; as it was: `
    + `cdk8s-jobs retry ${name}${only}.`;
}

/** A Job that is applied suspended has nobody here to resume it, unless it is somebody's to resume, or was suspended on its way in. */
function withSuspension(options: RunOptions, job: KubernetesObject, { object, result }: Applied): RunOptions {
  const bySomebody = resumerOf(object) !== undefined || (result === 'created' && !isSuspended(job));
  return isSuspended(object) && !bySomebody && options.onSuspended === undefined ? { ...options, onSuspended: 'return' } : options;
}

/** Whether the API server, or one of its admission plugins, refused the Job itself. */
function isRefusal(error: unknown): error is ClusterError {
  if (!(error instanceof ClusterError)) return false;
  switch (error.code) {
    case 'INVALID': return true;
    case 'API': return error.status === 400;
    case 'FORBIDDEN': return !isMissingRight(error.message);
    case 'CONFLICT': return error.reason === 'AlreadyExists';
    default: return false;
  }
}
