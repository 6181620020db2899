/** A part of a file that is read as one document. */
export interface Chunk {
  /** The text, with LF as line break; a lone CR stays. */
  readonly text: string;
  readonly syntax: 'yaml' | 'json';
  /** The line of the file on which the text begins, from 1. */
  readonly line: number;
  /** The column at which the text begins, from 1; only its first line is shifted. */
  readonly column: number;
}

/** A place in a file: line and column from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The place in the file of an offset into a chunk. */
export function positionAt({ text, line, column }: Chunk, offset: number): Position {
  const end = Math.max(0, Math.min(offset, text.length));
  let lines = 0;
  let lineStart = 0;
  for (let next = text.indexOf('\n'); next !== -1 && next < end; next = text.indexOf('\n', next + 1)) {
    lines += 1;
    lineStart = next + 1;
  }
  return { line: line + lines, column: end - lineStart + (lines === 0 ? column : 1) };
}
