import { execFile } from 'node:child_process';
import { InternalError, UsageError } from '../../core/errors';
import type { CliContext } from '../command';

/** What git has said. */
interface Answer {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** A repository of git, asked from one of its folders; nothing in it is ever written. */
export interface Repository {
  /** Where the folder is in the repository: empty, or `apps/web/`. */
  readonly prefix: string;
  /** Whether old commits are missing. */
  readonly isShallow: boolean;
  /** Asks git, and takes its failure for an answer too. */
  readonly ask: (args: readonly string[], input?: string) => Promise<Answer>;
}

/**
 * Opens the repository that a folder is in.
 *
 * @throws {UsageError} where there is none, or no git.
 */
export async function openRepository({ cwd, env }: Pick<CliContext, 'cwd' | 'env'>): Promise<Repository> {
  const ask = (args: readonly string[], input = ''): Promise<Answer> => askGit(args, cwd, env, input);
  const { status, stdout, stderr } = await ask(['rev-parse', '--is-inside-work-tree', '--is-shallow-repository', '--show-prefix']);
  const [isInside, isShallow, prefix = ''] = stdout.toString().split('\n');
  if (status === 0 && isInside === 'true') return { prefix, isShallow: isShallow === 'true', ask };
  if (status === 0) throw new UsageError(`Cannot compare in ${cwd}: this repository has no working tree`, 'call it in a clone');
  if (/not a git repository/.test(stderr)) {
    throw new UsageError(`Cannot compare in ${cwd}: it is in no git repository`, 'compare two folders instead: --from OLD NEW');
  }
  throw new UsageError(`Cannot compare in ${cwd}: git says: ${firstLine(stderr)}`, /safe\.directory/.test(stderr) ? 'let git trust the folder: git config --global --add safe.directory FOLDER' : undefined);
}

/** The output of git. @throws {UsageError} with its own words when it fails. */
export async function tellGit(repository: Repository, args: readonly string[], input?: string): Promise<Buffer> {
  const { status, stdout, stderr } = await repository.ask(args, input);
  if (status !== 0) throw new UsageError(`Cannot read the repository: git ${args[0]} says: ${firstLine(stderr)}`);
  return stdout;
}

function askGit(args: readonly string[], cwd: string, env: CliContext['env'], input: string): Promise<Answer> {
  // Neither a pager, nor a lock of the index, nor the user's language: its words are read.
  const own = { ...env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
  return new Promise((fulfil, reject) => {
    const options = { cwd, env: own, encoding: 'buffer', maxBuffer: Infinity } as const;
    const child = execFile('git', ['--no-pager', '-c', 'core.quotePath=false', ...args], options, (error, stdout, stderr) => {
      if (error === null) return fulfil({ status: 0, stdout, stderr: '' });
      if (typeof error.code === 'number') return fulfil({ status: error.code, stdout, stderr: stderr.toString() });
      if (error.code === 'ENOENT') return reject(new UsageError('Cannot run git: there is no such program', 'install git, or compare two folders: --from OLD NEW'));
      return reject(new UsageError(`Cannot run git: ${error.message}`));
    });
    // Whoever does not read its input says so by its status.
    child.stdin?.on('error', () => undefined).end(input);
  });
}

function firstLine(text: string): string {
  const [line = ''] = text.trim().split('\n');
  return line.replace(/^(?:fatal|error): /, '') || 'nothing';
}

/** The parts of an output of git that ends each with NUL. */
export function splitAtNul(output: Buffer): string[] {
  return output.toString().split('\0').slice(0, -1);
}

/** Reads what `cat-file --batch` wrote: a line, the bytes and a newline for each object, in the order of the question. */
export function readBatch(output: Buffer, count: number): Buffer[] {
  const blobs: Buffer[] = [];
  let offset = 0;
  while (blobs.length < count) {
    const end = output.indexOf(10, offset);
    const [id = '', , size] = output.toString('latin1', offset, end).split(' ');
    if (end < 0) throw new InternalError('git cat-file ended early');
    if (size === undefined) throw new UsageError(`Cannot read the object ${id}: the repository does not have it`, 'fetch it: git fetch --refetch');
    blobs.push(output.subarray(end + 1, end + 1 + Number(size)));
    offset = end + 2 + Number(size);
  }
  return blobs;
}
