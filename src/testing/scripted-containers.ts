import { type ContainerRun, type JobScript, type PodRun, type PodScript, runFor } from './pod-script';
import type { Container, Job } from '../api/kubernetes';
import { completionIndexAnnotation } from '../api/labels';
import type { Pod } from '../api/pod-manifest';
import { given } from '../core/given';
import type { Instant } from '../core/time';
import { isOfKind } from '../engine/objects';
import type { EngineAction, Event } from '../engine/world';

/** Events planned for a time. */
interface Plan {
  readonly at: Instant;
  readonly order: number;
  readonly podUid: string;
  readonly container: string;
  readonly events: readonly Event[];
}

/**
 * The containers of a simulation: they follow a script instead of running anything.
 *
 * Unlike on a real node, only what the script mentions takes time: scheduling, pulling and starting are immediate.
 */
export class ScriptedContainers {
  private readonly runs = new Map<string, PodRun>();
  private readonly attempts = new Map<string, number>();
  /** How many pods were created for each script. */
  private readonly created = new Map<JobScript, number>();
  /** The CronJobs that made Jobs, by the uids of these. */
  private readonly makers = new Map<string, string>();
  private plans: Plan[] = [];
  private planned = 0;

  public constructor(private readonly script: PodScript) {}

  /** When the next container does something, or undefined. */
  public get nextAt(): Instant | undefined {
    return this.plans[0]?.at;
  }

  /** Takes what happens next; there must be something. */
  public take(): readonly Event[] {
    return this.plans.shift()?.events ?? [];
  }

  /** Follows an action of the engine; returns what happens at once. */
  public follow(action: EngineAction, now: Instant): readonly Event[] {
    if (action.action === 'start-container') return this.start(action.pod, action.container, action.attempt, now);
    if (action.action === 'signal-container') return this.stop(action.podUid, action.container, action.signal, now);
    const { object: pod } = action;
    if (action.type === 'ADDED' && isOfKind(pod, 'Job')) this.noteMaker(pod);
    if (!isOfKind(pod, 'Pod')) return [];
    if (action.type === 'DELETED') this.forget(uidOf(pod));
    return action.type === 'ADDED' ? this.place(pod) : [];
  }

  private noteMaker({ metadata }: Job): void {
    const maker = metadata?.ownerReferences?.find(({ kind }) => kind === 'CronJob')?.name;
    if (maker !== undefined) this.makers.set(metadata?.uid ?? '', maker);
  }

  private place(pod: Pod): readonly Event[] {
    const index = indexOf(pod);
    const script = this.scriptOf(pod);
    const owner = `${pod.metadata?.ownerReferences?.[0]?.uid ?? ''} ${String(index)}`;
    const attempt = this.attempts.get(owner) ?? 0;
    const order = this.created.get(script) ?? 0;
    const run = runFor(script, order, index, attempt);
    this.attempts.set(owner, attempt + 1);
    this.created.set(script, order + 1);
    this.runs.set(uidOf(pod), run);
    return run.neverStart === true ? [] : [{ event: 'pod-scheduled', podUid: uidOf(pod) }];
  }

  private scriptOf({ metadata }: Pod): JobScript {
    const { name = '', uid = '' } = metadata?.ownerReferences?.[0] ?? {};
    const { byJob = {} } = this.script;
    const key = [name, this.makers.get(uid) ?? ''].find((word) => Object.hasOwn(byJob, word));
    return (key === undefined ? undefined : byJob[key]) ?? this.script;
  }

  private start(pod: Pod, container: Container, attempt: number, now: Instant): readonly Event[] {
    const podUid = uidOf(pod);
    const run = this.runs.get(podUid) ?? {};
    if (run.pending === true) return [];
    const next = nextRun(run, pod, container, attempt);
    const exited: Event = { event: 'container-exited', podUid, container: container.name, exitCode: next?.exit ?? 0, ...given({ message: isMain(pod, container) ? run.message : undefined }) };
    const started: Event = { event: 'container-started', podUid, container: container.name, ready: run.ready !== false };
    if (next === undefined) return [started];
    if (next.after === 0) return [started, ...this.ending(run, pod, container), exited];
    this.plan(podUid, container.name, now + next.after * 1000, [...this.ending(run, pod, container), exited]);
    return [started];
  }

  /** What happens to the pod when one of its containers ends by itself. */
  private ending({ condition, phase, podReason }: PodRun, pod: Pod, container: Container): readonly Event[] {
    if (!isMain(pod, container) || (condition === undefined && phase === undefined)) return [];
    return [{
      event: 'pod-patch',
      podUid: uidOf(pod),
      ...given({ phase, reason: podReason }),
      ...(condition === undefined ? {} : { conditions: [{ status: 'True', ...condition }] }),
    }];
  }

  private stop(podUid: string, container: string, signal: 'SIGTERM' | 'SIGKILL', now: Instant): readonly Event[] {
    const { after = 1, exit = 143, never = false } = this.runs.get(podUid)?.onDelete ?? {};
    if (signal === 'SIGKILL') return never ? [{ event: 'container-exited', podUid, container, exitCode: 137, signal: 9 }] : [];
    this.plans = this.plans.filter((plan) => plan.podUid !== podUid || plan.container !== container);
    if (never) return [];
    const exited: Event = { event: 'container-exited', podUid, container, exitCode: exit };
    if (after === 0) return [exited];
    this.plan(podUid, container, now + after * 1000, [exited]);
    return [];
  }

  private plan(podUid: string, container: string, at: Instant, events: readonly Event[]): void {
    this.planned += 1;
    const plan: Plan = { at, order: this.planned, podUid, container, events };
    const place = this.plans.findIndex((other) => other.at > at);
    if (place < 0) this.plans.push(plan);
    else this.plans.splice(place, 0, plan);
  }

  private forget(podUid: string): void {
    this.plans = this.plans.filter((plan) => plan.podUid !== podUid);
    this.runs.delete(podUid);
  }
}

/** What a container does in its next run; undefined when it runs until it is stopped. */
function nextRun(run: PodRun, pod: Pod, container: Container, attempt: number): ContainerRun | undefined {
  const isInit = pod.spec?.initContainers?.some(({ name }) => name === container.name) ?? false;
  if (isInit && container.restartPolicy === 'Always') return undefined;
  if (isInit && run.initRuns !== undefined) return run.initRuns[attempt];
  if (isInit) return run.initExit === undefined ? { after: 0, exit: 0 } : { after: run.after ?? 0, exit: run.initExit };
  if (run.runs !== undefined) return run.runs[attempt];
  if (run.hang === true) return undefined;
  return { after: run.after ?? 0, exit: run.exits?.[container.name] ?? run.exit ?? 0 };
}

function isMain({ spec }: Pod, { name }: Container): boolean {
  return spec?.containers.some((container) => container.name === name) ?? false;
}

function uidOf({ metadata }: Pod): string {
  return metadata?.uid ?? '';
}

function indexOf({ metadata }: Pod): number | undefined {
  const index = metadata?.annotations?.[completionIndexAnnotation];
  return index === undefined ? undefined : Number(index);
}
