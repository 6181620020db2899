import { countLines, lastLines } from '../core/byte-lines';
import type { Instant } from '../core/time';

/** Output that was written at one time: whole lines, but for the last one of a run. */
export interface LogPiece {
  readonly at: Instant;
  readonly bytes: Uint8Array;
}

/** A piece that is kept. */
interface KeptPiece extends LogPiece {
  /** How many bytes there have been at its end. */
  readonly end: number;
}

/** Somebody who reads along. */
interface Follower {
  /** The number of the piece that it reads next, from 0. */
  next: number;
  /** How many bytes it has got past. */
  position: number;
  /** Told of each change. */
  wake: () => void;
}

/** Which part of a log is wanted. */
interface ReadOptions {
  /** Only lines from this second on. */
  readonly since?: Instant;
  /** Only the last so many lines. */
  readonly tailLines?: number;
}

const newline = 10;

/** Stands where a piece was, whose bytes are let go. */
const gone: KeptPiece = { at: 0, bytes: new Uint8Array(), end: 0 };

/** Pieces that may wait for a follower: short ones take far more memory than their bytes. */
const mostPiecesAhead = 50_000;
/** Bytes that a follower gets before others have their turn: timers and signals must be heard in a flood. */
const bytesInOneTurn = 64 * 1024;

/** The bytes kept of one container run, unless said otherwise: 10 MiB, as the kubelet's default before it rotates. */
export const defaultCapacity = 10 * 1024 * 1024;

/**
 * The output of one run of a container, in the pieces that it came in with the time of each; the oldest lines go when it is full.
 *
 * It is kept as bytes: what a program wrote comes back as it was, the last line without its newline too. A line has the time of its end.
 */
export class LogBuffer {
  private readonly pieces: KeptPiece[] = [];
  /** How many of `pieces` are dropped already: moving the others for each one would take as long as they are many. */
  private head = 0;
  /** How many pieces were there before the first of `pieces`. */
  private forgotten = 0;
  private readonly followers = new Set<Follower>();
  /** Called when a follower that was far behind has caught up. */
  private waiting: Array<() => void> = [];
  /** How many bytes are kept, and how many there have been. */
  private size = 0;
  private written = 0;
  /** The line that is still being written, in the pieces that it came in. */
  private rest: Uint8Array[] = [];
  private restAt = 0;
  private closed = false;

  public constructor(private readonly capacity: number = defaultCapacity) {}

  /** Adds output that was written at `at`; it is kept as it is, and must not be changed afterwards. */
  public append(chunk: Uint8Array, at: Instant): void {
    const end = chunk.lastIndexOf(newline) + 1;
    if (end > 0) this.store(this.takeRest(chunk.subarray(0, end)), at);
    if (end < chunk.length) {
      this.rest.push(chunk.subarray(end));
      this.restAt = at;
    }
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
    if (this.rest.length > 0) this.store(this.takeRest(), this.restAt);
    this.closed = true;
    this.wake();
  }

  /** What there is now. */
  public read(options: ReadOptions = {}): LogPiece[] {
    const { next, position } = this.startOf(options);
    const kept = this.pieces.slice(next - this.forgotten).map((piece) => ({ at: piece.at, bytes: bytesAfter(piece, position) }));
    return this.rest.length === 0 ? kept : [...kept, { at: this.restAt, bytes: Buffer.concat(this.rest) }];
  }

  /** What there is now and all that comes, until the run ends or the signal is given. */
  public async *follow(options: ReadOptions, signal: AbortSignal): AsyncIterable<LogPiece> {
    const follower: Follower = { ...this.startOf(options), wake: () => undefined };
    this.followers.add(follower);
    try {
      for (let turn = bytesInOneTurn; !signal.aborted;) {
        const piece = this.takeNext(follower);
        if (piece !== undefined) {
          yield piece;
          turn -= piece.bytes.length;
          if (turn > 0) continue;
          turn = bytesInOneTurn;
          await new Promise(setImmediate);
        } else if (this.closed) {
          return;
        } else {
          await this.change(follower, signal);
        }
      }
    } finally {
      this.followers.delete(follower);
      this.makeRoom();
    }
  }

  /** The whole line that is still open, with what ends it. */
  private takeRest(end: Uint8Array = new Uint8Array()): Uint8Array {
    const whole = this.rest.length === 0 ? end : Buffer.concat([...this.rest, end]);
    this.rest = [];
    return whole;
  }

  private store(bytes: Uint8Array, at: Instant): void {
    this.size += bytes.length;
    this.written += bytes.length;
    this.pieces.push({ at, bytes, end: this.written });
    while (this.size > this.capacity && this.dropOldest());
    if (this.head * 2 <= this.pieces.length) return;
    this.forgotten += this.head;
    this.pieces.splice(0, this.head);
    this.head = 0;
  }

  /** Drops the oldest lines of the first piece, as many as must go; false when it is the last line. */
  private dropOldest(): boolean {
    const { [this.head]: first = gone, length } = this.pieces;
    const isLast = this.head === length - 1;
    const surplus = this.size - this.capacity;
    const end = surplus > first.bytes.length ? 0 : first.bytes.indexOf(newline, surplus - 1) + 1;
    const isCut = end > 0 && end < first.bytes.length;
    const left = isCut ? first.bytes.subarray(end) : isLast ? lastLines(first.bytes, 1) : gone.bytes;
    this.size -= first.bytes.length - left.length;
    this.pieces[this.head] = left.length === 0 ? gone : { ...first, bytes: left };
    if (left.length === 0) this.head += 1;
    return !isLast && !isCut;
  }

  /** Where a reader begins. */
  private startOf({ since, tailLines }: ReadOptions): Pick<Follower, 'next' | 'position'> {
    let first = this.head;
    if (since !== undefined) while (first < this.pieces.length && (this.pieces[first] ?? gone).at < since) first += 1;
    if (tailLines !== undefined) return this.startOfTail(first, tailLines);
    const { end, bytes } = this.pieces[first] ?? { end: this.written, bytes: gone.bytes };
    return { next: this.forgotten + first, position: end - bytes.length };
  }

  /** Where the last so many lines begin, not before the piece at `first`. */
  private startOfTail(first: number, lines: number): Pick<Follower, 'next' | 'position'> {
    let place = this.pieces.length;
    let position = this.written;
    for (let left = lines; left > 0 && place > first;) {
      place -= 1;
      const { bytes, end } = this.pieces[place] ?? gone;
      const tail = lastLines(bytes, left);
      left -= countLines(tail);
      position = end - tail.length;
    }
    return { next: this.forgotten + place, position };
  }

  /** The piece that a follower reads next, no longer than it may be; undefined when there is none yet. */
  private takeNext(follower: Follower): LogPiece | undefined {
    const place = Math.max(this.head, follower.next - this.forgotten);
    const piece = this.pieces[place];
    if (piece === undefined) return undefined;
    const left = bytesAfter(piece, follower.position);
    const end = left.indexOf(newline, bytesInOneTurn - 1) + 1;
    const bytes = left.length <= bytesInOneTurn || end === 0 ? left : left.subarray(0, end);
    follower.position = piece.end - left.length + bytes.length;
    follower.next = this.forgotten + place + (follower.position === piece.end ? 1 : 0);
    this.makeRoom();
    return { at: piece.at, bytes };
  }

  /** Whether a follower has so much before it that it may soon lose lines. */
  private get isCrowded(): boolean {
    const last = this.forgotten + this.pieces.length;
    for (const { next, position } of this.followers) {
      if (this.written - position > this.capacity / 2 || last - next > mostPiecesAhead) return true;
    }
    return false;
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

/** What is left of a piece for somebody who has got past so many bytes. */
function bytesAfter({ bytes, end }: KeptPiece, position: number): Uint8Array {
  return bytes.subarray(Math.max(0, bytes.length - (end - position)));
}
