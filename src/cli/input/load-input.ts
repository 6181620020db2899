import { existsSync, readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import { readFile as readPipe } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { asObject } from '../../core/json';
import type { CliContext } from '../command';
import { isAppFile, synthesizeApp, synthesizeProject, type WrittenFile } from './run-app';
import { UsageError } from '../../core/errors';
import { describeFileError } from '../../core/file-error';
import { type ManifestStream, readManifestStream } from '../../yaml/read-manifests';

/** A text with manifests, read. */
export interface ManifestFile {
  /** The name to show: the path as the user would write it, `stdin`, or the app with the file it wrote. */
  readonly name: string;
  /** The path of the file on disk; undefined for stdin and for what an app wrote. */
  readonly path?: string;
  readonly stream: ManifestStream;
}

const manifestExtensions: readonly string[] = ['.yaml', '.yml', '.json'];
const projectFile = 'cdk8s.yaml';
/** Other names of stdin: opened by them, what another program has opened for us cannot always be read. */
const stdinNames: readonly string[] = ['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0'];

/**
 * Reads what a word of the command line names: `-` (stdin), a manifest, a pipe as `<(helm template …)` makes one, a folder of manifests,
 * an app (`.ts`, `.js`, …) or a folder with a `cdk8s.yaml`; apps are run and what they write is read.
 *
 * A text that kubectl cannot read is no exception here: its stream carries the error, and the documents before it.
 *
 * @param timeout seconds that an app may take; default: some minutes.
 * @throws {UsageError} for a path that cannot be read or names nothing of these, and for an app that fails or writes nothing.
 */
export async function loadInput(word: string, context: CliContext, timeout?: number): Promise<ManifestFile[]> {
  if (stdinNames.includes(word)) return [{ name: 'stdin', stream: readManifestStream(await readAll(context.stdin)) }];
  const path = resolve(context.cwd, word);
  const stats = statsOf(word, path);
  if (stats.isDirectory()) return loadFolder(word, path, context, timeout);
  if (stats.isFIFO()) {
    const bytes = await readPipe(path).catch((error: unknown) => cannotRead(word, error));
    return [{ name: word, stream: readManifestStream(bytes) }];
  }
  if (isAppFile(path)) return toFiles(word, await synthesizeApp(word, path, context, timeout));
  if (!manifestExtensions.includes(extname(path))) {
    throw new UsageError(`Cannot read ${word}: neither a manifest nor an app`, 'manifests end in .yaml, .yml or .json, apps in .ts, .js, .cjs or .mjs');
  }
  const file = readFile(word, path);
  const [project] = file.stream.documents;
  const command = appCommandOf(project?.value);
  return command === undefined ? [file] : toFiles(word, await synthesizeProject(word, command, resolve(path, '..'), context, timeout));
}

async function loadFolder(word: string, path: string, context: CliContext, timeout: number | undefined): Promise<ManifestFile[]> {
  const project = join(path, projectFile);
  if (existsSync(project)) {
    const command = appCommandOf(readFile(join(word, projectFile), project).stream.documents[0]?.value);
    if (command !== undefined) return toFiles(word, await synthesizeProject(join(word, projectFile), command, path, context, timeout));
  }
  const names = namesIn(word, path).filter((name) => manifestExtensions.includes(extname(name))).sort();
  if (names.length === 0) throw new UsageError(`Cannot read ${word}: the folder holds no .yaml, .yml or .json file and no ${projectFile}`);
  return names.map((name) => readFile(join(word, name), join(path, name)));
}

function readFile(name: string, path: string): ManifestFile {
  try {
    return { name: name.replaceAll('\\', '/'), path, stream: readManifestStream(readFileSync(path)) };
  } catch (error) {
    return cannotRead(name, error);
  }
}

function namesIn(word: string, path: string): string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    return cannotRead(word, error);
  }
}

function statsOf(word: string, path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    return cannotRead(word, error);
  }
}

function cannotRead(name: string, error: unknown): never {
  throw new UsageError(`Cannot read ${name}: ${describeFileError(error)}`);
}

/** The command of a cdk8s project file; a manifest has none. */
function appCommandOf(value: unknown): string | undefined {
  const { app, kind } = asObject(value);
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
