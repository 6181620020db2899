import { isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InvalidInputError } from '../../core/errors';

/** A place in a source file, and what is wrong there. */
interface SourceFault {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly text: string;
}

/** An app failed at a known place in its source, which could not be read or compiled, or threw an error. */
export class AppSourceError extends InvalidInputError {
  /** @param says what to say of the app. Default: the place and the text of the fault. */
  public constructor(app: string, public readonly fault: SourceFault, says = `${fault.file}:${fault.line}:${fault.column}: ${fault.text}`) {
    super(`Cannot synthesize ${app}: ${says}`);
  }
}

/**
 * What is wrong with source text that could not be read or compiled; undefined when that is not why a program failed.
 *
 * @param lines all that Node printed.
 * @param folder where the program was started.
 * @param reader the folder that paths are shown relative to.
 */
export function findSyntaxError(lines: readonly string[], folder: string, reader: string): SourceFault | undefined {
  const faults = [...ofEsbuild(lines), ...ofCompiler(lines), ...ofNode(lines)];
  const [first] = faults;
  if (first === undefined) return undefined;
  const others = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  return { ...first, file: shortenPath(first.file, folder, reader), text: `${first.text}${others}` };
}

/** Faults as tsx prints them. */
function ofEsbuild(lines: readonly string[]): SourceFault[] {
  if (!lines.some((line) => /^(?:\w*Error: )?Transform failed with \d+ errors?:$/.test(line))) return [];
  return lines.flatMap((line) => toFault(/^(.+):(\d+):(\d+): ERROR: (.+)$/.exec(line)));
}

/** Faults as TypeScript's compiler and ts-node print them. */
function ofCompiler(lines: readonly string[]): SourceFault[] {
  return lines.flatMap((line) => toFault(/^(.+)\((\d+),(\d+)\): error (TS\d+: .+)$/.exec(line)));
}

/** Node prints `file:line`, the line itself, a mark below the column, and somewhere after that the error. */
function ofNode([place = '', , mark = '', ...rest]: readonly string[]): SourceFault[] {
  const found = /^(\S.*):(\d+)$/.exec(place);
  const error = rest.find((line) => /^(?:Uncaught )?SyntaxError\b/.test(line)) ?? (/^SyntaxError\b/.test(mark) ? mark : undefined);
  const column = mark.indexOf('^') + 1;
  if (found?.[1] === undefined || found[2] === undefined || error === undefined) return [];
  return [{ file: found[1], line: Number(found[2]), column: Math.max(1, column), text: error }];
}

function toFault(found: RegExpExecArray | null): SourceFault[] {
  const [, file, line, column, text] = found ?? [];
  if (file === undefined || line === undefined || column === undefined || text === undefined) return [];
  return [{ file, line: Number(line), column: Number(column), text }];
}

/**
 * A path as someone in the folder `reader` would write it: relative when the file is below that folder.
 *
 * @param file a path, or a `file://` address.
 * @param folder what a relative path is relative to.
 */
export function shortenPath(file: string, folder: string, reader: string): string {
  const path = file.startsWith('file://') ? fileURLToPath(file) : resolve(folder, file);
  const near = relative(reader, path);
  return near.startsWith(`..${sep}`) || isAbsolute(near) ? path : near;
}
