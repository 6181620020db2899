import { inApplyOrder } from './apply';
import { behind } from './apply-errors';
import type { Applied } from './apply-object';
import { fillInOutputs } from './job-outputs';
import type { RunOptions, RunResult } from './run-options';
import { RunWatches } from './run-watches';
import { applySetUp } from './set-up';
import { type StartableJob, startJob } from './start-job';
import { systemTimers } from './timers';
import { type AwaitedJob, observeOptions, type WaitContext } from './wait';
import { isJob } from '../api/kinds';
import type { Before } from '../core/graph';
import { RunOrder } from '../core/run-order';
import type { ClusterPort, KubernetesObject } from '../port/cluster-port';
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
 * A Job that ends otherwise stops what waits for it, directly or not, and nothing else. The Jobs of a namespace share their watches.
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
  private readonly watches: RunWatches;
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
    const jobs: KubernetesObject[] = graph.nodes.map(({ job }) => job).filter((job) => isJob(job));
    this.watches = new RunWatches(port, jobs, { ...observeOptions(options), clock: context.clock }, (error) => this.fail(error));
  }

  public async run(): Promise<{ readonly result: RunResult; readonly started: readonly AwaitedJob[] }> {
    const finished = new Promise<void>((resolve) => { this.finish = resolve; });
    const { timers = systemTimers, timeoutSeconds } = this.options;
    const interrupt = (): void => { for (const { waiter } of this.started.values()) waiter.interrupt(); };
    this.signal.addEventListener('abort', interrupt, { once: true });
    const cancelTimeout = timeoutSeconds === undefined
      ? () => undefined
      : timers.after(Math.max(0, timeoutSeconds - this.context.clock()) * 1000, () => this.timeOut(timeoutSeconds));
    this.advance();
    await finished;
    cancelTimeout();
    this.signal.removeEventListener('abort', interrupt);
    this.watches.close();
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

  private get mayStart(): boolean {
    return this.failure === undefined && !this.signal.aborted && !this.isTimeUp;
  }

  private timeOut(seconds: number): void {
    for (const { waiter } of this.started.values()) waiter.timeOut(seconds);
  }

  private fail(error: unknown): void {
    this.failure ??= { error };
    this.stop.abort();
  }

  /** Starts what may start. What is no Job is complete as soon as it is applied. */
  private advance(): void {
    while (this.mayStart) {
      const nodes = this.order.take();
      if (nodes.length === 0) break;
      const there = nodes.filter((node) => this.graph.nodes[node]?.isThere === true);
      for (const node of there) this.order.complete(node);
      const left = nodes.filter((node) => !there.includes(node));
      if (left.length > 0) this.follow(() => this.startTogether(left));
    }
    if (this.open === 0) this.finish();
  }

  /** The run goes on as long as something is followed. */
  private follow(work: () => Promise<void>): void {
    this.open += 1;
    work().catch((error: unknown) => this.fail(error)).finally(() => {
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

  private async startTogether(nodes: readonly number[]): Promise<void> {
    const jobs = nodes.filter((node) => this.isOfJob(node)).flatMap((node) => this.graph.nodes[node] ?? []);
    await this.watches.open(jobs.map(({ job }) => job));
    await this.applyOthers(nodes);
    for (const node of nodes) if (this.isOfJob(node) && this.mayStart) await this.start(node);
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

  private async start(node: number): Promise<void> {
    const { port, options, context: { applied, clock } } = this;
    const startable = this.graph.nodes[node];
    if (startable === undefined) return;
    const release = this.watches.hold(startable.job);
    try {
      const filled = startable.refusal === undefined ? await fillInOutputs(port, startable.job) : startable;
      if ('problem' in filled) return this.take(node, this.leaveOut(node, withoutOutput(startable.job, filled.problem)));
      const job = await startJob(port, { ...startable, job: filled.job }, options, clock);
      this.started.set(node, job);
      this.watches.add(job);
      this.follow(() => this.awaitEnd(node, job));
    } catch (error) {
      throw behind(applied, error, this.jobsLeft());
    } finally {
      release();
    }
  }

  private async awaitEnd(node: number, { waiter }: AwaitedJob): Promise<void> {
    // It began while it was being applied.
    if (this.signal.aborted) waiter.interrupt();
    else if (this.isTimeUp) this.timeOut(this.options.timeoutSeconds ?? 0);
    await waiter.ended;
    this.take(node, waiter.verdict);
    await waiter.finishLogs();
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
