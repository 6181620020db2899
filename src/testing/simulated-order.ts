import { isCronJob } from '../api/kinds';
import type { JobStatus } from '../api/kubernetes';
import type { Before } from '../core/graph';
import { RunOrder } from '../core/run-order';
import type { ChangedAction } from '../engine/world';
import type { KubernetesObject } from '../port/cluster-port';

/** A Job that a simulation did not start. */
export interface TraceNotStarted {
  readonly name: string;
  /** Default: the namespace `default`. */
  readonly namespace?: string;
  /** Why: `extract failed`. */
  readonly why: string;
}

/**
 * The order of the Jobs of a simulation: which may be created when, and why the others never were. A Job that ends otherwise than Complete
 * stops what waits for it, as in a run.
 *
 * A Job is meant by its position among the manifests.
 */
export class SimulatedOrder {
  private readonly order: RunOrder;
  private readonly positions = new Map<string, number>();
  private readonly states = new Map<number, 'running' | 'suspended' | 'ended' | 'complete'>();
  private readonly reasons = new Map<number, string>();

  /** @param atOnce how many Jobs may be at work at a time. */
  public constructor(
    private readonly manifests: readonly KubernetesObject[], private readonly before: Before, atOnce?: number,
  ) {
    this.order = new RunOrder(before, atOnce);
  }

  /** The Jobs to create now; none is told of twice. */
  public take(): readonly number[] {
    return this.order.take();
  }

  /** Takes note that a Job is there. A CronJob never completes, so that nothing can wait for it. */
  public created(position: number, uid: string): void {
    this.positions.set(uid, position);
    this.states.set(position, 'running');
    if (this.isSchedule(position)) this.fail(position, 'is a CronJob, which is never complete');
  }

  /** Takes note that a Job could not be created; `deed` is what is said of it to those that wait for it. */
  public refused(position: number, why: string, deed = 'was refused'): void {
    this.reasons.set(position, why);
    this.fail(position, deed);
  }

  /** Takes note of a change of a Job. */
  public note({ type, object: { metadata, status } }: ChangedAction): void {
    const position = this.positions.get(metadata?.uid ?? '');
    const state = position === undefined ? undefined : this.states.get(position);
    if (position === undefined || (state !== 'running' && state !== 'suspended')) return;
    const condition = conditionOf((status ?? {}) as JobStatus);
    if (condition === 'Complete') this.complete(position);
    else if (condition === 'Failed') this.fail(position, 'failed');
    else if (type === 'DELETED') this.fail(position, 'was deleted');
    else this.states.set(position, condition === 'Suspended' ? 'suspended' : 'running');
  }

  /** The Jobs that were not started, in the order of the manifests. */
  public notStarted(): readonly TraceNotStarted[] {
    return this.manifests.flatMap(({ metadata: { name = '', namespace } = {} }, position) => {
      const why = this.reasons.get(position) ?? (this.states.has(position) ? undefined : this.whyStillWaiting(position));
      return why === undefined ? [] : [{ name, ...(namespace === undefined ? {} : { namespace }), why }];
    });
  }

  private complete(position: number): void {
    this.states.set(position, 'complete');
    this.order.complete(position);
  }

  private fail(position: number, deed: string): void {
    if (!this.isSchedule(position)) this.states.set(position, 'ended');
    for (const follower of this.order.fail(position)) this.reasons.set(follower, `${this.nameOf(position)} ${deed}`);
  }

  /** Why a Job has not begun when the simulation ends: somebody before it has not ended. */
  private whyStillWaiting(position: number): string {
    let held: number | undefined = position;
    while (held !== undefined && !this.states.has(held)) held = this.before[held]?.find((earlier) => this.states.get(earlier) !== 'complete');
    if (held === undefined) return 'it waits for its turn';
    return `${this.nameOf(held)} is ${this.states.get(held) === 'suspended' ? 'suspended' : 'still running'}`;
  }

  private isSchedule(position: number): boolean {
    return isCronJob(this.manifests[position] ?? {});
  }

  private nameOf(position: number): string {
    return this.manifests[position]?.metadata?.name ?? '';
  }
}

function conditionOf({ conditions }: JobStatus): string | undefined {
  return conditions?.find(({ type, status }) => status === 'True' && (type === 'Complete' || type === 'Failed' || type === 'Suspended'))?.type;
}
