import { type QueueOptions, settingsOfQueues } from '../../src/engine/queue/settings';
import { step } from '../../src/engine/step';
import { createWorld, type Event, listObjects, type World } from '../../src/engine/world';
import type { KubernetesObject } from '../../src/port/cluster-port';
import { events, jobs, workloads } from '../../src/port/resources';

/** A Job of a queue whose pods run for some seconds and succeed. */
export interface QueuedJob {
  readonly name: string;
  /** @default 'team' */
  readonly queue?: string;
  /** What each pod asks for. @default 1 */
  readonly cpu?: number | string;
  /** @default 1 */
  readonly parallelism?: number;
  /** @default parallelism */
  readonly completions?: number;
  readonly minParallelism?: number;
  readonly priority?: string;
  /** How long each pod runs. @default 10 */
  readonly seconds?: number;
  readonly resources?: object;
}

/** A Job of the world. */
interface PlayedJob extends KubernetesObject {
  readonly spec: { readonly suspend?: boolean; readonly parallelism: number };
  readonly status: Readonly<Record<string, unknown>>;
}

/** An Event of the world. */
interface PlayedEvent extends KubernetesObject {
  readonly involvedObject: { readonly name: string };
  readonly reason: string;
  readonly message: string;
}

/** The Job as a manifest. */
export function manifestOf(job: QueuedJob): KubernetesObject {
  const { name, queue = 'team', cpu = 1, parallelism = 1, completions = parallelism, minParallelism, priority, resources } = job;
  const labels = { 'kueue.x-k8s.io/queue-name': queue, ...(priority === undefined ? {} : { 'kueue.x-k8s.io/priority-class': priority }) };
  const annotations = minParallelism === undefined ? {} : { 'kueue.x-k8s.io/job-min-parallelism': String(minParallelism) };
  const container = { name: 'main', image: 'x', resources: resources ?? { requests: { cpu: String(cpu) } } };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace: 'default', labels, annotations },
    spec: { parallelism, completions, template: { spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 1, containers: [container] } } },
  };
}

/** A world with queues under a clock of its own, whose containers run as long as their Job says. */
export class QueuePlay {
  public now = 0;
  public world: World;
  /** The first time at which each Job ran, in the order of their admission. */
  public readonly admissions: string[] = [];
  private readonly due: Array<{ readonly at: number; readonly event: Event }> = [];
  private readonly seconds = new Map<string, number>();
  private wakeAt: number | undefined;
  /** Called after every step. */
  public onStep: () => void = () => undefined;

  public constructor(options: QueueOptions) {
    this.world = createWorld({ queues: settingsOfQueues(options), batchMs: 10 });
  }

  public create(job: QueuedJob): void {
    this.seconds.set(job.name, job.seconds ?? 10);
    this.do({ event: 'create', object: manifestOf(job) });
  }

  /** Changes an object as a client would. */
  public change(object: KubernetesObject, spec: object): void {
    const { resourceVersion: _, ...metadata } = object.metadata ?? {};
    this.do({ event: 'update', object: { ...object, metadata, spec: { ...object.spec as object, ...spec } } });
  }

  /** Lets time pass, to its end or to a moment in seconds. */
  public until(seconds = Infinity): void {
    for (;;) {
      const next = Math.min(this.wakeAt ?? Infinity, ...this.due.map(({ at }) => at));
      if (next === Infinity || next > seconds * 1000) break;
      this.now = Math.max(this.now, next);
      const first = this.due.findIndex(({ at }) => at <= this.now);
      const [ended] = first < 0 ? [] : this.due.splice(first, 1);
      this.do(ended?.event ?? { event: 'tick' });
    }
    if (seconds !== Infinity) this.now = Math.max(this.now, seconds * 1000);
  }

  public job(name: string): PlayedJob {
    return this.jobs().find(({ metadata }) => metadata?.name === name) as PlayedJob;
  }

  public jobs(): readonly PlayedJob[] {
    return listObjects(this.world, jobs) as readonly PlayedJob[];
  }

  public workload(name: string): KubernetesObject | undefined {
    return listObjects(this.world, workloads[0]!).find(({ metadata }) => metadata?.ownerReferences?.[0]?.name === name);
  }

  /** What Kueue says of a Job: `QuotaReserved=False Pending: …`. */
  public words(name: string): string {
    const { conditions = [] } = (this.workload(name)?.status ?? {}) as { conditions?: ReadonlyArray<Record<string, string>> };
    return conditions.map(({ type, status, reason, message }) => `${type}=${status} ${reason}: ${message}`).join('\n');
  }

  /** The Events of Kueue about a Job. */
  public said(name: string): readonly string[] {
    const all = listObjects(this.world, events) as readonly PlayedEvent[];
    return all.filter(({ involvedObject, reason }) => involvedObject.name === name && ['CreatedWorkload', 'Started', 'Stopped'].includes(reason))
      .map(({ reason, message }) => `${reason}: ${message}`);
  }

  private do(event: Event): void {
    const { world, actions, wakeAt } = step(this.world, event, this.now);
    this.world = world;
    this.wakeAt = wakeAt;
    this.onStep();
    for (const action of actions) {
      if (action.action === 'changed' && action.resource.plural === 'jobs') this.noteAdmission(action.object);
      if (action.action === 'signal-container') {
        const { podUid, container } = action;
        this.due.push({ at: this.now, event: { event: 'container-exited', podUid, container, exitCode: 143, signal: 15 } });
      }
      if (action.action !== 'start-container') continue;
      const { pod, container: { name: container } } = action;
      const podUid = pod.metadata?.uid ?? '';
      this.due.push({ at: this.now, event: { event: 'container-started', podUid, container } });
      const seconds = this.seconds.get(pod.metadata?.labels?.['batch.kubernetes.io/job-name'] ?? '') ?? 1;
      this.due.push({ at: this.now + seconds * 1000, event: { event: 'container-exited', podUid, container, exitCode: 0 } });
    }
  }

  private noteAdmission({ metadata, spec }: KubernetesObject): void {
    const name = metadata?.name ?? '';
    if ((spec as { suspend?: boolean }).suspend === false && !this.admissions.includes(name)) this.admissions.push(name);
  }
}
