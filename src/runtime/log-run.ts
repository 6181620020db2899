import { Backoff, type BackoffOptions } from './backoff';
import { LineSplitter, LogChunk, type LogLine, type LogSource, splitTimestamp } from './log-line';
import { LogPosition } from './log-position';
import { Pause, systemTimers, type Timers } from './timers';
import { afterLines, countLines, lastLines } from '../core/byte-lines';
import { given } from '../core/given';
import { ClusterError, type ClusterPort, type LogOptions, type TimedOutput } from '../port/cluster-port';

/** How the output of containers is read. */
export interface LogReadOptions {
  /** Gets each line, once and in order; what it returns is waited for before the next line of the same run. */
  readonly onLine?: (line: LogLine) => void | Promise<void>;
  /** Gets the same in larger pieces, for whoever passes output on. */
  readonly onChunk?: (chunk: LogChunk) => void | Promise<void>;
  /** Called for errors that were survived, and for output that could not be read. */
  readonly onTrouble?: (error: ClusterError, source: LogSource) => void;
  /** Whether output is followed until the run has ended. Default true; false reads what there is. */
  readonly follow?: boolean;
  /** Only this many last lines of each run. */
  readonly tailLines?: number;
  /** Only what was written from this time on: RFC 3339. */
  readonly sinceTime?: string;
  readonly backoff?: BackoffOptions;
  readonly timers?: Timers;
}

/** What a pod's status says about a run. */
export interface RunState {
  /** Whether the container has ended. */
  readonly hasEnded: boolean;
  /** Whether another run has begun since. */
  readonly isPrevious: boolean;
  /** Whether it can no longer be read: the pod is gone, or two runs have begun since. */
  readonly isLost: boolean;
}

/** Milliseconds that a stream gets to end after its container has ended. */
const endGrace = 3000;
/** Attempts to read what is left of a run that has ended. */
const lastAttempts = 5;
const newline = 10;

/**
 * Reads the output of one run of a container to its end: no line twice, none left out.
 *
 * The end of a stream is not the end of the run: a rotated log, an idle proxy and a restarted API server end streams too. It is over when
 * the pod's status says that the container has ended, and what was left has been read after that.
 */
export class LogRun {
  private readonly timers: Timers;
  private readonly position = new LogPosition();
  private readonly backoff: Backoff;
  /** The last line, while it has no newline; as the kubelet sent it, or with its time beside it. */
  private held: Uint8Array | TimedOutput | undefined;
  private isFirst = true;
  /** Whether the pod's status has said something new since the last attempt to read began, and the pause that waits for that. */
  private hasNews = false;
  private readonly pause: Pause;
  private stream: AbortController | undefined;
  private heardAt = 0;
  private cancelEnd: () => void = () => undefined;

  public constructor(
    private readonly port: ClusterPort, public readonly source: LogSource, private readonly options: LogReadOptions,
    private state: RunState,
  ) {
    this.timers = options.timers ?? systemTimers;
    this.pause = new Pause(this.timers);
    this.backoff = new Backoff(this.timers, { first: 500, longest: 10_000, ...options.backoff });
  }

  /** Takes in what the pod's status now says about this run. */
  public update(state: RunState): void {
    const { hasEnded, isPrevious, isLost } = this.state;
    if (hasEnded === state.hasEnded && isPrevious === state.isPrevious && isLost === state.isLost) return;
    this.state = state;
    this.hasNews = true;
    this.pause.end();
    if (state.hasEnded || state.isLost) this.endSoon();
  }

  /** Reads until the run's end or the signal. Never rejects. */
  public async read(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted;) {
      const { hasEnded, isLost } = this.state;
      if (isLost && !this.isFirst) break;
      const isLast = hasEnded || isLost || this.options.follow === false;
      try {
        await this.readOnce(!isLast, signal);
        if (isLast) break;
        failures = 0;
      } catch (error) {
        failures += 1;
        if (!(error instanceof ClusterError)) throw error;
        this.options.onTrouble?.(error, this.source);
        if (error.code === 'NOT_FOUND' || error.code === 'FORBIDDEN' || (isLast && failures >= lastAttempts)) break;
      }
      // News of the container end the wait, which is not long.
      if (!this.hasNews && (this.state.hasEnded === hasEnded || failures > 0)) await this.pause.make(this.backoff.next(), signal);
    }
    if (this.held instanceof Uint8Array) await this.deliverLine(this.held);
    else if (this.held !== undefined) await this.deliver(this.held);
  }

  private async readOnce(follow: boolean, signal: AbortSignal): Promise<void> {
    const stream = new AbortController();
    const abort = (): void => stream.abort();
    signal.addEventListener('abort', abort, { once: true });
    this.stream = stream;
    this.heardAt = this.timers.now();
    this.hasNews = false;
    if (!this.isFirst) this.position.rewind();
    this.held = undefined;
    try {
      const { pod: name, namespace } = this.source;
      const { port } = this;
      const request = this.request(follow);
      if (port.timedLogs === undefined) await this.readStamped(port.logs({ name, namespace }, request, stream.signal));
      else await this.readTimed(port.timedLogs({ name, namespace }, request, stream.signal));
      this.isFirst = false;
    } finally {
      this.stream = undefined;
      // A timer that nobody needs would keep the process alive.
      this.cancelEnd();
      signal.removeEventListener('abort', abort);
    }
  }

  /** Reads lines that each begin with their time. */
  private async readStamped(chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const lines = new LineSplitter();
    try {
      for await (const chunk of chunks) {
        this.noteLife();
        for (const line of lines.push(chunk)) await this.deliverLine(line);
      }
    } finally {
      // Half a line is not a line: it will come again, unless nothing comes any more.
      this.held = lines.end();
    }
  }

  /** Reads lines whose times stand beside them. */
  private async readTimed(pieces: AsyncIterable<TimedOutput>): Promise<void> {
    for await (const { time, bytes } of pieces) {
      this.noteLife();
      const half = lastLines(bytes, 1);
      const isWhole = half.at(-1) === newline;
      if (!isWhole) this.held = { time, bytes: half };
      const whole = isWhole ? bytes : bytes.subarray(0, bytes.length - half.length);
      if (whole.length > 0) await this.deliver({ time, bytes: whole });
    }
  }

  private noteLife(): void {
    this.isFirst = false;
    this.heardAt = this.timers.now();
    this.backoff.reset();
  }

  private request(follow: boolean): LogOptions {
    const { tailLines } = this.options;
    const sinceTime = this.position.sinceTime ?? this.options.sinceTime;
    return {
      container: this.source.container,
      attempt: this.source.attempt,
      timestamps: true,
      follow,
      ...(this.state.isPrevious ? { previous: true } : {}),
      ...given({ sinceTime }),
      ...(tailLines === undefined || this.position.sinceTime !== undefined ? {} : { tailLines }),
    };
  }

  private async deliverLine(line: Uint8Array): Promise<void> {
    const parts = splitTimestamp(line);
    if (parts !== undefined) return this.deliver(parts);
    // A line without a time is not from the container: the kubelet writes its own errors into the answer.
    const text = Buffer.from(line).toString('utf8').trim();
    this.options.onTrouble?.(new ClusterError('API', `Cannot read the log of ${this.source.pod}/${this.source.container}: ${text}`), this.source);
    return undefined;
  }

  /** Hands on what was not read before. */
  private async deliver({ time, bytes }: TimedOutput): Promise<void> {
    const fresh = afterLines(bytes, this.position.take(time, countLines(bytes)));
    if (fresh.length === 0) return;
    const { onChunk, onLine } = this.options;
    const chunk = new LogChunk(this.source, time, fresh);
    await onChunk?.(chunk);
    if (onLine !== undefined) for (const line of chunk.lines()) await onLine(line);
  }

  /** Aborts a stream that stays silent after its container has ended: it may be dead. */
  private endSoon(): void {
    const { stream } = this;
    if (stream === undefined) return;
    this.cancelEnd();
    this.cancelEnd = this.timers.after(endGrace, () => {
      if (stream !== this.stream) return;
      if (this.timers.now() - this.heardAt < endGrace) this.endSoon();
      else stream.abort();
    });
  }
}
