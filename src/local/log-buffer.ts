import { type Instant } from '../core/time';

/** One line of output, or the beginning of one that is still being written. */
interface Line {
  readonly at: Instant;
  readonly bytes: Uint8Array;
}

/** Which part of a log is wanted, and how. */
export interface ReadOptions {
  /** Each line begins with its RFC 3339 time and a blank. */
  readonly timestamps?: boolean;
  /** Only lines from this second on. */
  readonly since?: Instant;
  /** Only the last so many lines. */
  readonly tailLines?: number;
}

const newline = 10;

/** The bytes kept of one container run, unless said otherwise: 10 MiB, as the kubelet's default before it rotates. */
export const defaultCapacity = 10 * 1024 * 1024;

/**
 * The output of one run of a container, line by line with the time of each; the oldest lines go when it is full.
 *
 * Lines are kept as bytes: what a program wrote comes back as it was, the last line without its newline too.
 */
export class LogBuffer {
  private readonly lines: Line[] = [];
  private readonly followers = new Set<() => void>();
  private size = 0;
  private dropped = 0;
  private rest: Uint8Array | undefined;
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

  /** The run has ended: nothing will be added. */
  public close(): void {
    if (this.rest !== undefined) this.store(this.rest, this.restAt);
    this.rest = undefined;
    this.closed = true;
    this.wake();
  }

  /** What there is now. */
  public read(options: ReadOptions = {}): Uint8Array[] {
    const wanted = this.lines.filter(({ at }) => options.since === undefined || at >= options.since);
    const tail = options.tailLines === undefined ? wanted : wanted.slice(Math.max(0, wanted.length - options.tailLines));
    const open = this.rest === undefined ? [] : [{ at: this.restAt, bytes: this.rest }];
    return [...tail, ...open].map((line) => format(line, options.timestamps === true));
  }

  /** What there is now and all that comes, until the run ends or the signal is given. */
  public async *follow(options: ReadOptions, signal: AbortSignal): AsyncIterable<Uint8Array> {
    const before = this.lines.filter(({ at }) => options.since === undefined || at >= options.since).length;
    const skip = options.tailLines === undefined ? 0 : Math.max(0, before - options.tailLines);
    let next = this.dropped + (this.lines.length - before) + skip;
    for (;;) {
      while (next < this.dropped + this.lines.length) {
        const line = this.lines[Math.max(0, next - this.dropped)];
        next = Math.max(next, this.dropped) + 1;
        if (line !== undefined) yield format(line, options.timestamps === true);
        if (signal.aborted) return;
      }
      if (this.closed || signal.aborted) return;
      await this.change(signal);
    }
  }

  private addLine(bytes: Uint8Array, at: Instant): void {
    const whole = this.rest === undefined ? bytes : concat(this.rest, bytes);
    this.rest = undefined;
    this.store(whole, at);
  }

  private keepRest(bytes: Uint8Array, at: Instant): void {
    this.rest = this.rest === undefined ? bytes.slice() : concat(this.rest, bytes);
    this.restAt = at;
  }

  private store(bytes: Uint8Array, at: Instant): void {
    this.lines.push({ at, bytes: bytes.slice() });
    this.size += bytes.length;
    let excess = 0;
    while (this.size > this.capacity && excess < this.lines.length - 1) {
      this.size -= this.lines[excess]?.bytes.length ?? 0;
      excess += 1;
    }
    // Dropping one by one would move the whole array each time.
    if (excess > 0) this.lines.splice(0, excess);
    this.dropped += excess;
  }

  private async change(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        this.followers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.followers.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  private wake(): void {
    for (const follower of [...this.followers]) follower();
  }
}

function format({ at, bytes }: Line, timestamps: boolean): Uint8Array {
  if (!timestamps) return bytes;
  return concat(new TextEncoder().encode(`${new Date(at).toISOString().slice(0, 23)}000000Z `), bytes);
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
