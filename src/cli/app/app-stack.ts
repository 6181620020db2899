import { resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findErrorLine } from './app-failure';
import { shortenPath } from './syntax-error';

/** A call in the stack of an error. */
interface StackFrame {
  /** The function as V8 names it; empty at the top level of a file. */
  readonly call: string;
  /** As the reader names it. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** Where an error of an app came from. */
interface AppStack {
  /** The calls in the app's own files, the innermost first; never empty. */
  readonly own: readonly StackFrame[];
  /** Where it was thrown, and in which package, when that was not in the app's own files. */
  readonly thrownIn: { readonly package: string; readonly frame: StackFrame } | undefined;
}

/** How many calls are shown: a recursion has thousands. */
const longestStack = 10;

/** The folder of this package's source and compiled files: in a checkout it is not below `node_modules`. */
const packageFolder = resolve(__dirname, '..', '..', '..');
const packageName = 'cdk8s-jobs';

/**
 * The stack of the first error that Node printed; undefined when none of its calls is in a file of the app.
 *
 * @param lines all that Node printed.
 * @param folder where the program was started.
 * @param reader the folder that paths are shown relative to.
 */
export function readAppStack(lines: readonly string[], folder: string, reader: string): AppStack | undefined {
  const message = findErrorLine(lines);
  const first = message === -1 ? -1 : lines.findIndex((line, position) => position > message && frameLine.test(line));
  const frames: Array<StackFrame & { readonly package: string | undefined }> = [];
  for (const line of first === -1 ? [] : unfolded(lines.slice(first))) {
    if (!frameLine.test(line)) break;
    const [, call = '', file, row, column] = placedFrame.exec(line) ?? [];
    if (file === undefined || file.startsWith('node:')) continue;
    const path = file.startsWith('file://') ? fileURLToPath(file) : file;
    frames.push({ call: topLevel.test(call) ? '' : call, file: shortenPath(path, folder, reader), line: Number(row), column: Number(column), package: packageOf(path) });
  }
  const own = frames.filter((frame) => frame.package === undefined).filter(isNoWrapper);
  const [thrown] = frames;
  if (own.length === 0 || thrown === undefined) return undefined;
  return { own, thrownIn: thrown.package === undefined ? undefined : { package: thrown.package, frame: thrown } };
}

/** A stack as lines below the message of its error: the app's own calls first, then the place in a library. */
export function describeAppStack({ own, thrownIn }: AppStack): string[] {
  const left = own.length - longestStack;
  return [
    ...own.slice(0, longestStack).map((frame) => `    at ${describeFrame(frame)}`),
    ...(left > 0 ? [`    and ${left} more calls`] : []),
    ...(thrownIn === undefined ? [] : [`  thrown in ${thrownIn.package}, at ${describeFrame(thrownIn.frame)}`]),
  ];
}

function describeFrame({ call, file, line, column }: StackFrame): string {
  const place = `${file}:${line}:${column}`;
  return call === '' ? place : `${call} (${place})`;
}

/** How Node 22 and later print calls repeating those before them: `... collapsed 40 duplicate lines matching above 2 lines 20 times...`. */
const foldedLines = /^\s+\.\.\. collapsed \d+ duplicate lines matching above (\d+) lines (\d+) times/;
/** A stack holds a hundred calls, unless the user has asked for more. */
const mostFolded = 1000;

/** Lines with those that Node has folded. */
function unfolded(lines: readonly string[]): string[] {
  const all: string[] = [];
  for (const line of lines) {
    const [, count, times] = foldedLines.exec(line) ?? [];
    if (count === undefined) all.push(line);
    else all.push(...Array.from({ length: Math.min(Number(times), mostFolded) }, () => all.slice(-Number(count))).flat());
  }
  return all;
}

const frameLine = /^\s+at \S/;
/** `at call (file:1:2)`, `at file:1:2`, and both after `async`. */
const placedFrame = /^\s+at (?:async )?(?:(.+) \()?([^()]+):(\d+):(\d+)\)?$/;
const topLevel = /^(?:Object\.)?<anonymous>$/;

/** The package whose folder holds a file; undefined for a file of the app. */
function packageOf(path: string): string | undefined {
  const inside = path.split(/[\\/]node_modules[\\/]/).slice(1).at(-1);
  if (inside !== undefined) return /^(?:@[^\\/]+[\\/])?[^\\/]+/.exec(inside)?.[0].replace('\\', '/');
  return ['lib', 'src'].some((part) => path.startsWith(`${packageFolder}${sep}${part}${sep}`)) ? packageName : undefined;
}

/** Whether a call is not of a loader: the function that one wraps a file in comes right below the top level of that file. */
function isNoWrapper({ call, file }: StackFrame, position: number, frames: readonly StackFrame[]): boolean {
  const above = frames[position - 1];
  return !(call === '' && above?.call === '' && above.file === file);
}
