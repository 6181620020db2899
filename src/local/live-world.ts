import type { AlarmClock } from './clock';
import { WorldHistory } from './world-history';
import type { Instant } from '../core/time';
import { WaitingLine } from '../core/waiting-line';
import { Engine, step } from '../engine/step';
import type { Answer, EngineAction, Event, World } from '../engine/world';
import type { KubernetesObject, ObjectReference } from '../port/cluster-port';

/** What a live world is made of. */
interface LiveWorldParts {
  readonly world: World;
  readonly clock: AlarmClock;
  /** Does what the engine has decided. */
  readonly perform: (action: EngineAction) => void;
  /** Whether earlier states are kept for a while: clients of an API server ask for what was. */
  readonly hasHistory: boolean;
}

/** The engine in real time: takes one event after another, has the actions of each performed in order, and wakes when something is due. */
export class LiveWorld {
  private readonly engine: Engine;
  private cancelAlarm: () => void = () => undefined;
  private hasClosed = false;
  private isPerforming = false;
  /**
   * What was reported while the actions of a step were being performed: changes must be published in the order of their versions.
   */
  private readonly reports = new WaitingLine<Event>();
  private readonly history = new WorldHistory();

  public constructor(private readonly parts: LiveWorldParts) {
    this.engine = new Engine(parts.world);
  }

  /** The world as it is now. */
  public get world(): World {
    return this.engine.world;
  }

  /** An object as it is now, or undefined; unlike `world` this costs nothing. */
  public find(reference: ObjectReference): KubernetesObject | undefined {
    return this.engine.find(reference);
  }

  /** Whether `close` was called. */
  public get isClosed(): boolean {
    return this.hasClosed;
  }

  /** The world as it was at a version; undefined when that is no longer kept. */
  public at(version: number): World | undefined {
    return this.history.at(version, this.parts.clock.now());
  }

  /** What the engine would answer, without doing it. */
  public tryOut(event: Event): Answer | undefined {
    return step(this.world, event, this.parts.clock.now()).answer;
  }

  /** Takes an event, and what is reported meanwhile; after `close`, nothing. */
  public dispatch(event: Event): Answer | undefined {
    const answer = this.take(event);
    // One after another: thousands of pods of one Job may fail to start in one step.
    for (let next = this.reports.take(); next !== undefined; next = this.reports.take()) this.take(next);
    return answer;
  }

  private take(event: Event): Answer | undefined {
    if (this.hasClosed) return undefined;
    const { clock, perform, hasHistory } = this.parts;
    const { actions, wakeAt, answer } = this.engine.step(event, clock.now());
    if (hasHistory) this.history.add(this.world, clock.now());
    this.wakeAt(wakeAt);
    this.isPerforming = true;
    for (const action of actions) perform(action);
    this.isPerforming = false;
    return answer;
  }

  /** Takes an event that an action may have caused: it waits for the other actions of its step. */
  public report(event: Event): void {
    if (this.isPerforming) this.reports.add(event);
    else this.dispatch(event);
  }

  /** From now on nothing happens. */
  public close(): void {
    this.hasClosed = true;
    this.cancelAlarm();
  }

  private wakeAt(instant: Instant | undefined): void {
    this.cancelAlarm();
    this.cancelAlarm = instant === undefined ? () => undefined : this.parts.clock.alarm(instant, () => this.dispatch({ event: 'tick' }));
  }
}
