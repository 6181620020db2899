import { isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A place in a source file, and what is wrong there. */
interface SourceFault {
  readonly file: string;
  readonly line: string;
  readonly column: string;
  readonly text: string;
}

/**
 * What is wrong with source text that could not be read or compiled, as one line: `main.ts:3:14: Unexpected ";"`; undefined when that is not
 * why a program failed.
 *
 * @param lines all that Node printed.
 * @param folder what paths are told relative to.
 */
export function describeSyntaxError(lines: readonly string[], folder: string): string | undefined {
  const faults = [...ofEsbuild(lines), ...ofCompiler(lines), ...ofNode(lines)];
  const [first] = faults;
  if (first === undefined) return undefined;
  const others = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  return `${shorten(first.file, folder)}:${first.line}:${first.column}: ${first.text}${others}`;
}

/** As tsx prints them. */
function ofEsbuild(lines: readonly string[]): SourceFault[] {
  if (!lines.some((line) => /^(?:\w*Error: )?Transform failed with \d+ errors?:$/.test(line))) return [];
  return lines.flatMap((line) => toFault(/^(.+):(\d+):(\d+): ERROR: (.+)$/.exec(line)));
}

/** As TypeScript's compiler, and ts-node, prints them. */
function ofCompiler(lines: readonly string[]): SourceFault[] {
  return lines.flatMap((line) => toFault(/^(.+)\((\d+),(\d+)\): error (TS\d+: .+)$/.exec(line)));
}

/** Node prints `file:line`, the line itself, a mark below the column, and somewhere after that the error. */
function ofNode([place = '', , mark = '', ...rest]: readonly string[]): SourceFault[] {
  const found = /^(\S.*):(\d+)$/.exec(place);
  const error = rest.find((line) => /^(?:Uncaught )?SyntaxError\b/.test(line)) ?? (/^SyntaxError\b/.test(mark) ? mark : undefined);
  const column = mark.indexOf('^') + 1;
  if (found?.[1] === undefined || found[2] === undefined || error === undefined) return [];
  return [{ file: found[1], line: found[2], column: String(Math.max(1, column)), text: error }];
}

function toFault(found: RegExpExecArray | null): SourceFault[] {
  const [, file, line, column, text] = found ?? [];
  return file === undefined || line === undefined || column === undefined || text === undefined ? [] : [{ file, line, column, text }];
}

function shorten(file: string, folder: string): string {
  const path = file.startsWith('file://') ? fileURLToPath(file) : file;
  const near = isAbsolute(path) ? relative(folder, path) : path;
  return near.startsWith(`..${sep}`) || isAbsolute(near) ? path : near;
}
