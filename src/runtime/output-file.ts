import {
  accessSync, closeSync, constants, createWriteStream, lstatSync, openSync, readSync, realpathSync, renameSync, rmSync, type Stats,
  statSync, writeFileSync, type WriteStream,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '../core/errors';
import { describeFileError } from '../core/file-error';

/** A file that is to be written, and how an earlier one of its sort is recognised. */
export interface OutputFile {
  /** Absolute. */
  readonly path: string;
  /** The file as the user calls it, for messages. */
  readonly name: string;
  /** What it will hold, as messages call it: `report`. */
  readonly sort: string;
  /** How every file of this sort begins: what begins otherwise was not written by this program, and is never replaced. */
  readonly mark: string;
}

/** A place that must not be written, and what stands there or goes there. */
export interface TakenPlace {
  readonly stats: Pick<Stats, 'dev' | 'ino'>;
  /** The end of a sentence: `the manifests are in it`. */
  readonly because: string;
}

/**
 * Refuses an output that would replace something which this program did not write, and one that cannot be written.
 *
 * An empty file, as mktemp makes one, holds nothing that could be lost; neither do pipes and terminals.
 *
 * @throws {UsageError} that says what is there.
 */
export function checkOutputFile(file: OutputFile, taken: readonly TakenPlace[] = []): void {
  try {
    const stats = statsOf(file.path);
    if (stats === undefined) return accessSync(dirname(file.path), constants.W_OK);
    const there = taken.find((place) => place.stats.dev === stats.dev && place.stats.ino === stats.ino);
    if (there !== undefined) throw cannotWrite(file, there.because, 'name another file');
    if (stats.isFile()) return checkOwn(file);
    if (stats.isDirectory()) throw cannotWrite(file, 'it is a folder');
    if (!isStream(stats)) throw cannotWrite(file, 'it is neither a file nor a pipe');
  } catch (error) {
    throw fileError(file, error);
  }
}

/**
 * Writes a text in the place of what is there; whoever reads the file sees the old text or the new one, and nothing between.
 *
 * @throws {UsageError} when it cannot be written, or when meanwhile something else stands there: that is left as it is.
 */
export function replaceOutputFile(file: OutputFile, text: string): void {
  checkOutputFile(file);
  try {
    if (isStream(statsOf(file.path))) return writeFileSync(file.path, text);
    const { temporary, final } = placesOf(file);
    try {
      writeFileSync(temporary, text, { flag: 'wx' });
      renameSync(temporary, final);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  } catch (error) {
    throw fileError(file, error);
  }
}

/**
 * Opens a file that grows, in the place of what is there, once its first line has been written: what follows is in the file as it comes.
 *
 * @throws {UsageError} as `replaceOutputFile`.
 */
export async function openOutputFile(file: OutputFile, firstLine: string): Promise<WriteStream> {
  checkOutputFile(file);
  try {
    if (isStream(statsOf(file.path))) return await begin(createWriteStream(file.path), firstLine);
    const { temporary, final } = placesOf(file);
    try {
      const stream = await begin(createWriteStream(temporary, { flags: 'wx' }), firstLine);
      renameSync(temporary, final);
      return stream;
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  } catch (error) {
    throw fileError(file, error);
  }
}

/** Why an output cannot be written. */
export function cannotWrite({ sort, name }: Pick<OutputFile, 'sort' | 'name'>, problem: string, hint?: string): UsageError {
  return new UsageError(`Cannot write the ${sort} ${name}: ${problem}`, hint);
}

/** The error of an output for one of the file system; one of ours as it is. */
export function fileError(file: Pick<OutputFile, 'sort' | 'name'>, error: unknown): UsageError {
  if (error instanceof UsageError) return error;
  const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
  return cannotWrite(file, isMissing ? 'its folder is not there' : describeFileError(error));
}

function begin(stream: WriteStream, firstLine: string): Promise<WriteStream> {
  return new Promise((resolve, reject) => {
    stream.once('error', reject);
    stream.write(firstLine, (error) => {
      // The stream will emit the same error.
      if (error !== undefined && error !== null) return;
      stream.removeListener('error', reject);
      resolve(stream);
    });
  });
}

/** Undefined for what is not there yet. @throws for a link that leads nowhere. */
function statsOf(path: string): Stats | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  // What a link leads to would be made where nobody looks for it.
  return stats ?? (lstatSync(path, { throwIfNoEntry: false }) === undefined ? undefined : statSync(path));
}

/** What takes text as it comes, and keeps nothing. */
function isStream(stats: Stats | undefined): boolean {
  return stats !== undefined && (stats.isFIFO() || stats.isCharacterDevice());
}

function checkOwn(file: OutputFile): void {
  accessSync(file.path, constants.R_OK);
  accessSync(file.path, constants.W_OK);
  accessSync(dirname(realpathSync(file.path)), constants.W_OK);
  const start = startOf(file.path, Buffer.byteLength(file.mark));
  if (start !== '' && start !== file.mark) throw cannotWrite(file, 'the file that is there was not written by cdk8s-jobs', 'name another file, or remove it first');
}

function startOf(path: string, length: number): string {
  const descriptor = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(length);
    return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, length, 0));
  } finally {
    closeSync(descriptor);
  }
}

/** A link stays one: what it leads to is replaced. */
function placesOf({ path }: OutputFile): { readonly temporary: string; readonly final: string } {
  const final = statsOf(path) === undefined ? path : realpathSync(path);
  return { temporary: join(dirname(final), `.${basename(final)}.${process.pid}.tmp`), final };
}
