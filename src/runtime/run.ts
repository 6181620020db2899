import { inApplyOrder } from './apply';
import { behind } from './apply-errors';
import type { Applied } from './apply-object';
import { checkOrder } from './check-order';
import { keepOutputs } from './job-outputs';
import { deleteJob, setSuspend, suspend } from './jobs';
import { describeObject, type ManifestInput, toObjects } from './manifests';
import { orderedJobs } from './ordered-jobs';
import { checkAll, type Planned } from './preflight';
import { startRecording } from './recording';
import { makeRoom } from './replace';
import { type Graph, runGraph } from './run-graph';
import type { Progress, RunOptions, RunResult } from './run-options';
import { applySetUp, type SetUpStep } from './set-up';
import { systemTimers, type Timers } from './timers';
import { jobFromCronJob } from './trigger';
import type { AwaitedJob } from './wait';
import { isMeantForJobSet } from '../api/job-set';
import { isCronJob, isJob, kindOf } from '../api/kinds';
import { UsageError } from '../core/errors';
import { given } from '../core/given';
import { ClusterError, type ClusterPort, type KubernetesObject } from '../port/cluster-port';
import { services, tryFindResource } from '../port/resources';
import { isMeantForBatch } from '../rules/decode/batch-kind';

/**
 * Applies everything that is given, follows the Jobs' output, and waits for the verdict of each Job.
 *
 * It ends on Complete and Failed, on deletion, on replacement by another Job of the name, on a refusal, and on what cannot heal by itself;
 * also for a Job that ended, or was taken away by its ttl, before the watch began. Several objects are checked before the first is written;
 * a single Job that is refused is a verdict. Kinds that the local engine does not know are left out there. What waits for other Jobs (the
 * annotation `cdk8s-jobs/after`) starts when they are Complete.
 *
 * @throws {UsageError} for manifests without a Job, and on the local engine for a JobSet.
 * @throws {ManifestsRefusedError} when one of several objects is refused: nothing was started.
 * @throws {PartlyAppliedError} when a write fails behind others. @throws {ClusterError} when the cluster cannot be asked.
 */
export async function runJobs(port: ClusterPort, input: ManifestInput, options: RunOptions = {}): Promise<RunResult> {
  const namespace = options.namespace ?? port.namespace;
  const wanted = effectiveOn(port, toObjects(input), options).map((written) => plan(written, namespace, options));
  const planned = options.replace === true ? wanted : await keepAll(port, wanted);
  const jobs = planned.map(({ sent }) => sent).filter(isJob);
  if (jobs.length === 0) throw new UsageError('Cannot run these manifests: there is no Job in them', 'a Job has apiVersion: batch/v1 and kind: Job');
  const { before, outside } = await checkOrder(port, planned, namespace);
  await checkAll(port, planned, { ...applyOptions(options), replace: options.replace === true });
  const { timers = systemTimers } = options;
  const { applied, told } = collectApplied(options);
  const order = orderedJobs(planned.map(({ sent }) => sent), before, outside, namespace);
  if (order !== undefined) told.onProgress?.({ type: 'ordered', jobs: order });
  const first = planned.filter((_, node) => before[node]?.length === 0).map(({ sent }) => sent).filter((object) => !isJob(object));
  try {
    await setUp(port, first, told, timers);
  } catch (error) {
    throw behind(applied, error, [...inApplyOrder(first).slice(applied.length), ...jobs]);
  }
  const refused = await tryMakeRoom(port, jobs, told, applied);
  const nodes = planned.map(({ sent }) => ({ job: sent, isThere: first.includes(sent), ...given({ refusal: refused.get(sent) }) }));
  return { ...await runInOrder(port, { nodes, before }, told, applied), ...given({ order }) };
}

/** What is in the cluster already keeps the outputs that were filled into it. */
async function keepAll(port: ClusterPort, planned: readonly Planned[]): Promise<readonly Planned[]> {
  const kept: Planned[] = [];
  for (const { written, sent } of planned) kept.push({ written, sent: await keepOutputs(port, sent) });
  return kept;
}

/** Without those objects that have no effect on the local engine: but for host names of pods, its processes would be the same with them. */
function effectiveOn(port: ClusterPort, objects: readonly KubernetesObject[], { onProgress }: RunOptions): readonly KubernetesObject[] {
  if (port.capabilities.runsImages) return objects;
  const jobSet = objects.find(isMeantForJobSet);
  if (jobSet !== undefined) {
    throw new UsageError(`Cannot run ${describeObject(jobSet)}: the local engine has no controller that makes its Jobs`, 'run it on a cluster');
  }
  const inert = objects.filter((object) => {
    const resource = tryFindResource(object.apiVersion, object.kind);
    return !isMeantForBatch(object) && (resource === undefined || resource === services);
  });
  if (inert.length > 0) onProgress?.({ type: 'left-out', objects: inert });
  return objects.filter((object) => !inert.includes(object));
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

async function runInOrder(port: ClusterPort, graph: Graph, wanted: RunOptions, applied: readonly Applied[]): Promise<RunResult> {
  const { timers = systemTimers } = wanted;
  const startedAt = timers.now();
  const clock = (): number => Math.round(timers.now() - startedAt) / 1000;
  const { recording, options } = startRecording(wanted, clock);
  const { result, started } = await runGraph(port, graph, options, { clock, applied, ...given({ recording }) });
  return afterwards(port, started, result, options);
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
  for (const { name, namespace, waiter: { uid, verdict } } of left) {
    if (onInterrupt === 'suspend') await (verdict.queue === null ? setSuspend(port, name, true, { namespace }) : suspend(port, name, { namespace }));
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

function withNamespace(object: KubernetesObject, namespace: string): KubernetesObject {
  return kindOf(object) !== undefined ? { ...object, metadata: { namespace, ...object.metadata } } : object;
}

function applyOptions({ force }: RunOptions): { force?: boolean } {
  return given({ force });
}
