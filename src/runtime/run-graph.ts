import { inApplyOrder } from './apply';
import { behind } from './apply-errors';
import type { Applied } from './apply-object';
import { fillInOutputs } from './job-outputs';
import type { RunOptions, RunResult } from './run-options';
import { applySetUp } from './set-up';
import { type StartableJob, startJob } from './start-job';
import { systemTimers } from './timers';
import { type AwaitedJob, type WaitContext, waitForJobs } from './wait';
import { isJob } from '../api/kinds';
import { given } from '../core/given';
import type { Before } from '../core/graph';
import { RunOrder } from '../core/run-order';
import { ClusterError, type ClusterPort, type KubernetesObject } from '../port/cluster-port';
import { jobs as jobResource } from '../port/resources';
import type { JobVerdict } from '../verdict/job-verdict';
import { notStarted, whyNotStarted, withoutOutput } from '../verdict/not-started';

/** What is run, and in which order. */
export interface Graph {
  /** The objects: Jobs, and others that are applied where the order puts them; those that are there already count as complete. */
  readonly nodes: ReadonlyArray<StartableJob & { readonly isThere?: boolean }>;
  /** The nodes that each node waits for. */
  readonly before: Before;
}

/** What a run knows besides its graph. */
interface GraphContext extends Pick<WaitContext, 'clock' | 'recording'> {
  /** What was applied so far; the run adds nothing to it by itself. */
  readonly applied: readonly Applied[];
}

/**
 * Starts each Job once those that it waits for are Complete, and waits for all.
 *
 * A Job that ends otherwise stops what waits for it, directly or not, and nothing else. Jobs that may start together share their watches.
 *
 * @returns the result in the order of the nodes, and the Jobs that were started.
 * @throws {ClusterError} when a Job could not be written: no more are started then, and those that run are left alone.
 */
export async function runGraph(
  port: ClusterPort, graph: Graph, options: RunOptions, context: GraphContext,
): Promise<{ readonly result: RunResult; readonly started: readonly AwaitedJob[] }> {
  return new GraphRun(port, graph, options, context).run();
}

class GraphRun {
  private readonly order: RunOrder;
  private readonly started = new Map<number, AwaitedJob>();
  private readonly stopped = new Map<number, JobVerdict>();
  private readonly stop = new AbortController();
  private readonly signal: AbortSignal;
  private open = 0;
  private isAdvancing = false;
  private failure: { readonly error: unknown } | undefined;
  private finish: () => void = () => undefined;

  public constructor(
    private readonly port: ClusterPort, private readonly graph: Graph, private readonly options: RunOptions,
    private readonly context: GraphContext,
  ) {
    this.order = new RunOrder(graph.before, options.maxParallel);
    this.signal = options.signal === undefined ? this.stop.signal : AbortSignal.any([options.signal, this.stop.signal]);
  }

  public async run(): Promise<{ readonly result: RunResult; readonly started: readonly AwaitedJob[] }> {
    const finished = new Promise<void>((resolve) => { this.finish = resolve; });
    this.advance();
    await finished;
    if (this.failure !== undefined) throw this.failure.error;
    const started = [...this.started.values()];
    this.context.recording?.finish(started);
    const jobs = this.graph.nodes.flatMap(({ job }, node) => (isJob(job) ? [this.verdictOf(node)] : []));
    return { started, result: { jobs, ok: jobs.every(({ verdict }) => verdict === 'Complete') } };
  }

  private verdictOf(node: number): JobVerdict {
    return this.started.get(node)?.waiter.verdict ?? this.stopped.get(node) ?? this.leaveOutFor(node, this.isTimeUp ? 'time was up' : 'interrupted');
  }

  private get isTimeUp(): boolean {
    const { timeoutSeconds } = this.options;
    return timeoutSeconds !== undefined && this.context.clock() >= timeoutSeconds;
  }

  /** Starts what may start. What is no Job is complete as soon as it is applied. */
  private advance(): void {
    while (this.failure === undefined && !this.signal.aborted && !this.isTimeUp) {
      const nodes = this.order.take();
      if (nodes.length === 0) break;
      const there = nodes.filter((node) => this.graph.nodes[node]?.isThere === true);
      for (const node of there) this.order.complete(node);
      const left = nodes.filter((node) => !there.includes(node));
      if (left.length > 0) this.follow(left);
    }
    if (this.open === 0) this.finish();
  }

  private follow(nodes: readonly number[]): void {
    this.open += 1;
    this.runTogether(nodes)
      .catch((error: unknown) => {
        this.failure ??= { error };
        this.stop.abort();
      })
      .finally(() => {
        this.open -= 1;
        this.advance();
      });
  }

  /** Advances once for all Jobs that end at the same time. */
  private advanceSoon(): void {
    if (this.isAdvancing) return;
    this.isAdvancing = true;
    setImmediate(() => {
      this.isAdvancing = false;
      this.advance();
    });
  }

  private async runTogether(nodes: readonly number[]): Promise<void> {
    const { port, options, context: { clock } } = this;
    const objects = nodes.flatMap((node) => this.graph.nodes[node] ?? []);
    const jobs = objects.filter(({ job }) => isJob(job));
    // Where the watch of several Jobs begins: before the first of them is there.
    const since = jobs.length > 1 ? await jobsVersion(port, jobs.map(({ job }) => job)) : undefined;
    await this.applyOthers(nodes);
    const awaited = await this.startAll(nodes);
    const spent = clock();
    if (awaited.length > 0) await waitForJobs(port, awaited, { ...options, signal: this.signal }, { clock, spent, ...given({ since }) });
  }

  private async applyOthers(nodes: readonly number[]): Promise<void> {
    const { port, options, context: { applied, clock } } = this;
    const { timers = systemTimers } = options;
    const others = nodes.filter((node) => !this.isOfJob(node));
    if (others.length === 0) return;
    const objects = others.map((node) => this.graph.nodes[node]?.job).filter((object) => object !== undefined);
    const zero = timers.now() - clock() * 1000;
    try {
      await applySetUp(port, objects, options, timers, (step) => options.record?.write({ ...step, at: Math.round(step.at - zero) / 1000 }));
    } catch (error) {
      throw behind(applied, error, [...inApplyOrder(objects), ...this.jobsLeft()]);
    }
    for (const node of others) this.order.complete(node);
    this.advanceSoon();
  }

  private async startAll(nodes: readonly number[]): Promise<AwaitedJob[]> {
    const { port, options, context: { applied, clock } } = this;
    const awaited: AwaitedJob[] = [];
    for (const node of nodes) {
      const startable = this.graph.nodes[node];
      if (startable === undefined || !this.isOfJob(node)) continue;
      try {
        const filled = startable.refusal === undefined ? await fillInOutputs(port, startable.job) : startable;
        if ('problem' in filled) {
          this.take(node, this.leaveOut(node, withoutOutput(startable.job, filled.problem)));
          continue;
        }
        const job = await startJob(port, { ...startable, job: filled.job }, options, clock);
        awaited.push(job);
        this.started.set(node, job);
        void job.waiter.ended.then(() => this.take(node, job.waiter.verdict));
      } catch (error) {
        throw behind(applied, error, this.jobsLeft());
      }
    }
    return awaited;
  }

  private isOfJob(node: number): boolean {
    const job = this.graph.nodes[node]?.job;
    return job !== undefined && isJob(job);
  }

  /** The Jobs that have not been started. */
  private jobsLeft(): KubernetesObject[] {
    return this.graph.nodes.map(({ job }) => job).filter((_, node) => this.isOfJob(node) && !this.started.has(node));
  }

  /** What follows from the end of a Job. */
  private take(node: number, verdict: JobVerdict): void {
    if (verdict.verdict === 'Complete') this.order.complete(node);
    else for (const follower of this.order.fail(node)) this.leaveOutFor(follower, whyNotStarted(verdict));
    this.advanceSoon();
  }

  private leaveOutFor(node: number, why: string): JobVerdict {
    return this.leaveOut(node, notStarted(this.graph.nodes[node]?.job ?? {}, why));
  }

  private leaveOut(node: number, verdict: JobVerdict): JobVerdict {
    this.stopped.set(node, verdict);
    if (this.isOfJob(node)) this.options.onProgress?.({ type: 'ended', verdict });
    return verdict;
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
