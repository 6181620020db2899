import { type Instant } from '../core/time';

/** One line of output, or the beginning of one that is still being written. */
interface Line {
  readonly at: Instant;
  readonly bytes: Uint8Array;
  /** How many bytes there have been at its end. */
  readonly end: number;
}

/** Somebody who reads along. */
interface Follower {
  /** The number of the line that it reads next, from 0. */
  next: number;
  /** How many bytes it has got past. */
  position: number;
  /** Told of each change. */
  wake: () => void;
}

/** Which part of a log is wanted, and how. */
interface ReadOptions {
  /** Each line begins with its RFC 3339 time and a blank. */
  readonly timestamps?: boolean;
  /** Only lines from this second on. */
  readonly since?: Instant;
  /** Only the last so many lines. */
  readonly tailLines?: number;
}

const newline = 10;

/** Stands where a line was, whose bytes are let go. */
const gone: Line = { at: 0, bytes: new Uint8Array(), end: 0 };

/** Lines that may wait for a follower: short ones take far more memory than their bytes. */
const mostLinesAhead = 50_000;
/** Lines that a follower gets before others have their turn: timers and signals must be heard in a flood. */
const linesInOneTurn = 1000;

/** The bytes kept of one container run, unless said otherwise: 10 MiB, as the kubelet's default before it rotates. */
export const defaultCapacity = 10 * 1024 * 1024;

/**
 * The output of one run of a container, line by line with the time of each; the oldest lines go when it is full.
 *
 * Lines are kept as bytes: what a program wrote comes back as it was, the last line without its newline too.
 */
export class LogBuffer {
  private readonly lines: Line[] = [];
  /** How many of `lines` are dropped already: moving the others for each one would take as long as they are many. */
  private head = 0;
  private readonly followers = new Set<Follower>();
  /** Called when a follower that was far behind has caught up. */
  private waiting: Array<() => void> = [];
  private size = 0;
  private written = 0;
  private dropped = 0;
  /** The line that is still being written, in the pieces that it came in. */
  private rest: Uint8Array[] = [];
  private restAt = 0;
  private closed = false;

  public constructor(private readonly capacity: number = defaultCapacity) {}

  /** Adds output that was written at `at`. */
  public append(chunk: Uint8Array, at: Instant): void {
    let start = 0;
    for (let end = chunk.indexOf(newline, start); end >= 0; end = chunk.indexOf(newline, start)) {
      this.addLine(chunk.subarray(start, end + 1), at);
      start = end + 1;
    }
    if (start < chunk.length) this.keepRest(chunk.subarray(start), at);
    this.wake();
  }

  /**
   * Settles when there is room for more before a follower would lose lines; undefined when there is now.
   *
   * Whoever writes should wait for it, as a program waits that writes to a full pipe.
   */
  public get room(): Promise<void> | undefined {
    if (!this.isCrowded) return undefined;
    return new Promise((resolve) => { this.waiting.push(resolve); });
  }

  /** The run has ended: nothing will be added. */
  public close(): void {
    if (this.rest.length > 0) this.store(Buffer.concat(this.rest), this.restAt);
    this.rest = [];
    this.closed = true;
    this.wake();
  }

  /** What there is now. */
  public read(options: ReadOptions = {}): Uint8Array[] {
    const wanted = this.keptSince(options.since);
    const tail = options.tailLines === undefined ? wanted : wanted.slice(Math.max(0, wanted.length - options.tailLines));
    const open = this.rest.length === 0 ? [] : [{ at: this.restAt, bytes: Buffer.concat(this.rest) }];
    return [...tail, ...open].map((line) => format(line, options.timestamps === true));
  }

  /** What there is now and all that comes, until the run ends or the signal is given. */
  public async *follow(options: ReadOptions, signal: AbortSignal): AsyncIterable<Uint8Array> {
    const before = this.keptSince(options.since).length;
    const skip = options.tailLines === undefined ? 0 : Math.max(0, before - options.tailLines);
    const follower: Follower = { next: this.total - before + skip, position: 0, wake: () => undefined };
    this.followers.add(follower);
    try {
      for (let count = 1; ; count += 1) {
        if (signal.aborted) return;
        if (follower.next >= this.total) {
          this.advance(follower, this.written);
          if (this.closed) return;
          await this.change(follower, signal);
          continue;
        }
        const line = this.lines[this.head + Math.max(0, follower.next - this.dropped)];
        follower.next = Math.max(follower.next, this.dropped) + 1;
        if (line === undefined) continue;
        this.advance(follower, line.end);
        yield format(line, options.timestamps === true);
        if (count % linesInOneTurn === 0) await new Promise(setImmediate);
      }
    } finally {
      this.followers.delete(follower);
      this.makeRoom();
    }
  }

  /** How many lines there have been. */
  private get total(): number {
    return this.dropped + this.lines.length - this.head;
  }

  private keptSince(since: Instant | undefined): readonly Line[] {
    const kept = this.lines.slice(this.head);
    return since === undefined ? kept : kept.filter(({ at }) => at >= since);
  }

  private addLine(bytes: Uint8Array, at: Instant): void {
    const whole = this.rest.length === 0 ? bytes : Buffer.concat([...this.rest, bytes]);
    this.rest = [];
    this.store(whole, at);
  }

  private keepRest(bytes: Uint8Array, at: Instant): void {
    this.rest.push(bytes.slice());
    this.restAt = at;
  }

  private store(bytes: Uint8Array, at: Instant): void {
    this.size += bytes.length;
    this.written += bytes.length;
    this.lines.push({ at, bytes: bytes.slice(), end: this.written });
    const first = this.head;
    while (this.size > this.capacity && this.head < this.lines.length - 1) {
      this.size -= this.lines[this.head]?.bytes.length ?? 0;
      this.lines[this.head] = gone;
      this.head += 1;
    }
    this.dropped += this.head - first;
    if (this.head * 2 > this.lines.length) this.forgetDropped();
  }

  private forgetDropped(): void {
    this.lines.splice(0, this.head);
    this.head = 0;
  }

  /** Whether a follower has so much before it that it may soon lose lines. */
  private get isCrowded(): boolean {
    for (const { next, position } of this.followers) {
      if (this.written - position > this.capacity / 2 || this.total - next > mostLinesAhead) return true;
    }
    return false;
  }

  private advance(follower: Follower, position: number): void {
    follower.position = position;
    this.makeRoom();
  }

  private makeRoom(): void {
    if (this.waiting.length === 0 || this.isCrowded) return;
    const { waiting } = this;
    this.waiting = [];
    for (const go of waiting) go();
  }

  private async change(follower: Follower, signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        follower.wake = () => undefined;
        signal.removeEventListener('abort', wake);
        resolve();
      };
      follower.wake = wake;
      signal.addEventListener('abort', wake);
    });
  }

  private wake(): void {
    for (const { wake } of [...this.followers]) wake();
  }
}

function format({ at, bytes }: Omit<Line, 'end'>, timestamps: boolean): Uint8Array {
  if (!timestamps) return bytes;
  return Buffer.concat([Buffer.from(`${new Date(at).toISOString().slice(0, 23)}000000Z `), bytes]);
}
