import { createHash, type Hash } from 'node:crypto';
import type { LogChunk, LogSource } from './log-line';
import { countLines, lastLines, splitLines } from '../core/byte-lines';
import type { Observation } from '../verdict/observation';

/** The lines of one run that a tape keeps. */
const longestTail = 200;

interface Tail {
  readonly source: LogSource;
  readonly firstAt: number;
  lastAt: number;
  readonly lines: Uint8Array[];
  count: number;
  bytes: number;
  readonly hash: Hash;
}

/** Keeps the last 200 lines of each run of a container, and the sum of all, for the end of a tape. */
export class LogTails {
  private readonly tails = new Map<string, Tail>();

  /** Takes in what was written; `at` is in seconds on the clock of the tape. */
  public take({ source, bytes }: LogChunk, at: number): void {
    const key = `${source.podUid}/${source.container}/${source.attempt}`;
    const tail = this.tails.get(key) ?? { source, firstAt: at, lastAt: at, lines: [], count: 0, bytes: 0, hash: createHash('sha256') };
    this.tails.set(key, tail);
    tail.lastAt = at;
    tail.count += countLines(bytes);
    tail.bytes += bytes.length;
    tail.hash.update(bytes);
    // Copies: the lines are part of a chunk, all of which would stay in memory.
    for (const line of splitLines(lastLines(bytes, longestTail))) tail.lines.push(Uint8Array.from(line));
    if (tail.lines.length > longestTail) tail.lines.splice(0, tail.lines.length - longestTail);
  }

  /** The runs as lines of a tape, with the pods' Jobs. Only once: the sums are closed. */
  public close(): Array<{ readonly source: LogSource; readonly observation: Observation }> {
    return [...this.tails.values()].map((tail) => ({ source: tail.source, observation: observationOf(tail) }));
  }
}

function observationOf({ source: { pod, container, attempt }, firstAt, lastAt, lines, count, bytes, hash }: Tail): Observation {
  const leftOut = count - lines.length;
  return {
    at: firstAt,
    log: pod,
    container,
    attempt,
    how: 'follow',
    code: 200,
    lines: count,
    bytes,
    sha256: hash.digest('hex'),
    text: Buffer.concat(lines).toString('utf8'),
    ...(leftOut === 0 ? {} : { leftOut }),
    endedAt: lastAt,
  };
}
