import { splitLines } from '../core/byte-lines';

/** Which run of which container wrote something. */
export interface LogSource {
  readonly namespace: string;
  readonly job: string;
  readonly pod: string;
  readonly podUid: string;
  readonly container: string;
  /** Whether the pod has no other container, so that the container's name says nothing. */
  readonly isOnly: boolean;
  /** The completion index of an Indexed Job's pod. */
  readonly index: number | null;
  /** The run of the container in its pod, from 0. */
  readonly attempt: number;
}

const decoder = new TextDecoder();

/** Lines that a container wrote at one time. */
export class LogChunk {
  public constructor(
    public readonly source: LogSource,
    /** When it was written: RFC 3339 with nanoseconds, from the node. */
    public readonly time: string,
    /** What was written, with its newlines. */
    public readonly bytes: Uint8Array,
  ) {}

  /** Whether it ends with a newline; only the last line of a run may not. */
  public get isWhole(): boolean {
    return this.bytes.at(-1) === newline;
  }

  /** Its lines, one by one. */
  public* lines(): Iterable<LogLine> {
    for (const line of splitLines(this.bytes)) yield new LogLine(this.source, this.time, line);
  }
}

/** One line that a container wrote. */
export class LogLine extends LogChunk {
  /** The line as text, without its newline. */
  public get text(): string {
    return decoder.decode(this.isWhole ? this.bytes.subarray(0, -1) : this.bytes);
  }
}

const newline = 10;
const blank = 32;

/** A line as the kubelet sends it: time, blank, bytes. Undefined for anything without a time. */
export function splitTimestamp(line: Uint8Array): { readonly time: string; readonly bytes: Uint8Array } | undefined {
  const end = line.subarray(0, 64).indexOf(blank);
  if (end < 20) return undefined;
  const time = Buffer.from(line.buffer, line.byteOffset, end).toString('latin1');
  return /^\d{4}-\d\d-\d\dT/.test(time) ? { time, bytes: line.subarray(end + 1) } : undefined;
}

/** Cuts a stream of bytes into lines; it holds back what has no newline yet. */
export class LineSplitter {
  private rest: Uint8Array[] = [];

  /** The lines that a chunk completes, with their newlines. */
  public *push(chunk: Uint8Array): Generator<Uint8Array> {
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      const line = chunk.subarray(start, end + 1);
      start = end + 1;
      yield this.rest.length === 0 ? line : this.joined(line);
    }
    if (start < chunk.length) this.rest.push(chunk.subarray(start));
  }

  /** What is left without a newline, if anything; the splitter is empty afterwards. */
  public end(): Uint8Array | undefined {
    return this.rest.length === 0 ? undefined : this.joined(new Uint8Array());
  }

  private joined(line: Uint8Array): Uint8Array {
    const whole = Buffer.concat([...this.rest, line]);
    this.rest = [];
    return whole;
  }
}
