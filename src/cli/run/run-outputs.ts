import { fstatSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { JobsError } from '../../core/errors';
import { cannotWrite, checkOutputFile, type OutputFile, type TakenPlace } from '../../runtime/output-file';
import { tapeFile, type TapeWriter } from '../../runtime/record';
import type { CliContext } from '../command';
import { reportFile, ReportRecorder } from '../report/report-recorder';
import type { Output } from '../terminal/output';

/** The flags of `run` that name files to write. */
export interface OutputFlags {
  readonly record?: string;
  readonly report?: string;
}

/** The files that a run leaves. */
interface RunFiles {
  readonly tape: OutputFile | undefined;
  readonly report: OutputFile | undefined;
}

/**
 * The files that the flags name, checked before anything is started.
 *
 * @param words what is run: none of it may be overwritten.
 * @throws {UsageError} for a file that holds an input or anything else that this program did not write, and for one that cannot be written.
 */
export function checkRunFiles({ record, report }: OutputFlags, words: readonly string[], { cwd, output }: CliContext): RunFiles {
  const tape = record === undefined ? undefined : tapeFile(resolve(cwd, record), record);
  const page = report === undefined ? undefined : reportFile(resolve(cwd, report), report);
  const taken = [
    ...words.flatMap((word) => placeOf(word === '-' ? 0 : resolve(cwd, word), 'the manifests are in it')),
    ...output.places.map((stats) => ({ stats, because: 'stdout or stderr goes there' })),
  ];
  for (const file of [tape, page]) if (file !== undefined) checkOutputFile(file, taken);
  if (tape !== undefined && page !== undefined && isSameFile(tape.path, page.path)) throw cannotWrite(page, 'the tape goes there', 'name another file');
  return { tape, report: page };
}

/** What writes the files of a run. */
interface RunWriters {
  readonly tape: TapeWriter | undefined;
  readonly report: ReportRecorder | undefined;
}

/** Finishes the files of a run, and says so. @returns whether all of them could be written. */
export async function finishRunFiles({ tape, report }: RunWriters, files: RunFiles, output: Output): Promise<boolean> {
  const isTaped = await tell(output, () => tape?.close());
  const isReported = await tell(output, () => report?.write());
  if (report !== undefined && isReported) output.talk(`report written to ${files.report?.name ?? ''}`);
  return isTaped && isReported;
}

async function tell(output: Output, write: () => Promise<void> | void | undefined): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (!JobsError.is(error)) throw error;
    output.error(error.message, error.hint);
    return false;
  }
}

/** What a path or a descriptor leads to; empty when it does not exist, which is reported elsewhere. */
function placeOf(file: string | number, because: string): TakenPlace[] {
  try {
    const stats = typeof file === 'string' ? statSync(file) : fstatSync(file);
    return stats.isCharacterDevice() ? [] : [{ stats, because }];
  } catch {
    return [];
  }
}

function isSameFile(one: string, other: string): boolean {
  if (one === other) return true;
  const [a, b] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }));
  if (a !== undefined && b !== undefined) return isSame(a, b);
  const [parent, otherParent] = [one, other].map((path) => statSync(dirname(path), { throwIfNoEntry: false }));
  return a === b && parent !== undefined && otherParent !== undefined && isSame(parent, otherParent) && basename(one) === basename(other);
}

function isSame(a: Stats, b: Stats): boolean {
  return !a.isCharacterDevice() && a.dev === b.dev && a.ino === b.ino;
}
