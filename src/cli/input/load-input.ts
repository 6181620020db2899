import { existsSync, realpathSync, type Stats, statSync } from 'node:fs';
import { readFile as readPipe } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { findManifests, manifestExtensions } from './find-manifests';
import { cannotRead, FileOnDisk, type ManifestFile } from './manifest-file';
import { InvalidInputError, JobsError, UsageError } from '../../core/errors';
import { asObject } from '../../core/json';
import { readManifestStream } from '../../yaml/read-manifests';
import { isAppFile } from '../app/app-file';
import { synthesizeApp, synthesizeProject, type WrittenFile } from '../app/run-app';
import type { CliContext } from '../command';

/** How inputs are read. */
interface InputOptions {
  /** Seconds that an app may take; default: some minutes. */
  readonly timeout?: number | undefined;
  /** Called with what cannot be read or is empty; the rest is read all the same. Default: the error is thrown. */
  readonly onError?: (name: string, error: JobsError) => void;
  /** Whether files of folders are read only when they are looked at, each time anew, as thousands of them should be. Default: no. */
  readonly areReadLater?: boolean;
}

/** All that the words of a command line name. */
export interface Inputs {
  readonly files: readonly ManifestFile[];
  /** The folders among the words. */
  readonly folders: readonly string[];
  /** Projects in subfolders that were not run: an app is run only when it is named. */
  readonly leftOut: readonly string[];
}

/** There is nothing where manifests were expected. */
export class NoManifestError extends InvalidInputError {}

const projectFile = 'cdk8s.yaml';
/** The names of stdin. It is never opened by them: what another program has opened for us cannot always be opened again. */
const stdinNames: readonly string[] = ['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0'];

/**
 * Reads what the words of a command line name: `-` (stdin), a manifest, a pipe such as `<(helm template …)` makes, a folder of manifests
 * with its subfolders, an app (`.ts`, `.js`, …) or a folder with a `cdk8s.yaml`; apps are run and what they write is read. A file that is
 * named several times is read once.
 *
 * A text that kubectl cannot read does not throw: its stream carries the error, and the documents before it.
 *
 * @throws {UsageError} for a path that cannot be read or is none of these.
 * @throws {InvalidInputError} for an app that fails or writes nothing, and for a folder without manifests.
 */
export async function loadInputs(words: readonly string[], context: CliContext, options: InputOptions = {}): Promise<Inputs> {
  const reader = new InputReader(context, options);
  for (const word of words) await reader.read(word);
  return reader;
}

/** The files of one word, read as by `loadInputs`. */
export async function loadInput(word: string, context: CliContext, timeout?: number): Promise<readonly ManifestFile[]> {
  return (await loadInputs([word], context, { timeout })).files;
}

/**
 * The manifests that an app writes: a program, a folder with a `cdk8s.yaml`, or that file.
 *
 * @throws {UsageError} for a path that is none of these. @throws {InvalidInputError} for an app that fails or writes nothing.
 */
export async function filesOfApp(word: string, context: CliContext): Promise<readonly WrittenFile[]> {
  const path = resolve(context.cwd, word);
  const isFolder = statsOf(word, path).isDirectory();
  if (!isFolder && isAppFile(path)) return synthesizeApp(word, path, context);
  const [name, project] = isFolder ? [join(word, projectFile), join(path, projectFile)] : [word, path];
  const command = basename(project) === projectFile && isFile(project) ? appCommandOf(readFile(name, project)) : undefined;
  if (command === undefined) throw new UsageError(`Cannot synthesize ${word}: it is no app`, `name a .ts or .js file, or a folder with a ${projectFile}`);
  return synthesizeProject(name, command, dirname(project), context);
}

class InputReader implements Inputs {
  public readonly files: ManifestFile[] = [];
  public readonly folders: string[] = [];
  public readonly leftOut: string[] = [];
  /** What has been read, by its real path. */
  private readonly seen = new Set<string>();

  public constructor(private readonly context: CliContext, private readonly options: InputOptions) {}

  public async read(word: string): Promise<void> {
    try {
      await this.load(word);
    } catch (error) {
      this.fail(word, error);
    }
  }

  private async load(word: string): Promise<void> {
    const { context, options: { timeout } } = this;
    if (stdinNames.includes(word)) {
      if (this.isNew('-')) this.files.push({ name: 'stdin', stream: readManifestStream(await readAll(context.stdin)) });
      return;
    }
    // A variable of a shell that is not set must not mean the current folder.
    if (word === '') throw new UsageError('Cannot read a file without a name', 'write . for the current folder');
    const path = resolve(context.cwd, word);
    const stats = statsOf(word, path);
    if (stats.isFIFO()) {
      const bytes = await readPipe(path).catch((error: unknown) => cannotRead(word, error));
      this.files.push({ name: word, stream: readManifestStream(bytes) });
      return;
    }
    if (stats.isDirectory()) return this.loadFolder(word, path);
    if (isAppFile(path)) {
      if (this.isNew(realpathSync.native(path))) this.files.push(...toFiles(word, await synthesizeApp(word, path, context, timeout)));
      return;
    }
    if (!manifestExtensions.includes(extname(path))) {
      throw new UsageError(`Cannot read ${word}: neither a manifest nor an app`, 'manifests end in .yaml, .yml or .json, apps in .ts, .js, .cjs or .mjs');
    }
    if (!this.isNew(realpathSync.native(path))) return;
    const file = readFile(word, path);
    const command = appCommandOf(file);
    this.files.push(...command === undefined ? [file] : toFiles(word, await synthesizeProject(word, command, resolve(path, '..'), context, timeout)));
  }

  private async loadFolder(word: string, path: string): Promise<void> {
    const { context, options: { timeout } } = this;
    this.folders.push(word);
    const project = join(path, projectFile);
    const command = isFile(project) ? appCommandOf(readFile(join(word, projectFile), project)) : undefined;
    if (command !== undefined) {
      if (!this.isNew(realpathSync.native(project))) return;
      this.files.push(...toFiles(word, await synthesizeProject(join(word, projectFile), command, path, context, timeout)));
      return;
    }
    const found = findManifests(path);
    if (found.length === 0) throw new NoManifestError(`Cannot read ${word}: the folder holds no .yaml, .yml or .json file and no ${projectFile}`);
    for (const { name, problem, place } of found) this.loadFound(join(word, name), join(path, name), place, problem);
  }

  private loadFound(name: string, path: string, place: string | undefined, problem: string | undefined): void {
    try {
      if (problem !== undefined) throw new UsageError(`Cannot read ${name}: ${problem}`);
      if (!this.isNew(place ?? realpathSync.native(path))) return;
      const mayBeProject = basename(path) === projectFile;
      const file = this.options.areReadLater === true && !mayBeProject ? fileAt(name, path) : readFile(name, path);
      if (mayBeProject && appCommandOf(file) !== undefined) this.leftOut.push(name);
      else this.files.push(file);
    } catch (error) {
      this.fail(name, error);
    }
  }

  private fail(name: string, error: unknown): void {
    const { onError } = this.options;
    if (onError === undefined || !JobsError.is(error)) throw error;
    onError(name.replaceAll('\\', '/'), error);
  }

  private isNew(place: string): boolean {
    if (this.seen.has(place)) return false;
    this.seen.add(place);
    return true;
  }
}

function fileAt(name: string, path: string): FileOnDisk {
  return new FileOnDisk(name.replaceAll('\\', '/'), path);
}

function readFile(name: string, path: string): ManifestFile {
  const { stream, ...file } = fileAt(name, path);
  return { ...file, stream };
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function statsOf(word: string, path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    return cannotRead(word, error);
  }
}

/** The command of a cdk8s project file; a manifest has none. */
function appCommandOf({ stream }: ManifestFile): string | undefined {
  const { app, kind } = asObject(stream.documents[0]?.value);
  return kind === undefined && typeof app === 'string' ? app : undefined;
}

function toFiles(app: string, written: readonly WrittenFile[]): ManifestFile[] {
  return written.map(({ name, bytes }) => ({ name: `${app}:${name}`, stream: readManifestStream(bytes) }));
}

async function readAll(stream: AsyncIterable<Uint8Array | string>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(typeof part === 'string' ? Buffer.from(part) : part);
  return Buffer.concat(parts);
}
