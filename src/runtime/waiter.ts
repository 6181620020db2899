import { LogFollower } from './log-follow';
import type { WaitOptions } from './run-options';
import { systemTimers, type Timers } from './timers';
import { given } from '../core/given';
import type { ClusterError, ClusterPort, KubernetesObject } from '../port/cluster-port';
import { timedOut } from '../verdict/exit-status';
import type { JobVerdict } from '../verdict/job-verdict';
import { type Judging, type JudgingOptions, startJudging } from '../verdict/judge';
import type { Observation } from '../verdict/observation';

/** How long output of pods may still come after the verdict, in milliseconds. */
const logGrace = 10_000;
/** How long to wait for the output of Jobs that have not ended, in milliseconds. */
const goingOnGrace = 300;
/** How many seconds beyond the pods' own grace period a decided Job may take to end them: a dead node would hold it forever. */
const endingGrace = 15;
/** Seconds in which the pods and Events of a Job that is over already must be listed. */
const listGrace = 5;
/** Seconds in which the cause of a failure may follow it: pods come on a stream of their own. */
const causeGrace = 1;
/** Seconds in which a new Job of the same name must be seen for the old one to count as replaced. */
const successorGrace = 0.25;

const listedKinds = ['pods', 'events'] as const;
const nothingToCancel = (): void => undefined;

/** What reads the output of a Job's pods. */
type OutputReader = Pick<LogFollower, 'observe' | 'finish' | 'close'>;

/** Waits for one Job: gives what is observed to its judge and knows when there is nothing more to wait for. */
export class Waiter {
  /** Resolves when the wait for this Job is over. Never rejects. */
  public readonly ended: Promise<void>;
  /** Whether the signal was aborted before the Job's end. */
  public isInterrupted = false;
  /** What comes before the hint of the last verdict, if anything. */
  public foreword = '';

  private readonly judging: Judging;
  private readonly timers: Timers;
  private end: () => void = () => undefined;
  private final: JobVerdict | undefined;
  private cancelAlarm: () => void = nothingToCancel;
  private isScheduled = false;
  private unlisted: ReadonlyArray<'pods' | 'events'> = listedKinds;
  private overSince: number | undefined;
  private latest: KubernetesObject | undefined;
  private said = '';
  private isUnreadTold = false;

  public constructor(
    private readonly port: ClusterPort, private readonly name: string, subject: JudgingOptions, private readonly options: WaitOptions,
    private readonly clock: () => number, private follower?: OutputReader,
  ) {
    const { grace, timers = systemTimers } = options;
    this.timers = timers;
    this.judging = startJudging({ ...subject, ...given({ grace }) });
    this.ended = new Promise((resolve) => { this.end = resolve; });
  }

  public get isDone(): boolean {
    return this.final !== undefined;
  }

  /** The final verdict, or what can be said so far. */
  public get verdict(): JobVerdict {
    return this.final ?? this.judging.verdict();
  }

  /** The Job's UID, once it was seen. */
  public get uid(): string | undefined {
    return this.verdict.uid ?? undefined;
  }

  public observe(observation: Observation): void {
    if (this.isDone) return;
    this.options.record?.write(observation);
    this.judging.observe(observation);
    const { watch, type, object } = observation;
    if (watch === 'pods' && type !== undefined && object !== undefined) this.followed()?.observe(type, object as KubernetesObject);
    if (watch === 'jobs' && object !== undefined) this.latest = object as KubernetesObject;
    this.schedule();
  }

  /** Takes in output that was read: it can change the hint, and nothing else. */
  public readOutput(observation: Observation): void {
    this.judging.observe(observation);
    if (this.final !== undefined) this.final = { ...this.final, hint: this.withForeword(this.judging.verdict().hint) };
  }

  /** Takes note that there is no such Job. */
  public absent(): void {
    if (this.uid === undefined) this.finish({ ...this.judging.verdict(), ...noSuchJob(this.name) });
  }

  /** Takes note that all existing objects of a kind have been seen. */
  public listed(kind: 'pods' | 'events'): void {
    this.unlisted = this.unlisted.filter((each) => each !== kind);
    this.schedule();
  }

  /** Ends the wait because the caller interrupted it. */
  public interrupt(): void {
    if (this.isDone) return;
    this.isInterrupted = true;
    // Output that is still buffered would come after the last word.
    this.follower?.close();
    this.finish(this.judging.verdict());
  }

  /** Ends the wait because time is up. */
  public timeOut(seconds: number): void {
    if (!this.isDone) this.finish(timedOut(this.judging.verdict(), seconds));
  }

  /** Reads what is left of the output; after an interruption there is no time for it. */
  public async finishLogs(): Promise<void> {
    const { over, verdict } = this.verdict;
    // Containers that go on, of a Job that does too or was orphaned, are not waited for.
    const isEnding = over && verdict !== 'Deleted';
    await this.follower?.finish(this.isInterrupted ? 0 : isEnding ? logGrace : goingOnGrace);
  }

  /** What reads the output of the Job's pods, if that is wanted. Made when there is a pod: of thousands of Jobs, few may have one yet. */
  private followed(): OutputReader | undefined {
    const { port, name, timers, options } = this;
    const { onLog, onLogChunk } = options;
    if (onLog === undefined && onLogChunk === undefined) return this.follower;
    return this.follower ??= new LogFollower(port, name, {
      ...given({ onLine: onLog, onChunk: onLogChunk }), timers, onTrouble: (error) => this.sayUnread(error), ...backoffOf(options),
    });
  }

  /** Judges what has arrived together at once: streams are not ordered among each other. */
  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      if (!this.isDone) this.consider();
    });
  }

  private consider(): void {
    const now = this.clock();
    const verdict = this.judging.verdict();
    this.tell(verdict, now);
    const stuck = this.options.failFast === false ? undefined : this.judging.failFast(now);
    if (stuck !== undefined) return this.finish(stuck);
    const end = this.endOf(verdict, now);
    if (end !== undefined && now >= end) return this.finish(verdict);
    const wakeAt = end ?? (this.options.failFast === false ? undefined : this.judging.wakeAt);
    this.cancelAlarm();
    if (wakeAt !== undefined) this.cancelAlarm = this.timers.after(Math.max(1, Math.ceil((wakeAt - now) * 1000)), () => this.consider());
  }

  /** When there is nothing more to wait for; undefined while that is not known. */
  private endOf({ verdict, over, gone, settled, settledAt, decidedAt, diagnosis }: JobVerdict, now: number): number | undefined {
    if (verdict === 'Suspended' && this.options.onSuspended === 'return') return 0;
    // The cause may have been known for minutes before it settled anything.
    const since = settledAt ?? decidedAt;
    // A Job that was deleted may have been replaced: its successor follows closely.
    if (verdict === 'Deleted' && over) return gone === 'deleted' ? (since ?? 0) + successorGrace : 0;
    // There is no Job, so there are no pods whose list may be on its way.
    if (verdict === 'Refused') return 0;
    if (over) {
      this.overSince ??= now;
      // A Job that ended before anybody looked: its pods tell why, and they are on their way.
      if (this.unlisted.length > 0) return this.overSince + listGrace;
      return verdict === 'Failed' && diagnosis === 'Unknown' ? this.overSince + causeGrace : 0;
    }
    // A Job that is decided but not over waits for its pods; with a dead node that may take forever.
    return (settled || verdict === 'Deleted') && since !== null ? since + this.patience : undefined;
  }

  private get patience(): number {
    const spec = this.latest?.spec as { template?: { spec?: { terminationGracePeriodSeconds?: number } } } | undefined;
    return (spec?.template?.spec?.terminationGracePeriodSeconds ?? 30) + endingGrace;
  }

  private tell(verdict: JobVerdict, now: number): void {
    const { counts, diagnosis, message } = verdict;
    const { nextAttempt } = this.judging;
    const words = JSON.stringify([verdict.verdict, diagnosis, message, counts, nextAttempt]);
    if (words === this.said) return;
    this.said = words;
    // One that is due begins at any moment.
    const isAhead = nextAttempt !== undefined && nextAttempt.at > now;
    const next = isAhead ? { nextAttempt: { inSeconds: nextAttempt.at - now, index: nextAttempt.index } } : {};
    this.options.onProgress?.({ type: 'changed', verdict, ...next });
  }

  /** Reports once that output may not be read; what heals by itself is not reported. */
  private sayUnread(error: ClusterError): void {
    if (error.code !== 'FORBIDDEN' || this.isUnreadTold) return;
    this.isUnreadTold = true;
    this.options.onProgress?.({ type: 'unwatched', resource: 'the output of its pods', error });
  }

  private withForeword(hint: string): string {
    return [this.foreword, hint].filter(Boolean).join(' ');
  }

  private finish(verdict: JobVerdict): void {
    this.cancelAlarm();
    this.final = { ...verdict, hint: this.withForeword(verdict.hint) };
    this.options.onProgress?.({ type: 'ended', verdict: this.final });
    this.end();
  }
}

function noSuchJob(name: string): Partial<JobVerdict> {
  return {
    verdict: 'Deleted',
    diagnosis: 'Deleted',
    name,
    settled: true,
    over: true,
    message: `there is no Job ${name}`,
    hint: 'It was never there, or is gone already; its name may be misspelled, or its namespace.',
  };
}

function backoffOf({ backoff }: WaitOptions): Pick<WaitOptions, 'backoff'> {
  return given({ backoff });
}
