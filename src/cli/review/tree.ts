import { posix } from 'node:path';
import { readBatch, type Repository, splitAtNul, tellGit } from './git';

/** A file of a commit or of the index. */
export interface TreeFile {
  /** Its path in the repository. */
  readonly path: string;
  readonly kind: 'file' | 'link' | 'submodule';
  /** The name of its content. */
  readonly id: string;
}

/** All files of a commit. */
export async function listCommit(repository: Repository, commit: string): Promise<TreeFile[]> {
  const output = await tellGit(repository, ['ls-tree', '-r', '-z', '--full-tree', commit]);
  return splitAtNul(output).flatMap((line) => toFile(/^(\d+) \w+ (\w+)\t(.*)$/s.exec(line)));
}

/** All files of the index; of one that is being merged, our side. */
export async function listIndex(repository: Repository): Promise<TreeFile[]> {
  const output = await tellGit(repository, ['ls-files', '--stage', '-z', '--full-name', '--', ':/']);
  return splitAtNul(output).flatMap((line) => toFile(/^(\d+) (\w+) [02]\t(.*)$/s.exec(line)));
}

/** The files of the working tree below the current folder that git knows or does not ignore, seen from that folder. */
export async function listWorkingTree(repository: Repository, folder = '.'): Promise<string[]> {
  const known = ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '--', `:(literal)${folder}`];
  return [...new Set(splitAtNul(await tellGit(repository, known)))];
}

/** The contents of files, in their order. */
export async function readContents(repository: Repository, files: readonly TreeFile[]): Promise<Buffer[]> {
  if (files.length === 0) return [];
  return readBatch(await tellGit(repository, ['cat-file', '--batch'], files.map(({ id }) => `${id}\n`).join('')), files.length);
}

/** Where a symbolic link leads to in the repository; undefined for outside. */
export function targetOf(link: TreeFile, content: Buffer): string | undefined {
  const target = content.toString();
  if (posix.isAbsolute(target)) return undefined;
  const path = posix.normalize(posix.join(posix.dirname(link.path), target)).replace(/\/$/, '');
  return path === '..' || path.startsWith('../') ? undefined : path;
}

/** Whether a path is a folder or file, or below it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '' || folder === '.' || path === folder || path.startsWith(`${folder}/`);
}

function toFile(found: RegExpExecArray | null): TreeFile[] {
  const [, mode, id = '', path = ''] = found ?? [];
  if (mode === undefined) return [];
  return [{ path, id, kind: mode === '120000' ? 'link' : mode === '160000' ? 'submodule' : 'file' }];
}
