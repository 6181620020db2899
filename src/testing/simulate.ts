import { requireSimulation } from './check-simulation';
import type { PodScript } from './pod-script';
import { ScriptedContainers } from './scripted-containers';
import { type Action, eventsOf } from './simulated-actions';
import { refusalOf, refusalsOf } from './simulated-admission';
import { SimulatedJobs } from './simulated-jobs';
import { SimulatedOrder } from './simulated-order';
import { fillInSimulated } from './simulated-outputs';
import type { Trace } from './trace';
import { TraceRecorder } from './trace-recorder';
import { isCronJob, isJob, kindMeantBy } from '../api/kinds';
import { InternalError, UsageError } from '../core/errors';
import type { Finding } from '../core/finding';
import { given } from '../core/given';
import { asObject } from '../core/json';
import type { Instant } from '../core/time';
import { faultsOfChange } from '../engine/invariants';
import { settingsOfQueues } from '../engine/queue/settings';
import { Engine } from '../engine/step';
import { type Answer, type ChangedAction, type EngineAction, type Event, createWorld, isChangeOf } from '../engine/world';
import { refusalOfJob } from '../local/admission';
import type { KubernetesObject } from '../port/cluster-port';
import { orderOf } from '../rules/order';
import { type ServerOptions, serverOf, serverOptions, type ValidateOptions } from '../rules/rule/versions';

/** How a simulation runs. */
export interface SimulateOptions extends Pick<ValidateOptions, 'featureGates' | 'kubernetesVersion'> {
  /** Virtual seconds. Default: until nothing more can happen; for a CronJob, which never comes to rest, an hour. */
  readonly until?: number;
  /** What clients do meanwhile. */
  readonly actions?: readonly Action[];
  /** The time at which it begins. Default 2026-01-01T00:00:00Z. */
  readonly startAt?: Date;
  /** The seed of names and uids. Default 1. */
  readonly seed?: number;
  /**
   * How many pods and Jobs that are gone, statuses and events a trace keeps: the newest, for long simulations of a CronJob. Default: all.
   */
  readonly keepLast?: number;
  /** How many of several Jobs may be at work at once; the others wait for their turn. Default: all. */
  readonly maxParallel?: number;
  /**
   * Queues as Kueue has them, with what their Jobs may ask for together: `{ team: { cpu: '4', memory: '8Gi' } }`. Jobs that name one
   * wait for room, those of higher priority first. Default: none.
   */
  readonly queues?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The value of each WorkloadPriorityClass, with `queues`. Default: there are none. */
  readonly queuePriorities?: Readonly<Record<string, number>>;
}

const defaultStart = Date.UTC(2026, 0, 1);
const cronJobSeconds = 3600;

/** More steps than any finite story needs. */
const mostSteps = 10_000_000;

/**
 * Runs a Job or a CronJob under a virtual clock, with pods that do what a script says, and returns everything that happened.
 *
 * Several of a list run on one clock, each once those that its annotation `cdk8s-jobs/after` names are Complete; other kinds are left out.
 * What waits for a Job that is not in the list does not wait.
 *
 * The manifests are validated first: what the API server would refuse comes back as findings, and nothing runs. Of several, the path of a
 * finding begins with the place of its manifest: `[1].spec.parallelism`.
 *
 * @throws {UsageError} with everything that is wrong with the script and the options, and for a list without a Job.
 * @throws {InternalError} if the simulation does not end: a fault of this package.
 */
export function simulate(manifests: object | readonly object[], script: PodScript = {}, options: SimulateOptions = {}): Trace {
  const list = Array.isArray(manifests) ? manifests.filter((manifest) => kindMeantBy(asObject(manifest)) !== undefined) : [manifests];
  if (list.length === 0) throw new UsageError('Cannot simulate this list: there is neither a Job nor a CronJob in it');
  requireSimulation(list, script, options);
  const simulation = new Simulation(list as readonly KubernetesObject[], script, options);
  const isOne = list.length === 1;
  return simulation.run(refusalsOf(list, options).map(({ position, finding }) => isOne ? finding : { ...finding, field: `[${position}].${finding.field}` }));
}

class Simulation {
  private readonly engine: Engine;
  private wakeAt: Instant | undefined;
  private now: Instant;
  private readonly begin: Instant;
  private readonly end: Instant;
  private readonly containers: ScriptedContainers;
  private readonly recorder: TraceRecorder;
  private readonly actions: Action[];
  private readonly pods: Array<{ readonly name: string; readonly jobUid: string }> = [];
  private readonly jobs = new SimulatedJobs();
  private readonly seed: number;
  private readonly server: ServerOptions;
  private readonly order: SimulatedOrder;
  /** The place of the manifest that is being created. */
  private creating: number | undefined;

  public constructor(private readonly manifests: readonly KubernetesObject[], script: PodScript, options: SimulateOptions) {
    this.seed = options.seed ?? 1;
    this.begin = options.startAt?.getTime() ?? defaultStart;
    this.now = this.begin;
    const hasSchedule = manifests.some((manifest) => isCronJob(asObject(manifest)));
    const until = options.until ?? (hasSchedule ? cronJobSeconds : Number.POSITIVE_INFINITY);
    this.end = this.begin + until * 1000;
    this.server = serverOptions(options);
    this.engine = new Engine(createWorld({
      seed: this.seed,
      scheduling: 'by-event',
      podEvents: false,
      server: serverOf(this.server),
      refuse: (object) => refusalOfJob(object, this.server),
      queues: settingsOfQueues(options),
    }));
    this.containers = new ScriptedContainers(script, this.jobs);
    this.recorder = new TraceRecorder(this.begin, options.keepLast ?? Number.POSITIVE_INFINITY);
    this.order = new SimulatedOrder(manifests, orderOf(manifests, 'default').before, options.maxParallel);
    this.actions = [...options.actions ?? []].sort((one, other) => one.at - other.at);
  }

  public run(findings: readonly Finding[]): Trace {
    const { recorder, seed, order, manifests } = this;
    // JavaScript may pass anything; the findings say what is wrong with it.
    const { kind } = asObject(manifests[0]);
    if (findings.length > 0) return recorder.trace({ kind, seed, findings, notStarted: [], isOneManifest: true });
    this.createDue();
    let steps = 0;
    while (this.advance()) {
      steps += 1;
      if (steps >= mostSteps) throw new InternalError(`The simulation with seed ${seed} does not come to an end`);
      this.createDue();
    }
    return recorder.trace({ kind, seed, findings, notStarted: order.notStarted(), isOneManifest: manifests.length === 1 });
  }

  /** Creates the Jobs that wait for nothing any more. */
  private createDue(): void {
    for (let due = this.order.take(); due.length > 0; due = this.order.take()) for (const position of due) this.create(position);
  }

  private create(position: number): void {
    const manifest = this.manifests[position];
    if (manifest === undefined) return;
    const filled = fillInSimulated(manifest, this.manifests, this.engine.world);
    if ('problem' in filled) return this.order.refused(position, filled.problem, 'was not started');
    const { object } = filled;
    this.creating = position;
    const answer = this.step({ event: 'create', object });
    this.creating = undefined;
    const { code = 201, message = '' } = answer ?? {};
    if (code >= 400) this.order.refused(position, message);
  }

  /** Does what comes next; at the same time, clients go before controllers, and controllers before containers. */
  private advance(): boolean {
    const [action] = this.actions;
    const actionAt = action === undefined ? undefined : this.begin + action.at * 1000;
    const next = Math.min(actionAt ?? Infinity, this.wakeAt ?? Infinity, this.containers.nextAt ?? Infinity);
    if (next === Infinity || next > this.end) return false;
    this.now = Math.max(this.now, next);
    if (action !== undefined && actionAt === next) {
      this.actions.shift();
      this.act(action);
    } else if (this.wakeAt === next) {
      this.step({ event: 'tick' });
    } else {
      for (const event of this.containers.take()) this.step(event);
    }
    return true;
  }

  private act(action: Action): void {
    const { name, job: word } = action;
    const named = name === undefined ? undefined : this.manifests.find(({ metadata }) => metadata?.name === name);
    const manifest = named ?? this.manifests[0];
    if (manifest === undefined) return;
    const job = word === undefined ? undefined : this.jobs.find(word, manifest.metadata?.name ?? '');
    const podNames = this.pods.filter(({ jobUid }) => job === undefined || jobUid === job.uid).map((pod) => pod.name);
    const scene = { world: this.engine.world, manifest, begin: this.begin, podNames, ...given({ job }) };
    const events = word !== undefined && job === undefined ? [] : eventsOf(action, scene, this.now);
    for (const event of events) {
      const findings = refusalOf(event, this.engine.world, this.server);
      if (findings.length === 0) this.step(event, action.op);
      else this.recorder.noteAnswer({ op: action.op, code: 422, findings }, this.now);
    }
    if (events.length === 0) this.recorder.noteAnswer({ op: action.op, code: 404 }, this.now);
    if (action.op === 'patchPodStatus' && events.length > 0) this.recorder.noteAnswer({ op: action.op, code: 200 }, this.now);
  }

  private step(event: Event, op?: string): Answer | undefined {
    if (event.event === 'container-started') this.recorder.noteStart(event, this.now);
    const { actions, wakeAt, answer } = this.engine.step(event, this.now);
    this.wakeAt = wakeAt;
    if (op !== undefined && answer !== undefined) {
      const { code, message } = answer;
      this.recorder.noteAnswer({ op, code, ...given({ message }) }, this.now);
    }
    const next: Event[] = [];
    for (const action of actions) {
      this.note(action);
      const following = this.containers.follow(action, this.now);
      if (following.length > 0) next.push(...following);
    }
    for (const following of next) this.step(following);
    return answer;
  }

  /** Checks every change against the invariants of the engine. */
  private check(change: ChangedAction): void {
    if (change.type === 'DELETED') return;
    const faults = faultsOfChange(change);
    if (faults.length > 0) throw new InternalError(`In the simulation with seed ${this.seed}, ${change.object.metadata?.name ?? ''}: ${faults.join('; ')}`);
  }

  private followOrder(change: ChangedAction): void {
    if (this.creating !== undefined && change.type === 'ADDED' && kindMeantBy(change.resource) !== undefined) {
      this.order.created(this.creating, change.object.metadata?.uid ?? '');
      this.creating = undefined;
    }
    if (isJob(change.resource)) this.order.note(change);
  }

  /** Keeps what actions and scripts may mean. */
  private noteObject(change: ChangedAction): void {
    if (change.type === 'MODIFIED') return;
    const { name = '', uid = '', ownerReferences } = change.object.metadata ?? {};
    if (change.type === 'DELETED') this.jobs.forget(uid);
    else if (isChangeOf(change, 'Job')) this.jobs.note(change.object);
    else if (isChangeOf(change, 'Pod') && this.actions.length > 0) this.pods.push({ name, jobUid: ownerReferences?.[0]?.uid ?? '' });
  }

  private note(action: EngineAction): void {
    if (action.action === 'changed') {
      this.check(action);
      this.recorder.note(action, this.now);
      this.followOrder(action);
      this.noteObject(action);
    }
  }
}
