import { existsSync } from 'node:fs';
import { extname, posix, relative, resolve } from 'node:path';
import { openRepository, type Repository } from './git';
import { readSide, type Side } from './read-side';
import { type Range, resolveRange } from './revision';
import { withSnapshot } from './snapshot';
import { isWithin, listCommit, listIndex, listWorkingTree, type TreeFile } from './tree';
import { UsageError } from '../../core/errors';
import type { CliContext } from '../command';
import { manifestExtensions } from '../input/find-manifests';
import type { LocatedObject } from '../input/run-manifests';

/** The objects of two states. */
export interface Sides {
  /** How messages name the old state, and the new one. */
  readonly names: readonly [base: string, head: string];
  readonly before: readonly LocatedObject[];
  readonly after: readonly LocatedObject[];
}

/** What of git is compared. */
interface RevisionRequest {
  /** A revision, or two with dots between them. */
  readonly base: string;
  /** Whether the index is the new state, and not the working tree. */
  readonly cached: boolean;
  /** Folders, files and apps; none for `dist`, or else for all manifests. */
  readonly words: readonly string[];
}

/**
 * Reads the objects of two states of the repository that the current folder is in. Nothing in it is touched.
 *
 * @throws {UsageError} for what git does not have. @throws {InvalidInputError} for manifests of the new state that cannot be read.
 */
export async function readRevisions({ base: text, cached, words }: RevisionRequest, context: CliContext): Promise<Sides> {
  const repository = await openRepository(context);
  const range = await resolveRange(text, repository);
  if (cached && range.head !== undefined) throw new UsageError(`--cached and ${text} exclude each other`, 'the index is compared with one revision');
  const old = await listCommit(repository, range.base.commit);
  const head = await listHead(range, cached, repository);
  const chosen = words.length > 0
    ? { words: words.map((word) => toWord(word, context.cwd)), isLenient: false }
    : await defaultWords(repository, old, head?.files, context.cwd);
  const paths = chosen.words.map((word) => toPath(word, repository));
  const names = [range.base.name, head?.name ?? workingTree] as const;
  refuseMissing({ words: chosen.words, paths, trees: [old, head?.files ?? []], cwd: head === undefined ? context.cwd : undefined, names });
  const known = [...old, ...head?.files ?? await listIndex(repository)];
  const submodules = known.filter(({ kind }) => kind === 'submodule').map(({ path }) => path);
  const read = (side: Omit<Side, 'words'>): Promise<LocatedObject[]> => {
    // What one side does not have has no objects there.
    return readSide({ ...side, words: chosen.words.filter((word) => existsSync(resolve(side.cwd, word))) }, context);
  };
  const readSnapshot = (files: readonly TreeFile[], side: Omit<Side, 'words' | 'cwd'>): Promise<LocatedObject[]> => {
    return withSnapshot({ repository, files, paths }, context, ({ cwd, leftOut }) => {
      for (const path of leftOut) context.output.talk(`left out: ${path}: the link leads out of the repository (${side.name})`);
      return read({ ...side, cwd });
    });
  };
  const before = await readSnapshot(old, { name: range.base.name, isBase: true, isLenient: true });
  const after = head === undefined
    ? await read({ name: workingTree, cwd: context.cwd, isBase: false, isLenient: chosen.isLenient })
    : await readSnapshot(head.files, { name: head.name, isBase: false, isLenient: chosen.isLenient });
  // What is in a submodule is committed elsewhere, and only the working tree has it.
  const isOwn = ({ path, file }: LocatedObject): boolean => {
    return path === undefined || !submodules.some((submodule) => isWithin(toPath(file, repository), submodule));
  };
  return { names, before: before.filter(isOwn), after: after.filter(isOwn) };
}

const workingTree = 'the working tree';

interface Head {
  readonly name: string;
  readonly files: readonly TreeFile[];
}

/** The new state, where it is one that git has. */
async function listHead({ head }: Range, cached: boolean, repository: Repository): Promise<Head | undefined> {
  if (cached) return { name: 'the index', files: await listIndex(repository) };
  return head === undefined ? undefined : { name: head.name, files: await listCommit(repository, head.commit) };
}

interface ChosenWords {
  readonly words: readonly string[];
  /** Whether not all of them need be manifests. */
  readonly isLenient: boolean;
}

/** `dist` where either side has it, or else all manifests below the current folder; what git ignores is no part of either side. */
async function defaultWords(
  repository: Repository, old: readonly TreeFile[], head: readonly TreeFile[] | undefined, cwd: string,
): Promise<ChosenWords> {
  const dist = toPath('dist', repository);
  const hasDist = (files: readonly TreeFile[]): boolean => files.some(({ path }) => path.startsWith(`${dist}/`));
  if (hasDist([...old, ...head ?? []]) || (head === undefined && (await listWorkingTree(repository, 'dist')).length > 0)) {
    return { words: ['dist'], isLenient: false };
  }
  const below = (files: readonly TreeFile[]): string[] => files.map(({ path }) => path)
    .filter((path) => isWithin(path, repository.prefix.replace(/\/$/, ''))).map((path) => posix.relative(repository.prefix, path));
  const present = head === undefined ? (await listWorkingTree(repository)).filter((path) => existsSync(resolve(cwd, path))) : below(head);
  const words = [...new Set([...below(old), ...present])].filter(isManifest).sort();
  return { words, isLenient: true };
}

function isManifest(path: string): boolean {
  const folders = path.split('/').slice(0, -1);
  return manifestExtensions.includes(extname(path)) && !folders.some((name) => name === 'node_modules' || name.startsWith('.'));
}

function toWord(word: string, cwd: string): string {
  if (word === '-') throw new UsageError('Cannot compare stdin with a revision', 'name files, folders or an app');
  return relative(cwd, resolve(cwd, word)).replaceAll('\\', '/') || '.';
}

/** The path in the repository of a word that is seen from the current folder. */
function toPath(word: string, { prefix }: Repository): string {
  const path = posix.normalize(posix.join(prefix, word)).replace(/\/$/, '');
  if (path === '..' || path.startsWith('../')) {
    throw new UsageError(`Cannot compare ${word}: it is outside of the repository`, 'compare two folders: --from OLD NEW');
  }
  return path === '.' ? '' : path;
}

interface WordsToFind {
  readonly words: readonly string[];
  /** The same words as paths in the repository. */
  readonly paths: readonly string[];
  readonly trees: ReadonlyArray<readonly TreeFile[]>;
  /** Where the working tree is looked at; undefined when it is neither side. */
  readonly cwd: string | undefined;
  readonly names: readonly string[];
}

/** @throws {UsageError} for a word that neither side has. */
function refuseMissing({ words, paths, trees, cwd, names }: WordsToFind): void {
  const links = trees.flat().filter(({ kind }) => kind === 'link');
  for (const [position, path] of paths.entries()) {
    const word = words[position] ?? '';
    const isCommitted = trees.some((files) => files.some((file) => isWithin(file.path, path)))
      || links.some((link) => isWithin(path, link.path));
    const isPresent = cwd !== undefined && existsSync(resolve(cwd, word));
    if (!isCommitted && !isPresent) throw new UsageError(`Cannot compare ${word}: it is neither in ${names.join(' nor in ')}`);
  }
}
