import type { LogPiece } from './log-buffer';
import { countLines, splitLines } from '../core/byte-lines';
import type { Instant } from '../core/time';

/** A time as the kubelet writes it before a line: RFC 3339 with nanoseconds. */
export function formatLogTime(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 23)}000000Z`;
}

/** The lines of a piece, each with its time and a blank before it. */
export function stampLines({ at, bytes }: LogPiece): Uint8Array {
  const stamp = Buffer.from(`${formatLogTime(at)} `);
  const stamped = Buffer.allocUnsafe(bytes.length + stamp.length * countLines(bytes));
  let length = 0;
  for (const line of splitLines(bytes)) {
    stamped.set(stamp, length);
    stamped.set(line, length + stamp.length);
    length += stamp.length + line.length;
  }
  return stamped;
}
