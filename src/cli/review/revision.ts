import type { Repository } from './git';
import { UsageError } from '../../core/errors';

/** A commit, as the user named it. */
interface Revision {
  readonly name: string;
  readonly commit: string;
}

/** What is compared: a commit with another one, or with what is not committed yet. */
export interface Range {
  readonly base: Revision;
  /** Undefined for the working tree, or the index. */
  readonly head?: Revision;
}

/**
 * Reads `BASE`, `BASE..HEAD` or `BASE...HEAD`, as git diff does: with three dots the base is where HEAD left it. A missing side is HEAD.
 *
 * @throws {UsageError} for a revision that is not there.
 */
export async function resolveRange(text: string, repository: Repository): Promise<Range> {
  const [, left = '', dots, right = ''] = /^(.*?)(\.{2,3})(?!\.)(.*)$/s.exec(text) ?? [];
  if (dots === undefined) return { base: await resolve(text, repository) };
  const [from, head] = [await resolve(left || 'HEAD', repository), await resolve(right || 'HEAD', repository)];
  return { base: dots === '...' ? await mergeBase(from, head, repository) : from, head };
}

async function resolve(name: string, repository: Repository): Promise<Revision> {
  const commit = await tryResolve(name, repository);
  if (commit !== undefined) return { name, commit };
  const remote = `origin/${name}`;
  if (await tryResolve('HEAD', repository) === undefined) {
    throw new UsageError(`Cannot find the revision ${name}: the repository has no commit yet`, 'commit first');
  }
  if (await tryResolve(remote, repository) !== undefined) throw new UsageError(`Cannot find the revision ${name}`, `did you mean ${remote}?`);
  if (repository.isShallow) throw new UsageError(`Cannot find the revision ${name}: this clone is shallow`, fetchHint(name));
  throw new UsageError(`Cannot find the revision ${name}`, 'name a branch, a tag or a commit: git log --oneline lists them');
}

async function tryResolve(name: string, { ask }: Repository): Promise<string | undefined> {
  if (name === '') return undefined;
  const { status, stdout } = await ask(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
  const commit = stdout.toString().trim();
  return status === 0 && /^[0-9a-f]{40,64}$/.test(commit) ? commit : undefined;
}

async function mergeBase(base: Revision, head: Revision, { ask, isShallow }: Repository): Promise<Revision> {
  const { status, stdout } = await ask(['merge-base', base.commit, head.commit]);
  if (status === 0) return { name: base.name, commit: stdout.toString().trim().split('\n')[0] ?? '' };
  const why = isShallow ? 'this clone is shallow' : 'they have no commit in common';
  throw new UsageError(`Cannot find where ${head.name} left ${base.name}: ${why}`, isShallow ? fetchHint(base.name) : `compare both as they are: ${base.name}..${head.name}`);
}

function fetchHint(name: string): string {
  // What is counted from elsewhere cannot be fetched by that name.
  const isBranch = !/[~^:@{}]|^HEAD$/.test(name);
  const fetch = isBranch ? `git fetch origin ${name.replace(/^origin\//, '')}, or git fetch --unshallow` : 'git fetch --unshallow';
  return `fetch it first: ${fetch}; for actions/checkout write fetch-depth: 0`;
}
