const newline = 10;

/** Whether bytes end with a newline; those of no line at all do. */
export function isWholeLines(bytes: Uint8Array): boolean {
  return bytes.length === 0 || bytes.at(-1) === newline;
}

/** How many lines there are; one without its newline counts. */
export function countLines(bytes: Uint8Array): number {
  let count = isWholeLines(bytes) ? 0 : 1;
  for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, end + 1)) count += 1;
  return count;
}

/** The lines one by one, with their newlines; they share the memory of the bytes. */
export function* splitLines(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(newline, start);
    const next = end < 0 ? bytes.length : end + 1;
    yield bytes.subarray(start, next);
    start = next;
  }
}

/** The bytes after the first so many lines; none when there are no more lines than that. */
export function afterLines(bytes: Uint8Array, count: number): Uint8Array {
  let start = 0;
  for (let left = count; left > 0 && start < bytes.length; left -= 1) {
    const end = bytes.indexOf(newline, start);
    start = end < 0 ? bytes.length : end + 1;
  }
  return start === 0 ? bytes : bytes.subarray(start);
}

/** The last lines, no more than so many. */
export function lastLines(bytes: Uint8Array, count: number): Uint8Array {
  if (count === 0) return bytes.subarray(bytes.length);
  // A newline at the end belongs to the last line.
  let before = isWholeLines(bytes) ? bytes.length - 1 : bytes.length;
  for (let left = count; left > 0 && before >= 0; left -= 1) before = before === 0 ? -1 : bytes.lastIndexOf(newline, before - 1);
  return bytes.subarray(before + 1);
}
