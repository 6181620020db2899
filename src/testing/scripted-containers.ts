import { stepsOfLostNode } from './lost-node';
import { podReason } from './pod-reasons';
import { type JobScript, type PodRun, type PodScript, runFor } from './pod-script';
import { endOfPod, exitEvent, failureOfPod, isMain, nextRun, placementOf } from './scripted-run';
import { closenessOf, type SimulatedJob, type SimulatedJobs } from './simulated-jobs';
import type { Container } from '../api/kubernetes';
import { completionIndexAnnotation } from '../api/labels';
import type { Pod } from '../api/pod-manifest';
import { ChangingMap } from '../core/changing-map';
import { given } from '../core/given';
import type { Instant } from '../core/time';
import { type EngineAction, type Event, isChangeOf } from '../engine/world';

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
  private readonly runs = new ChangingMap<string, PodRun>();
  /** How many pods were created for each index of a Job, by its uid. */
  private readonly attempts = new Map<string, Map<number | undefined, number>>();
  /** How many pods were created for each script: in all, and by Job and CronJob. */
  private readonly created = new Map<JobScript, Map<string, number>>();
  /** The containers of each pod that have ended. */
  private readonly ended = new ChangingMap<string, Set<string>>();
  /** The pods whose nodes are lost: nobody there hears of anything. */
  private readonly lost = new Set<string>();
  private plans: Plan[] = [];
  private planned = 0;

  public constructor(private readonly script: PodScript, private readonly jobs: SimulatedJobs) {}

  /** When the next container does something, or undefined. */
  public get nextAt(): Instant | undefined {
    return this.plans[0]?.at;
  }

  /** Takes what happens next; there must be something. */
  public take(): readonly Event[] {
    const plan = this.plans.shift();
    if (plan?.container === theNode) this.lost.add(plan.podUid);
    return this.noteEnds(plan?.events ?? []);
  }

  /** Follows an action of the engine; returns what happens at once. */
  public follow(action: EngineAction, now: Instant): readonly Event[] {
    if (action.action === 'start-container') return this.start(action.pod, action.container, action.attempt, now);
    if (action.action === 'signal-container') return this.stop(action.podUid, action.container, action.signal, now);
    if (action.type === 'MODIFIED') return nothing;
    if (action.type === 'DELETED' && isChangeOf(action, 'Job')) this.forgetJob(action.object.metadata.uid);
    if (!isChangeOf(action, 'Pod')) return nothing;
    if (action.type === 'ADDED') return this.place(action.object);
    this.forget(uidOf(action.object));
    return nothing;
  }

  private forgetJob(uid: string): void {
    this.attempts.delete(uid);
    for (const counts of this.created.values()) counts.delete(uid);
  }

  private place(pod: Pod): readonly Event[] {
    const jobUid = pod.metadata?.ownerReferences?.[0]?.uid ?? '';
    const job = this.jobs.of(jobUid);
    const script = this.scriptOf(job);
    const run = script.byIndex === undefined && script.byOrder === undefined
      ? runFor(script, { job, index: undefined, attempt: 0, order: () => 0 })
      : this.nextRunOf(script, jobUid, job, indexOf(pod));
    this.runs.set(uidOf(pod), run);
    return placementOf(uidOf(pod), run);
  }

  /** The run of a pod by its place among those of its index, its Job, its CronJob and all, in which it is counted. */
  private nextRunOf(script: JobScript, jobUid: string, job: SimulatedJob | undefined, index: number | undefined): PodRun {
    const attempts = this.attempts.get(jobUid) ?? new Map<number | undefined, number>();
    const attempt = attempts.get(index) ?? 0;
    const created = this.created.get(script) ?? new Map<string, number>();
    const run = runFor(script, { job, index, attempt, order: (series) => created.get(series) ?? 0 });
    this.attempts.set(jobUid, attempts.set(index, attempt + 1));
    for (const series of ['', jobUid, `cronjob ${job?.cronJob}`]) created.set(series, (created.get(series) ?? 0) + 1);
    this.created.set(script, created);
    return run;
  }

  /** The script of `byJob` that means a Job most closely, else the whole one. */
  private scriptOf(job: SimulatedJob | undefined): JobScript {
    const { byJob = {} } = this.script;
    const meant = job === undefined ? [] : Object.keys(byJob).map((word) => ({ word, closeness: closenessOf(word, job) }));
    const best = meant.reduce((most, one) => (one.closeness > most.closeness ? one : most), { word: '', closeness: 0 });
    return byJob[best.word] ?? this.script;
  }

  private start(pod: Pod, container: Container, attempt: number, now: Instant): readonly Event[] {
    const podUid = uidOf(pod);
    const { name } = container;
    const run = this.runs.get(podUid) ?? {};
    this.ended.get(podUid)?.delete(name);
    const place = isMain(pod, container) ? podReason(run.reason)?.place : undefined;
    const { reason = '', message } = run;
    if (place === 'wait') return [{ event: 'container-waiting', podUid, container: name, reason, ...given({ message }) }];
    if (run.pending === true) return [];
    const next = nextRun(run, pod, container, attempt);
    const started: Event[] = startsNot(next?.reason) ? [] : [{ event: 'container-started', podUid, container: name, ready: run.ready !== false }];
    if (next === undefined) return started;
    if (place === 'node lost') return [...started, ...this.loseNode(pod, run, now)];
    const end = place === 'pod end' ? this.endAll(pod, run) : [...(isMain(pod, container) ? endOfPod(podUid, run) : []), exitEvent(podUid, name, next)];
    if (next.after === 0) return [...started, ...this.noteEnds(end)];
    this.plan(podUid, name, now + next.after * 1000, end);
    return started;
  }

  /** Plans what becomes of a pod that loses its node, once for all of its containers. */
  private loseNode(pod: Pod, run: PodRun, now: Instant): readonly Event[] {
    const podUid = uidOf(pod);
    if (this.plans.some((plan) => plan.podUid === podUid)) return [];
    for (const { at, events } of stepsOfLostNode(pod, run)) this.plan(podUid, theNode, now + at * 1000, events);
    return [];
  }

  /** The node ends a pod with all its containers. */
  private endAll(pod: Pod, run: PodRun): readonly Event[] {
    const podUid = uidOf(pod);
    const { exit, signal } = run;
    const code = podReason(run.reason)?.exit;
    const ends = (pod.spec?.containers ?? []).map(({ name }) => exitEvent(podUid, name, given({ exit, signal }), code));
    return [failureOfPod(podUid, run), ...ends];
  }

  private stop(podUid: string, container: string, signal: 'SIGTERM' | 'SIGKILL', now: Instant): readonly Event[] {
    const { onDelete = {}, ignoresTerm = onDelete.never === true, message } = this.runs.get(podUid) ?? {};
    if (this.ended.get(podUid)?.has(container) === true || this.lost.has(podUid)) return [];
    // What is stopped before its node is lost has nothing to lose.
    const isOf = (plan: Plan): boolean => plan.podUid === podUid && (plan.container === container || plan.container === theNode);
    if (signal === 'SIGKILL') {
      if (!ignoresTerm) return [];
      this.plans = this.plans.filter((plan) => !isOf(plan));
      return [exitEvent(podUid, container, { signal })];
    }
    if (ignoresTerm) return [];
    this.plans = this.plans.filter((plan) => !isOf(plan));
    const { after = 1, exit, signal: by } = onDelete;
    const exited = exitEvent(podUid, container, given({ exit, signal: by, message }), stoppedCode);
    if (after === 0) return [exited];
    this.plan(podUid, container, now + after * 1000, [exited]);
    return [];
  }

  /** Remembers what ends now: the pod may be told to stop because of it. */
  private noteEnds(events: readonly Event[]): readonly Event[] {
    for (const event of events) {
      if (event.event === 'container-exited') this.ended.set(event.podUid, (this.ended.get(event.podUid) ?? new Set()).add(event.container));
    }
    return events;
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
    this.ended.delete(podUid);
    this.lost.delete(podUid);
  }
}

const nothing: readonly Event[] = [];

/** In place of a container: what happens to the node. */
const theNode = '';

/** The exit code of a container that ends on SIGTERM. */
const stoppedCode = 143;

/** Whether a container with this reason ends without having run. */
function startsNot(reason: string | undefined): boolean {
  return podReason(reason)?.place === 'failed start';
}

function uidOf({ metadata }: Pod): string {
  return metadata?.uid ?? '';
}

function indexOf({ metadata }: Pod): number | undefined {
  const index = metadata?.annotations?.[completionIndexAnnotation];
  return index === undefined ? undefined : Number(index);
}
