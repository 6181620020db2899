import { inApplyOrder } from './apply';
import { behind } from './apply-errors';
import { type Applied, applyObject } from './apply-object';
import { isMissingRight } from './connection/api-errors';
import { endOf } from './job-state';
import { deleteJob, setSuspend } from './jobs';
import { describeObject, type ManifestInput, toObjects } from './manifests';
import { checkAll, type Planned } from './preflight';
import { startRecording } from './recording';
import { makeRoom } from './replace';
import type { Progress, RunOptions, RunResult } from './run-options';
import { applySetUp, requestFor, type SetUpStep, statusBody } from './set-up';
import { systemTimers, type Timers } from './timers';
import { jobFromCronJob } from './trigger';
import { type AwaitedJob, waitForJobs } from './wait';
import { Waiter } from './waiter';
import { isCronJob, isJob, kindOf } from '../api/kinds';
import { UsageError } from '../core/errors';
import { given } from '../core/given';
import { ClusterError, type ClusterPort, type KubernetesObject } from '../port/cluster-port';
import { jobs as jobResource } from '../port/resources';
import type { Observation } from '../verdict/observation';

/**
 * Applies everything that is given, follows the Jobs' output, and waits for the verdict of each Job.
 *
 * It ends on Complete and Failed, on deletion, on replacement by another Job of the name, on a refusal, and on what cannot heal by itself;
 * also for a Job that ended, or was taken away by its ttl, before the watch began. Several objects are checked before the first is written;
 * a single Job that is refused is a verdict.
 *
 * @throws {UsageError} for manifests without a Job. @throws {ManifestsRefusedError} when one of several objects is refused: nothing was
 * started. @throws {PartlyAppliedError} when a write fails behind others. @throws {ClusterError} when the cluster cannot be asked.
 */
export async function runJobs(port: ClusterPort, input: ManifestInput, options: RunOptions = {}): Promise<RunResult> {
  const planned = toObjects(input).map((written) => plan(written, options.namespace ?? port.namespace, options));
  const jobs = planned.map(({ sent }) => sent).filter(isJob);
  const others = planned.map(({ sent }) => sent).filter((object) => !isJob(object));
  if (jobs.length === 0) throw new UsageError('Cannot run these manifests: there is no Job in them', 'a Job has apiVersion: batch/v1 and kind: Job');
  await checkAll(port, planned, { ...applyOptions(options), replace: options.replace === true });
  const { timers = systemTimers } = options;
  const { applied, told } = collectApplied(options);
  try {
    await setUp(port, others, told, timers);
  } catch (error) {
    throw behind(applied, error, [...inApplyOrder(others).slice(applied.length), ...jobs]);
  }
  const refused = await tryMakeRoom(port, jobs, told, applied);
  const startedAt = timers.now();
  const startable = jobs.map((job) => ({ job, ...given({ refusal: refused.get(job) }) }));
  return runInTime(port, startable, told, applied, () => Math.round(timers.now() - startedAt) / 1000);
}

/** A Job to start, or to report as refused. */
interface StartableJob {
  readonly job: KubernetesObject;
  /** Why the cluster would refuse it in the place of the one that is there. */
  readonly refusal?: ClusterError;
}

/** With `replace`, deletes the Jobs that are to be made again. */
async function tryMakeRoom(
  port: ClusterPort, jobs: readonly KubernetesObject[], options: RunOptions, applied: readonly Applied[],
): Promise<ReadonlyMap<KubernetesObject, ClusterError>> {
  if (options.replace !== true) return new Map();
  try {
    return await makeRoom(port, jobs, options);
  } catch (error) {
    throw behind(applied, error, jobs);
  }
}

async function runInTime(
  port: ClusterPort, jobs: readonly StartableJob[], wanted: RunOptions, applied: readonly Applied[], clock: () => number,
): Promise<RunResult> {
  const { recording, options } = startRecording(wanted, clock);
  // Where the watch of several Jobs begins: before the first of them is there.
  const since = jobs.length > 1 ? await jobsVersion(port, jobs.map(({ job }) => job)) : undefined;
  const awaited = await startAll(port, jobs, options, applied, clock);
  const context = { clock, ...given({ since, recording }) };
  const result = await waitForJobs(port, awaited, options, context);
  return afterwards(port, awaited, result, options);
}

async function startAll(
  port: ClusterPort, jobs: readonly StartableJob[], options: RunOptions, applied: readonly Applied[], clock: () => number,
): Promise<AwaitedJob[]> {
  const awaited: AwaitedJob[] = [];
  for (const job of jobs) {
    try {
      awaited.push(await start(port, job, options, clock));
    } catch (error) {
      throw behind(applied, error, jobs.slice(awaited.length).map((left) => left.job));
    }
  }
  return awaited;
}

/** Collects what is applied, while it is being applied. */
function collectApplied({ onProgress, ...options }: RunOptions): { readonly applied: readonly Applied[]; readonly told: RunOptions } {
  const applied: Applied[] = [];
  const collect = (progress: Progress): void => {
    if (progress.type === 'applied') applied.push(progress.applied);
    onProgress?.(progress);
  };
  return { applied, told: { ...options, onProgress: collect } };
}

/** Applies the objects other than Jobs; on a tape its times are negative, because the Jobs' begin at 0. */
async function setUp(port: ClusterPort, others: readonly KubernetesObject[], options: RunOptions, timers: Timers): Promise<void> {
  const steps: SetUpStep[] = [];
  try {
    await applySetUp(port, others, options, timers, (step) => steps.push(step));
  } finally {
    const end = timers.now();
    for (const step of steps) options.record?.write({ ...step, at: Math.round(step.at - end) / 1000 });
  }
}

/** Treats the Jobs that have not ended as the interrupt policy says. */
export async function afterwards(
  port: ClusterPort, jobs: readonly AwaitedJob[], result: RunResult, options: RunOptions,
): Promise<RunResult> {
  const left = jobs.filter(({ waiter }) => waiter.isInterrupted);
  if (left.length === 0) return result;
  const { onInterrupt = 'detach' } = options;
  for (const { name, namespace, waiter: { uid } } of left) {
    if (onInterrupt === 'suspend') await setSuspend(port, name, true, { namespace });
    if (onInterrupt === 'delete') await deleteJob(port, name, { namespace, ...given({ uid }) });
  }
  return { ...result, interrupted: onInterrupt };
}

/** What is sent for an object: a CronJob that runs once is a Job. */
function plan(written: KubernetesObject, namespace: string, { once }: RunOptions): Planned {
  const sent = withNamespace(written, namespace);
  if (!isCronJob(sent)) return { written, sent };
  if (once !== true) {
    throw new UsageError(
      `Cannot run ${describeObject(sent)}: a CronJob runs by its schedule`, 'run it once now with --once, or apply it and use: cdk8s-jobs trigger',
    );
  }
  return { written, sent: jobFromCronJob(sent, {}) };
}

async function start(port: ClusterPort, { job, refusal }: StartableJob, options: RunOptions, clock: () => number): Promise<AwaitedJob> {
  const namespace = job.metadata?.namespace ?? port.namespace;
  const sentAt = clock();
  const action = requestFor(job);
  try {
    if (refusal !== undefined) throw refusal;
    const applied = await applyObject(port, job, applyOptions(options));
    options.onProgress?.({ type: 'applied', applied });
    const { name = '', uid = '' } = applied.object.metadata ?? {};
    const waiter = new Waiter(port, name, { uid }, withSuspension(options, applied), clock);
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

/** A Job that is applied suspended has nobody here to resume it. */
function withSuspension(options: RunOptions, { object }: Applied): RunOptions {
  const isSuspended = (object.spec as { suspend?: boolean } | undefined)?.suspend === true;
  return isSuspended && options.onSuspended === undefined ? { ...options, onSuspended: 'return' } : options;
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

/** Undefined where Jobs may not be listed: then each is watched by its name, from its own version on. */
async function jobsVersion(port: ClusterPort, [first]: readonly KubernetesObject[]): Promise<string | undefined> {
  const { name = 'none', namespace } = first?.metadata ?? {};
  const selection = { fieldSelector: `metadata.name=${name}`, ...given({ namespace }) };
  try {
    return (await port.list(jobResource, selection)).resourceVersion;
  } catch (error) {
    if (error instanceof ClusterError && error.code === 'FORBIDDEN') return undefined;
    throw error;
  }
}

function withNamespace(object: KubernetesObject, namespace: string): KubernetesObject {
  return kindOf(object) !== undefined ? { ...object, metadata: { namespace, ...object.metadata } } : object;
}

function applyOptions({ force }: RunOptions): { force?: boolean } {
  return given({ force });
}
